"""What is said where words find nothing or little: which word no record holds, what the others find, what was meant."""

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from urllib.parse import urlencode

from fengtai.lists import paging
from fengtai.lists.combined import Left
from fengtai.lists.parting import Cutter, is_whole, partings
from fengtai.lists.site import ListPage
from fengtai.lists.site_search import asked
from fengtai.lists.vocabulary import Vocabulary
from fengtai.search.query import MOST_WORDS, Query, SearchError, parse

SEVERAL = 4  # words of which each is left out by itself
DOUBTED = 3  # words that are mended or parted: each costs some looking up


@dataclass(frozen=True)
class Offer:
    """A search that may be asked instead: its words, what it finds by itself, and its parameters."""

    words: str
    rows: int
    address: str

    @property
    def count(self) -> str:
        return paging.count_label(self.rows)


@dataclass(frozen=True)
class Told:
    """A word that was typed: what it finds by itself, and what the other words find without it."""

    text: str
    alone: Offer
    rest: Offer | None


class EmptyAnswer:
    """What to say of words that find nothing in these lists, or little; nothing here changes what was typed.

    `filters` is what else was asked of them, under which the offers stand, too.
    """

    def __init__(self, query: Query, pages: tuple[ListPage, ...], filters: dict[str, str] | None = None):
        self.query, self.pages, self.vocabulary, self.filters = query, pages, Vocabulary(pages), filters or {}
        self.typed = [word.typed for word in query.words]
        self._counted: dict[str, int] = {}
        self._by_word: dict[tuple[ListPage, str], Left | None] = {}

    def parted(self) -> str:
        """The words with blanks between their parts, where that finds something."""
        return next((text for text in self.partings() if self._rows(text)), "")

    def partings(self) -> list[str]:
        """The ways in which known parts make up the words, whether or not they are found together."""
        return partings(" ".join(self.typed), self.vocabulary) if len(self._doubtful) <= DOUBTED else []

    def words(self, *, but_for) -> list[Told]:
        """Each word with what it finds, and what the others find; of one word its parts likewise, as far as any is
        known, `but_for` something better to offer.
        """
        if len(self.typed) > 1:
            return self._told(self.typed, self.typed)
        if is_whole(self.query.words[0]):
            return []
        pieces = Cutter(self.typed[0], self.vocabulary).pieces() if not but_for else []
        known = [piece for piece, is_known in pieces if is_known][:MOST_WORDS]
        return (
            self._told([piece for piece, is_known in pieces if not is_known or piece in known], known) if known else []
        )

    @staticmethod
    def read(words: str) -> Query:
        return parse(words)

    def meant(self) -> list[Offer]:
        """The words with one of them mended, as far as that finds something; at most a few."""
        offers = []
        for at in [at for at in self._doubtful[:DOUBTED] if self.query.words[at].number is None]:
            for instead in self.vocabulary.almost(self.query.words[at].text):
                offer = self.offer(" ".join([*self.typed[:at], instead, *self.typed[at + 1 :]]))
                offers += [offer] if offer.rows else []
        return sorted(offers, key=lambda offer: -offer.rows)[:3] if len(self.typed) > 1 else offers

    @cached_property
    def _doubtful(self) -> list[int]:
        """The words that no record holds as they are; a single word is doubted in any case."""
        words = enumerate(self.query.words)
        return [at for at, word in words if len(self.typed) == 1 or not self.vocabulary.knows(Query((word,)))]

    def offer(self, words: str) -> Offer:
        return Offer(words, self._rows(words), f"?{urlencode({**self.filters, 'q': words})}")

    def _told(self, words: list[str], known: list[str]) -> list[Told]:
        """Each word, and what the known ones find without it; where no one of several hinders, without all that do."""
        rests = {word: " ".join(other for other in known if other != word) for word in words}
        if len(known) > SEVERAL or not any(self._rows(rest) for rest in rests.values() if rest):
            together = self._together(known) if len(known) > 2 else []
            rests = {word: " ".join(together) for word in words if word not in together}
        rests = {word: self.offer(rest) for word, rest in rests.items() if rest}
        found = {word: rest for word, rest in rests.items() if rest.rows}
        return [Told(word, self.offer(word), found.get(word)) for word in words]

    def _together(self, words: list[str]) -> list[str]:
        """Words that are found together, the longest ones tried first; none if no two are."""
        chosen: list[str] = []
        for word in sorted(words, key=len, reverse=True):
            more = [one for one in words if one == word or one in chosen]
            chosen = more if self._rows(" ".join(more)) else chosen
        return chosen if len(chosen) > 1 else []

    def _rows(self, words: str) -> int:
        """How many rows of all lists a search finds."""
        if words not in self._counted:
            self._counted[words] = sum(self._rows_of(page, words) for page in self.pages)
        return self._counted[words]

    def _rows_of(self, page: ListPage, words: str) -> int:
        """The rows that hold each of several words: where all that hold one are known, no more is asked of the list."""
        each = [self._left(page, word) for word in _words(words)]
        known = [left.bits for left in each if left and left.is_complete]
        among = reduce(and_, known) if known else None
        if (among and len(known) < len(each)) or among is None:
            return asked(page, words, self.filters).count
        return min(among.bit_count(), paging.COUNTED + 1)

    def _left(self, page: ListPage, word: str) -> Left | None:
        if (page, word) not in self._by_word:
            self._by_word[page, word] = asked(page, word, self.filters).left
        return self._by_word[page, word]


def _words(text: str) -> list[str]:
    """Each word as it was typed; none of what cannot be asked."""
    try:
        return [word.typed for word in parse(text).words]
    except SearchError:
        return []
