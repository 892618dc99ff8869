"""How much two names share that tells them from others: rare characters weigh, 科技 and 有限 do not."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from fengtai.records.naming.near_reasons import BRACKETED, LIKE, SAME, sounds_alike

RARE, ONE_IN = 5, 200  # a pair of characters is telling if so many names hold it, or one name in so many
BRAND = 2  # characters at a core's beginning: another one there is another firm, unless the name is long
LONG = 8
GENERIC = re.findall(
    "..",
    "科技技术信息工程建设投资发展管理咨询服务文化传媒电子实业国际控股产业生物医药智能数字网络软件环境环保能源材料装备制造"
    "航天航空轨道交通通信供应创新研究中心学院大学银行证券保险基金资产置业地产商务大厦广场园区项目丰台示范基地",
)
VERY_MANY = 10_000  # names that hold a generic pair, however few are on file


class Pair(NamedTuple):
    """A name looked for beside one on file, as their cores."""

    own: str
    other: str
    kind: str
    shown: str
    called: str  # the name on file by which it was found


class Held:
    """How many names hold each pair of characters: what many hold tells none of them from another."""

    def __init__(self, cores: Iterable[str]):
        self.counts, self.total = Counter(dict.fromkeys(GENERIC, VERY_MANY)), 0
        for text in cores:
            self.note(text)

    def note(self, text: str) -> None:
        self.total += 1
        self.counts.update(_grams(text))

    def score(self, pair: Pair) -> float:
        """From 0, no reason to offer it, to 1."""
        if pair.kind in (SAME, BRACKETED):
            return 1.0
        own, other = _grams(pair.own), _grams(pair.other)
        shared = own & other
        if pair.kind == LIKE and sounds_alike(pair.own, pair.other):
            return 0.5 + self._weight(shared) / self._weight(own | other) / 2
        few = max(RARE, self.total // ONE_IN)
        if not any(self.counts[gram] <= few for gram in shared) or (pair.kind == LIKE and _are_two_brands(pair)):
            return 0.0
        return self._weight(shared) / self._weight(own | other)

    def _weight(self, grams: set[str]) -> float:
        return sum(1 / max(self.counts[gram], 1) for gram in grams) or 1.0


def _are_two_brands(pair: Pair) -> bool:
    """Names that differ in one of the characters that tell firms apart: 天元科技 and 天润科技."""
    own, other = pair.own, pair.other
    if min(len(own), len(other)) < 4:
        return True
    return len(own) == len(other) < LONG and own[:BRAND] != other[:BRAND]


def _grams(text: str) -> set[str]:
    return {text[start : start + 2] for start in range(len(text) - 1)} or {text}
