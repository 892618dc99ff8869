"""Which rows of a list answer typed words: from the index, never further than is needed.

A word that few rows hold is answered by the index alone. One that more rows hold than a list counts is asked of the
rows that everything else leaves, so that a bound never hides what was asked for.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import EmptyResultSet
from django.db.models import Model, Q

from fengtai.lists import paging
from fengtai.lists.relevance import beginnings
from fengtai.records.doors import expanded, seen
from fengtai.records.paths import linked_model
from fengtai.search.lookups import holding, matching_keys
from fengtai.search.query import Query
from fengtai.search.tokens import key_token

CITED = "citations"  # the path to what sources say of a row, whose words are found as its own linked texts are
BEGINNING = 60  # names that begin as was typed, which are found however common the words are


class Held(NamedTuple):
    """Some rows that hold the words, whether they are all there are, and those that hold them by citations alone."""

    keys: set[int]
    complete: bool
    cited: set[int]


class Finder:
    """Looks through a model's own texts and those of the rows it is linked to; `links` are paths to them.

    Staff, who may see everything, find by what is not public too. `few` rows at most are taken from the index at once:
    a word that so many hold is common; `shown` is how many of rows that only hold common words are wanted. Where
    `named` is the name's own place in the order, names that begin so are among them. `CITED` is the last of the links.
    """

    def __init__(self, model: type[Model], links: Iterable[str] = (), *, public=True, few=0, shown=0, named=""):
        self.model, self.public, self.named = model, public, "" if "__" in named else named
        self.few, self.shown = few or paging.FEW, shown or paging.NUMBERED
        self.links = {path: linked_model(model, path) for path in (expanded(model, link) for link in links)}
        self._asked: dict[Query, Held] = {}
        self._found: dict[tuple[str, Query], frozenset[int]] = {}

    def find(self, rows, query: Query, *, bounded: bool = True):
        """The rows that hold every word; where all are common, `bounded` leaves it at one more than are counted."""
        words = [Query((word,)) for word in query.words]
        few = [held.keys for held in map(self._first, words) if held.complete]
        common = [word for word in words if not self._first(word).complete]
        if few:
            keys = set.intersection(*few)
            return self._holding(rows.filter(pk__among=keys), common, keys)
        if not bounded:
            return self._holding(rows, common)
        return rows.filter(pk__among=self._bounded(rows, query, common))

    def holding(self, rows, query: Query, keys: frozenset[int]):
        """Of the few rows of these keys those that `find` would find, read from their texts without the index."""
        return self._holding(rows, [Query((word,)) for word in query.words], {*keys})

    def cited(self, query: Query) -> set[int]:
        """Rows that hold one of the words by nothing but what sources say of them, as far as the index was asked."""
        return (
            set().union(*(self._first(Query((word,))).cited for word in query.words)) if CITED in self.links else set()
        )

    def _bounded(self, rows, query: Query, common: list[Query]) -> frozenset[int]:
        """One row more than are counted; remembered, since a list's filters ask the same of the same rows again."""
        asked = (_statement(rows), query)
        if asked not in self._found:
            found = self._keys(rows.filter(pk__among=self._first(query).keys))
            found = found if len(found) > self.shown else self._keys(self._holding(rows, common))
            self._found[asked] = found | self._beginning(rows, query)
        return self._found[asked]

    def _beginning(self, rows, query: Query) -> set[int]:
        first = rows.filter(beginnings(query, self.named)).order_by(self.named, "pk") if self.named else rows.none()
        return {*first.values_list("pk", flat=True)[:BEGINNING]}

    def _keys(self, rows) -> frozenset[int]:
        return frozenset(rows.order_by().values_list("pk", flat=True).distinct()[: self.shown + 1])

    def _first(self, query: Query) -> Held:
        """Some rows that hold all the words in one row of texts."""
        if query not in self._asked:
            self._asked[query] = self._ask(query, self.few)
        return self._asked[query]

    def _ask(self, query: Query, most: int) -> Held:
        own, asked = (
            (self.model, query),
            {path: (linked, self.asked_at(path, query)) for path, linked in self.links.items()},
        )
        held = holding([own, *asked.values()]) if asked else {own}
        keys = matching_keys(*own, most) if own in held else []
        found, complete, cited = set(keys), len(keys) < most, set()
        for path, question in asked.items():
            if question in held and (keys := matching_keys(*question, most)):
                owners = list(self._held_by(path, keys).values_list("pk", flat=True)[:most])
                cited = {*owners} - found if path == CITED else cited
                found.update(owners)
                complete &= len(owners) < most and len(keys) < most
        return Held(found, complete, cited)

    def asked_at(self, path: str, query: Query) -> Query:
        """What the rows at the end of a path are asked: of citations, which prove rows of every model, this one's."""
        return query.of(key_token(ContentType.objects.get_for_model(self.model).pk)) if path == CITED else query

    def _held_by(self, path: str, keys):
        """Rows that hold some of the linked rows, as far as whoever asks may know."""
        return self.model._base_manager.filter(self._seen(path), **{f"{path}__pk__among": frozenset(keys)}).order_by()

    def _seen(self, path: str) -> Q:
        return seen(self.model, path) if self.public else Q()

    def _holding(self, rows, words: list[Query], within: set[int] | None = None):
        """Rows that hold each of the words, however many there are."""
        every, asked = self.model._base_manager.order_by(), "search__matches"
        if within is not None:
            every, asked = every.filter(pk__among=within), "search__holds"  # the index would return far too many keys
        for word in words:
            held = Q(**{asked: word})
            for path in self.links:
                held |= Q(
                    pk__in=every.filter(self._seen(path), **{f"{path}__{asked}": self.asked_at(path, word)}).values(
                        "pk"
                    )
                )
            rows = rows.filter(held)
        return rows


def _statement(rows) -> str:
    """The SQL that identifies a set of rows; empty for a set that can have none."""
    try:
        return repr(rows.query.sql_with_params())
    except EmptyResultSet:
        return ""
