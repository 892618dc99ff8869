"""The words of the public lists: whether any record holds a word, and which of their words are almost what was typed.

Only what the public may see counts: a hidden record neither makes a word known nor is ever offered.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property

from django.conf import settings
from django.db.models import Q
from django.utils.translation import override

from fengtai.lists.finding import CITED, Finder
from fengtai.lists.site import ListPage
from fengtai.records.doors import seen
from fengtai.records.fields import PrintedField
from fengtai.search.fields import SearchField
from fengtai.search.lookups import Question, holding, matching_keys
from fengtai.search.near import near_query, nearest
from fengtai.search.query import Query
from fengtai.search.tokens import plain

ENOUGH = 1000  # rows of one model that are looked at for a word
OFFERED = 3  # words instead of one


@dataclass(frozen=True)
class Place:
    """Where words stand: the texts of a list's own rows, or of rows that they are linked to by `path`."""

    finder: Finder
    path: str = ""

    @property
    def model(self):
        return self.finder.links[self.path] if self.path else self.finder.model

    def question(self, query: Query) -> Question:
        return self.model, self.finder.asked_at(self.path, query)

    def rows(self, query: Query):
        """The public rows of the list that hold it here, as far as the first that the index knows."""
        keys = matching_keys(*self.question(query), ENOUGH)
        asked = Q(**{f"{self.path}__pk__among" if self.path else "pk__among": frozenset(keys)})
        if self.path:
            asked &= seen(self.finder.model, self.path)
        return self.finder.model.objects.public().filter(asked).order_by()

    @cached_property
    def columns(self) -> list[str]:
        """The texts in which words are looked for; figures have no misspellings, and sentences are no names."""
        if self.path == CITED:
            return []
        field = next(field for field in self.model._meta.concrete_fields if isinstance(field, SearchField))
        names = [*field.names, *field.texts]
        written = [name for name in names if not isinstance(self.model._meta.get_field(name), PrintedField)]
        return [f"{self.path}__{name}" if self.path else name for name in written]


class Vocabulary:
    """The words of some lists."""

    def __init__(self, pages: tuple[ListPage, ...]):
        self.places = _places(pages)
        self.names = frozenset().union(*map(names_of, pages))
        self._known: dict[Query, bool] = {}

    def knows(self, query: Query) -> bool:
        """Whether some record holds the words."""
        if query not in self._known:
            self._known[query] = any(place.rows(query).exists() for place in self._holding(query))
        return self._known[query]

    def rows(self, query: Query) -> int:
        """How many public rows hold the words, as far as the first that the index knows of each list."""
        return sum(place.rows(query).count() for place in self._holding(query))

    def almost(self, word: str) -> list[str]:
        """The words that are almost this one, those of most records first, each as some record writes it."""
        query, found, written = near_query(word), Counter(), {}
        for place in [place for place in self._holding(query) if place.columns] if query else ():
            for texts in place.rows(query).values_list(*place.columns)[:ENOUGH]:
                if piece := next((piece for text in texts if text and (piece := nearest(word, str(text)))), ""):
                    found[plain(piece)] += 1
                    written.setdefault(plain(piece), piece)
        return self._best(word, found, written)

    def _holding(self, query: Query) -> list[Place]:
        """Where any row holds it, public or not: of most models the index knows none, and one statement says so."""
        asked = [place.question(query) for place in self.places]
        held = holding(asked)
        return [place for place, question in zip(self.places, asked, strict=True) if question in held]

    @staticmethod
    def _best(word: str, found: Counter, written: dict[str, str]) -> list[str]:
        best = sorted(found, key=lambda piece: (_slip(word, piece), -found[piece], piece))
        return [written[piece] for piece in best if piece != word][:OFFERED]


def _slip(word: str, piece: str) -> int:
    """How grave the slip is: the same characters, as many, others."""
    return (sorted(word) != sorted(piece)) + (len(word) != len(piece))


@cache
def _places(pages: tuple[ListPage, ...]) -> list[Place]:
    """The lists' own rows, then the linked ones that no list shows: each model once, from the rows nearest to it,
    since those further away are linked to some of its rows alone; and what is cited of each list.
    """
    finders = {page.table.model(): page.filterset({}, queryset=page.table.rows()).finder for page in pages}
    places = {model: Place(finder) for model, finder in finders.items()}
    linked = [(finder, path) for finder in finders.values() for path in finder.links if path != CITED]
    for finder, path in sorted(linked, key=lambda one: one[1].count("__")):
        places.setdefault(finder.links[path], Place(finder, path))
    cited = [Place(finder, CITED) for finder in finders.values() if CITED in finder.links]
    return [*places.values(), *cited]


@cache
def names_of(page: ListPage) -> frozenset[str]:
    """The words by which a list is called, in every language of the site."""
    names = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            kind = page.table.model()._meta.verbose_name
            names.update(plain(f"{page.title} {kind} {page.table.asked_as}").split())
    return frozenset(names)
