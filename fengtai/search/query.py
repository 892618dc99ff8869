"""Typed words, and the ways in which tokens answer them.

A word is asked for in each way in which texts are cut (tokens.py): its tokens must all be there, which the index tells,
and stand in one row as typed, which the text of the tokens tells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from operator import add

from fengtai.search import pinyin
from fengtai.search.english_figures import written_out
from fengtai.search.numbers import typed_number, typed_period
from fengtai.search.simplified import simplified
from fengtai.search.tokens import CHARACTERS, plain
from fengtai.search.word_senses import PASSED_OVER, senses, without_asking

MOST_WORDS = 10
# What parts a sentence parts words; thousands have commas, clocks colons, and names like ’s an apostrophe.
PARTING = re.compile(r"[、。；！？…“”「」『』]|(?<!\d)[,，:：;]|[,，:：;](?!\d)|(?<![A-Za-z])[‘’]|[‘’](?![A-Za-z])")

NUMBER_ALONE, SHARE = re.compile("[0-9点]+"), re.compile("[%％‰]")
# A number with what follows it; 24年 is what many write for 2024年, and of digits alone a code may be typed in part.
BEGINS_NUMBER = re.compile("(?![0-9]{2}年)[0-9][0-9点]*[^0-9点]|[0-9]+点")


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
    begins_number: bool = False  # which is no part of a longer one: 187.5亿元 is not in 2187.5亿元

    @property
    def pattern(self) -> str:
        """What the row alone does not tell, as a regular expression; empty where it tells all."""
        return f"(?<![0-9点]{self.row[1]}){self.row}" if self.begins_number else ""


@dataclass(frozen=True)
class Word:
    """A typed word: its characters, the ways in which they may stand in the tokens, and how a reader typed it.

    `senses` are words that mean the same (GDP, 地区生产总值); `number` is what it says as a figure, `tokens`
    how that is found.
    """

    text: str
    ways: tuple[Way, ...]
    senses: tuple[str, ...] = ()
    number: Decimal | None = None
    tokens: tuple[str, ...] = ()
    typed: str = ""

    @property
    def proved(self) -> tuple[Way, ...]:
        """The ways of which the tokens must be proved to stand so; none where being there is enough."""
        return self.ways if any(len(way.groups) > 1 or way.begins_number for way in self.ways) else ()

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
    words = _words(PARTING.sub(" ", without_asking(text)))
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
    number, tokens = typed_number(simplified(typed)) or (None, ())
    meant = senses(text) or typed_period(typed)
    ways = [*_ways(text), *(way for sense in meant for way in _as_written(sense))] if text else []
    if tokens and NUMBER_ALONE.fullmatch(text) and SHARE.search(typed):
        ways = []  # the characters of 65% are those of 65家
    elif tokens and BEGINS_NUMBER.match(text):
        ways = [replace(way, begins_number=way.row[1] == text[0]) for way in ways]
    ways += [Way(((token,),), f" {token} ") for token in tokens]
    return Word(text, tuple(ways), meant, number, tokens, typed)


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
