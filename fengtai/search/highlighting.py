"""Highlights in a cell's HTML what was looked for, so that a reader sees why a row was found."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from fengtai.search import pinyin
from fengtai.search.query import Query

TAG = re.compile(r"(<[^>]*>)")


def highlighted(cell: SafeString, query: Query | None) -> SafeString:
    """The same HTML with <mark> around the words, in its texts and never in its tags."""
    if query is None:
        return cell
    words = [word.text for word in query.words]
    parts = TAG.split(cell)  # texts and tags in turn
    parts[::2] = [_highlighted(unescape(text), words) for text in parts[::2]]
    return mark_safe("".join(parts))


def _highlighted(text: str, words: list[str]) -> str:
    origins = [(plain, index) for index, char in enumerate(text) for plain in _plain(char)]
    run = "".join(plain for plain, _index in origins)
    inside = {
        index
        for word in words
        for start, end in (*_as_written(run, word), *_as_read(run, word))
        for index in range(origins[start][1], origins[end - 1][1] + 1)
    }
    pieces, start = [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or (end in inside) != (start in inside):
            piece = escape(text[start:end])
            pieces.append(f"<mark>{piece}</mark>" if start in inside else piece)
            start = end
    return "".join(pieces)


def _as_written(run: str, word: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in re.finditer(re.escape(word), run))


def _as_read(run: str, word: str) -> Iterator[tuple[int, int]]:
    """Where the letters typed are the pinyin or the initials of Chinese characters; the last may be unfinished."""
    if not word.isascii() or len(word) < 2 or run.isascii():
        return
    syllables = [*run]  # Latin letters stand for themselves
    for chinese in re.finditer(r"[^\x00-\x7f]+", run):
        syllables[chinese.start() : chinese.end()] = pinyin.syllables(chinese.group())
    for start in range(len(run)):
        for end in (_read_to(syllables, start, word), _begun_to(syllables, start, word)):
            if end and not run[start:end].isascii():
                yield start, end


def _read_to(syllables: list[str], start: int, letters: str) -> int:
    """Where the syllables that spell the letters end; 0 if they do not."""
    for at in range(start, len(syllables)):
        syllable = syllables[at]
        if syllable.startswith(letters):
            return at + 1
        if not letters.startswith(syllable):
            return 0
        letters = letters[len(syllable) :]
    return 0


def _begun_to(syllables: list[str], start: int, letters: str) -> int:
    """Where the syllables end that begin with these letters one by one; 0 if they do not."""
    begun = "".join(syllable[0] for syllable in syllables[start : start + len(letters)])
    return start + len(letters) if begun == letters else 0


def _plain(char: str) -> str:
    """A character as it is looked for: in plain width and lower case; "" for punctuation."""
    return "".join(plain for plain in unicodedata.normalize("NFKC", char).casefold() if plain.isalnum())
