"""What is looked for and where: texts cut into tokens, and typed words asked of them.

A text is cut into every two neighbouring characters; a name also into its syllables and every two neighbouring
initials. A typed word is asked for in each of these ways: its tokens must all be there (which the index tells) and
stand in one row as typed (which the text of the tokens tells).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import add

from fengtai.search import pinyin

LONGEST_TEXT = 2000  # characters of one text that can be found
LONGEST_KEY = 100  # characters of a name that decide its place
MOST_WORDS = 10
CHARACTERS = re.compile(r"[^\W_]+")
DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
KEY_ENDS = "\t"  # sorts before all that a reading holds


class SearchError(ValueError):
    """Nothing can be looked for by this text; `code` says why."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


@lru_cache(1024)  # of a name once for its tokens and once for its place
def runs(text: str) -> tuple[str, ...]:
    """A text in lower case and plain width, without punctuation; blanks part Latin words only."""
    joined: list[str] = []
    for chunk in _plain(text[:LONGEST_TEXT]).split():
        run = "".join(CHARACTERS.findall(chunk))
        if joined and run and not (joined[-1][-1].isascii() and run[0].isascii()):
            joined[-1] += run
        elif run:
            joined.append(run)
    return tuple(joined)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().replace("ü", "v")
    # 21.87 is not 2187: the point is kept as it is read.
    return DECIMAL_POINT.sub("点", text) if "." in text else text


def tokens(names: Iterable[str], texts: Iterable[str] = ()) -> str:
    """The tokens of a row in their order, each between blanks; lines are names of their own."""
    found = []
    for name in chain.from_iterable(name.splitlines() for name in names):
        for run in runs(name):
            found += _pairs(run)
            if not run.isascii():
                pieces = pinyin.read(run)
                found += pieces
                found += _pairs(_initials(pieces))
    for text in texts:
        found += chain.from_iterable(map(_pairs, runs(text)))
    return f" {' '.join(found)} " if found else ""


def _pairs(run: str) -> list[str]:
    """Every two neighbouring characters; the last one once more by itself, so that it can be found alone."""
    pairs = list(map(add, run, run[1:]))
    if len(run) == 1 or not run[-1].isascii():
        pairs.append(run[-1])
    return pairs


def _initials(pieces: tuple[str, ...]) -> str:
    return "".join(map(pinyin.INITIALS.get, pieces, pieces))


def sort_key(name: str) -> str:
    """A name's place among others: by its reading, then by its characters."""
    found = runs(name[:LONGEST_KEY])
    reading = " ".join(chain.from_iterable(map(pinyin.read, found)))
    return f"{reading}{KEY_ENDS}{''.join(found)}" if found else ""


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
    def readings(self) -> list[str]:
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
    """The words of a typed text."""
    words = [word for chunk in _plain(text).split() if (word := "".join(CHARACTERS.findall(chunk)))]
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
