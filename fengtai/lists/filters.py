"""The questions a list can be asked, each with how many rows every answer would leave."""

import unicodedata
from collections.abc import Iterable
from functools import cache, cached_property

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengtai.lists.choices import FEW, ChoiceFilter, DoubtFilter, RecordFilter, Rows
from fengtai.lists.finding import MOST, Finder, relevance
from fengtai.records.models import Source
from fengtai.records.readings import explain
from fengtai.search.query import SearchError, parse
from fengtai.values.periods import PeriodError, parse_period

REFUSED_SEARCHES = {
    "empty": _("Type letters, digits or Chinese characters to look for."),
    "many": _("Too many words: at most ten can be looked for at once."),
}
LONGEST = 200  # characters of one parameter


class SearchFormField(forms.CharField):
    """Words to look for; a text without any is a mistake, not a question that everything answers."""

    def clean(self, value):
        text = super().clean(value)
        try:
            return parse(text) if text else None
        except SearchError as error:
            raise ValidationError(REFUSED_SEARCHES[error.code], code=error.code) from error


class SearchFilter(django_filters.Filter):
    """Every word typed must stand in the row's own texts or in those that the list's `searched` links to."""

    field_class = SearchFormField

    def __init__(self, **kwargs):
        super().__init__(label=_("Search"), max_length=LONGEST, **kwargs)
        self.extra["widget"] = forms.TextInput({"type": "search", "maxlength": LONGEST})

    def filter(self, queryset, value):
        return self.parent.finder.find(queryset, value, bounded=self.parent.bounded) if value else queryset


class LeastFilter(django_filters.NumberFilter):
    """Figures of at least so much, in their base unit."""

    def __init__(self, field_name: str, **kwargs):
        super().__init__(field_name=f"{field_name}_value", lookup_expr="gte", max_digits=20, decimal_places=4, **kwargs)


class MostFilter(django_filters.NumberFilter):
    """Figures of at most so much, in their base unit."""

    def __init__(self, field_name: str, **kwargs):
        super().__init__(field_name=f"{field_name}_value", lookup_expr="lte", max_digits=20, decimal_places=4, **kwargs)


class PeriodFormField(forms.CharField):
    def to_python(self, value):
        text = super().to_python(value)
        try:
            return parse_period(text) if text else None
        except PeriodError as error:
            raise ValidationError(explain(error), code=error.code) from error


class PeriodFilter(django_filters.Filter):
    """Records whose period touches the one typed: 2023, 2024年上半年, 2024-04-23; 未写明 asks for those without."""

    field_class = PeriodFormField

    def filter(self, queryset, value):
        if not value:
            return queryset
        start, end = f"{self.field_name}_start", f"{self.field_name}_end"
        if not value.start:
            return queryset.filter(**{f"{self.field_name}_kind": "not_stated"})
        begun = {f"{start}__lte": value.end} if value.end else {}
        open_ended = Q(**{end: None}) & ~Q(**{start: None})
        return queryset.filter(Q(**{f"{end}__gte": value.start}) | open_ended, **begun)


class ListFilter(django_filters.FilterSet):
    """The questions of one list. The search box looks through the model's own texts; `searched` adds linked rows.

    `ranked` is the path of the name's sort key, by which what was found is put in order.
    """

    searched: Iterable[str] = ()
    ranked = "sort_key"
    bounded = True  # a page shows the first of very many rows; a file holds them all
    gathered = False  # while all rows are wanted at once, and not the first in their order

    q = SearchFilter()
    source = RecordFilter(
        field_name="citations__source", rows=lambda: Source.objects.public(), label=_("Source"), blank=False
    )
    doubt = DoubtFilter()

    def __init__(self, data, *, queryset, offered: bool = False):
        """Only the filters that are asked are made; copying all of them, for the form that offers them, is dear."""
        if not offered:
            self.base_filters = {name: question for name, question in self.base_filters.items() if name in data}
        super().__init__(data, queryset)

    @classmethod
    @cache
    def declared(cls) -> dict:
        """The filters by parameter name, the list's own before those of every list."""
        common = ListFilter.base_filters
        names = ["q", *(name for name in cls.base_filters if name not in common), *(n for n in common if n != "q")]
        return {name: cls.base_filters[name] for name in names}

    @cached_property
    def finder(self) -> Finder:
        return Finder(self.queryset.model, self.searched)

    @property
    def looked_for(self):
        """The words typed in the search box, read; None where there are none or they cannot be looked for."""
        return self.form.cleaned_data.get("q") if "q" in self.filters and self.is_valid() else None

    @property
    def order(self) -> tuple[str, ...]:
        """What was looked for comes by relevance, then by name; other lists in the order of their model."""
        return ("relevance", self.ranked) if self.looked_for else self.queryset.model._meta.ordering

    @property
    def errors(self):
        return self.form.errors if self.filters else {}

    def filter_queryset(self, queryset):
        return self.ranked_rows(self._without(queryset, "")) if self.filters else queryset

    def ranked_rows(self, rows):
        return rows.annotate(relevance=relevance(self.looked_for, self.ranked)) if self.looked_for else rows

    def keys(self, rows, name: str = "") -> frozenset[int]:
        """The keys of the rows that all filters but one leave; at most FEW, then there may be more."""
        self.gathered = True
        left = self._without(rows, name) if self.filters else rows
        self.gathered = False
        return frozenset(left.order_by().values_list("pk", flat=True)[:FEW])

    def facets(self, rows, answer: frozenset[int] | None) -> dict[str, dict[str, Rows]]:
        """For each choice filter, how many rows every choice would leave under the other filters.

        `answer` is the keys of all rows that the filters leave, None where they are many.
        """
        if not self.is_valid():
            return {}
        found = {}
        for name, choice in self.filters.items():
            if hasattr(choice, "counts"):
                keys = self.keys(rows, name) if self.data.get(name) else answer
                # Of words that very many rows hold, the search finds MOST and one.
                more = bool(self.looked_for and keys and len(keys) > MOST)
                found[name] = choice.counts(self._without(rows, name), keys, more)
        return found

    def _without(self, rows, name: str):
        """Rows under all filters but one; words come last, since they are looked for among what the others leave."""
        for other, value in sorted(self.form.cleaned_data.items(), key=lambda item: item[0] == "q"):
            if other != name:
                rows = self.filters[other].filter(rows, value)
        return rows


class SourceFilter(ListFilter):
    kind = ChoiceFilter(choices=Source.Kind.choices, label=_("Kind"), blank=False)
    published = PeriodFilter(field_name="published", label=_("Published in"))


def unreadable(text: str, longest: int = LONGEST) -> str:
    """Why a parameter cannot be taken at all; empty if it can."""
    if len(text) > longest:
        return gettext("Longer than %(longest)d characters.") % {"longest": longest}
    if any(char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cs", "Cn") for char in text):
        return gettext("Holds a character that is not text.")
    return ""
