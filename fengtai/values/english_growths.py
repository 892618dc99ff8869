"""Growths in English: up 6.5 % on the year before, down 13 people, to 2.3 times the level of the year before."""

import re

from fengtai.values.english_numbers import amount, span
from fengtai.values.figure_words import MIRROR, Bound
from fengtai.values.growths import Basis, Direction, Growth, Measure
from fengtai.values.printed_steps import step_of

# What a growth is compared with, as far as an English reader can be told it; the rest stands in the print.
SINCE = {
    "同比": " on the year before",
    "环比": " on the period before",
    "同期": " on the same period",
    "同口径": " on the same basis",
    "可比口径": " on a comparable basis",
    "自然口径": " on the reported basis",
    "年均": " a year on average",
    "季均": " a quarter on average",
    "月均": " a month on average",
}
_AVERAGE = re.compile("([两二三四五六七八九十])年(?:平均|年均)")
_WORDS_OF_YEARS = "两two 二two 三three 四four 五five 六six 七seven 八eight 九nine 十ten"
_YEARS = {word[0]: word[1:] for word in _WORDS_OF_YEARS.split()}
_NAMED = {
    "上年": "the year before",
    "去年": "the year before",
    "上月": "the month before",
    "上季度": "the quarter before",
    "上期": "the period before",
    "全市": "the whole city",
    "北京市": "Beijing",
    "全国": "the whole country",
    "全区": "the whole district",
}
_SAME_TIME = "同期"
_YEAR = re.compile("([0-9]{4})年")
_ABOVE, _BELOW = re.compile("[高快好优多]于|[高超]出"), re.compile("[低慢少]于")
_BASES = {Basis.REAL: ", at constant prices", Basis.NOMINAL: ", at current prices", Basis.NOT_STATED: ""}
_UNSTATED = {Bound.MORE_THAN: "up, by how much is not stated", Bound.LESS_THAN: "down, by how much is not stated"}


def growth_in_english(growth: Growth) -> str:
    """Of a growth with a value."""
    if growth.direction is Direction.TO:
        return f"to {_bounded(growth)}{_of(growth)}"
    if not growth.value and growth.upper is None:
        return _unchanged(growth) + _on(growth.versus) + _BASES[growth.basis]
    if apart := _apart(growth):
        return apart
    change = "doubled" if _is_doubled(growth) else f"{_way(growth)} {_bounded(growth)}"
    return f"{change}{_factor(growth)}{_on(growth.versus)}{_BASES[growth.basis]}"


def _is_doubled(growth: Growth) -> bool:
    return growth.measure is Measure.TIMES and growth.value == 1 and growth.bound is Bound.EXACT


def _way(growth: Growth) -> str:
    way = "up" if growth.value >= 0 else "down"
    if growth.upper is not None and (growth.value < 0) != (growth.upper < 0):
        way = "changed"
    is_net = growth.measure is Measure.AMOUNT and "净" in growth.printed
    by = " by" if growth.measure in (Measure.TIMES, Measure.AMOUNT) else ""
    return f"{way} by a net" if is_net else f"{way}{by}"


def _bounded(growth: Growth) -> str:
    """The size of a change with what bounds it: a fall of 2.1 % or more is at most −2.1 %."""
    if growth.upper is not None:
        both = (-growth.upper, -growth.value) if growth.upper <= 0 else (growth.value, growth.upper)
        return span(*both, growth.unit, step_of(growth.printed, *both))
    bound = MIRROR.get(growth.bound, growth.bound) if growth.value < 0 else growth.bound
    return bounded(amount(abs(growth.value), growth.unit, step_of(growth.printed, growth.value)), bound)


def bounded(shown: str, bound: Bound, *, counted: bool = False) -> str:
    """A value with the words for its bound; of what is `counted` English says fewer."""
    before, after = _WORDS.get(bound, ("", ""))
    if counted and bound is Bound.LESS_THAN:
        before = "fewer than "
    return f"{before}{shown}{after}"


_WORDS = {
    Bound.ABOUT: ("about ", ""),
    Bound.AT_LEAST: ("", " or more"),
    Bound.MORE_THAN: ("more than ", ""),
    Bound.NEARLY: ("nearly ", ""),
    Bound.AT_MOST: ("at most ", ""),
    Bound.LESS_THAN: ("less than ", ""),
}


def _unchanged(growth: Growth) -> str:
    if growth.bound in _UNSTATED:
        return _UNSTATED[growth.bound]
    shown = {Bound.EXACT: "unchanged", Bound.ABOUT: "roughly unchanged", Bound.NEARLY: "roughly unchanged"}
    return shown.get(growth.bound) or bounded(amount(growth.value, growth.unit), growth.bound)


def _factor(growth: Growth) -> str:
    """增长2.3倍 is often misread as growth to 2.3 times: the same change in per cent leaves no doubt."""
    if growth.measure is not Measure.TIMES or growth.upper is not None or growth.bound is not Bound.EXACT:
        return ""
    return f" ({'+' if growth.value > 0 else ''}{amount(growth.value * 100, '%')})"


def _apart(growth: Growth) -> str:
    """高于2023年同期17个百分点 says how far apart two values lie."""
    above, below = _ABOVE.search(growth.printed), _BELOW.search(growth.printed)
    if not growth.versus or growth.versus in SINCE or not (above or below):
        return ""
    return f"{_bounded(growth)} {'above' if growth.value > 0 else 'below'} {_named(growth.versus) or 'what is named'}"


def _on(versus: str) -> str:
    if found := _AVERAGE.fullmatch(versus):
        return f" a year on average over {_YEARS[found[1]]} years"
    return SINCE.get(versus) or (f" on {named}" if (named := _named(versus)) else "")


def _of(growth: Growth) -> str:
    part = "" if growth.measure is Measure.TIMES else " of"
    return f"{part} the level of {named}" if (named := _named(growth.versus)) else ""


def _named(versus: str) -> str:
    """What a growth is compared with; "" where English has no certain word for it."""
    bare = versus.removesuffix(_SAME_TIME)
    year = _YEAR.fullmatch(bare)
    named = year[1] if year else _NAMED.get(bare, "")
    return f"the same period of {named}" if named and bare != versus else named
