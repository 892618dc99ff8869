"""The questions a list can be asked, each with how many rows every answer would leave."""

from collections.abc import Iterable
from functools import cache, cached_property

import django_filters
from django.utils.translation import gettext_lazy as _

from fengtai.lists import paging
from fengtai.lists.choices import ChoiceFilter, DoubtFilter, Rows
from fengtai.lists.finding import Finder, relevance
from fengtai.lists.linked_record_choices import RecordFilter
from fengtai.lists.value_filters import PeriodFilter, SearchFilter
from fengtai.records.models import Source


class Questions(django_filters.FilterSet):
    """The questions of one list. The search box looks through the model's own texts; `searched` adds linked rows.

    `ranked` is the path of the name's sort key, by which what was found is put in order. `staff` find by what is
    hidden, too.
    """

    staff = False
    searched: Iterable[str] = ()
    ranked = "sort_key"
    bounded = True  # a page shows the first of very many rows; a file holds them all
    gathered = False  # while all rows are wanted at once, and not the first in their order

    def __init__(self, data, *, queryset, offered: bool = False):
        """Only the filters that are asked are made; copying all of them, as the form that offers them must, is slow."""
        if not offered:
            self.base_filters = {name: question for name, question in self.base_filters.items() if name in data}
        super().__init__(data, queryset)

    @classmethod
    @cache
    def declared(cls) -> dict:
        """The filters by parameter name, the list's own before those of every list."""
        common = ListFilter.base_filters  # which every list of records has
        names = ["q", *(name for name in cls.base_filters if name not in common), *(n for n in common if n != "q")]
        return {name: cls.base_filters[name] for name in names if name in cls.base_filters}

    @cached_property
    def finder(self) -> Finder:
        return Finder(self.queryset.model, self.searched, public=not self.staff)

    @property
    def looked_for(self):
        """The words typed in the search box, read; None where there are none or they cannot be looked for."""
        return self.form.cleaned_data.get("q") if "q" in self.filters and self.is_valid() else None

    @property
    def order(self) -> tuple[str, ...]:
        """What was looked for comes by relevance, then by name; other lists in the order of their model."""
        return ("relevance", self.ranked) if self._ranks else self.queryset.model._meta.ordering

    @property
    def errors(self):
        return self.form.errors if self.filters else {}

    def filter_queryset(self, queryset):
        return self.ranked_rows(self._without(queryset, "")) if self.filters else queryset

    def ranked_rows(self, rows):
        return rows.annotate(relevance=relevance(self.looked_for, self.ranked)) if self._ranks else rows

    @property
    def _ranks(self) -> bool:
        return bool(self.ranked and self.looked_for)

    def keys(self, rows, name: str = "") -> frozenset[int]:
        """The keys of the rows that all filters but one leave; from `paging.few()` on there may be more."""
        self.gathered = True
        left = self._without(rows, name) if self.filters else rows
        self.gathered = False
        return frozenset(left.order_by().values_list("pk", flat=True)[: paging.few()])

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
                # Of words that very many rows hold, the search finds one more than are counted.
                more = bool(self.looked_for and keys and len(keys) > paging.COUNTED)
                found[name] = choice.counts(self._without(rows, name), keys, more)
        return found

    def _without(self, rows, name: str):
        """Rows under all filters but one; words come last, since they are looked for among what the others leave."""
        for other, value in sorted(self.form.cleaned_data.items(), key=lambda item: item[0] == "q"):
            if other != name:
                rows = self.filters[other].filter(rows, value)
        return rows


class ListFilter(Questions):
    """The questions of a list of records, which is searched and asked for a source and for doubt."""

    q = SearchFilter()
    source = RecordFilter(
        field_name="citations__source", rows=lambda: Source.objects.public(), label=_("Source"), blank=False
    )
    doubt = DoubtFilter()


class SourceFilter(ListFilter):
    kind = ChoiceFilter(choices=Source.Kind.choices, label=_("Kind"), blank=False)
    published = PeriodFilter(field_name="published", label=_("Published in"))
