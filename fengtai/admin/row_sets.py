"""Rows on their parent's page: what is unchanged is not written, what somebody else deleted does not stop the rest."""

import re

from django import forms
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.db import models
from django.forms.formsets import TOTAL_FORM_COUNT
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.admin.deleting import Deletion
from fengtai.admin.record_forms import is_news
from fengtai.records.constraints import told_at
from fengtai.review.bin import put_in

MISSING = 20  # rows that a form may lack of those that it says it has; each is told by itself


class CarefulRows:
    """Base of the sets of rows; the admin class tells who asks (`request`) and at which `site`."""

    request = site = None
    default_error_messages = {
        "missing_management_form": gettext_lazy(
            "The page was sent incomplete, so nothing was saved. Reload it and type the change again."
        )
    }

    @cached_property
    def management_form(self):
        """A number of rows that were not sent is none: thousands of empty ones would be made and drawn."""
        found = super().management_form
        if self.is_bound and found.cleaned_data[TOTAL_FORM_COUNT] > len(self._sent()) + MISSING:
            found = type(found)({}, auto_id=self.auto_id, prefix=self.prefix)
            found.full_clean()
        return found

    def _sent(self) -> set[str]:
        """The numbers of the rows of which anything was sent."""
        named = re.compile(rf"{re.escape(self.prefix)}-(\d+)-")
        return {match[1] for name in self.data if (match := named.match(name))}

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.gone = self.is_bound and i < self.initial_form_count() and form.instance._state.adding
        return form

    @cached_property
    def empty_form(self):
        """Made once: a page asks for it five times over."""
        return super().empty_form

    def get_queryset(self):
        """Once sent, the rows in the order of the form: the page pairs the two, and others may be on file by now."""
        rows = super().get_queryset()
        if not self.is_bound or "forms" not in self.__dict__:
            return rows
        stored = {row.pk: row for row in rows}
        return [stored.get(form.instance.pk) for form in self.initial_forms]

    def save_existing(self, form, obj, commit=True):
        return super().save_existing(form, obj, commit) if is_news(form.instance, form) else obj

    def delete_existing(self, obj, commit=True):
        if commit:
            put_in(obj, by=self.request.user)
        super().delete_existing(obj, commit)

    def clean(self):
        super().clean()
        lacking = Deletion(going, self.request, self.site).lacking() if (going := self._going()) else ()
        if lacking:
            told = _("Deleting these rows would delete what you have no right to delete: %(kinds)s.")
            raise forms.ValidationError(told % {"kinds": _(", ").join(sorted(map(str, lacking)))}, code="no_right")

    def _going(self) -> list:
        marked = [form for form in self.initial_forms if self.can_delete and self._should_delete_form(form)]
        return [form.instance for form in marked if form.instance.pk]


class CitationFormSet(CarefulRows, BaseGenericInlineFormSet):
    pass


class RowFormSet(CarefulRows, BaseInlineFormSet):
    """Of two rows alike the second is told at its field."""

    def _construct_form(self, i, **kwargs):
        """A row speaks of its parent in its label: that one is at hand."""
        form = super()._construct_form(i, **kwargs)
        if self.instance.pk:
            self.fk.set_cached_value(form.instance, self.instance)
        return form

    def validate_unique(self):
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and not constraint.condition:
                self._refuse_twins(constraint)
        super().validate_unique()

    def _refuse_twins(self, constraint):
        found = set()
        columns = [self.model._meta.get_field(name) for name in constraint.fields if name != self.fk.name]
        for form in self._kept_rows():
            key = tuple(getattr(form.instance, column.attname) for column in columns)
            if key in found and None not in key:  # what is empty is unlike anything
                error = forms.ValidationError(constraint.get_violation_error_message(), code="unique")
                form.add_error(form.shown_of(told_at(constraint, self.model)), error)
            found.add(key)

    def _kept_rows(self) -> list:
        valid = [form for form in self.forms if form.is_valid() and form not in self.deleted_forms and not form.gone]
        return [form for form in valid if form.instance.pk or form.has_changed()]
