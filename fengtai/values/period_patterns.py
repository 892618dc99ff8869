"""The forms in which periods are printed, each with the function that gives its meaning (period_days.py)."""

import re
from functools import partial

from fengtai.values.period_days import edge_of_year, first_parts, from_january, one_day, part_of_year, plan, whole_year
from fengtai.values.period_refusals import Kind
from fengtai.values.period_words import NO_EVENT, NUMERAL, QUOTED_NAME


def find(forms, text: str, year: int | None):
    """The reading of the first form that fits the whole text, or None."""
    for form, build in forms:
        if (match := form.fullmatch(text)) and (reading := build(match, year)):
            return reading
    return None


def _last_day(match, year):
    found = find(SPANS + _POINTS, match["inner"], year)
    return found and (Kind.POINT, found[2], found[2])


def _since(match, year):
    found = find(SPANS + OPENINGS, match["inner"], year)
    return found and (Kind.SINCE, found[1], None)


def _since_event(match, year):
    """党的十八大以来: a real event, whose day the text does not give. What stands in quotes is only its name."""
    event = QUOTED_NAME.sub("", match["event"])
    if len(event) < 2 or NO_EVENT.search(event):
        return None
    return Kind.SINCE, None, None


def forms(*rows):
    """Compiles forms. A blank in a form stands wherever blanks may be printed: between parts, never inside a number."""
    return tuple((re.compile(form.replace(" ", " *")), meaning) for form, meaning in rows)


_UNIT = "[一二三四五六七八九]"
NUMBER = rf"(?:[0-9]{{1,2}}|[二三四五六七八九]?十{_UNIT}?|{_UNIT})"
_YEAR_IN_CHINESE = f"[○◯0{NUMERAL}]{{4}}"
_YEAR = rf"(?:(?P<year>[0-9]{{4}}(?= [^0-9\s])|{_YEAR_IN_CHINESE}(?= 年)) (?:年 度?)?)?+"
_YEAR_IS_NAMED = f"(?=[0-9○◯{NUMERAL}年])"  # 末 alone could be that of anything
_ISO_MONTH = r"(?P<year>[0-9]{4}) (?P<mark>[-/.]) (?P<month>[0-9]{1,2})"
_MIDNIGHT = r"[\sT]0?0:00(?::00(?:\.0+)?)?"
TO = "(?:[-‒–—―─~〜∼]{1,2}|至|到)"
_LATER_YEAR = "(?:(?P<later_year>[0-9]{4}) 年)?"
_QUOTE = "[“”\"‘’'「」『』]"
_PLAN = f"(?P<plan>十{_UNIT}?|{_UNIT}) 五"
_PLAN_TAIL = "(?:规划|计划)? (?:时期|期间|期)?"
_UNTIL = "(?:截[至止] [至到]?|至|到)"

_month = partial(part_of_year, Kind.MONTH, 1)
_quarter = partial(part_of_year, Kind.QUARTER, 3)
_half = partial(part_of_year, Kind.HALF, 6)

SPANS = forms(
    (rf"{_ISO_MONTH} (?P=mark) (?P<day>[0-9]{{1,2}})(?:日|{_MIDNIGHT})?", one_day),  # 2024-04-23  2024/4/23 0:00
    (rf"{_YEAR} (?P<month>{NUMBER}) 月 (?P<day>{NUMBER}) [日号]", one_day),  # 2024年4月23日
    (r"(?P<year>(?:19|20)[0-9]{2}|2100)(?P<month>[0-9]{2})(?P<day>[0-9]{2})", one_day),  # 20240423
    (rf"{_YEAR} (?P<nth>{NUMBER}) 月 份?", _month),  # 2024年4月
    (rf"{_ISO_MONTH.replace('month', 'nth')} (?:月 份?)?", _month),  # 2024-04  2024.4
    (rf"(?P<year>[0-9]{{4}}|(?:[0-9]{{4}}|{_YEAR_IN_CHINESE})(?= 年)) (?:年 度?)?", whole_year),  # 2024  2024年度
    (rf"{_YEAR} 全年 度?", whole_year),  # 2024年全年
    (rf"{_YEAR} (?P<nth>[上下]) 半年 度?", _half),  # 2024年上半年
    (rf"{_YEAR} 第? (?P<nth>{NUMBER}) 季 度", _quarter),  # 2024年一季度
    (rf"{_YEAR} 第 (?P<nth>{NUMBER}) 季", _quarter),  # 第四季; without 第, 四季 are the seasons
    (rf"{_YEAR} -? [Hh](?P<nth>[12])", _half),  # 2024H1
    (rf"{_YEAR} -? [Qq](?P<nth>[1-4])", _quarter),  # 2024Q1
    (rf"{_QUOTE} {_PLAN} {_QUOTE} {_PLAN_TAIL}", plan),  # “十四五”时期
    (rf"(?!十 五 \Z){_PLAN} {_PLAN_TAIL}", plan),  # 十四五; 十五 alone may be the number
    (rf"第 (?P<plan>{NUMBER}) 个 五年 (?:规划|计划) (?:时期|期间|期)?", plan),  # 第十四个五年规划
)
CUMULATIVE = forms(
    (rf"{_YEAR} [前头] (?P<last>{NUMBER}|两) 个? 月 份?", partial(first_parts, 1)),  # 2024年前9个月
    (rf"{_YEAR} [前头] (?P<last>{NUMBER}|两) 个? 季 度?", partial(first_parts, 3)),  # 2024年前三季度
    (
        rf"{_YEAR} (?P<first>{NUMBER}) (?:月 份?)? {TO} {_LATER_YEAR} (?P<last>{NUMBER}) 月 份? (?:累计)?",
        partial(from_january, 1),  # 2024年1—9月
    ),
    (
        rf"{_YEAR} 第? (?P<first>{NUMBER}) (?:季 度?)? {TO} {_LATER_YEAR} 第? (?P<last>{NUMBER}) 季 度",
        partial(from_january, 3),  # 2024年一至三季度
    ),
)
OPENINGS = forms((rf"{_YEAR_IS_NAMED}{_YEAR} 年? 初", partial(edge_of_year, 1, 1)))  # 2024年初
ENDINGS = forms((rf"{_YEAR_IS_NAMED}{_YEAR} 年? [末底]", partial(edge_of_year, 12, 31)))  # 2024年末
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
