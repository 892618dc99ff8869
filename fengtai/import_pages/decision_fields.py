"""The fields of the form of decisions: what can be said of a column, of a missing name, of a near match."""

from django import forms
from django.utils.translation import gettext as _

from fengtai.importing.reading.answers import A_NEW_ONE, CREATE, LEAVE
from fengtai.importing.reading.derived_fields import naming_field
from fengtai.importing.reading.headings import UNKNOWN

LEFT_OUT = "-"  # in the form; in the answers of a column it is an empty text
LISTED = 100  # records offered in a list of choices; of more than that the name is typed


def column_field(column: dict, said: str | None, offered: list) -> forms.ChoiceField:
    first = _("— choose —") if column["use"] == UNKNOWN and said is None else _("as the platform understands it")
    return forms.ChoiceField(
        label=_("The column “%(heading)s” is") % column,
        choices=[("", first), (LEFT_OUT, _("to be left out")), (_("a column of the list"), offered)],
        required=False,
        initial=LEFT_OUT if said == "" else said,
    )


def missing_field(model, one: dict, said: str | int | None, on_file: list, may_create: bool) -> forms.ChoiceField:
    near = [(str(key), name) for key, name in one["near"]]
    known = {str(key) for key, _name in (*near, *on_file)}
    chosen = [(str(said), name_of(model, said))] if isinstance(said, int) and str(said) not in known else []
    groups = [(_("almost the same name"), near), (_("on file"), on_file), (_("chosen"), chosen)]
    return forms.ChoiceField(
        label=_("“%(text)s” is") % one,
        choices=[*_ways(may_create), *((label, some) for label, some in groups if some)],
        required=False,
        initial=str(said) if said is not None else "",
    )


def named_field(one: dict) -> forms.CharField:
    label = _("Name of the existing record instead of “%(text)s”") % one
    return forms.CharField(label=label, required=False)


def whole_kind_field(said: str, may_create: bool) -> forms.ChoiceField:
    label = _("All that are not decided one by one")
    return forms.ChoiceField(label=label, choices=_ways(may_create), required=False, initial=said)


def near_field(label: str, near: list, said: int | None) -> forms.ChoiceField:
    same = [(str(key), _("the same as “%(name)s”") % {"name": name}) for key, name in near]
    return forms.ChoiceField(
        label=_("“%(text)s” is") % {"text": label},
        choices=[("", _("not yet said: it counts as new")), *same, (str(A_NEW_ONE), _("a new one"))],
        required=False,
        initial="" if said is None else str(said),
    )


def sheets_field(names, said) -> forms.MultipleChoiceField:
    choices = [(name, name) for name in names]
    widget = forms.CheckboxSelectMultiple
    label = _("Sheets to be read")
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=widget, initial=said)


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
