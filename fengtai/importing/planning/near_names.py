"""Names that are almost the same: offered to a person, never taken."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from fengtai.importing.reading.cells import plain

FORMS = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|股份公司|分公司|公司|集团|总部)$|^(?:北京市|北京|中国)|\([^)]*\)"
)
SHORTEST = 2  # characters of a core that others are compared with
OFFERED = 5  # near names of one name
FEW = 2000  # names; of more than these only beginnings are looked for within longer names
AT_ONCE = 5000  # names looked for in one pass over those on file


def core(name: str) -> str:
    """A name without its legal form, its city and its brackets: 北京同仁堂（集团）有限公司 is 同仁堂."""
    text, before = plain(name).casefold().replace(" ", ""), None
    while text != before:
        before, text = text, FORMS.sub("", text) or text
    return text


def near_names(names: Sequence[str], on_file: Callable[[], Iterable]) -> dict[str, list[tuple[int, str]]]:
    """For each name the records on file (key, name, any of its names) that are called almost so, a few at most."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for start in range(0, len(names), AT_ONCE):
        wanted = _Wanted(names[start : start + AT_ONCE])
        for key, shown, name in on_file():
            for hit in wanted.near(core(name)):
                if len(found[hit]) < OFFERED:
                    found[hit][key] = shown
    return {name: list(records.items()) for name, records in found.items()}


class _Wanted:
    """The names looked for, by all that a near name may share with them."""

    def __init__(self, names: Iterable[str]):
        self.cores = _grouped((core(name), name) for name in names)
        few = len(self.cores) <= FEW
        self.parts = _grouped(
            (part, name) for text, own in self.cores.items() for name in own for part in _parts(text, few)
        )
        self.gaps = _grouped((gap, name) for text, own in self.cores.items() for name in own for gap in _gaps(text))

    def near(self, text: str) -> set[str]:
        """Names with the same core, one of whose cores is in the other, or that differ by one character."""
        if len(text) < SHORTEST:
            return set()
        found = {*self.cores.get(text, ()), *self.parts.get(text, ())}
        for part in _parts(text, True):
            found |= self.cores.get(part, set())
        for gap in _gaps(text):
            found |= self.gaps.get(gap, set())
        return found


def _grouped(pairs) -> dict[str, set[str]]:
    found = defaultdict(set)
    for key, name in pairs:
        found[key].add(name)
    return dict(found)


def _parts(text: str, everywhere: bool) -> set[str]:
    """What a shorter name may be within a longer: its beginnings, or any part."""
    starts = range(len(text) - SHORTEST + 1) if everywhere else (0,)
    return {text[start:end] for start in starts for end in range(start + SHORTEST, len(text) + 1)}


def _gaps(text: str) -> set[str]:
    """A name without one of its characters; two names that share such a rest differ by one."""
    if len(text) < 4:
        return set()
    return {text[:index] + text[index + 1 :] for index in range(len(text))} | {text}
