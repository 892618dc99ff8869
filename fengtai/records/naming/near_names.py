"""Names that are almost the same: offered to a person with the reason, never taken."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from fengtai.records.naming.near_reasons import BRACKETED, LIKE, PART, SAME, reason_of
from fengtai.records.naming.near_weights import Held, Pair
from fengtai.records.slices import in_slices
from fengtai.values.texts import plain

FORMS = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|股份公司|分公司|公司|集团|总部)$|^(?:北京市|北京|中国)|\([^)]*\)"
)
BRACKETS = re.compile(r"\(([^)]*)\)")
NUMERALS = re.compile("[0-9〇零一二三四五六七八九十百]+")
SHORTEST = 2  # characters of a core that is looked for within others
SHORTEST_BRACKETED = 4  # characters of what stands in brackets and may be a name: a city is not
OFFERED = 3  # near names of one name
WEIGHED = 50  # near names of one name that are compared before the best are offered
FEW = 2000  # names; of more than these only beginnings are looked for within longer names
HANDFUL = 20  # names
AT_ONCE = 5000  # names looked for in one pass over those on file


class Near(NamedTuple):
    key: object
    name: str
    reason: str  # in the reader's language


def core(name: str) -> str:
    """A name without its legal form, its city and its brackets: 北京同仁堂（集团）有限公司 is 同仁堂."""
    text, before = _folded(name), None
    while text != before:
        before, text = text, FORMS.sub("", text) or text
    return text


def near_names(names: Sequence[str], on_file: Callable[[], Iterable]) -> dict[str, list[Near]]:
    """For each name the best of the records on file (key, name, any of its names) that are called almost so."""
    found: dict[str, dict[object, Pair]] = defaultdict(dict)
    held = Held(map(core, names))
    for number, some in enumerate(in_slices(names, AT_ONCE)):
        wanted = _Wanted(some)
        for key, shown, name in on_file():
            text = core(name)
            if not number:
                held.note(text)
            for hit, pair in wanted.near(name, text, shown):
                pairs = found[hit]
                if pair.kind in (SAME, BRACKETED) or len(pairs) < WEIGHED:
                    pairs[key] = _closer(pairs.get(key), pair)
    best = {name: _best(name, pairs, held) for name, pairs in found.items()}
    return {name: near for name, near in best.items() if near}


def near_each_other(names: Sequence[str]) -> dict[str, list[Near]]:
    """Names of one list that are almost the same: for each the best of those before it, by their positions."""
    cores = [core(name) for name in names]
    held, whole, gaps = Held(cores), defaultdict(list), {}
    best = {}
    for number, (name, text) in enumerate(zip(names, cores, strict=True)):
        pairs: dict[object, Pair] = {}
        like = [gaps.setdefault(hash(gap), number) for gap in _gaps(text)]  # of many texts, their hashes alone
        kinds = [(SAME, [*whole[text]]), *((BRACKETED, [*whole[inside]]) for inside in bracketed(name)), (LIKE, like)]
        for kind, others in kinds:
            for other in others:
                if other != number and not _are_of_a_series(names[other], name):
                    how = BRACKETED if kind == SAME and cores[other] != text else kind
                    pair = Pair(text, cores[other], how, names[other], names[other])
                    pairs[other] = _closer(pairs.get(other), pair)
        for key in {text, *bracketed(name)}:
            whole[key] += [number] if len(whole[key]) < OFFERED else []
        if pairs and (near := _best(name, pairs, held)):
            best[name] = near
    return best


def _closer(one: Pair | None, other: Pair) -> Pair:
    order = (SAME, BRACKETED, PART, LIKE)
    return other if one is None or order.index(other.kind) < order.index(one.kind) else one


def _best(name: str, pairs: dict[object, Pair], held: "Held") -> list[Near]:
    scored = [(score, key, pair) for key, pair in pairs.items() if (score := held.score(pair))]
    scored.sort(key=lambda each: -each[0])
    return [Near(key, pair.shown, reason_of(name, pair)) for _score, key, pair in scored[:OFFERED]]


class _Wanted:
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
        self.gaps = _grouped((gap, name) for name, text in self.core_of.items() for gap in _gaps(text))

    def near(self, called: str, text: str, shown: str) -> Iterator[tuple[str, Pair]]:
        """Names with the same core, one of whose cores is in the other, or that differ by one character."""
        for kind, groups, keys in self._asked(called, text):
            for key in keys:
                if key in groups:
                    for name in _of(groups, key):
                        if not _are_of_a_series(self.core_of[name], text) and not _are_of_a_series(name, called):
                            yield name, Pair(self.core_of[name], text, kind, shown, called)

    def _asked(self, called: str, text: str) -> list[tuple[str, "Groups", Iterable[str]]]:
        """Where to look, and for what; nearly all of it is not there."""
        asked = [(SAME, self.cores, (text,)), (BRACKETED, self.bracketed, (text,))]
        if "(" in called or "（" in called:
            asked.append((BRACKETED, self.cores, bracketed(called)))
        if len(text) >= SHORTEST:
            asked += [(PART, self.parts, (text,)), (PART, self.cores, self._within(text))]
        if len(text) in self.lengths and len({*text} - self.characters) < 2:  # else they differ by more than one
            asked.append((LIKE, self.gaps, _gaps(text)))
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


def _are_of_a_series(one: str, other: str) -> bool:
    """第一批 and 第二批, 2023年 and 2024年: alike in all but their number."""
    return one != other and NUMERALS.sub("0", one) == NUMERALS.sub("0", other)


Groups = dict[str, str | list[str]]


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


def _gaps(text: str) -> set[str]:
    """A name without one of its characters; two names that share such a rest differ by one."""
    if len(text) < 3:
        return set()
    return {text[:index] + text[index + 1 :] for index in range(len(text))} | {text}
