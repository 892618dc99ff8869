"""Marks in a cell's HTML what was looked for, so that a reader sees why a row was found."""

import re
import unicodedata
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from fengtai.search import Query

TAG = re.compile(r"(<[^>]*>)")


def mark(cell: SafeString, query: Query | None) -> SafeString:
    """The same HTML with <mark> around the words, in its texts and never in its tags."""
    if query is None:
        return cell
    words = [word.text for word in query.words]
    parts = TAG.split(cell)  # texts and tags in turn
    parts[::2] = [_marked(unescape(text), words) for text in parts[::2]]
    return mark_safe("".join(parts))


def _marked(text: str, words: list[str]) -> str:
    places = [(plain, index) for index, char in enumerate(text) for plain in _plain(char)]
    run = "".join(plain for plain, _index in places)
    inside = {
        index
        for word in words
        for found in re.finditer(re.escape(word), run)
        for index in range(places[found.start()][1], places[found.end() - 1][1] + 1)
    }
    pieces, start = [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or (end in inside) != (start in inside):
            piece = escape(text[start:end])
            pieces.append(f"<mark>{piece}</mark>" if start in inside else piece)
            start = end
    return "".join(pieces)


def _plain(char: str) -> str:
    """A character as it is looked for: of plain width and in lower case; nothing of punctuation."""
    return "".join(plain for plain in unicodedata.normalize("NFKC", char).casefold() if plain.isalnum())
