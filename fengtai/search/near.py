"""Names that are almost what was typed: one character wrong, missing, too many or exchanged with its neighbour, or
every character another of the same sound.

A query finds the rows that may hold such a name, by the pairs of characters that one mistake leaves; their texts tell.
Numbers are never mended: one that differs by a digit is another number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from fengtai.search import pinyin
from fengtai.search.highlighting import plain_characters
from fengtai.search.near_pinyin import mended
from fengtai.search.query import Query, Way, Word

SHORTEST, LONGEST = 3, 30  # characters of a word in which one may be wrong; of a shorter one two may be exchanged
SHORTEST_LATIN = 5  # letters of a word of which one may be wrong: abbreviations differ by one from too many words
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Near:
    """A piece of a text that is almost a word, and the characters beside it: none where a word or name ends there."""

    piece: str
    before: str = ""
    after: str = ""


class Almost(Word):
    """A word whose ways are not read from the row: a text that only may be meant need not stand as typed."""

    @property
    def rows(self) -> list[str]:
        return []


def near_query(word: str) -> Query | None:
    """What rows must hold for one of their texts to be almost this word; None for a word that cannot be mended."""
    if not 2 <= len(word) <= LONGEST or word.isdigit() or (LATIN.fullmatch(word) and len(word) < SHORTEST_LATIN):
        return None
    groups = {*_left(word), *_exchanged(word), *_sounding(word)} - {()}
    groups |= {tuple(dict.fromkeys(syllables)) for syllables in mended(word)}
    ways = [Way(tuple((token,) for token in tokens), "") for tokens in sorted(groups)]
    return Query((Almost(word, tuple(ways)),)) if ways else None


def _left(word: str) -> Iterator[tuple[str, ...]]:
    """The pairs that are left where one character is wrong, and the beginnings of pairs where one stands alone."""
    pairs, last = list(map(add, word, word[1:])), len(word) - 1
    for wrong in range(len(word) if last + 1 >= SHORTEST else 0):
        left = [pair for at, pair in enumerate(pairs) if wrong not in (at, at + 1)]
        alone = [f"{word[at]}*" for at, beside in ((0, 1), (last, last - 1)) if wrong == beside]
        yield tuple(dict.fromkeys([*left, *alone]))


def _exchanged(word: str) -> Iterator[tuple[str, ...]]:
    for at in range(len(word) - 1):
        turned = _turned(word, at)
        yield tuple(dict.fromkeys(map(add, turned, turned[1:])))


def _turned(word: str, at: int) -> str:
    return f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"


def _sounding(word: str) -> Iterator[tuple[str, ...]]:
    if not re.search("[\x00-\x7f]", word):
        yield tuple(dict.fromkeys(pinyin.syllables(word)))


def nearest(word: str, text: str) -> Near | None:
    """The piece of a text that is almost the word, as the text writes it. Of Latin letters whole words alone are."""
    if LATIN.fullmatch(word):
        whole = (found[0] for found in LATIN.finditer(text))
        if near := next((one for one in whole if _slips(word).fullmatch(plain_characters(one)[0])), ""):
            return Near(near)
    run, origins = plain_characters(text)
    found = None if LATIN.fullmatch(word) else _slips(word).search(run)
    start, end = found.span() if found else _heard(word, run)
    if not end or DIGITS.findall(run[start:end]) != DIGITS.findall(word):
        return None
    start, end = origins[start], origins[end - 1] + 1
    return Near(text[start:end], _beside(text[:start][-1:]), _beside(text[end : end + 1]))


def _beside(character: str) -> str:
    return character if character.isalnum() else ""


@lru_cache(64)
def _slips(word: str) -> re.Pattern:
    """The word with any one slip, the likelier first: exchanged, wrong, missing, too many."""
    size, parts = len(word), [re.escape(char) for char in word]
    slips = ["".join(map(re.escape, _turned(word, at))) for at in range(size - 1)]
    if size >= SHORTEST:
        inner = [*range(1, size - 1), 0, size - 1]
        slips += ["".join([*parts[:at], r"\w", *parts[at + 1 :]]) for at in inner]
        slips += ["".join([*parts[:at], r"\w", *parts[at:]]) for at in range(1, size)]
        slips += ["".join([*parts[:at], *parts[at + 1 :]]) for at in range(size)]
    return re.compile("|".join(slips))


def _heard(word: str, run: str) -> tuple[int, int]:
    """Where the text sounds as the word does, or as its letters may be meant."""
    if re.search("[\x00-\x7f]", run):
        return 0, 0
    sought = mended(word) if word.isascii() else frozenset([pinyin.syllables(word)])
    heard = pinyin.syllables(run) if sought else ()
    for size in {len(syllables) for syllables in sought}:
        for at in range(len(heard) - size + 1):
            if heard[at : at + size] in sought:
                return at, at + size
    return 0, 0
