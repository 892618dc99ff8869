"""Growths as they were published: 增长6.5%, 下降2.1%以上, 减少0.4万人, 高于2023年同期17个百分点.

The fields that a growth shares with a figure mean the same; its value is signed, and its bound is about the signed
value: 下降2.1%以上 is at most -2.1 %. `nearly` falls a little short of the value, seen from zero.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from fengtai.values.column_units import read_in_column
from fengtai.values.figure_pattern import VERSUS
from fengtai.values.figure_reading import Reading, admit, as_text
from fengtai.values.figure_refusals import Code, FigureError
from fengtai.values.figure_words import Bound, Role
from fengtai.values.numerals import CHANGE_IDIOMS
from fengtai.values.units import POINTS

_REAL, _NOMINAL = re.compile("可比价|不变价|扣除价格|实际"), re.compile("现行价|现价|当年价|名义")


class Measure(StrEnum):
    PERCENT = "percent"
    POINTS = "points"
    TIMES = "times"
    AMOUNT = "amount"


_MEASURES = {"%": Measure.PERCENT, "‰": Measure.PERCENT, "倍": Measure.TIMES} | dict.fromkeys(POINTS, Measure.POINTS)


class Basis(StrEnum):
    REAL = "real"
    NOMINAL = "nominal"
    NOT_STATED = "not_stated"


class Direction(StrEnum):
    """增长2.3倍 is growth by, 增长到2.3倍 growth to: then the value is the level reached, not the change."""

    BY = "by"
    TO = "to"


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

    @property
    def is_unread(self) -> bool:
        return self.bound is Bound.UNREAD


def unread_growth(text: str) -> Growth:
    """A text kept as printed that nothing reads: without value and measure."""
    return Growth(text, None, "", Bound.UNREAD, None)


def parse_growth(text, unit=None) -> Growth:
    """Reads a change: 增长6.5%, 减少0.4万人, 翻两番, 达到上年的2.3倍. `unit` is what its column declares.

    Raises FigureError, also for a level such as 达到300家.
    """
    return _growth(as_text(text), "" if unit is None else as_text(unit).strip())


@lru_cache(maxsize=8192)
def _growth(text: str, unit: str) -> Growth:
    reading = read_in_column(admit(text), unit)
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


def _refuse_level(reading: Reading, direction: Direction) -> None:
    """A growth says by what it grew, or how many times of what it reached."""
    measure = _MEASURES.get(reading.unit, Measure.AMOUNT)
    if not reading.unit:
        raise FigureError(Code.UNIT, reading.printed, reading.piece("number"))
    changed = {Role.UP, Role.DOWN} & set(reading.roles)
    signed = bool(reading.piece("sign")) or reading.piece("idiom") in CHANGE_IDIOMS
    if reading.is_distance or (reading.piece("than") and not changed and not signed and direction is Direction.BY):
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


def _basis(reading: Reading) -> Basis:
    told = reading.piece("compared") + reading.piece("note")
    if _REAL.search(told):
        return Basis.REAL
    return Basis.NOMINAL if _NOMINAL.search(told) else Basis.NOT_STATED
