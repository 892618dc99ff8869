"""A period as it was published, with the days that it certainly means.

`parse_period("2024年上半年")` keeps what the source printed and adds a kind, a first and a last day:

    year  half  quarter  month  day     exactly those days
    cumulative      from 1 January to the end of the last month named (1—9月, 前三季度)
    point           one day: of 年末 and 截至2025年4月 the last that they can mean, of 年初 the first
    since           from a first day on, without end (2023年3月以来); of an event (实施…以来) the day is not known
    plan            the five years of a plan (“十四五”: 2021 to 2025)
    not_stated      the source names no period, and none is invented
    unread          the source states something that is not understood; a person keeps it as printed

What cannot be read with certainty raises `PeriodError`, whose code is a key of `period_refusals.REASONS`.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from fengtai.values.period_diagnosis import refusal
from fengtai.values.period_patterns import FORMS, find
from fengtai.values.period_refusals import FIRST_YEAR, LAST_YEAR, LONGEST, Kind, PeriodError


@dataclass(frozen=True, slots=True)
class Period:
    printed: str
    kind: Kind
    start: date | None
    end: date | None

    def __str__(self):
        return self.printed

    def __bool__(self):
        """A period that is not stated is false, like an empty text."""
        return self.kind is not Kind.NOT_STATED

    @property
    def is_unread(self) -> bool:
        return self.kind is Kind.UNREAD


def unread_period(text: str) -> Period:
    """A text kept as printed that nothing reads: it states something, and nobody knows which days."""
    return Period(text, Kind.UNREAD, None, None)


def parse_period(text, year: int | None = None) -> Period:
    """Reads a text, a date or a whole number; `year` is taken only where the text names none. Raises PeriodError."""
    printed = _printed(text)
    if year is not None and (type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR):
        raise PeriodError(printed, str(year)[:LONGEST], "out_of_range")
    if len(printed) > LONGEST:
        raise PeriodError(printed, printed[:LONGEST], "too_long")
    return _read(printed, year)


def _printed(value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip(_BLANKS)
    if isinstance(value, datetime) and value.tzinfo is None and value.time() == time.min:
        value = value.date()  # openpyxl hands over every date cell as midnight
    if isinstance(value, date) or (type(value) is int and 0 <= value < 10**8):
        return str(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    shown = str(value) if is_number and abs(value) < 10**20 else type(value).__name__
    raise PeriodError(shown, shown, "serial_number" if is_number else "not_text")


@lru_cache(maxsize=4096)
def _read(printed: str, year: int | None) -> Period:
    text = printed.translate(_FOLD)
    if text in NOTHING_STATED:
        return Period(printed, Kind.NOT_STATED, None, None)
    try:
        reading = find(FORMS, text, year) if text.isprintable() else None
        if reading is None:
            raise refusal(text)
    except PeriodError as refused:
        at = text.index(refused.part)
        raise PeriodError(printed, printed[at : at + len(refused.part)], refused.code) from None
    return Period(printed, *reading)


# Only what typing and copying from PDF produce is folded, and each sign to one sign, so that a position in the
# folded text is the same in the printed one. ① ² ㋃ stay what they are, and are refused.
_WIDE_AND_RADICALS = (*range(0xFF01, 0xFF5F), *range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E))
_SPACES = [number for number in range(0x3001) if unicodedata.category(chr(number)) == "Zs"]
_FOLD = {number: unicodedata.normalize("NFKC", chr(number)) for number in _WIDE_AND_RADICALS}
_FOLD |= dict.fromkeys(_SPACES, " ") | dict.fromkeys(map(ord, "‐‑−"), "-")
_BLANKS = "\t\r\n" + "".join(map(chr, _SPACES))
NOTHING_STATED = {"", "-", "--", "–", "—", "——", "/", "N/A", "n/a", "无", "不详", "不明", "未知"}
NOTHING_STATED |= {"未写", "未写明", "未注明", "未说明", "未标明", "未标注", "未载明", "未明确"}
