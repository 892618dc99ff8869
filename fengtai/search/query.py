"""Typed words, and the ways in which tokens answer them.

A word is asked for in each way in which texts are cut (tokens.py): its tokens must all be there, which the index tells,
and stand in one row as typed, which the text of the tokens tells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from operator import add

from fengtai.search import pinyin
from fengtai.search.english_figures import written_out
from fengtai.search.numbers import typed_number, typed_period
from fengtai.search.tokens import CHARACTERS, plain
from fengtai.search.word_senses import PASSED_OVER, senses

MOST_WORDS = 10
# What parts a sentence parts words; thousands have commas, clocks colons, and names like ’s an apostrophe.
PARTING = re.compile(r"[、。；！？…“”「」『』]|(?<!\d)[,，:：;]|[,，:：;](?!\d)|(?<![A-Za-z])[‘’]|[‘’](?![A-Za-z])")


class SearchError(ValueError):
    """Nothing can be looked for by this text; `code` says why."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Way:
    """One way in which a word may stand in the tokens: of each group one must be there, all in one row."""

    groups: tuple[tuple[str, ...], ...]
    row: str
    is_read: bool = False  # as pinyin


@dataclass(frozen=True)
class Word:
    """A typed word: its characters, the ways in which they may stand in the tokens, and how a reader typed it.

    `senses` are words that mean the same (GDP, 地区生产总值); `number` is what it says as a figure, `token` how that is
    found.
    """

    text: str
    ways: tuple[Way, ...]
    senses: tuple[str, ...] = ()
    number: Decimal | None = None
    token: str = ""
    typed: str = ""

    @property
    def rows(self) -> list[str]:
        """What the tokens must hold besides being there; none where being there is enough."""
        return [way.row for way in self.ways] if any(len(way.groups) > 1 for way in self.ways) else []

    @property
    def syllables(self) -> list[str]:
        """The pinyin that the word may be typed for, its syllables between blanks."""
        return [way.row.strip() for way in self.ways if way.is_read]


@dataclass(frozen=True)
class Query:
    """Words that must all be found."""

    words: tuple[Word, ...]

    @cached_property
    def fts5(self) -> str:
        """For SQLite's MATCH; tokens are letters and digits, so nothing typed is ever read as syntax."""
        return self._rendered(" AND ", " OR ", lambda token: f'"{token.rstrip("*")}"{"*" if token[-1] == "*" else ""}')

    @cached_property
    def tsquery(self) -> str:
        """For PostgreSQL's @@."""
        return self._rendered(" & ", " | ", lambda token: f"'{token.rstrip('*')}'{':*' if token[-1] == '*' else ''}")

    def of(self, token: str) -> "Query":
        """The same of the rows that hold a token, too."""
        return Query((*self.words, Word("", (Way(((token,),), f" {token} "),))))

    def _rendered(self, every: str, either: str, quoted) -> str:
        def way(groups):
            return every.join(f"({either.join(map(quoted, group))})" for group in groups)

        return every.join(f"({either.join(f'({way(one.groups)})' for one in word.ways)})" for word in self.words)


def parse(text: str) -> Query:
    """The words of a typed text; raises SearchError if it has none or too many."""
    text = written_out(text)
    words = _words(PARTING.sub(" ", text))
    words = words if len(words) <= MOST_WORDS else _words(text)
    if not words:
        raise SearchError("empty")
    if len(words) > MOST_WORDS:
        raise SearchError("many")
    return Query(tuple(words.values()))


def _words(text: str) -> dict[str, Word]:
    words = {word.text: word for word in map(_word, text.split()) if word.text}
    telling = {text: word for text, word in words.items() if text not in PASSED_OVER}
    return telling or words


def _word(typed: str) -> Word:
    text = "".join(CHARACTERS.findall(plain(typed)))
    number, token = typed_number(typed) or (None, "")
    meant = senses(text) or typed_period(typed)
    ways = [*_ways(text), *(way for sense in meant for way in _as_written(sense))] if text else []
    if token:
        ways.append(Way(((token,),), f" {token} "))
    return Word(text, tuple(ways), meant, number, token, typed)


def _ways(word: str) -> Iterator[Way]:
    yield from _as_written(word)
    if not word.isascii():
        return
    for pieces in pinyin.typed_for(word):
        for spelled in pinyin.spellings(pieces):
            yield _as_read(spelled)


def _as_written(word: str) -> Iterator[Way]:
    if len(word) > 1:
        pairs = list(map(add, word, word[1:]))
        yield Way(tuple((pair,) for pair in dict.fromkeys(pairs)), f" {' '.join(pairs)} ")
    else:
        yield Way(((word if word.isascii() else f"{word}*",),), f" {word}")


def _as_read(syllables: list[str]) -> Way:
    *pieces, last = syllables
    known = dict.fromkeys(pieces)
    groups = (*((piece,) for piece in known), tuple(pinyin.unfinished(last)))
    return Way(groups, f" {' '.join(syllables)}", is_read=True)
