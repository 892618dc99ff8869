"""The forms in which periods are printed, and the kind and days that each says."""

import calendar
import re
from datetime import date
from functools import partial

from fengtai.values.period_refusals import FIRST_YEAR, LAST_YEAR, Kind, refused

# The builders: what a form says, as kind, first and last day.
# One that returns None means: the letters fit, but what they say is not certain.


def find(forms, text: str, year: int | None):
    """The reading of the first form that fits the whole text, or None."""
    for form, build in forms:
        if (match := form.fullmatch(text)) and (reading := build(match, year)):
            return reading
    return None


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


def _year(match, year):
    return _months(Kind.YEAR, match, year, 1, 12)


def _part_of_year(kind, months, match, year):
    last = months * _number(match["nth"])
    return _months(kind, match, year, last - months + 1, last)


def _day(match, year):
    year, month, day = _year_of(match, year), _number(match["month"]), _number(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        raise refused(match, "no_such_date")
    return Kind.DAY, date(year, month, day), date(year, month, day)


def _first_parts(months, match, year):
    count = _number(match["last"])
    if count < 2:  # 前一季度 is as likely the quarter before
        return None
    return _months(Kind.CUMULATIVE, match, year, 1, count * months)


def _from_january(months, match, year):
    later_year = match["later_year"]
    if _number(match["first"]) != 1 or (later_year and int(later_year) != _year_of(match, year)):
        raise refused(match, "range")
    return _first_parts(months, match, year)


def _plan(match, year):
    number = _number(match["plan"])
    if not 1 <= number <= 19:
        raise refused(match, "out_of_range")
    # The third began three years late, in 1966; since then they follow without a gap.
    first = 1948 + 5 * number if number < 3 else 1951 + 5 * number
    return Kind.PLAN, date(first, 1, 1), date(first + 4, 12, 31)


def _edge_of_year(month, day, match, year):
    edge = date(_year_of(match, year), month, day)
    return Kind.POINT, edge, edge


def _last_day(match, year):
    found = find(SPANS + _POINTS, match["inner"], year)
    return found and (Kind.POINT, found[2], found[2])


def _since(match, year):
    found = find(SPANS + OPENINGS, match["inner"], year)
    return found and (Kind.SINCE, found[1], None)


def _since_event(match, year):
    """党的十八大以来: a real event, whose day the text does not give. What stands in quotes is only its name."""
    said = _QUOTED_NAME.sub("", match["event"])
    if len(said) < 2 or _NO_EVENT.search(said):
        return None
    return Kind.SINCE, None, None


# The forms. A blank in a form stands wherever blanks may be printed: between parts, never inside a number.


def forms(*rows):
    return tuple((re.compile(form.replace(" ", " *")), meaning) for form, meaning in rows)


_DIGITS = dict(zip("一二三四五六七八九两上下", (*range(1, 10), 2, 1, 2), strict=True))
_YEAR_DIGITS = str.maketrans("〇零○◯一二三四五六七八九", "0000123456789")  # ○ and 0 are often typed for 〇

NUMERAL = "〇零一二三四五六七八九"
_UNIT = "[一二三四五六七八九]"
NUMBER = rf"(?:[0-9]{{1,2}}|[二三四五六七八九]?十{_UNIT}?|{_UNIT})"
_YEAR_IN_CHINESE = f"[○◯0{NUMERAL}]{{4}}"
_YEAR = rf"(?:(?P<year>[0-9]{{4}}(?= [^0-9\s])|{_YEAR_IN_CHINESE}(?= 年)) (?:年 度?)?)?+"
_YEAR_IS_SAID = f"(?=[0-9○◯{NUMERAL}年])"  # 末 alone could be that of anything
_ISO_MONTH = r"(?P<year>[0-9]{4}) (?P<mark>[-/.]) (?P<month>[0-9]{1,2})"
_MIDNIGHT = r"[\sT]0?0:00(?::00(?:\.0+)?)?"
TO = "(?:[-‒–—―─~〜∼]{1,2}|至|到)"
_LATER_YEAR = "(?:(?P<later_year>[0-9]{4}) 年)?"
_QUOTE = "[“”\"‘’'「」『』]"
_PLAN = f"(?P<plan>十{_UNIT}?|{_UNIT}) 五"
_PLAN_TAIL = "(?:规划|计划)? (?:时期|期间|期)?"
_UNTIL = "(?:截[至止] [至到]?|至|到)"

_month = partial(_part_of_year, Kind.MONTH, 1)
_quarter = partial(_part_of_year, Kind.QUARTER, 3)
_half = partial(_part_of_year, Kind.HALF, 6)

SPANS = forms(
    (rf"{_ISO_MONTH} (?P=mark) (?P<day>[0-9]{{1,2}})(?:日|{_MIDNIGHT})?", _day),  # 2024-04-23  2024/4/23 0:00
    (rf"{_YEAR} (?P<month>{NUMBER}) 月 (?P<day>{NUMBER}) [日号]", _day),  # 2024年4月23日
    (r"(?P<year>(?:19|20)[0-9]{2}|2100)(?P<month>[0-9]{2})(?P<day>[0-9]{2})", _day),  # 20240423
    (rf"{_YEAR} (?P<nth>{NUMBER}) 月 份?", _month),  # 2024年4月
    (rf"{_ISO_MONTH.replace('month', 'nth')} (?:月 份?)?", _month),  # 2024-04  2024.4
    (rf"(?P<year>[0-9]{{4}}|(?:[0-9]{{4}}|{_YEAR_IN_CHINESE})(?= 年)) (?:年 度?)?", _year),  # 2024  2024年度
    (rf"{_YEAR} 全年 度?", _year),  # 2024年全年
    (rf"{_YEAR} (?P<nth>[上下]) 半年 度?", _half),  # 2024年上半年
    (rf"{_YEAR} 第? (?P<nth>{NUMBER}) 季 度", _quarter),  # 2024年一季度
    (rf"{_YEAR} 第 (?P<nth>{NUMBER}) 季", _quarter),  # 第四季; without 第, 四季 are the seasons
    (rf"{_YEAR} -? [Hh](?P<nth>[12])", _half),  # 2024H1
    (rf"{_YEAR} -? [Qq](?P<nth>[1-4])", _quarter),  # 2024Q1
    (rf"{_QUOTE} {_PLAN} {_QUOTE} {_PLAN_TAIL}", _plan),  # “十四五”时期
    (rf"(?!十 五 \Z){_PLAN} {_PLAN_TAIL}", _plan),  # 十四五; 十五 alone may be the number
    (rf"第 (?P<plan>{NUMBER}) 个 五年 (?:规划|计划) (?:时期|期间|期)?", _plan),  # 第十四个五年规划
)
CUMULATIVE = forms(
    (rf"{_YEAR} [前头] (?P<last>{NUMBER}|两) 个? 月 份?", partial(_first_parts, 1)),  # 2024年前9个月
    (rf"{_YEAR} [前头] (?P<last>{NUMBER}|两) 个? 季 度?", partial(_first_parts, 3)),  # 2024年前三季度
    (
        rf"{_YEAR} (?P<first>{NUMBER}) (?:月 份?)? {TO} {_LATER_YEAR} (?P<last>{NUMBER}) 月 份? (?:累计)?",
        partial(_from_january, 1),  # 2024年1—9月
    ),
    (
        rf"{_YEAR} 第? (?P<first>{NUMBER}) (?:季 度?)? {TO} {_LATER_YEAR} 第? (?P<last>{NUMBER}) 季 度",
        partial(_from_january, 3),  # 2024年一至三季度
    ),
)
OPENINGS = forms((rf"{_YEAR_IS_SAID}{_YEAR} 年? 初", partial(_edge_of_year, 1, 1)))  # 2024年初
ENDINGS = forms((rf"{_YEAR_IS_SAID}{_YEAR} 年? [末底]", partial(_edge_of_year, 12, 31)))  # 2024年末
_POINTS = (
    *OPENINGS,
    *ENDINGS,
    *forms(  # 6月末  三季度末  “十四五”末
        (rf"(?P<inner>.+(?:月|月 份|季 度?|半年|五|期|期间|规划|计划|{_QUOTE})) [末底]", _last_day)
    ),
)
_BOUNDED = forms(
    (rf"{_UNTIL} (?P<inner>.+?) 止?", _last_day),  # 截至2025年4月
    (rf"{_UNTIL} (?:目前|当前|今日|现在|日前|发稿) \( (?P<inner>.+) \)", _last_day),  # 截至目前（2024-04-23）
    (r"[自从]? (?P<inner>.+?) (?:以来|起 (?:施行|实施|执行|生效)?|起? 至今)", _since),  # 2023年3月以来
    (r"[自从] (?P<inner>.+?) 开始", _since),  # 从2023年3月开始
    (r"[自从]? (?P<event>[^0-9]+?) 以来", _since_event),  # 实施“发展伙伴计划”以来
)
FORMS = SPANS + CUMULATIVE + _POINTS + _BOUNDED

# What the text before 以来 may not say if it is to be the name of an event.

RELATIVE = (
    "[今去前明后上本当次翌往同]年|[本上下当次同]个?(?:月|季|周|日)|[今昨明]天|今日|近[年日期来]|最近|前一个?[季月年]"
    f"|(?<![0-9百千{NUMERAL}])近?[0-9一二两三四五六七八九十百几数多]{{1,3}}[余多]?个?[年月]以?来|近[二两三四五六七八九十几]+年"
    f"|(?<![0-9{NUMERAL}十])日前|这一?年|[当那此届]时|[上本下][次届]|此[前后]"
    "|过去|未来|今后|将|目前|当前|现在|如今|迄今|至今|年内|同期"
)
_QUOTED_NAME = re.compile('“[^”]*”|《[^》]*》|"[^"]*"|「[^」]*」|‘[^’]*’')
_COUNT = f"[{NUMERAL}十百千万两几数多]"
_NO_EVENT = re.compile(
    rf"{RELATIVE}|[年月日季周旬天载节春夏秋冬初末底截至]|世纪|期间|时期|长期|一直|有史|以来|{_COUNT}个"
    rf"|{_COUNT}{{2}}(?!{_COUNT}|[大届次])"  # 十八大 and 十八届 count congresses, 十八 alone may be a year
    r"|[^\u4e00-\u9fffA-Za-z·、\s()]"
)
