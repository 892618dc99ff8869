"""Forms of rows without a version: they remember what was read, so that no edit of somebody else is lost."""

import json

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.forms.models import model_to_dict

from fengtai.admin.record_forms import CarefulForm
from fengtai.admin.two_editors import TAKEN, value_of
from fengtai.records.trail.stored import revived


class Seen(forms.CharField):
    """What a form was shown with; never a change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class RowForm(CarefulForm):
    """For rows without a version: remembers the values that were read, and brings them together with what is stored."""

    seen = Seen(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shown = self._stored().first() if self.is_of_history else self.instance
        self.fields["seen"].initial = self._text_of(shown) if shown is not None and shown.pk else ""

    def full_clean(self):
        if self.is_bound and self.instance.pk and not self.gone:
            # In no order: PostgreSQL locks no row that an ordering joins to others.
            theirs = self._stored().order_by().select_for_update().first()
            if theirs is not None:
                self._meet_the_other(theirs)
        super().full_clean()

    def _meet_the_other(self, theirs: models.Model):
        if not self.is_of_history:
            for field in theirs._meta.concrete_fields:
                setattr(self.instance, field.attname, getattr(theirs, field.attname))
            self.initial |= model_to_dict(theirs, self._meta.fields, self._meta.exclude)
        seen, now = self.data.get(self.add_prefix("seen"), ""), self._text_of(theirs)
        if seen != now or self.add_prefix(TAKEN) in self.data:
            self._bring_together(self._values_in(seen, theirs), theirs, "seen", now)

    def _stored(self):
        return type(self.instance)._base_manager.filter(pk=self.instance.pk)

    def _text_of(self, row) -> str:
        fields = [field for field in row._meta.concrete_fields if field.name in self.fields and not field.primary_key]
        values = {field.name: field.get_prep_value(value_of(row, field.name)) for field in fields}
        return json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)

    def _values_in(self, seen: str, theirs) -> dict:
        """The values that a form says it was shown with; none of those that cannot be read."""
        try:
            said = json.loads(seen or "{}")
            return {name: revived(theirs._meta.get_field(name), value) for name, value in said.items()}
        except (ValueError, AttributeError, FieldDoesNotExist, forms.ValidationError):
            return {}
