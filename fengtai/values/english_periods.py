"""Periods in English: first half of 2024, January–September 2024, as of April 2025, since March 2023."""

import re

from fengtai.values.periods import Kind, Period

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
MONTHS += ("November", "December")
ORDINALS = ("first", "second", "third", "fourth")
_DAY = re.compile(r"[日号]|[0-9]{4}\s*[-/.]\s*[0-9]{1,2}\s*[-/.]\s*[0-9]|(?<![0-9])[0-9]{8}(?![0-9])")
_MONTH = re.compile(r"月|[0-9]{4}\s*[-/.]\s*[0-9]")


def period_in_english(period: Period) -> str:
    """Of a period that was read and states something."""
    return _KINDS[period.kind](period)


def _year(period: Period) -> str:
    return str(period.start.year)


def _half(period: Period) -> str:
    return f"{ORDINALS[(period.start.month - 1) // 6]} half of {period.start.year}"


def _quarter(period: Period) -> str:
    return f"{ORDINALS[(period.start.month - 1) // 3]} quarter of {period.start.year}"


def _month(period: Period) -> str:
    return _named_month(period.start)


def _day(period: Period) -> str:
    return _named_day(period.start)


def _cumulative(period: Period) -> str:
    quarters = {6: "first two quarters", 9: "first three quarters", 12: "first four quarters"}
    if "季" in period.printed and period.end.month in quarters:
        return f"{quarters[period.end.month]} of {period.end.year}"
    return f"{MONTHS[0]}–{_named_month(period.end)}"


def _point(period: Period) -> str:
    """As finely as the source says it: 截至2025年4月 names a month, 2025年末 the end of a year."""
    day, printed = period.end, period.printed
    if _DAY.search(printed):
        return f"as of {_named_day(day)}"
    if printed.endswith("初"):
        return f"start of {day.year}"
    end = _named_month(day) if _MONTH.search(printed) or day.month < 12 else str(day.year)
    if printed.endswith(("末", "底")) and "截" not in printed:
        return f"end of {end}"
    return f"as of {end}" if _MONTH.search(printed) and printed[-1] not in "末底" else f"as of the end of {end}"


def _since(period: Period) -> str:
    day, printed = period.start, period.printed
    if day is None:
        return "since an event whose day is not stated"
    if _DAY.search(printed):
        return f"since {_named_day(day)}"
    if _MONTH.search(printed) or day.month > 1:
        return f"since {_named_month(day)}"
    return f"since the start of {day.year}"


def _plan(period: Period) -> str:
    first = period.start.year
    # As in fengtai.values.period_days: the third plan began three years late.
    number = (first - 1948) // 5 if first < 1966 else (first - 1951) // 5
    return f"{_ordinal(number)} Five-Year Plan, {first}–{period.end.year}"


def _named_month(day) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _named_day(day) -> str:
    return f"{day.day} {_named_month(day)}"


def _ordinal(number: int) -> str:
    return f"{number}{'th' if 10 < number < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


_KINDS = {
    Kind.YEAR: _year,
    Kind.HALF: _half,
    Kind.QUARTER: _quarter,
    Kind.MONTH: _month,
    Kind.DAY: _day,
    Kind.CUMULATIVE: _cumulative,
    Kind.POINT: _point,
    Kind.SINCE: _since,
    Kind.PLAN: _plan,
}
