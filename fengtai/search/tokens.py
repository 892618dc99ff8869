"""Texts cut into the tokens by which they are found, and the key by which names are sorted.

A text is cut into every two neighbouring characters; a name also into its syllables and every two neighbouring
initials.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from operator import add

from fengtai.search import pinyin
from fengtai.search.simplified import simplified

LONGEST_TEXT = 2000  # characters of one text that can be found
MARK = "№"  # begins tokens that nobody types, since plain width knows no №
LONGEST_KEY = 100  # characters of a name that decide its position
CHARACTERS = re.compile(r"[^\W_]+")
DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
KEY_ENDS = "\t"  # sorts before all that pinyin holds


@lru_cache(1024)  # asked twice of each name: for its tokens and for its sort key
def runs(text: str) -> tuple[str, ...]:
    """A text in lower case and plain width, without punctuation; blanks part Latin words only."""
    joined: list[str] = []
    for chunk in plain(text[:LONGEST_TEXT]).split():
        run = "".join(CHARACTERS.findall(chunk))
        if joined and run and not (joined[-1][-1].isascii() and run[0].isascii()):
            joined[-1] += run
        elif run:
            joined.append(run)
    return tuple(joined)


def plain(text: str) -> str:
    """A text in lower case, plain width and simplified characters."""
    text = simplified(unicodedata.normalize("NFKC", text).casefold().replace("ü", "v"))
    # 21.87 is not 2187: the point is kept as it is read.
    return DECIMAL_POINT.sub("点", text) if "." in text else text


def tokens(names: Iterable[str], texts: Iterable[str] = (), whole: Iterable[str] = ()) -> str:
    """The tokens of a row in their order, each between blanks; lines are names of their own, `whole` are tokens."""
    found = []
    for name in chain.from_iterable(name.splitlines() for name in names):
        for run in runs(name):
            found += _pairs(run)
            if not run.isascii():
                syllables = pinyin.syllables(run)
                for spoken in (syllables, *pinyin.as_surnames(run, syllables)):
                    found += spoken
                    found += _pairs(_initials(spoken))
    for text in texts:
        found += chain.from_iterable(map(_pairs, runs(text)))
    found += whole
    return f" {' '.join(found)} " if found else ""


def key_token(key: int) -> str:
    """A row by its key, as those that link to it are found."""
    return f"{MARK}k{key}"


def _pairs(run: str) -> list[str]:
    """Every two neighbouring characters; the last one once more by itself, so that it can be found alone."""
    pairs = list(map(add, run, run[1:]))
    if len(run) == 1 or not run[-1].isascii():
        pairs.append(run[-1])
    return pairs


def _initials(syllables: tuple[str, ...]) -> str:
    return "".join(map(pinyin.INITIALS.get, syllables, syllables))


def sort_key(name: str) -> str:
    """What names are sorted by: their pinyin, then their characters."""
    found = runs(name[:LONGEST_KEY])
    read = " ".join(chain.from_iterable(map(pinyin.syllables, found)))
    return f"{read}{KEY_ENDS}{''.join(found)}" if found else ""
