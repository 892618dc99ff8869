"""The fields of the form of decisions: what can be said of a column, of a missing name, of a near match."""

from django import forms
from django.utils.translation import gettext as _

from fengtai.importing.reading.answers import CREATE, LEAVE
from fengtai.importing.reading.headings import IN_REMARK, UNKNOWN
from fengtai.importing.reading.list_imports import SOURCES, ListImport
from fengtai.importing.reading.row_fields import Computed
from fengtai.records.naming.naming_fields import naming_field

LEFT_OUT = "-"  # in the form; in the answers of a column it is an empty text
LISTED = 100  # records offered in a list of choices; of more than that the name is typed


def column_choices(declared: ListImport) -> list[tuple[str, str]]:
    """All that a column of a file can be said to be: where its cells go, as answers name it, and what that is called.

    Every field of the list is there, and every part of one that has a column of its own.
    """
    fields = [field for field in declared.fields.values() if not isinstance(field, Computed)]
    return [
        (f"{field.name}.{part}".rstrip("."), _called(declared, field, part)) for field in fields for part in field.parts
    ]


def _called(declared: ListImport, field, part: str) -> str:
    """As a download heads it; a part that no download has is called as clerks call it."""
    if printed := declared.printed_headings(field.name).get(part):
        return printed
    known = f"{field.name}.{part}" in SOURCES | declared.synonyms
    return f"{field.label} · {declared.heading_of(field.name, part) if known else part}" if part else field.label


def column_field(column: dict, answer: str | None, offered: list, *, has_remark: bool) -> forms.ChoiceField:
    first = _("— choose —") if column["use"] == UNKNOWN and answer is None else _("as the platform understands it")
    return forms.ChoiceField(
        label=_("The column “%(heading)s” is") % column,
        choices=[("", first), *_without_place(has_remark), (_("a column of the list"), offered)],
        required=False,
        initial=LEFT_OUT if answer == "" else answer,
    )


def _without_place(has_remark: bool) -> list[tuple[str, str]]:
    kept = [(IN_REMARK, _("to be kept in the remark"))] if has_remark else []
    return [(LEFT_OUT, _("to be left out")), *kept]


def rest_field(answer: str, *, has_remark: bool) -> forms.ChoiceField:
    """What becomes of all columns that are not understood."""
    kept = [("remark", _("to be kept in the remark"))] if has_remark else []
    return forms.ChoiceField(
        label=_("All that are not decided one by one"),
        choices=[("", _("— choose —")), ("ignore", _("to be left out")), *kept],
        required=False,
        initial=answer,
    )


def stale_field(topic: str, key: str) -> forms.BooleanField:
    label = _("take away the decision about “%(key)s”") % {"key": f"{topic}: {key}"}
    return forms.BooleanField(label=label, required=False, initial=True)


def missing_field(model, one: dict, answer: str | int | None, on_file: list, may_create: bool) -> forms.ChoiceField:
    near = [(str(key), name) for key, name in one["near"]]
    known = {str(key) for key, _name in (*near, *on_file)}
    chosen = [(str(answer), name_of(model, answer))] if isinstance(answer, int) and str(answer) not in known else []
    groups = [(_("almost the same name"), near), (_("on file"), on_file), (_("chosen"), chosen)]
    return forms.ChoiceField(
        label=_("“%(text)s” is") % one,
        choices=[*_ways(may_create), *((label, some) for label, some in groups if some)],
        required=False,
        initial=str(answer) if answer is not None else "",
    )


def named_field(one: dict) -> forms.CharField:
    label = _("Name of the existing record instead of “%(text)s”") % one
    return forms.CharField(label=label, required=False)


def whole_kind_field(answer: str, may_create: bool) -> forms.ChoiceField:
    label = _("All that are not decided one by one")
    return forms.ChoiceField(label=label, choices=_ways(may_create), required=False, initial=answer)


def sheets_field(names, answer) -> forms.MultipleChoiceField:
    choices = [(name, name) for name in names]
    widget = forms.CheckboxSelectMultiple
    label = _("Sheets to be read")
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=widget, initial=answer)


def _ways(may_create: bool) -> list[tuple[str, str]]:
    create = [(CREATE, _("to be created"))] if may_create else []
    return [("", _("— choose —")), *create, (LEAVE, _("to be left out of its rows"))]


def on_file(model) -> list[tuple[str, str]]:
    """All records of a small list, to choose from."""
    name = naming_field(model)
    rows = model._base_manager.order_by(name).values_list("pk", name)[: LISTED + 1]
    return [(str(key), text) for key, text in rows] if len(rows) <= LISTED else []


def name_of(model, key: int) -> str:
    return str(model._base_manager.filter(pk=key).first() or key)
