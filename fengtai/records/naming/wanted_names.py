"""Names that are looked for, by all that a name almost the same may share with them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from fengtai.records.naming.near_reasons import BRACKETED, LIKE, PART, SAME
from fengtai.records.naming.near_weights import Pair
from fengtai.values.texts import plain

FORMS = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|股份公司|分公司|公司|集团|总部)$|^(?:北京市|北京|中国)|\([^)]*\)"
)
BRACKETS = re.compile(r"\(([^)]*)\)")
NUMERALS = re.compile("[0-9〇零一二三四五六七八九十百]+")
SHORTEST = 2  # characters of a core that is looked for within others
SHORTEST_BRACKETED = 4  # characters of what stands in brackets and may be a name: a city is not
FEW = 2000  # names; of more than these only beginnings are looked for within longer names
HANDFUL = 20  # names
Groups = dict[str, str | list[str]]


def core(name: str) -> str:
    """A name without its legal form, its city and its brackets: 北京同仁堂（集团）有限公司 is 同仁堂."""
    text, before = _folded(name), None
    while text != before:
        before, text = text, FORMS.sub("", text) or text
    return text


class Wanted:
    """The names looked for, by all that a near name may share with them."""

    def __init__(self, names: Iterable[str]):
        self.core_of = {name: core(name) for name in names}
        self.cores = _grouped((text, name) for name, text in self.core_of.items())
        self.bracketed = _grouped((text, name) for name in self.core_of for text in bracketed(name))
        self.characters = {*"".join(self.cores)}
        self.sizes = sorted({len(text) for text in self.cores if len(text) >= SHORTEST})
        self.lengths = {len(text) + more for text in self.cores for more in (-1, 0, 1)}
        few = len(self.cores) <= FEW
        self.parts = _grouped((part, name) for name, text in self.core_of.items() for part in _parts(text, few))
        self.gaps = _grouped((gap, name) for name, text in self.core_of.items() for gap in gaps_of(text))

    def near(self, called: str, text: str, shown: str) -> Iterator[tuple[str, Pair]]:
        """Names with the same core, one of whose cores is in the other, or that differ by one character."""
        for kind, groups, keys in self._asked(called, text):
            for key in keys:
                if key in groups:
                    for name in _of(groups, key):
                        if not are_of_a_series(self.core_of[name], text) and not are_of_a_series(name, called):
                            yield name, Pair(self.core_of[name], text, kind, shown, called)

    def _asked(self, called: str, text: str) -> list[tuple[str, "Groups", Iterable[str]]]:
        """Where to look, and for what; nearly all of it is not there."""
        asked = [(SAME, self.cores, (text,)), (BRACKETED, self.bracketed, (text,))]
        if "(" in called or "（" in called:
            asked.append((BRACKETED, self.cores, bracketed(called)))
        if len(text) >= SHORTEST:
            asked += [(PART, self.parts, (text,)), (PART, self.cores, self._within(text))]
        if len(text) in self.lengths and len({*text} - self.characters) < 2:  # else they differ by more than one
            asked.append((LIKE, self.gaps, gaps_of(text)))
        return asked

    def _within(self, text: str) -> list[str]:
        """What may be a core that is part of a longer one; asking each of many costs more than cutting the text up."""
        if len(self.cores) <= HANDFUL:
            return [own for own in self.cores if len(own) >= SHORTEST and own in text]
        sizes = [size for size in self.sizes if size <= len(text)]
        return [text[start : start + size] for size in sizes for start in range(len(text) - size + 1)]


def bracketed(name: str) -> list[str]:
    """What stands in brackets and is long enough for a name: 示例通信 of 中国通号（示例通信公司）."""
    return [core(inside) for inside in BRACKETS.findall(_folded(name)) if len(inside) >= SHORTEST_BRACKETED]


def _folded(name: str) -> str:
    return plain(name).casefold().replace(" ", "")


def are_of_a_series(one: str, other: str) -> bool:
    """第一批 and 第二批, 2023年 and 2024年: alike in all but their number."""
    return one != other and NUMERALS.sub("0", one) == NUMERALS.sub("0", other)


def _grouped(pairs) -> Groups:
    """Names by what is asked of them; nearly every key has one, and a list for each would cost more than all else."""
    found: Groups = {}
    for key, name in pairs:
        known = found.get(key)
        if known is None:
            found[key] = name
        elif isinstance(known, str):
            found[key] = [known, name]
        else:
            known.append(name)
    return found


def _of(groups: Groups, key: str) -> Sequence[str]:
    found = groups.get(key, ())
    return (found,) if isinstance(found, str) else found


def _parts(text: str, everywhere: bool) -> set[str]:
    """What a shorter name may be within a longer: its beginnings, or any part."""
    starts = range(len(text) - SHORTEST + 1) if everywhere else (0,)
    return {text[start:end] for start in starts for end in range(start + SHORTEST, len(text) + 1)}


def gaps_of(text: str) -> set[str]:
    """A name without one of its characters; two names that share such a rest differ by one."""
    if len(text) < 3:
        return set()
    return {text[:index] + text[index + 1 :] for index in range(len(text))} | {text}
