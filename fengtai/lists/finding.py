"""Which rows of a list answer typed words: from the index, never further than is needed.

A word that few rows hold is answered by the index alone. One that more rows hold than a list counts is asked of the
rows that everything else leaves, so that a bound never hides what was asked for.
"""

from collections.abc import Iterable

from django.core.exceptions import EmptyResultSet
from django.db.models import Case, IntegerField, Model, Q, Value, When

from fengtai.lists import paging
from fengtai.records.doors import expanded, seen
from fengtai.records.paths import linked_model
from fengtai.search.lookups import matching_keys
from fengtai.search.query import Query, Word
from fengtai.search.tokens import KEY_ENDS, sort_key

BEGINNING = 60  # names that begin as was typed, which are found however common the words are
EXACT, BEGINS, CONTAINS, OTHERWISE = range(4)
LAST = "\U0010ffff"  # after every character


class Finder:
    """Looks through a model's own texts and those of the rows it is linked to; `links` are paths to them.

    Staff, who may see everything, find by what is not public too. `few` rows at most are taken from the index at once:
    a word that so many hold is common; `shown` is how many of rows that only hold common words are wanted. Where
    `named` is the name's own place in the order, names that begin so are among them.
    """

    def __init__(self, model: type[Model], links: Iterable[str] = (), *, public=True, few=0, shown=0, named=""):
        self.model, self.public, self.named = model, public, "" if "__" in named else named
        self.few, self.shown = few or paging.few(), shown or paging.COUNTED
        self.links = {path: linked_model(model, path) for path in (expanded(model, link) for link in links)}
        self._asked: dict[Query, tuple[set[int], bool]] = {}
        self._found: dict[tuple[str, Query], frozenset[int]] = {}

    def find(self, rows, query: Query, *, bounded: bool = True):
        """The rows that hold every word; where all are common, `bounded` leaves it at one more than are counted."""
        words = [Query((word,)) for word in query.words]
        few = [keys for keys, complete in map(self._first, words) if complete]
        common = [word for word in words if not self._first(word)[1]]
        if few:
            keys = set.intersection(*few)
            return self._holding(rows.filter(pk__among=keys), common, keys)
        if not bounded:
            return self._holding(rows, common)
        return rows.filter(pk__among=self._bounded(rows, query, common))

    def _bounded(self, rows, query: Query, common: list[Query]) -> frozenset[int]:
        """One row more than are counted; remembered, since a list's filters ask the same of the same rows again."""
        asked = (_statement(rows), query)
        if asked not in self._found:
            found = self._keys(rows.filter(pk__among=self._first(query)[0]))
            found = found if len(found) > self.shown else self._keys(self._holding(rows, common))
            self._found[asked] = found | self._beginning(rows, query)
        return self._found[asked]

    def _beginning(self, rows, query: Query) -> set[int]:
        first = rows.filter(beginnings(query, self.named)).order_by(self.named, "pk") if self.named else rows.none()
        return {*first.values_list("pk", flat=True)[:BEGINNING]}

    def _keys(self, rows) -> frozenset[int]:
        return frozenset(rows.order_by().values_list("pk", flat=True).distinct()[: self.shown + 1])

    def _first(self, query: Query) -> tuple[set[int], bool]:
        """Some rows that hold all the words in one row of texts, and whether they are all there are."""
        if query not in self._asked:
            self._asked[query] = self._ask(query, self.few)
        return self._asked[query]

    def _ask(self, query: Query, most: int) -> tuple[set[int], bool]:
        keys = matching_keys(self.model, query, most)
        found, complete = set(keys), len(keys) < most
        for path, linked in self.links.items():
            if keys := matching_keys(linked, query, most):
                own = list(self._held_by(path, keys).values_list("pk", flat=True)[:most])
                found.update(own)
                complete &= len(own) < most and len(keys) < most
        return found, complete

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
                held |= Q(pk__in=every.filter(self._seen(path), **{f"{path}__{asked}": word}).values("pk"))
            rows = rows.filter(held)
        return rows


def _statement(rows) -> str:
    """The SQL that identifies a set of rows; empty for a set that can have none."""
    try:
        return repr(rows.query.sql_with_params())
    except EmptyResultSet:
        return ""


def relevance(query: Query, key: str) -> Case:
    """Exactly the name first, then names that begin so, then names that hold it, then other names and texts.

    `key` is the path of the sort key: the name's pinyin, KEY_ENDS and its characters.
    """
    joined = _joined(query)
    exact, begins, contains = Q(**{f"{key}__endswith": KEY_ENDS + joined.text}), Q(), Q()
    begins = Q(**{f"{key}__contains": KEY_ENDS + joined.text})
    for syllables in joined.syllables:
        exact |= Q(**{f"{key}__startswith": syllables + KEY_ENDS})
        begins |= Q(**{f"{key}__startswith": syllables})
    for word in query.words:
        contains &= _any(Q(**{f"{key}__contains": text}) for text in (word.text, *word.syllables))
    ranks = ((exact, EXACT), (begins, BEGINS), (contains, CONTAINS))
    return Case(*(When(q, Value(rank)) for q, rank in ranks), default=OTHERWISE, output_field=IntegerField())


def beginnings(query: Query, key: str) -> Q:
    """Names that begin so, as the index of the order finds them however many rows hold the words."""
    joined = _joined(query)
    spelled, _end, text = sort_key(joined.text).partition(KEY_ENDS)
    written = Q(**{f"{key}__contains": KEY_ENDS + text})
    return _any([_from(spelled, key) & written, *(_from(syllables, key) for syllables in joined.syllables)])


def _from(start: str, key: str) -> Q:
    return Q(**{f"{key}__gte": start, f"{key}__lt": start + LAST})


def _joined(query: Query) -> Word:
    """The words as one, since names are written without blanks."""
    return Word("".join(word.text for word in query.words), query.words[0].ways if len(query.words) == 1 else ())


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found
