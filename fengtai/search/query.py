"""Typed words, and the ways in which tokens answer them.

A word is asked for in each way in which texts are cut (tokens.py): its tokens must all be there, which the index tells,
and stand in one row as typed, which the text of the tokens tells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import add

from fengtai.search import pinyin
from fengtai.search.tokens import CHARACTERS, plain

MOST_WORDS = 10


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


@dataclass(frozen=True)
class Word:
    """A typed word: its characters, and the ways in which they may stand in the tokens."""

    text: str
    ways: tuple[Way, ...]

    @property
    def rows(self) -> list[str]:
        """What the tokens must hold besides being there; none where being there is enough."""
        return [way.row for way in self.ways] if any(len(way.groups) > 1 for way in self.ways) else []

    @property
    def syllables(self) -> list[str]:
        """The pinyin that the word may be typed for, its syllables between blanks."""
        return [way.row.strip() for way in self.ways[1:]]


@dataclass(frozen=True)
class Query:
    """Words that must all be found."""

    words: tuple[Word, ...]

    def fts5(self) -> str:
        """For SQLite's MATCH; tokens are letters and digits, so nothing typed is ever read as syntax."""
        return self._rendered(" AND ", " OR ", lambda token: f'"{token.rstrip("*")}"{"*" if token[-1] == "*" else ""}')

    def tsquery(self) -> str:
        """For PostgreSQL's @@."""
        return self._rendered(" & ", " | ", lambda token: f"'{token.rstrip('*')}'{':*' if token[-1] == '*' else ''}")

    def _rendered(self, every: str, either: str, quoted) -> str:
        def way(groups):
            return every.join(f"({either.join(map(quoted, group))})" for group in groups)

        return every.join(f"({either.join(f'({way(one.groups)})' for one in word.ways)})" for word in self.words)


def parse(text: str) -> Query:
    """The words of a typed text; raises SearchError if it has none or too many."""
    words = [word for chunk in plain(text).split() if (word := "".join(CHARACTERS.findall(chunk)))]
    words = list(dict.fromkeys(words))
    if not words:
        raise SearchError("empty")
    if len(words) > MOST_WORDS:
        raise SearchError("many")
    return Query(tuple(Word(word, tuple(_ways(word))) for word in words))


def _ways(word: str) -> Iterator[Way]:
    if len(word) > 1:
        pairs = list(map(add, word, word[1:]))
        yield Way(tuple((pair,) for pair in dict.fromkeys(pairs)), f" {' '.join(pairs)} ")
    else:
        yield Way(((word if word.isascii() else f"{word}*",),), f" {word}")
    if not word.isascii():
        return
    for *pieces, last in pinyin.typed_for(word):
        known = dict.fromkeys(pieces)
        yield Way((*((piece,) for piece in known), tuple(pinyin.unfinished(last))), f" {' '.join([*pieces, last])}")
