"""The questions a list can be asked, each with how many rows every answer would leave."""

from collections.abc import Iterable
from functools import cache, cached_property

import django_filters
from django.utils.translation import gettext_lazy as _

from fengtai.lists import paging
from fengtai.lists.choices import ChoiceFilter, Choices, DoubtFilter, Rows
from fengtai.lists.combined import counted_in_bits
from fengtai.lists.counting import counted
from fengtai.lists.finding import CITED, Finder
from fengtai.lists.known_counts import Known
from fengtai.lists.linked_record_choices import RecordFilter
from fengtai.lists.paragraph_filter import ParagraphFilter
from fengtai.lists.question_forms import QuestionForm
from fengtai.lists.relevance import relevance
from fengtai.lists.value_filters import PeriodFilter, SearchFilter
from fengtai.records.models import Source

AT_LEISURE = 500  # rows that are counted whatever it takes
AT_ONCE = 3  # choices counted in one statement, between which it is asked how long to go on


class Questions(django_filters.FilterSet):
    """The questions of one list. The search box looks through the model's own texts; `searched` adds linked rows.

    `ranked` is the path of the name's sort key, by which what was found is put in order. `staff` find by what is
    hidden, too.
    """

    staff = False
    searched: Iterable[str] = ()
    cited = False  # whether the words of sources that state a row find it, too
    ranked = "sort_key"
    bounded = True  # a page shows the first of very many rows; a file holds them all
    usual: dict[str, str] = {}  # answers to questions that an address does not ask
    counted_first: Iterable[str] = ()  # filters whose counts are not left for the next answer
    within: frozenset[int] | None = None  # the keys of a few rows, while only these are asked for
    gathered = False  # while all rows are wanted at once, and not the first in their order

    class Meta:
        form = QuestionForm

    def __init__(self, data, *, queryset, offered: bool = False):
        """Only the filters that are asked are made; copying all of them, as the form that offers them must, is slow."""
        if not offered:
            self.base_filters = {name: question for name, question in self.base_filters.items() if name in data}
        super().__init__(data, queryset)

    @property
    def form(self):
        form = super().form
        form.asked = self
        return form

    @classmethod
    @cache
    def declared(cls) -> dict:
        """The filters by parameter name, the list's own before those of every list."""
        common = ListFilter.base_filters  # which every list of records has
        names = ["q", *(name for name in cls.base_filters if name not in common), *(n for n in common if n != "q")]
        return {name: cls.base_filters[name] for name in names if name in cls.base_filters}

    @cached_property
    def finder(self) -> Finder:
        named = self.ranked if self.staff else ""
        links = (*self.searched, *([CITED] if self.cited else []))
        return Finder(self.queryset.model, links, public=not self.staff, named=named)

    @property
    def looked_for(self):
        """The words typed in the search box, read; None where there are none or they cannot be looked for."""
        return self.form.cleaned_data.get("q") if "q" in self.filters and self.is_valid() else None

    @property
    def told(self) -> str:
        """In a sentence, which rows these are, where the filters in use do not say it."""
        return ""

    @property
    def told_in_names(self) -> str:
        """The same in the names of files, as short as can be."""
        return ""

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
        if not self._ranks:
            return rows
        return rows.annotate(relevance=relevance(self.looked_for, self.ranked, self.finder.cited(self.looked_for)))

    @property
    def _ranks(self) -> bool:
        return bool(self.ranked and self.looked_for)

    def keys(self, rows, name: str = "", *, most: int = 0) -> frozenset[int]:
        """The keys of the rows that all filters but one leave; from `most`, or `paging.FEW`, on there may be more."""
        self.gathered = True
        left = self._without(rows, name) if self.filters else rows
        self.gathered = False
        return frozenset(left.order_by().values_list("pk", flat=True)[: most or paging.FEW])

    def counted(self, rows, most: int) -> int:
        """How many rows the filters leave, counted no further than `most`; of words too that a page shows few of."""
        bounded, self.bounded, self.gathered = self.bounded, False, True
        left = self._without(rows, "") if self.filters else rows
        self.bounded, self.gathered = bounded, False
        return left.order_by().values("pk")[:most].count()

    def facets(self, rows, answer: frozenset[int] | None, known: Known) -> dict[str, dict[str, Rows]]:
        """For each choice filter, how many rows every choice would leave under the other filters.

        `answer` is the keys of all rows that the filters leave, None where they are many; `known` keeps what was
        counted, and says how long to go on.
        """
        if not self.is_valid():
            return {}
        choices = {name: choice for name, choice in self.filters.items() if isinstance(choice, Choices)}
        ordered = sorted(choices, key=lambda name: name not in self.counted_first)
        return {name: self._counts(rows, name, answer, known) for name in ordered}

    def _counts(self, rows, name: str, answer: frozenset[int] | None, known: Known) -> dict[str, Rows]:
        if (counts := counted_in_bits(self, name, known)) is not None:
            return counts
        choice = self.filters[name]
        keys = self.keys(rows, name) if self.data.get(name) else answer
        if keys is not None and len(keys) < paging.FEW:
            # Of words that very many rows hold, the search finds one more than a page shows.
            more = bool(self.looked_for and len(keys) > paging.NUMBERED)
            if len(keys) < AT_LEISURE:
                return choice.counts(keys, more)
            return known.get(name, lambda: choice.counts(keys, more))
        among, options, found = self._among(rows, name), list(choice.options().items()), {}
        for start in range(0, len(options), AT_ONCE):
            some = options[start : start + AT_ONCE]
            found |= known.get(f"{name}:{start}", lambda some=some: counted(choice, some, among))
        return found

    def _among(self, rows, name: str):
        """The rows that all filters but one leave; None where these are all there are."""
        others = [other for other, value in self.data.items() if value and other != name]
        return None if self.staff and not others else self._without(rows, name)

    def _without(self, rows, name: str):
        return self.under(rows, [other for other in self.form.cleaned_data if other != name])

    def under(self, rows, names: Iterable[str]):
        """Rows under some of the filters. Words come last, since they are looked for among what the others leave."""
        for name in sorted(names, key=lambda name: name == "q"):
            rows = self.filters[name].filter(rows, self.form.cleaned_data[name])
        return rows


class ListFilter(Questions):
    """The questions of a list of records, which is searched and asked for a source and for doubt."""

    cited = True
    q = SearchFilter()
    source = RecordFilter(
        field_name="citations__source", rows=lambda: Source.objects.public(), label=_("Source"), blank=False
    )
    paragraph = ParagraphFilter()
    doubt = DoubtFilter()


class SourceFilter(ListFilter):
    kind = ChoiceFilter(choices=Source.Kind.choices, label=_("Kind"), blank=False)
    published = PeriodFilter(field_name="published", label=_("Published in"))
