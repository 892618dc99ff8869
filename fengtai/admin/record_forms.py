"""The edit forms of the admin: constraints are told at their fields, and no edit of somebody else is lost."""

from datetime import datetime

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.forms.models import BaseInlineFormSet, model_to_dict
from django.utils.translation import gettext
from simple_history.models import SIMPLE_HISTORY_REVERSE_ATTR_NAME

from fengtai.admin.two_editors import TAKEN, Merge
from fengtai.records.constraints import broken, told_at


class CarefulForm(forms.ModelForm):
    """Every constraint is asked before the database is, at a field that the form shows."""

    def _post_clean(self):
        super()._post_clean()
        seen = self._get_validation_exclusions()
        for fields, error in broken(self.instance, without=[name for name in self._errors if name in self.fields]):
            if not seen.isdisjoint(fields) or self._is_parent_named(fields):  # else the model was asked already
                self.add_error(self.shown_of(fields), error)

    def _update_errors(self, errors):
        """What a model says of a field that is not in the form is said of the form."""
        if hasattr(errors, "error_dict"):
            for name in [name for name in errors.error_dict if name not in self.fields and name != NON_FIELD_ERRORS]:
                errors.error_dict.setdefault(NON_FIELD_ERRORS, []).extend(errors.error_dict.pop(name))
        super()._update_errors(errors)

    def _is_parent_named(self, fields: list[str]) -> bool:
        """A row's link to its parent is left out of what Django asks the model."""
        return any(isinstance(self.fields.get(name), forms.models.InlineForeignKeyField) for name in fields)

    def shown_of(self, fields: list[str]) -> str | None:
        """The last of some fields that a person can see here."""
        shown = [name for name in fields if name in self.fields and not self.fields[name].widget.is_hidden]
        return shown[-1] if shown else None


class RecordForm(CarefulForm):
    """Remembers the version that was read; if another was saved since, the two are brought together."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    merge: Merge | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self._version_shown()

    def _version_shown(self) -> int:
        """A form made from the history shows an old state to write over the current version."""
        if not hasattr(self.instance, SIMPLE_HISTORY_REVERSE_ATTR_NAME):
            return self.instance.version
        stored = type(self.instance)._base_manager.filter(pk=self.instance.pk)
        return stored.values_list("version", flat=True).first() or 0  # nothing is stored of a deleted record

    def full_clean(self):
        if self.is_bound and self.instance.pk:
            version = self.instance.locked_version()
            seen = self.data.get(self.add_prefix("seen_version"), "")
            if version is not None and (seen != str(version) or self.add_prefix(TAKEN) in self.data):
                self._meet_the_other(version, seen)
            self.instance.version = version or 0
        super().full_clean()

    def _meet_the_other(self, version: int, seen: str):
        """Keeps what only the other person changed; what both changed is asked once the fields are read."""
        self.data = self.data.copy()
        theirs = type(self.instance)._base_manager.get(pk=self.instance.pk)
        if not hasattr(self.instance, SIMPLE_HISTORY_REVERSE_ATTR_NAME):
            self.instance.refresh_from_db()
            self.initial |= model_to_dict(theirs, self._meta.fields, self._meta.exclude)
        self.fields["seen_version"].initial = version
        self.data[self.add_prefix("seen_version")] = str(version)
        self.merge = Merge(self, _version_of(theirs, seen), theirs)
        self.merge.settle()
        self.__dict__.pop("changed_data", None)

    def clean(self):
        cleaned = super().clean()
        if self.merge is not None and self.merge.asked:
            last = self.instance.history.first()
            who = str((last and last.history_user) or gettext("Somebody"))
            for name, question in [(name, self.merge.question(name, who)) for name in self.merge.asked]:
                self.add_error(name, forms.ValidationError(question, code="both_changed"))
            self.add_error(None, forms.ValidationError(self._explained(who), code="stale"))
        return cleaned

    def _explained(self, who: str) -> str:
        return gettext(
            "%(who)s saved this record (version %(version)d) after you opened it. What only one of you changed is "
            "kept; the fields marked below you both changed: decide which value stands, then save again."
        ) % {"who": who, "version": self.merge.theirs.version}


def _version_of(record, seen: str):
    """What the history keeps of the version that was read; of one version the last entry knows its links."""
    if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        return None
    return record.history.filter(version=int(seen)).order_by("-history_id").first()


def is_news(row: models.Model, form: forms.ModelForm) -> bool:
    """Whether saving a form would change anything that is stored."""
    stored = type(row)._base_manager.filter(pk=row.pk).first()
    if stored is None or any(field.name in form.changed_data for field in row._meta.many_to_many):
        return True
    columns = [field for field in row._meta.concrete_fields if field.editable and not field.primary_key]
    return any(_to_compare(field, stored) != _to_compare(field, row) for field in columns)


def _to_compare(field, row):
    """A moment is the same in every time zone, and no form shows its microseconds; all else is compared as text."""
    value = field.get_prep_value(field.value_from_object(row))
    return value.replace(microsecond=0) if isinstance(value, datetime) else str(value)


class RowFormSet(BaseInlineFormSet):
    """Rows on their parent's page: one unchanged writes nothing; of two alike the second is told at its field."""

    def save_existing(self, form, obj, commit=True):
        return super().save_existing(form, obj, commit) if is_news(form.instance, form) else obj

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
        valid = [form for form in self.forms if form.is_valid() and form not in self.deleted_forms]
        return [form for form in valid if form.instance.pk or form.has_changed()]
