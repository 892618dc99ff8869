"""What a history keeps: what was written, not the columns that follow from it; links to other records too."""

from django.db import models
from simple_history.models import HistoricalRecords

from fengtai.records.noting import note
from fengtai.records.trail.acting import acting_on
from fengtai.records.trail.reaching import holders
from fengtai.records.trail.watching import Watch, now_watching
from fengtai.search.fields import FollowingField


class History(HistoricalRecords):
    """Also tells the trail of what passes no save(): rows that go with others, and links."""

    def create_historical_record(self, instance, history_type, using=None):
        note(instance, history_type)
        super().create_historical_record(instance, history_type, using)

    def pre_delete(self, instance, **kwargs):
        super().pre_delete(instance, **kwargs)
        watch = now_watching()
        if watch is not None:
            watch.going([instance])
        else:  # deleted past every door of ours: what goes with it tells itself, as it does
            Watch().enter_gone(instance)

    def m2m_changed(self, instance, action, attr, pk_set, reverse, **kwargs):
        when, _sign, _what = action.partition("_")
        if when == "pre":
            watch = now_watching() or instance.__dict__.setdefault("_watch", Watch())
            field = self._link_named(instance, attr, reverse, kwargs.get("model"))
            watch.touch(holders(instance, field, pk_set, reverse=reverse), acting_on(instance))
        super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)
        if when == "post" and "_watch" in instance.__dict__:
            instance.__dict__.pop("_watch").enter()

    def _link_named(self, instance, attr: str, reverse: bool, model) -> models.ManyToManyField:
        return (model if reverse else instance)._meta.get_field(attr)

    def fields_included(self, model):
        return [field for field in super().fields_included(model) if not isinstance(field, FollowingField)]

    def get_m2m_fields_from_model(self, model):
        """All links that hold nothing but their two ends; rows that say more of a link have a history of their own."""
        return [field for field in model._meta.local_many_to_many if _holds_only_its_ends(field)]


def _holds_only_its_ends(field) -> bool:
    through = field.remote_field.through
    return not isinstance(through, str) and bool(through._meta.auto_created)
