"""What a history keeps: what was written, not the columns that follow from it."""

from simple_history.models import HistoricalRecords

from fengtai.search.fields import FollowingField


class History(HistoricalRecords):
    def fields_included(self, model):
        return [field for field in super().fields_included(model) if not isinstance(field, FollowingField)]
