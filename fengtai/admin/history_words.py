"""Old and new values of a history in words: states, choices, Beijing time, yes and no."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from simple_history.models import ModelChange
from simple_history.template_utils import HistoricalRecordContextHelper

from fengtai.records.record import in_words, local_time


class ChangesInWords(HistoricalRecordContextHelper):
    """The changes of one version, as staff read them."""

    def context_for_delta_changes(self, delta):
        return super().context_for_delta_changes(replace(delta, changes=list(_with_states(delta))))

    def prepare_delta_change_value(self, change, value):
        value = super().prepare_delta_change_value(change, value)
        if isinstance(value, datetime):
            return local_time(value)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if value is None:
            return ""
        choices = dict(getattr(self.model._meta.get_field(change.field), "flatchoices", ()))
        return choices.get(value, value) if isinstance(value, str) else value


def _with_states(delta) -> Iterator[ModelChange]:
    """What was published and now waits for a time reads as another state, though the stored one is the same."""
    if hasattr(delta.new_record, "publish_at"):
        old, new = _state_of(delta.old_record), _state_of(delta.new_record)
        if old != new:
            yield ModelChange("state", old, new)
    yield from (change for change in delta.changes if change.field != "state")


def _state_of(version) -> str:
    """The state that a version had when it was saved."""
    return in_words(version.state, version.publish_at, version.history_date)
