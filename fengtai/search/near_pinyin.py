"""Pinyin with one letter wrong, missing, too many or exchanged: zhongguotonghoa is typed for zhong guo tong hao."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from string import ascii_lowercase

from fengtai.search import pinyin

SHORTEST, LONGEST, WAYS = 5, 24, 80  # letters of a word that is mended, and readings that are tried


@lru_cache(64)
def mended(word: str) -> frozenset[tuple[str, ...]]:
    """The whole syllables, two at least, that a word may be typed for with one slip."""
    if not (SHORTEST <= len(word) <= LONGEST and word.isascii() and word.isalpha()):
        return frozenset()
    return frozenset(islice(_readings(word), WAYS))


def _readings(word: str) -> Iterator[tuple[str, ...]]:
    for letters in dict.fromkeys(_slips(word)):
        for pieces in pinyin.typed_for(letters):
            if len(pieces) > 1 and pinyin.SYLLABLES.issuperset(pieces):
                yield tuple(pieces)


def _slips(word: str) -> Iterator[str]:
    """The likelier first: exchanged, too many, wrong, missing."""
    places = range(len(word))
    yield from (f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}" for at in places[:-1])
    yield from (f"{word[:at]}{word[at + 1 :]}" for at in places)
    yield from (f"{word[:at]}{letter}{word[at + 1 :]}" for at in places for letter in ascii_lowercase)
    yield from (f"{word[:at]}{letter}{word[at:]}" for at in range(len(word) + 1) for letter in ascii_lowercase)
