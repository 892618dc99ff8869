"""Words typed without blanks between them, parted where the lists know the parts: 银河证券链长单位, 2023年丰台区GDP."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from fengtai.lists.vocabulary import Vocabulary
from fengtai.search.query import Query, SearchError, parse
from fengtai.search.tokens import plain
from fengtai.search.word_senses import STAND_FOR

SHORTEST, LONGEST = 2, 12  # characters of a part
SHORT = 3  # of a part, where the longer ones stand in no record together
SHORTEST_LATIN = 4  # letters, or any word would fall to pieces
OF_NUMBERS = frozenset("0123456789.,")
PARTED, LOOKED_UP = 24, 120  # characters that are parted, and parts that are looked up for it


def partings(text: str, vocabulary: Vocabulary) -> list[str]:
    """The same text with blanks in the words that no record holds, in as few parts as are known, then in short ones."""
    return [*dict.fromkeys(filter(None, (_parted(text, vocabulary, longest) for longest in (LONGEST, SHORT))))]


def _parted(text: str, vocabulary: Vocabulary, longest: int) -> str:
    """Empty where that does not help."""
    words = []
    for word in parse(text).words:
        known = vocabulary.knows(Query((word,)))
        words += [word.typed] if known else _parts(word.typed, vocabulary, longest)
    return " ".join(words) if all(words) and len(words) > len(text.split()) else ""


def _parts(word: str, vocabulary: Vocabulary, longest: int) -> list[str]:
    """The fewest known parts, longer ones first; one empty part where there are none."""
    left, size = LOOKED_UP, len(word)

    @cache
    def is_known(start: int, end: int) -> bool:
        nonlocal left
        left -= 1
        return left > 0 and _is_known(word[start:end], vocabulary)

    @cache
    def cut(start: int) -> list[str] | None:
        if start == size:
            return []
        for end in _ends(word, start, longest):
            if is_known(start, end) and (rest := cut(end)) is not None:
                return [word[start:end], *rest]
        return None

    return (cut(0) if size <= PARTED else None) or [""]


def known_parts(word: str, vocabulary: Vocabulary) -> list[str]:
    """The pieces of a word that some record holds, longest first from its beginning on; what none holds is left out."""
    parts, start, size = [], 0, min(len(word), PARTED)
    while start < size - 1:
        end = next((end for end in _ends(word[:size], start, LONGEST) if _is_known(word[start:end], vocabulary)), 0)
        parts += [word[start:end]] if end else []
        start = end or next(end for end in range(start + 1, size + 1) if _may_end(word[:size], end))
    return parts


def _ends(word: str, start: int, longest: int) -> Iterator[int]:
    """Where a part that begins here may end, the longest first."""
    ends = range(min(len(word), start + longest), start + SHORTEST - 1, -1)
    return (end for end in ends if _may_end(word, end))


def _may_end(word: str, end: int) -> bool:
    """A number is never parted: 1000亿 is not 10 and 00亿."""
    return end == len(word) or not (word[end - 1] in OF_NUMBERS and word[end] in OF_NUMBERS)


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
