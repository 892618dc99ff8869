"""The words of the public lists: whether any record holds a word, and which of their words are almost what was typed.

Only what the public may see counts: a hidden record neither makes a word known nor is ever offered.
"""

from collections.abc import Iterator
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
from fengtai.search.near import Near, near_query, nearest
from fengtai.search.query import Query
from fengtai.search.tokens import plain
from fengtai.search.word_senses import other_number

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
    def columns(self) -> dict[str, bool]:
        """The texts in which words are looked for, and whether they are names; figures have no misspellings, and what
        is cited is no name.
        """
        if self.path == CITED:
            return {}
        field = next(field for field in self.model._meta.concrete_fields if isinstance(field, SearchField))
        names = dict.fromkeys(field.names, True) | dict.fromkeys(field.texts, False)
        written = [name for name in names if not isinstance(self.model._meta.get_field(name), PrintedField)]
        return {f"{self.path}__{name}" if self.path else name: names[name] for name in written}


class Vocabulary:
    """The words of some lists."""

    def __init__(self, pages: tuple[ListPage, ...]):
        self.places = _places(pages)
        self.names = frozenset().union(*map(names_of, pages))
        self._known: dict[Query, bool] = {}
        self._counted: dict[Query, int] = {}

    def knows(self, query: Query) -> bool:
        """Whether some record holds the words."""
        if query not in self._known:
            self._known[query] = any(place.rows(query).exists() for place in self._holding(query))
        return self._known[query]

    def rows(self, query: Query) -> int:
        """How many public rows hold the words, as far as the first that the index knows of each list."""
        if query not in self._counted:
            self._counted[query] = sum(place.rows(query).count() for place in self._holding(query))
        return self._counted[query]

    def almost(self, word: str) -> list[str]:
        """The words that are almost this one, those of most records first, each as some record writes it."""
        query, found = near_query(word), {}
        for place in [place for place in self._holding(query) if place.columns] if query else ():
            for texts in place.rows(query).values_list(*place.columns)[:ENOUGH]:
                if meant := next(_meant(word, place, texts), None):
                    found.setdefault(plain(meant.near.piece), []).append(meant)
        return self._best(word, found)

    def _holding(self, query: Query) -> list[Place]:
        """Where any row holds it, public or not: of most models the index knows none, and one statement says so."""
        asked = [place.question(query) for place in self.places]
        held = holding(asked)
        return [place for place, question in zip(self.places, asked, strict=True) if question in held]

    @staticmethod
    def _best(word: str, found: "dict[str, list[Meant]]") -> list[str]:
        best = sorted(found, key=lambda piece: (_slip(word, piece), -len(found[piece]), piece))
        offered = filter(None, (_written(found[piece]) for piece in best if piece != word))
        return [*dict.fromkeys(offered)][:OFFERED]


@dataclass(frozen=True)
class Meant:
    """What may be meant by a word: a piece of a text, and the name that it is a piece of, if it is one."""

    near: Near
    name: str


def _meant(word: str, place: Place, texts: tuple) -> Iterator[Meant]:
    for text, is_name in zip(texts, place.columns.values(), strict=True):
        for line in str(text).splitlines() if text else ():
            if near := nearest(word, line):
                yield Meant(near, line.strip() if is_name else "")


def _written(meant: list[Meant]) -> str:
    """The piece where it is a word of its own, which different characters stand beside; else the shortest name that it
    is a piece of. A piece of a sentence that is no such word is nothing.
    """
    if all(_ends_word({getattr(one.near, side) for one in meant}) for side in ("before", "after")):
        return meant[0].near.piece
    return min((one.name for one in meant if one.name), key=len, default="")


def _ends_word(beside: set[str]) -> bool:
    return "" in beside or len(beside) > 1


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
    """The words by which a list is called, in every language of the site, of one and of many."""
    names = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            kind = page.table.model()._meta.verbose_name
            names.update(plain(f"{page.title} {kind} {page.table.asked_as}").split())
    return frozenset(names.union(*map(other_number, names)))
