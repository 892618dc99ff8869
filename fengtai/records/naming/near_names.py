"""Names that are almost the same: offered to a person, never taken."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from fengtai.records.slices import in_slices
from fengtai.values.texts import plain

FORMS = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|股份公司|分公司|公司|集团|总部)$|^(?:北京市|北京|中国)|\([^)]*\)"
)
NUMERALS = re.compile("[0-9〇零一二三四五六七八九十百]+")
SHORTEST = 2  # characters of a core that others are compared with
OFFERED = 5  # near names of one name
FEW = 2000  # names; of more than these only beginnings are looked for within longer names
HANDFUL = 20  # names
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
    for some in in_slices(names, AT_ONCE):
        wanted = _Wanted(some)
        for key, shown, name in on_file():
            for hit in wanted.near(core(name)):
                if len(found[hit]) < OFFERED:
                    found[hit][key] = shown
    return {name: list(records.items()) for name, records in found.items()}


class _Wanted:
    """The names looked for, by all that a near name may share with them."""

    def __init__(self, names: Iterable[str]):
        self.core_of = {name: core(name) for name in names}
        self.cores = _grouped((text, name) for name, text in self.core_of.items())
        self.characters = {*"".join(self.cores)}
        self.lengths = {len(text) + more for text in self.cores for more in (-1, 0, 1)}
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
        for own in self._within(text):
            found |= self.cores[own]
        if len(text) in self.lengths and len({*text} - self.characters) < 2:  # else they differ by more than one
            for gap in _gaps(text):
                found |= self.gaps.get(gap, set())
        return {name for name in found if not _are_of_a_series(self.core_of[name], text)}

    def _within(self, text: str) -> list[str]:
        """The cores that are part of a longer one; of many it is dearer to ask each than to take the text apart."""
        if len(self.cores) <= HANDFUL:
            return [own for own in self.cores if len(own) >= SHORTEST and own in text]
        return [part for part in _parts(text, True) if part in self.cores]


def _are_of_a_series(one: str, other: str) -> bool:
    """第一批 and 第二批, 2023年 and 2024年: alike in all but their number."""
    return one != other and NUMERALS.sub("0", one) == NUMERALS.sub("0", other)


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
