"""Figures and growths as they were published: 约3.5亿元, 300余家, 下降2.1%以上, 高于2023年同期17个百分点.

`printed` is what the source printed and is never rewritten. `value` is an exact Decimal in the base unit `unit`
(2.13万家 is 21300 家), with at most 18 digits before the point and 6 after it; `unit` is "" where none is printed.
`bound` says how the value binds the truth, and is about the signed value: 下降2.1%以上 is at most -2.1 %. `nearly`
falls a little short of the value, seen from zero. What cannot be read for certain raises `FigureError`.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from fengtai.values.figure_pattern import VERSUS
from fengtai.values.figure_reading import DECIMAL_PLACES, INTEGER_DIGITS, LONGEST_TEXT, Reading, admit, read
from fengtai.values.figure_refusals import MESSAGES, Code, FigureError
from fengtai.values.figure_words import Bound, Role
from fengtai.values.numerals import SAID_CHANGES

__all__ = [
    "DECIMAL_PLACES",
    "INTEGER_DIGITS",
    "LONGEST_TEXT",
    "MESSAGES",
    "Basis",
    "Bound",
    "Code",
    "Direction",
    "Figure",
    "FigureError",
    "Growth",
    "Measure",
    "parse_figure",
    "parse_growth",
]

_LEAN = {Bound.LESS_THAN: -2, Bound.NEARLY: -1, Bound.AT_MOST: -1, Bound.AT_LEAST: 1, Bound.MORE_THAN: 2}
_REAL, _NOMINAL = re.compile("可比价|不变价|扣除价格|实际"), re.compile("现行价|现价|当年价|名义")


class Measure(StrEnum):
    PERCENT = "percent"
    POINTS = "points"
    TIMES = "times"
    AMOUNT = "amount"


_MEASURES = {"%": Measure.PERCENT, "‰": Measure.PERCENT, "倍": Measure.TIMES} | dict.fromkeys(
    ("个百分点", "个千分点", "个基点"), Measure.POINTS
)


class Basis(StrEnum):
    REAL = "real"
    NOMINAL = "nominal"
    NOT_STATED = "not_stated"


class Direction(StrEnum):
    """增长2.3倍 is growth by, 增长到2.3倍 growth to: then the value is the level reached, not the change."""

    BY = "by"
    TO = "to"


@dataclass(frozen=True, slots=True)
class Figure:
    """`upper` is the other end of a range (bound `between`), `note` the remark in brackets."""

    printed: str
    value: Decimal | None
    unit: str
    bound: Bound
    upper: Decimal | None = None
    note: str = ""

    def __str__(self) -> str:
        return self.printed

    @property
    def is_exact(self) -> bool:
        return self.bound is Bound.EXACT

    @property
    def order(self) -> tuple:
        """Sorts figures of one unit: 近300家, 300家, 300余家, at last those not given."""
        return self.value is None, self.value or Decimal(0), _LEAN.get(self.bound, 0)


@dataclass(frozen=True, slots=True)
class Growth:
    """`versus` is what the cell itself names for comparison (同比, 2023年同期); not given, a growth has no measure."""

    printed: str
    value: Decimal | None
    unit: str
    bound: Bound
    measure: Measure | None
    basis: Basis = Basis.NOT_STATED
    direction: Direction = Direction.BY
    versus: str = ""
    upper: Decimal | None = None
    note: str = ""

    def __str__(self) -> str:
        return self.printed


def parse_figure(text, unit=None) -> Figure:
    """`unit` is what the column declares; where the text has a unit of the same base, its own wins."""
    return _figure(_as_text(text), "" if unit is None else _as_text(unit).strip())


def parse_growth(text, unit=None) -> Growth:
    """A change: 增长6.5%, 减少0.4万人, 翻两番, 达到上年的2.3倍. A level such as 达到300家 is refused."""
    return _growth(_as_text(text), "" if unit is None else _as_text(unit).strip())


@lru_cache(maxsize=8192)
def _figure(text: str, unit: str) -> Figure:
    reading = read(admit(text), unit)
    _refuse_comparison(reading)
    return Figure(reading.printed, reading.value, reading.unit, reading.bound, reading.upper, reading.piece("note"))


@lru_cache(maxsize=8192)
def _growth(text: str, unit: str) -> Growth:
    reading = read(admit(text), unit)
    if reading.value is None:
        return Growth(reading.printed, None, "", reading.bound, None)
    direction = Direction.TO if Role.TO in reading.roles or reading.piece("of") else Direction.BY
    _refuse_level(reading, direction)
    return Growth(
        printed=reading.printed,
        value=reading.value,
        unit=reading.unit,
        bound=reading.bound,
        measure=_MEASURES.get(reading.unit, Measure.AMOUNT),
        basis=_basis(reading),
        direction=direction,
        versus=reading.piece(*VERSUS),
        upper=reading.upper,
        note=reading.piece("note"),
    )


def _as_text(value) -> str:
    """Cells hold numbers too. 600.0 is how some readers of Excel give the 600 that was typed."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise FigureError(Code.TYPE, "", type(value).__name__)
    if isinstance(value, int) and value.bit_length() > 1000:
        raise FigureError(Code.TOO_LARGE, "", "int")  # Python itself refuses to spell out the longest
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value)


def _refuse_comparison(reading: Reading) -> None:
    """A figure stands by itself: 高于1.9个百分点 is a distance, 翻一番 a growth."""
    said = reading.piece("said")
    if reading.upper is not None and not reading.unit:
        raise FigureError(Code.UNIT, reading.printed, reading.printed)  # 3-5 may as well be the fifth of March
    if reading.piece("compared") or said.startswith("翻") or _is_distance(reading):
        raise FigureError(Code.RELATIVE, reading.printed, reading.piece("compared", "said") or reading.printed)


def _refuse_level(reading: Reading, direction: Direction) -> None:
    """A growth says by what it grew, or how many times of what it reached."""
    measure = _MEASURES.get(reading.unit, Measure.AMOUNT)
    if not reading.unit:
        raise FigureError(Code.UNIT, reading.printed, reading.piece("number"))
    changed = {Role.UP, Role.DOWN} & set(reading.roles)
    signed = bool(reading.piece("sign")) or _says_change(reading)
    if _is_distance(reading) or (reading.piece("than") and not changed and not signed and direction is Direction.BY):
        raise FigureError(Code.RELATIVE, reading.printed, reading.printed)
    if direction is Direction.TO:
        of_something = measure is Measure.PERCENT and reading.piece("of")
        certain = not changed and (measure is Measure.TIMES or of_something)
    elif changed or signed:
        certain = True
    else:
        certain = measure in (Measure.PERCENT, Measure.POINTS) and (reading.piece("since") or not reading.roles)
    if not certain:
        raise FigureError(Code.LEVEL, reading.printed, reading.printed)


def _is_distance(reading: Reading) -> bool:
    """低于2个百分点 may bound a distance or state one."""
    if _MEASURES.get(reading.unit) is not Measure.POINTS:
        return False
    return bool(re.search("[高低多少大小]于", reading.piece("lead") + reading.piece("words")))


def _says_change(reading: Reading) -> bool:
    return reading.piece("said") in SAID_CHANGES


def _basis(reading: Reading) -> Basis:
    told = reading.piece("compared") + reading.piece("note")
    if _REAL.search(told):
        return Basis.REAL
    return Basis.NOMINAL if _NOMINAL.search(told) else Basis.NOT_STATED
