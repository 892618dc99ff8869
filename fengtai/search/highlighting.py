"""Highlights in a cell's HTML what was looked for, so that a reader sees why a row was found."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from fengtai.search import pinyin
from fengtai.search.query import BEGINS_NUMBER, Query, Word
from fengtai.search.simplified import simplified

TAG = re.compile(r"(<[^>]*>)")
NUMBER = re.compile(r'^<data\b[^>]*\bvalue="([^"]+)"')


def highlighted(cell: SafeString, query: Query | None, *, names: bool = True) -> SafeString:
    """The same HTML with <mark> around the words, in its texts and never in its tags.

    `names` are marked where letters typed are their pinyin, too; a figure is marked whole where it is the number typed.
    """
    if query is None:
        return cell
    parts = TAG.split(cell)  # texts and tags in turn
    numbers = {word.number for word in query.words if word.number is not None}
    for at in range(0, len(parts), 2):
        if parts[at] and numbers and at and _number(parts[at - 1]) in numbers:
            parts[at] = f"<mark>{parts[at]}</mark>"
        elif parts[at]:
            parts[at] = _highlighted(unescape(parts[at]), query.words, names)
    return mark_safe("".join(parts))


def _number(tag: str) -> Decimal | None:
    """The number of the figure that a tag begins."""
    found = NUMBER.match(tag)
    try:
        return Decimal(found[1]) if found else None
    except InvalidOperation:
        return None


def _highlighted(text: str, words: tuple[Word, ...], names: bool) -> str:
    run, origins = plain_characters(text)
    inside = {
        index
        for word in words
        for start, end in _places(run, word, names)
        for index in range(origins[start], origins[end - 1] + 1)
    }
    pieces, start = [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or (end in inside) != (start in inside):
            piece = escape(text[start:end])
            pieces.append(f"<mark>{piece}</mark>" if start in inside else piece)
            start = end
    return "".join(pieces)


def _places(run: str, word: Word, names: bool) -> Iterator[tuple[int, int]]:
    for text in (word.text, *word.senses):
        yield from _as_written(run, text.replace("点", "") if "点" in text and word.number is not None else text)
    if names:
        yield from _as_read(run, word.text)


def _as_written(run: str, word: str) -> Iterator[tuple[int, int]]:
    whole = "(?<![0-9])" if BEGINS_NUMBER.match(word) else ""
    return (found.span() for found in re.finditer(f"{whole}{re.escape(word)}", run))


def _as_read(run: str, word: str) -> Iterator[tuple[int, int]]:
    """Where the letters typed are the pinyin or the initials of Chinese characters; the last may be unfinished."""
    if not word.isascii() or len(word) < 2 or run.isascii():
        return
    word = word.replace("v", "u")  # ü is typed either way
    syllables = [*run.replace("v", "u")]  # Latin letters stand for themselves
    for chinese in re.finditer(r"[^\x00-\x7f]+", run):
        spoken = pinyin.syllables(chinese.group())
        syllables[chinese.start() : chinese.end()] = [syllable.replace("v", "u") for syllable in spoken]
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


def plain_characters(text: str) -> tuple[str, list[int]]:
    """A text as it is looked for, and from which of its characters each of these comes."""
    plain = [(folded, index) for index, char in enumerate(text) for folded in _plain(char)]
    return "".join(folded for folded, _index in plain), [index for _folded, index in plain]


@lru_cache(8192)
def _plain(char: str) -> str:
    """A character as it is looked for: simplified, in plain width and lower case; "" for punctuation."""
    folded = simplified(unicodedata.normalize("NFKC", char).casefold())
    return "".join(plain for plain in folded if plain.isalnum())
