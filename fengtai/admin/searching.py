"""Staff find what they look for as the public does, by pinyin, initials, other names and words in any order.

They find all that is on file: drafts, what is held back, and what is linked to either.
"""

from functools import cache

from django.contrib import messages
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR

from fengtai.lists import paging
from fengtai.lists.finding import Finder, beginnings, relevance
from fengtai.lists.site import site_lists
from fengtai.lists.value_filters import REFUSED_SEARCHES, unreadable
from fengtai.search.fields import SearchField, SortKeyField
from fengtai.search.query import Query, SearchError, parse


class Searching:
    """For admin classes; of a model without a search column Django looks through `search_fields`."""

    @property
    def is_indexed(self) -> bool:
        return any(isinstance(field, SearchField) for field in self.opts.concrete_fields)

    def get_search_fields(self, request):
        return ("search",) if self.is_indexed else super().get_search_fields(request)

    def changelist_view(self, request, extra_context=None):
        if request.method == "GET" and self.is_indexed:
            told = _read(request.GET.get(SEARCH_VAR, ""))[1]
            if told:
                self.message_user(request, told, messages.WARNING)
        return super().changelist_view(request, extra_context)

    def get_search_results(self, request, queryset, search_term):
        """All rows that hold the words: what is done with them is done with every one."""
        if not self.is_indexed:
            return super().get_search_results(request, queryset, search_term)
        if not search_term.strip():
            return queryset, False
        query, _told = _read(search_term)
        if query is None:
            return queryset.none(), False
        found = self._finder(request).find(queryset, query, bounded=False)
        return (found if request.GET.get(ORDER_VAR) else self._ranked(found, query)), False

    def offered(self, request, rows, term: str):
        """The rows to choose from for a typed text, names that begin so first; of very many not all."""
        query, _told = _read(term)
        if query is None:
            return rows.none()
        found, name = self._finder(request).find(rows, query), _place_of(self.model)
        if name and "__" not in name:
            first = rows.filter(beginnings(query, name)).order_by(name, "pk").values_list("pk", flat=True)
            found |= rows.filter(pk__among=list(first[: paging.COUNTED]))
        return self._ranked(found, query)

    def _ranked(self, rows, query: Query):
        name = _place_of(self.model)
        return rows.annotate(relevance=relevance(query, name)).order_by("relevance", name, "pk") if name else rows

    def _finder(self, request) -> Finder:
        """One for each request: the counts beside a list's filters ask the same again."""
        if not hasattr(request, "finder"):
            request.finder = Finder(self.model, links_searched(self.model), public=False)
        return request.finder


def _read(text: str) -> tuple[Query | None, str]:
    """The words of a typed text, or why there are none."""
    text = " ".join(text.split())  # a cell that was copied ends in a tab
    if not text or (told := unreadable(text)):
        return None, told if text else ""
    try:
        return parse(text), ""
    except SearchError as error:
        return None, str(REFUSED_SEARCHES[error.code])


@cache
def links_searched(model) -> tuple[str, ...]:
    """The links that the search boxes of the model's lists look through."""
    return tuple(dict.fromkeys(link for page in _lists_of(model) for link in page.filterset.searched))


@cache
def _place_of(model) -> str:
    """The path of the name's place in the order, by which what was found is put in order."""
    named = [page.filterset.ranked for page in _lists_of(model)]
    own = [field.name for field in model._meta.concrete_fields if isinstance(field, SortKeyField)]
    return next(iter([*named, *own]), "")


def _lists_of(model) -> list:
    return [page for page in site_lists() if page.table.model() is model]
