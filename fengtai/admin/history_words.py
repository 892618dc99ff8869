"""Old and new values of a history in words: states, choices, Beijing time, yes and no."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from simple_history.template_utils import HistoricalRecordContextHelper

from fengtai.records.record import in_words, local_time


class ChangesInWords(HistoricalRecordContextHelper):
    """The changes of one version, as staff read them."""

    def context_for_delta_changes(self, delta):
        self.replaced = delta.old_record
        return super().context_for_delta_changes(delta)

    def format_delta_change(self, change):
        if change.field == "state":
            change = replace(change, old=_state_of(self.replaced), new=_state_of(self.record))
        return super().format_delta_change(change)

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


def _state_of(version) -> str:
    """The state that a version had when it was saved."""
    return in_words(version.state, version.publish_at, version.history_date)
