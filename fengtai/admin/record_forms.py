"""The edit forms of the admin: constraints are told at their fields, and no edit of somebody else is lost."""

from copy import copy
from datetime import datetime

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.forms.models import model_to_dict
from django.forms.utils import ErrorDict
from django.utils.html import format_html
from django.utils.translation import gettext
from simple_history.models import SIMPLE_HISTORY_REVERSE_ATTR_NAME

from fengtai.admin.keeping_unread import keep_unread
from fengtai.admin.links import know_links
from fengtai.admin.their_forms import TheirForm
from fengtai.admin.two_editors import TAKEN, Merge, values_read
from fengtai.records.constraints import broken
from fengtai.records.mergeable import Mergeable, is_merged
from fengtai.records.redactions import redacted_in
from fengtai.records.text_rules import check_nul

PUBLICATION = ("state", "publish_at")  # whether and when the public sees a record

NOBODY = 0  # the key of no row

LEFT_OUT = "left_out"  # as the page of a row that is gone sends back that this was told


class CarefulForm(TheirForm):
    """Every constraint is asked before the database is, at a field that the form shows."""

    told_first = ""  # why the form is shown again whatever it says
    gone = False  # whether somebody else deleted the row
    merge: Merge | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.validators = [
                check_nul if isinstance(validate, ProhibitNullCharactersValidator) else validate
                for validate in field.validators
            ]
        know_links(self)

    def full_clean(self):
        if self.gone and self.is_bound:
            self._let_go()
        else:
            super().full_clean()

    def _clean_fields(self):
        super()._clean_fields()
        keep_unread(self)

    def _let_go(self):
        """Told once; sent again the row is left out, and the rest of the page is saved."""
        self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
        left_out = self.add_prefix(LEFT_OUT)
        if not any(self.data.get(name) for name in (left_out, self.add_prefix("DELETE"))):
            told = gettext("Somebody deleted this row meanwhile. Save again to save the rest without it.")
            marked = format_html('{} <input type="hidden" name="{}" value="1">', told, left_out)
            self.add_error(None, forms.ValidationError(marked, code="gone"))

    def clean(self):
        cleaned = super().clean()
        self._refuse_merged(cleaned or self.cleaned_data)
        if self.told_first:
            self.add_error(None, forms.ValidationError(self.told_first, code="told_first"))
        if self.merge is not None and self.merge.asked:
            self._ask_which_stands()
        return cleaned

    def _refuse_merged(self, cleaned: dict):
        """A form that was open while a record became another: nothing is written to what is seen no more."""
        if is_merged(self.instance):
            told = gettext("Nothing is saved here: %(record)s was merged into %(other)s. Enter it there.")
            self.add_error(None, forms.ValidationError(_merged_in_words(told, self.instance), code="merged"))
        links = [name for name, field in self.fields.items() if issubclass(_chosen_from(field), Mergeable)]
        for name in [name for name in links if name in cleaned and name in self.changed_data]:
            chosen = cleaned[name] if hasattr(cleaned[name], "__iter__") else [cleaned[name]]
            for record in [record for record in chosen if is_merged(record)]:
                told = gettext("%(record)s was merged into %(other)s: choose that.")
                self.add_error(name, forms.ValidationError(_merged_in_words(told, record), code="merged"))

    def _ask_which_stands(self):
        history = getattr(self.instance, "history", None)  # personal data have none
        last = history.first() if history is not None else None
        who = str((last and last.history_user) or gettext("Somebody"))
        for name, question in [(name, self.merge.question(name, who)) for name in self.merge.asked]:
            self.add_error(name, forms.ValidationError(question, code="both_changed"))
        self.add_error(None, forms.ValidationError(self._explained(who), code="stale"))

    def _explained(self, who: str) -> str:
        return gettext(
            "%(who)s saved this after you opened it. What only one of you changed is "
            "kept; the fields marked below you both changed: decide which value stands, then save again."
        ) % {"who": who}

    def _bring_together(self, read: dict, theirs: models.Model, marker: str, now: str, unknown=frozenset()):
        """Keeps what only the other person changed; what both changed is asked once the fields are read."""
        self.data = self.data.copy()
        self.fields[marker].initial = self.data[self.add_prefix(marker)] = now
        self.merge = Merge(self, read, theirs, unknown)
        self.merge.settle()
        self.__dict__.pop("changed_data", None)

    @property
    def is_of_history(self) -> bool:
        """Whether the form shows an old version, to be written over what is stored."""
        return hasattr(self.instance, SIMPLE_HISTORY_REVERSE_ATTR_NAME)

    def _post_clean(self):
        super()._post_clean()
        seen = self._get_validation_exclusions()
        for fields, error in broken(self._as_owned(), without=[name for name in self._errors if name in self.fields]):
            if not seen.isdisjoint(fields) or self._is_parent_named(fields):  # else the model was asked already
                self.add_error(self.shown_of(fields), error)

    def _as_owned(self) -> models.Model:
        """The row; one whose parent is not saved yet is asked as what it will be, a row that has one."""
        to_come = [name for name in self.fields if self._is_parent_named([name])]
        if not any(getattr(self.instance, name, None) and getattr(self.instance, name).pk is None for name in to_come):
            return self.instance
        owned = copy(self.instance)
        for name in to_come:
            setattr(owned, owned._meta.get_field(name).attname, NOBODY)
        return owned

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


def _chosen_from(field: forms.Field) -> type:
    return getattr(getattr(field, "queryset", None), "model", type(None))


def _merged_in_words(sentence: str, record: models.Model) -> str:
    return sentence % {"record": record, "other": record.merged_into}


class RecordForm(CarefulForm):
    """Remembers the version that was read; if another was saved since, the two are brought together."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self._version_shown()
        if self.is_of_history:
            self._keep_publication()

    def _keep_publication(self):
        """What was withdrawn since is not public again by one person's step; what was deleted begins as a draft."""
        model = type(self.instance)
        stored = model._base_manager.filter(pk=self.instance.pk).first() or model()
        for name in (name for name in PUBLICATION if hasattr(stored, name)):
            setattr(self.instance, name, getattr(stored, name))
            self.initial[name] = getattr(stored, name)
            if name in self.fields:
                self.fields[name].disabled = True

    def _version_shown(self) -> int:
        """A form made from the history shows an old state to write over the current version."""
        if not self.is_of_history:
            return self.instance.version
        stored = type(self.instance)._base_manager.filter(pk=self.instance.pk)
        return stored.values_list("version", flat=True).first() or 0  # nothing is stored of a deleted record

    def full_clean(self):
        if self.is_bound and self.instance.pk and not self.gone:
            version = self.instance.locked_version()
            seen = self.data.get(self.add_prefix("seen_version"), "")
            if version is not None and (seen != str(version) or self.add_prefix(TAKEN) in self.data):
                self._meet_the_other(version, seen)
            self.instance.version = version or 0
        super().full_clean()

    def _meet_the_other(self, version: int, seen: str):
        theirs = type(self.instance)._base_manager.get(pk=self.instance.pk)
        if not self.is_of_history:
            self.instance.refresh_from_db()
            self.initial |= model_to_dict(theirs, self._meta.fields, self._meta.exclude)
        base = _version_of(theirs, seen)
        read = values_read(base, [*self.fields]) if base is not None else {}
        unknown = redacted_in(base) if base is not None else frozenset()
        self._bring_together(read, theirs, "seen_version", str(version), unknown)


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
