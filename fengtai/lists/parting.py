"""Words typed without blanks between them, parted where the lists know the parts: 银河证券链长单位, 2023年丰台区GDP.

A part is the longest piece that some record holds, as a name or the words of a source; a shorter one must be a word of
its own there, which stands in some record without the character that is typed beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from fengtai.lists.vocabulary import ENOUGH, Vocabulary
from fengtai.search.numbers import COUNTED, typed_period
from fengtai.search.query import MOST_WORDS, Query, SearchError, Word, parse
from fengtai.search.tokens import plain
from fengtai.search.word_senses import STAND_FOR, WHOLE_YEAR

SHORTEST, LONGEST = 2, 40  # characters of a part; the words of a citation are no longer
SHORT = 3  # of a part, where the longer ones stand in no record together
LINKING = frozenset("与和及或等、")  # characters between parts that say nothing by themselves
SHORTEST_LATIN = 4  # letters, or any word would fall to pieces
# 1000亿 is not 10 and 00亿, 5千万 not 5 and 千万, "investment" no "inves".
INSEPARABLE = re.compile(r"[0-9.,][0-9.,百千万亿%％]|[百千万亿][万亿元]|[A-Za-z][A-Za-z]")
PARTED, LOOKED_UP = 60, 200  # characters that are parted, and parts that are looked up for it


def partings(text: str, vocabulary: Vocabulary) -> list[str]:
    """The same text with blanks in the words that no record holds, in as few parts as are known, then in short ones;
    then in all words, since each may be known from a record of its own.
    """
    asked = parse(text).words
    cutters = {word.typed: Cutter(word.typed, vocabulary) for word in asked}
    known = {word.typed for word in asked if vocabulary.knows(Query((word,)))}
    whole = {word.typed for word in asked if is_whole(word)}
    found = []
    for longest, kept in ((LONGEST, known | whole), (SHORT, known | whole), (SHORT, whole)):
        parts = [
            [typed] if typed in kept else cutter.parts(longest) or [typed] * (typed in known)
            for typed, cutter in cutters.items()
        ]
        words = [word for some in parts for word in some]
        if all(parts) and len(text.split()) < len(words) <= MOST_WORDS:
            found.append(" ".join(words))
    return [*dict.fromkeys(found)]


def is_whole(word: Word) -> bool:
    """A number or a period says what it says in one piece: 2024年第三季度 is not 2024年 and 第三."""
    return word.number is not None or bool(typed_period(word.typed))


class Cutter:
    """One typed word, cut where its pieces are known; what was looked up for it once is not looked up again."""

    def __init__(self, word: str, vocabulary: Vocabulary):
        self.word, self.vocabulary, self.left = word, vocabulary, LOOKED_UP
        self._known: dict[str, bool] = {}
        self._cut: dict[tuple[int, int], list[str]] = {}

    @cached_property
    def places(self) -> list[int]:
        """Where it may be cut, its end among them."""
        size = len(self.word)
        return [at for at in range(1, size) if not INSEPARABLE.fullmatch(self.word[at - 1 : at + 1])] + [size]

    def parts(self, longest: int, start: int = 0) -> list[str]:
        """The fewest known parts of all that stands from `start` on, longer ones first; none if there are no such."""
        if len(self.word) > PARTED or start == len(self.word):
            return []
        if (start, longest) not in self._cut:
            self._cut[start, longest] = next(self._cuts(start, longest), [])
        return self._cut[start, longest]

    def _cuts(self, start: int, longest: int) -> Iterator[list[str]]:
        for end in self._ends(start, longest):
            rest = self.parts(longest, end)
            if rest or end == len(self.word):
                yield [self.word[start:end], *rest]
        if start and self.word[start] in LINKING:
            yield self.parts(longest, start + 1)

    def pieces(self) -> list[tuple[str, bool]]:
        """The word in pieces that some record holds, the longest first from its beginning on, and what none holds."""
        pieces, start, unknown = [], 0, 0
        for at in [0, *self.places]:
            end = next(self._ends(at, LONGEST), 0) if start <= at < PARTED else 0
            if end:
                pieces += [(self.word[unknown:at], False), (self.word[at:end], True)]
                start = unknown = end
        return [piece for piece in [*pieces, (self.word[unknown:], False)] if not LINKING.issuperset(piece[0])]

    def _ends(self, start: int, longest: int) -> Iterator[int]:
        """Where known parts end that begin here, the longest first."""
        ends = [end for end in self.places if SHORTEST <= end - start <= longest]
        most = self._farthest(start, ends)
        for end in reversed(ends):
            if end > most:
                is_part = self._is_told(start, end)
            else:
                is_part = (end == most and longest == LONGEST) or self._is_whole(start, end)
            if is_part:
                yield end

    def _farthest(self, start: int, ends: list[int]) -> int:
        """The end of the longest known piece: whoever holds it holds every piece that it begins with."""
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.is_known(start, ends[middle]) else (low, middle)
        return ends[low - 1] if low else 0

    def _is_told(self, start: int, end: int) -> bool:
        """Whether the piece is known for what it means: a list's name, an abbreviation, a number in Chinese."""
        piece = plain(self.word[start:end])
        means = piece in self.vocabulary.names or piece in STAND_FOR or COUNTED.fullmatch(piece)
        return bool(means or WHOLE_YEAR.fullmatch(piece)) and self.is_known(start, end)

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether a known piece is more than the beginning or the end of a longer one that was typed."""
        before = [place for place in (0, *self.places) if place < start][-1:]
        after = [place for place in self.places if place > end][:1]
        longer = [*((place, end) for place in before), *((start, place) for place in after)]
        known = [piece for piece in longer if self.is_known(*piece)]
        rows = self._rows(start, end) if known else ENOUGH
        return rows >= ENOUGH or all(self._rows(*piece) < rows for piece in known)

    def _rows(self, start: int, end: int) -> int:
        """How many rows hold a piece; of punctuation none."""
        self.left -= 1
        try:
            return self.vocabulary.rows(parse(self.word[start:end]))
        except SearchError:
            return 0

    def is_known(self, start: int, end: int) -> bool:
        piece = self.word[start:end]
        if piece not in self._known:
            self.left -= 1
            self._known[piece] = self.left > 0 and _is_known(piece, self.vocabulary)
        return self._known[piece]


def _is_known(part: str, vocabulary: Vocabulary) -> bool:
    """Latin letters must stand somewhere as they are: short pieces may be read as the pinyin of anything. A list is
    known by its name, too.
    """
    if plain(part) in vocabulary.names:
        return True
    is_latin = part.isascii() and part.isalpha()
    if is_latin and len(part) < SHORTEST_LATIN and part.casefold() not in STAND_FOR:
        return False
    try:
        words = parse(part).words
    except SearchError:
        return False
    written = [replace(word, ways=tuple(way for way in word.ways if not way.is_read)) for word in words]
    return vocabulary.knows(Query(tuple(written if is_latin else words)))
