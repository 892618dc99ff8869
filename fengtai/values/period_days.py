"""What the parts of a printed period mean: its kind, and its first and last day.

Each function takes the match of a form and the year that stands in where none is printed, and gives kind, first and
last day. It raises PeriodError, or returns None where the letters fit but their meaning is not certain.
"""

import calendar
import re
from datetime import date

from fengtai.values.period_refusals import FIRST_YEAR, LAST_YEAR, Kind, refused

_DIGITS = dict(zip("一二三四五六七八九两上下", (*range(1, 10), 2, 1, 2), strict=True))
_YEAR_DIGITS = str.maketrans("〇零○◯一二三四五六七八九", "0000123456789")  # ○ and 0 are often typed for 〇


def _months(kind: Kind, match: re.Match, year: int | None, first: int, last: int):
    year = _year_of(match, year)
    if not 1 <= first <= last <= 12:
        raise refused(match, "no_such_date")
    return kind, date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _year_of(match: re.Match, year: int | None) -> int:
    if match["year"]:
        year = int(match["year"].translate(_YEAR_DIGITS))
    if year is None:
        raise refused(match, "year_missing")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise refused(match, "out_of_range")
    return year


def _number(text: str) -> int:
    """9, 09, 九, 十二, 二十三; 上 and 下 count halves."""
    if text.isascii():
        return int(text)
    tens, ten, units = text.rpartition("十")
    return (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(units, 0)


def whole_year(match, year):
    return _months(Kind.YEAR, match, year, 1, 12)


def part_of_year(kind, months, match, year):
    last = months * _number(match["nth"])
    return _months(kind, match, year, last - months + 1, last)


def one_day(match, year):
    year, month, day = _year_of(match, year), _number(match["month"]), _number(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        raise refused(match, "no_such_date")
    return Kind.DAY, date(year, month, day), date(year, month, day)


def first_parts(months, match, year):
    count = _number(match["last"])
    if count < 2:  # 前一季度 is as likely the quarter before
        return None
    return _months(Kind.CUMULATIVE, match, year, 1, count * months)


def from_january(months, match, year):
    later_year = match["later_year"]
    if _number(match["first"]) != 1 or (later_year and int(later_year) != _year_of(match, year)):
        raise refused(match, "range")
    return first_parts(months, match, year)


def plan(match, year):
    number = _number(match["plan"])
    if not 1 <= number <= 19:
        raise refused(match, "out_of_range")
    # The third began three years late, in 1966; since then they follow without a gap.
    first = 1948 + 5 * number if number < 3 else 1951 + 5 * number
    return Kind.PLAN, date(first, 1, 1), date(first + 4, 12, 31)


def edge_of_year(month, day, match, year):
    edge = date(_year_of(match, year), month, day)
    return Kind.POINT, edge, edge
