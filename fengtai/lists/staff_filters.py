"""The questions of a list of staff, derived from those of the site, or where it asks none from fields of the model."""

from django.db.models import BooleanField, Q
from django.utils.translation import gettext_lazy as _

from fengtai.lists.choices import ChoiceFilter
from fengtai.lists.filters import ListFilter, Questions
from fengtai.lists.linked_record_choices import RecordFilter
from fengtai.lists.staff_questions import (
    AnswerFilter,
    ChangedSinceFilter,
    PlainSearchFilter,
    StateFilter,
    UncheckedSinceFilter,
)
from fengtai.lists.value_filters import PeriodFilter, SearchFilter
from fengtai.records.fields import PeriodField
from fengtai.records.models import Kept, KeptPart, Record
from fengtai.records.unread_rows import unread_rows
from fengtai.search.fields import SearchField, SortKeyField


def staff_filterset(model, shown: type[Questions] | None, names=(), searched=()) -> type[Questions]:
    """The questions of staff: those of the list `shown` on the site, of the fields named, and what staff need to ask.

    `searched` are the columns looked through where the model has no index of its texts.
    """
    base = shown or (ListFilter if hasattr(model, "citations") else Questions)
    asked = {name: filter_of(model, name) for name in names if name not in base.base_filters}
    body = {
        **_first(model),
        **asked,
        **_last(model),
        "staff": True,
        "counted_first": ("state",),
        "__module__": model.__module__,
    }
    if not any(isinstance(field, SearchField) for field in model._meta.concrete_fields):
        body |= {"q": PlainSearchFilter(searched), "ranked": ""} if searched else {"q": None}
    elif shown is None:
        keys = [field.name for field in model._meta.concrete_fields if isinstance(field, SortKeyField)]
        owners = tuple(name for name in getattr(model, "owner", ()) if hasattr(model, name))
        body |= {"ranked": keys[0] if keys else "", "searched": owners, "q": SearchFilter()}
    return type(f"Staff{model.__name__}Filter", (base,), body)


def _first(model) -> dict:
    if issubclass(model, Record):
        return {"state": StateFilter()}
    if issubclass(model, KeptPart):
        return {"held_back": filter_of(model, "held_back")}
    return {}


def _last(model) -> dict:
    if not issubclass(model, Kept):
        return {}
    unread, checked = unread_rows(model), Q(checked_on__isnull=False)
    asked = {
        "checked": AnswerFilter(checked, _("checked"), _("never checked"), label=_("Checked against the source")),
        "unchecked_since": UncheckedSinceFilter(label=_("Not checked since")),
        "changed_since": ChangedSinceFilter(label=_("Changed since")),
    }
    if unread is None:
        return asked
    told = {"field_name": "pk", "label": _("Figures and periods")}
    return {"unread": AnswerFilter(Q(unread), _("unread"), _("all read"), **told), **asked}


def filter_of(model, name: str):
    """A question about one field of a model, by its kind."""
    field = model._meta.get_field(name)
    label = field.verbose_name
    if field.is_relation:
        return RecordFilter(field_name=name, rows=field.related_model.objects.all, label=label, blank=field.null)
    if isinstance(field, BooleanField):
        return AnswerFilter(Q(**{name: True}), _("yes"), _("no"), field_name=name, label=label)
    if isinstance(field, PeriodField):
        return PeriodFilter(field_name=name, label=label)
    return ChoiceFilter(field_name=name, choices=field.flatchoices, label=label, blank=field.blank)
