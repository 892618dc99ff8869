"""Figures as they were published: 约3.5亿元, 300余家, 2.13万家.

`printed` is what the source printed and is never rewritten. `value` is an exact Decimal in the base unit `unit`
(2.13万家 is 21300 家), with at most 18 digits before the point and 6 after it; `unit` is "" where none is printed.
`bound` says how the value binds the truth. What cannot be read for certain raises `FigureError`.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from fengtai.values.column_units import read_in_column
from fengtai.values.figure_reading import Reading, admit, as_text
from fengtai.values.figure_refusals import Code, FigureError
from fengtai.values.figure_words import Bound


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
    def is_unread(self) -> bool:
        return self.bound is Bound.UNREAD


def unread_figure(text: str) -> Figure:
    """A text kept as printed that nothing reads: without value, in no sum."""
    return Figure(text, None, "", Bound.UNREAD)


def parse_figure(text, unit=None) -> Figure:
    """Reads a text or number; `unit` is what its column declares, and gives way to a unit in the text of the same base.

    Raises FigureError.
    """
    return _figure(as_text(text), "" if unit is None else as_text(unit).strip())


@lru_cache(maxsize=8192)
def _figure(text: str, unit: str) -> Figure:
    reading = read_in_column(admit(text), unit)
    _refuse_comparison(reading)
    return Figure(reading.printed, reading.value, reading.unit, reading.bound, reading.upper, reading.piece("note"))


def _refuse_comparison(reading: Reading) -> None:
    """A figure stands by itself: 高于1.9个百分点 is a distance, 翻一番 a growth."""
    if reading.upper is not None and not reading.unit:
        raise FigureError(Code.UNIT, reading.printed, reading.printed)  # 3-5 may as well be the fifth of March
    if reading.piece("compared") or reading.piece("idiom").startswith("翻") or reading.is_distance:
        raise FigureError(Code.RELATIVE, reading.printed, reading.piece("compared", "idiom") or reading.printed)
