"""What a history keeps: what was written, not the columns that follow from it; links to other records too."""

from simple_history.models import HistoricalRecords

from fengtai.records.noting import note
from fengtai.search.fields import FollowingField


class History(HistoricalRecords):
    def create_historical_record(self, instance, history_type, using=None):
        note(instance, history_type)
        super().create_historical_record(instance, history_type, using)

    def fields_included(self, model):
        return [field for field in super().fields_included(model) if not isinstance(field, FollowingField)]

    def get_m2m_fields_from_model(self, model):
        """All links that hold nothing but their two ends; rows that say more of a link have a history of their own."""
        return [field for field in model._meta.local_many_to_many if _holds_only_its_ends(field)]


def _holds_only_its_ends(field) -> bool:
    through = field.remote_field.through
    return not isinstance(through, str) and bool(through._meta.auto_created)
