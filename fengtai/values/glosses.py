"""What a published figure, growth or period says in English, for readers of none of its Chinese.

A gloss is made from the value, stands beside the print and never replaces it. It is itself a translation.
It is "" where the print already says the same, and where nobody knows what the print says.
"""

import re
from functools import lru_cache, singledispatch

from fengtai.values.english_growths import bounded, growth_in_english
from fengtai.values.english_numbers import amount, span
from fengtai.values.english_periods import period_in_english
from fengtai.values.english_units import CURRENCIES, in_english
from fengtai.values.figures import Figure, FigureError, parse_figure
from fengtai.values.growths import Growth, parse_growth
from fengtai.values.periods import Kind, Period
from fengtai.values.printed_steps import step_of

NOT_GIVEN = "not given"
KEPT = 8192  # glosses that are made once: figures stand in very many rows
_CHANGE = re.compile("[增升涨减降跌落]")
# Kept as square metres, and told in the unit that the print names.
_AREAS = (("平方公里", 10**6, re.compile("平方公里|平方千米|㎢|km[²2]")), ("公顷", 10**4, re.compile("公顷|hm[²2]")))
_ENDS_IN_NOUGHTS = re.compile(r"(?<![\d.])\d+\.\d*0(?![\d.])")
_UNCOUNTED = {*CURRENCIES, "%", "‰", "", "倍"}


@lru_cache(maxsize=KEPT)
def gloss(value: Figure | Growth | Period) -> str:
    """The value in English; "" where nothing needs to be said beside the print."""
    if value.is_unread:
        return ""
    said = _with_noughts(_said(value), value.printed)
    return "" if _bare(said) == _bare(value.printed) else said


@lru_cache(maxsize=KEPT)
def gloss_of_unit(unit: str) -> str:
    """A unit that figures are printed in: 亿元 is CNY 100 million, 家 enterprises; "" where nobody has a word."""
    try:
        one = parse_figure(f"1{unit}")
    except FigureError:
        return ""
    if one.value is None or not one.unit:
        return ""
    said = in_english(one.unit, one=False) if one.value == 1 else amount(one.value, one.unit)
    return "" if _bare(said) == _bare(unit) else said


@singledispatch
def _said(value) -> str:
    raise TypeError(f"{type(value).__name__} is no published value")


@_said.register
def _figure(value: Figure) -> str:
    if value.value is None:
        return NOT_GIVEN
    if _CHANGE.search(value.printed) and (change := _as_growth(value.printed)):
        return growth_in_english(change)
    unit, size = _unit_printed(value)
    if value.upper is not None:
        both = (value.value / size, value.upper / size)
        return span(*both, unit, step_of(value.printed, *both))
    counted = unit not in _UNCOUNTED and unit.partition("/")[0] not in CURRENCIES
    told = value.value / size
    return bounded(amount(told, unit, step_of(value.printed, told)), value.bound, counted=counted)


@_said.register
def _growth(value: Growth) -> str:
    if value.value is None:
        return NOT_GIVEN
    if value.measure is None:  # from the columns of a list, which hold less than the print says
        value = _as_growth(value.printed) or value
    return growth_in_english(value)


@_said.register
def _period(value: Period) -> str:
    return "not stated" if value.kind is Kind.NOT_STATED else period_in_english(value)


def _unit_printed(value: Figure) -> tuple[str, int]:
    """The unit to tell a figure in, and how many of its own unit one of it is."""
    areas = _AREAS if value.unit == "平方米" else ()
    return next(((unit, size) for unit, size, names in areas if names.search(value.printed)), (value.unit, 1))


def _with_noughts(said: str, printed: str) -> str:
    """4.0% is 4.0 %: a nought that was printed tells how exact the figure is."""
    for number in _ENDS_IN_NOUGHTS.findall(printed):
        bare = number.rstrip("0").rstrip(".")
        said = re.sub(rf"(?<![\d.,]){re.escape(bare)}(?![\d,]|\.\d)", number, said, count=1)
    return said


def _as_growth(printed: str) -> Growth | None:
    """净减13人 in a column of figures is a change as well; 新增12家 is a level."""
    try:
        change = parse_growth(printed)
    except FigureError:
        return None
    return change if change.value is not None else None


def _bare(text: str) -> str:
    return text.replace(",", "").replace(" ", "")
