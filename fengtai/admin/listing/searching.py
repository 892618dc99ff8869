"""Staff find what they look for as the public does: drafts, what is held back, and what is linked to either, too."""

from django.utils.functional import cached_property

from fengtai.lists.finding import Finder
from fengtai.lists.relevance import relevance
from fengtai.lists.value_filters import unreadable
from fengtai.search.fields import SearchField
from fengtai.search.query import Query, SearchError, parse

FEW, SHOWN = 160, 80  # whoever is offered so many types on rather than look through more


class Searching:
    """For admin classes with a staff list; of a model without a search column Django looks through `search_fields`."""

    @cached_property
    def is_indexed(self) -> bool:
        return any(isinstance(field, SearchField) for field in self.opts.concrete_fields)

    def get_search_fields(self, request):
        return ("search",) if self.is_indexed else super().get_search_fields(request)

    def get_search_results(self, request, queryset, search_term):
        """For what is offered of models without a search column; no database text holds a NUL."""
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def offered(self, rows, term: str):
        """The rows to choose from for a typed text, names that begin so first; of very many not all."""
        query = _read(term)
        if query is None:
            return rows.none()
        asked = self.staff_list.filterset
        name = asked.ranked
        found = Finder(self.model, asked.searched, public=False, few=FEW, shown=SHOWN, named=name).find(rows, query)
        return found.annotate(relevance=relevance(query, name)).order_by("relevance", name, "pk") if name else found


def _read(text: str) -> Query | None:
    """The words of a typed text, if it holds any."""
    text = " ".join(text.split())  # a cell that was copied ends in a tab
    try:
        return parse(text) if text and not unreadable(text) else None
    except SearchError:
        return None
