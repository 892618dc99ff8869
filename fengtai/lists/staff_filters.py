"""Questions that only staff ask: the state, what is held back or unread, when a row was checked or changed."""

from collections import Counter
from datetime import date, datetime, time

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Case, Count, Q, Value, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengtai.lists.choices import ChoiceFilter
from fengtai.lists.filters import ListFilter, Questions
from fengtai.lists.linked_record_choices import RecordFilter
from fengtai.lists.value_filters import PeriodFilter, SearchFilter
from fengtai.records.fields import FigureField, PeriodField
from fengtai.records.models import Kept, KeptPart, Record
from fengtai.records.record import EMBARGOED
from fengtai.search.fields import SearchField, SortKeyField
from fengtai.values.figures import Bound
from fengtai.values.periods import NOTHING_STATED, Kind

STROKES = ("", "-", "--", "–", "—", "——", "…", "……")  # read as "not given"
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


class StateFilter(ChoiceFilter):
    """The state as staff read it: what waits for its time is not public yet."""

    def __init__(self):
        choices = [*Record.State.choices, (EMBARGOED, _("To be published"))]
        super().__init__(field_name="state", choices=choices, label=_("publication"), blank=False)

    def filter(self, queryset, value):
        if value in (None, ""):
            return queryset
        if value == Record.State.PUBLISHED:
            return queryset.filter(queryset.model.released_condition())
        if value == EMBARGOED:
            return queryset.filter(state=Record.State.PUBLISHED, publish_at__gt=Now())
        # In these words the partial index is known again by which the few that are not public are found.
        few = f"{queryset.model._meta.db_table}.state <> 'published'"
        return queryset.filter(state=value).extra(where=[few])

    def count(self, rows):
        waits = Case(When(publish_at__gt=Now(), then=Value(True)), default=Value(False), output_field=BooleanField())
        found = rows.order_by().annotate(waits=waits).values_list("state", "waits").annotate(Count("pk"))
        counted = Counter()
        for state, is_waiting, count in found:
            counted[EMBARGOED if is_waiting and state == Record.State.PUBLISHED else state] += count
        return counted


class AnswerFilter(ChoiceFilter):
    """Yes or no: `asked` is the condition of the rows for which it is yes."""

    def __init__(self, asked: Q, yes, no, **kwargs):
        self.asked = asked
        super().__init__(choices=[("yes", yes), ("no", no)], blank=False, **kwargs)

    def filter(self, queryset, value):
        if value in (None, ""):
            return queryset
        return queryset.filter(self.asked if value == "yes" else ~self.asked)

    def count(self, rows):
        every = rows.order_by()
        yes = every.filter(self.asked).values("pk").count()
        return {"yes": yes, "no": every.values("pk").count() - yes}


class DayFormField(forms.DateField):
    """A day that either database can compare."""

    def clean(self, value):
        day = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("A day between 1900 and 2200."), code="out_of_range")
        return day


class DayFilter(django_filters.DateFilter):
    field_class = DayFormField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, widget=forms.DateInput({"type": "date"}), **kwargs)


class UncheckedSinceFilter(DayFilter):
    """Rows that nobody has checked against their source since a day, or ever."""

    def filter(self, queryset, value):
        return queryset.filter(Q(checked_on=None) | Q(checked_on__lt=value)) if value else queryset


class ChangedSinceFilter(DayFilter):
    """Rows that were changed on a day or later, by Beijing's clock."""

    def filter(self, queryset, value):
        if not value:
            return queryset
        return queryset.filter(changed_at__gte=timezone.make_aware(datetime.combine(value, time.min)))


class PlainSearchFilter(SearchFilter):
    """Of models without an index of their texts, and so of few rows: every word stands in one of some columns."""

    def __init__(self, columns: tuple[str, ...], **kwargs):
        self.columns = columns
        super().__init__(**kwargs)

    def filter(self, queryset, value):
        for word in value.words if value else ():
            held = Q()
            for column in self.columns:
                held |= Q(**{f"{column}__icontains": word.text})
            queryset = queryset.filter(held)
        return queryset


def staff_filterset(model, shown: type[Questions] | None, names=(), searched=()) -> type[Questions]:
    """The questions of staff: those of the list `shown` on the site, of the fields named, and what staff need to ask.

    `searched` are the columns looked through where the model has no index of its texts.
    """
    base = shown or (ListFilter if hasattr(model, "citations") else Questions)
    asked = {name: filter_of(model, name) for name in names if name not in base.base_filters}
    body = {**_first(model), **asked, **_last(model), "staff": True, "__module__": model.__module__}
    if not any(isinstance(field, SearchField) for field in model._meta.concrete_fields):
        body |= {"q": PlainSearchFilter(searched), "ranked": ""} if searched else {"q": None}
    elif shown is None:
        keys = [field.name for field in model._meta.concrete_fields if isinstance(field, SortKeyField)]
        body["ranked"] = keys[0] if keys else ""
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
    unread = unread_condition(model)
    return {
        **(
            {"unread": AnswerFilter(unread, _("unread"), _("all read"), label=_("Figures and periods"))}
            if unread
            else {}
        ),
        "checked": AnswerFilter(
            Q(checked_on__isnull=False), _("checked"), _("never checked"), label=_("Checked against the source")
        ),
        "unchecked_since": UncheckedSinceFilter(label=_("Not checked since")),
        "changed_since": ChangedSinceFilter(label=_("Changed since")),
    }


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


def unread_condition(model) -> Q:
    """Rows that hold a text which was never read as the figure or period that it should be."""
    found = Q()
    for field in model._meta.local_concrete_fields:
        if isinstance(field, FigureField):
            found |= ~Q(**{f"{field.name}__in": STROKES}) & Q(**{f"{field.name}_bound": Bound.NOT_GIVEN})
        elif isinstance(field, PeriodField):
            found |= ~Q(**{f"{field.name}__in": NOTHING_STATED}) & Q(**{f"{field.name}_kind": Kind.NOT_STATED})
    return found
