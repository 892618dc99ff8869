"""A period as it was published, with the days that it certainly means.

`parse_period("2024年上半年")` keeps what the source printed and adds a kind, a first and a last day:

    year  half  quarter  month  day     exactly those days
    cumulative      from 1 January to the end of the last month named (1—9月, 前三季度)
    point           one day: of 年末 and 截至2025年4月 the last that they can mean, of 年初 the first
    since           from a first day on, without end (2023年3月以来); of an event (实施…以来) the day is not known
    plan            the five years of a plan (“十四五”: 2021 to 2025)
    not_stated      the source names no period, and none is invented

What cannot be read with certainty raises `PeriodError`, whose code is a key of `REASONS`.
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache, partial

FIRST_YEAR, LAST_YEAR, LONGEST = 1900, 2100, 60

REASONS = {
    "words": "“%(part)s” cannot be read as part of a period",
    "year_missing": "“%(part)s” does not say which year",
    "short_year": "“%(part)s” gives the year in two digits; write all four",
    "relative": "“%(part)s” depends on the day it was written; write the date",
    "vague": "“%(part)s” has no certain first and last day",
    "range": "“%(part)s” is a range; only months or quarters counted from January of one year can be kept",
    "no_such_date": "“%(part)s” is not in the calendar",
    "out_of_range": f"“%(part)s” lies outside the years {FIRST_YEAR} to {LAST_YEAR}",
    "serial_number": "“%(part)s” is a bare number, perhaps a date that Excel stored as a number; write the date",
    "clock": "“%(part)s” is a time of day; a period is made of whole days",
    "control_character": "“%(part)s” is an invisible character; delete it",
    "too_long": f"“%(part)s…” is longer than {LONGEST} characters",
    "not_text": "“%(part)s” is neither text nor a date",
}


class Kind(StrEnum):
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    CUMULATIVE = "cumulative"
    POINT = "point"
    SINCE = "since"
    PLAN = "plan"
    NOT_STATED = "not_stated"


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
    def sort_key(self) -> tuple[date, date]:
        """By first day, then by last; what has no known day comes last."""
        return self.start or date.max, self.end or date.max


class PeriodError(ValueError):
    def __init__(self, text: str, part: str, code: str):
        super().__init__(text, part, code)
        self.text, self.part, self.code = text, part, code

    def __str__(self):
        visible = self.part if self.part.isprintable() else ascii(self.part)[1:-1]
        return REASONS[self.code] % {"part": visible}


def parse_period(text, year: int | None = None) -> Period:
    """Read a text, a date or a whole number; `year` stands in only where the text names none."""
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
    if text in _NOTHING:
        return Period(printed, Kind.NOT_STATED, None, None)
    try:
        reading = _find(_FORMS, text, year) if text.isprintable() else None
        if reading is None:
            raise _refusal(text)
    except PeriodError as refused:
        place = text.index(refused.part)
        raise PeriodError(printed, printed[place : place + len(refused.part)], refused.code) from None
    return Period(printed, *reading)


# Only what typing and copying from PDF produce is folded, and each sign to one sign, so that a place in the
# folded text is the same place in the printed one. ① ² ㋃ stay what they are, and are refused.
_WIDE_AND_RADICALS = (*range(0xFF01, 0xFF5F), *range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E))
_SPACES = [number for number in range(0x3001) if unicodedata.category(chr(number)) == "Zs"]
_FOLD = {number: unicodedata.normalize("NFKC", chr(number)) for number in _WIDE_AND_RADICALS}
_FOLD |= dict.fromkeys(_SPACES, " ") | dict.fromkeys(map(ord, "‐‑−"), "-")
_BLANKS = "\t\r\n" + "".join(map(chr, _SPACES))
_NOTHING = {"", "-", "--", "–", "—", "——", "/", "N/A", "n/a", "无", "不详", "不明", "未知"}
_NOTHING |= {"未写", "未写明", "未注明", "未说明", "未标明", "未标注", "未载明", "未明确"}


# The builders: what a form says, as kind, first and last day.
# One that returns None means: the letters fit, but what they say is not certain.


def _find(forms, text: str, year: int | None):
    """The reading of the first form that fits the whole text, or None."""
    for form, build in forms:
        if (match := form.fullmatch(text)) and (reading := build(match, year)):
            return reading
    return None


def _months(kind: Kind, match: re.Match, year: int | None, first: int, last: int):
    year = _year_of(match, year)
    if not 1 <= first <= last <= 12:
        raise _refused(match, "no_such_date")
    return kind, date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _year_of(match: re.Match, year: int | None) -> int:
    if match["year"]:
        year = int(match["year"].translate(_YEAR_DIGITS))
    if year is None:
        raise _refused(match, "year_missing")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _refused(match, "out_of_range")
    return year


def _refused(match: re.Match, code: str) -> PeriodError:
    return PeriodError(match.string, match[0], code)


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
        raise _refused(match, "no_such_date")
    return Kind.DAY, date(year, month, day), date(year, month, day)


def _first_parts(months, match, year):
    count = _number(match["last"])
    if count < 2:  # 前一季度 is as likely the quarter before
        return None
    return _months(Kind.CUMULATIVE, match, year, 1, count * months)


def _from_january(months, match, year):
    later_year = match["later_year"]
    if _number(match["first"]) != 1 or (later_year and int(later_year) != _year_of(match, year)):
        raise _refused(match, "range")
    return _first_parts(months, match, year)


def _plan(match, year):
    number = _number(match["plan"])
    if not 1 <= number <= 19:
        raise _refused(match, "out_of_range")
    # The third began three years late, in 1966; since then they follow without a gap.
    first = 1948 + 5 * number if number < 3 else 1951 + 5 * number
    return Kind.PLAN, date(first, 1, 1), date(first + 4, 12, 31)


def _edge_of_year(month, day, match, year):
    edge = date(_year_of(match, year), month, day)
    return Kind.POINT, edge, edge


def _last_day(match, year):
    found = _find(_SPANS + _POINTS, match["inner"], year)
    return found and (Kind.POINT, found[2], found[2])


def _since(match, year):
    found = _find(_SPANS + _OPENINGS, match["inner"], year)
    return found and (Kind.SINCE, found[1], None)


def _since_event(match, year):
    """党的十八大以来: a real event, whose day the text does not give. What stands in quotes is only its name."""
    said = _QUOTED_NAME.sub("", match["event"])
    if len(said) < 2 or _NO_EVENT.search(said):
        return None
    return Kind.SINCE, None, None


# The forms. A blank in a form stands wherever blanks may be printed: between parts, never inside a number.


def _forms(*rows):
    return tuple((re.compile(form.replace(" ", " *")), meaning) for form, meaning in rows)


_DIGITS = dict(zip("一二三四五六七八九两上下", (*range(1, 10), 2, 1, 2), strict=True))
_YEAR_DIGITS = str.maketrans("〇零○◯一二三四五六七八九", "0000123456789")  # ○ and 0 are often typed for 〇

_NUMERAL = "〇零一二三四五六七八九"
_UNIT = "[一二三四五六七八九]"
_NUMBER = rf"(?:[0-9]{{1,2}}|[二三四五六七八九]?十{_UNIT}?|{_UNIT})"
_YEAR_IN_CHINESE = f"[○◯0{_NUMERAL}]{{4}}"
_YEAR = rf"(?:(?P<year>[0-9]{{4}}(?= [^0-9\s])|{_YEAR_IN_CHINESE}(?= 年)) (?:年 度?)?)?+"
_YEAR_IS_SAID = f"(?=[0-9○◯{_NUMERAL}年])"  # 末 alone could be that of anything
_ISO_MONTH = r"(?P<year>[0-9]{4}) (?P<mark>[-/.]) (?P<month>[0-9]{1,2})"
_MIDNIGHT = r"[\sT]0?0:00(?::00(?:\.0+)?)?"
_TO = "(?:[-‒–—―─~〜∼]{1,2}|至|到)"
_LATER_YEAR = "(?:(?P<later_year>[0-9]{4}) 年)?"
_QUOTE = "[“”\"‘’'「」『』]"
_PLAN = f"(?P<plan>十{_UNIT}?|{_UNIT}) 五"
_PLAN_TAIL = "(?:规划|计划)? (?:时期|期间|期)?"
_UNTIL = "(?:截[至止] [至到]?|至|到)"

_month = partial(_part_of_year, Kind.MONTH, 1)
_quarter = partial(_part_of_year, Kind.QUARTER, 3)
_half = partial(_part_of_year, Kind.HALF, 6)

_SPANS = _forms(
    (rf"{_ISO_MONTH} (?P=mark) (?P<day>[0-9]{{1,2}})(?:日|{_MIDNIGHT})?", _day),  # 2024-04-23  2024/4/23 0:00
    (rf"{_YEAR} (?P<month>{_NUMBER}) 月 (?P<day>{_NUMBER}) [日号]", _day),  # 2024年4月23日
    (r"(?P<year>(?:19|20)[0-9]{2}|2100)(?P<month>[0-9]{2})(?P<day>[0-9]{2})", _day),  # 20240423
    (rf"{_YEAR} (?P<nth>{_NUMBER}) 月 份?", _month),  # 2024年4月
    (rf"{_ISO_MONTH.replace('month', 'nth')} (?:月 份?)?", _month),  # 2024-04  2024.4
    (rf"(?P<year>[0-9]{{4}}|(?:[0-9]{{4}}|{_YEAR_IN_CHINESE})(?= 年)) (?:年 度?)?", _year),  # 2024  2024年度
    (rf"{_YEAR} 全年 度?", _year),  # 2024年全年
    (rf"{_YEAR} (?P<nth>[上下]) 半年 度?", _half),  # 2024年上半年
    (rf"{_YEAR} 第? (?P<nth>{_NUMBER}) 季 度", _quarter),  # 2024年一季度
    (rf"{_YEAR} 第 (?P<nth>{_NUMBER}) 季", _quarter),  # 第四季; without 第, 四季 are the seasons
    (rf"{_YEAR} -? [Hh](?P<nth>[12])", _half),  # 2024H1
    (rf"{_YEAR} -? [Qq](?P<nth>[1-4])", _quarter),  # 2024Q1
    (rf"{_QUOTE} {_PLAN} {_QUOTE} {_PLAN_TAIL}", _plan),  # “十四五”时期
    (rf"(?!十 五 \Z){_PLAN} {_PLAN_TAIL}", _plan),  # 十四五; 十五 alone may be the number
    (rf"第 (?P<plan>{_NUMBER}) 个 五年 (?:规划|计划) (?:时期|期间|期)?", _plan),  # 第十四个五年规划
)
_CUMULATIVE = _forms(
    (rf"{_YEAR} [前头] (?P<last>{_NUMBER}|两) 个? 月 份?", partial(_first_parts, 1)),  # 2024年前9个月
    (rf"{_YEAR} [前头] (?P<last>{_NUMBER}|两) 个? 季 度?", partial(_first_parts, 3)),  # 2024年前三季度
    (
        rf"{_YEAR} (?P<first>{_NUMBER}) (?:月 份?)? {_TO} {_LATER_YEAR} (?P<last>{_NUMBER}) 月 份? (?:累计)?",
        partial(_from_january, 1),  # 2024年1—9月
    ),
    (
        rf"{_YEAR} 第? (?P<first>{_NUMBER}) (?:季 度?)? {_TO} {_LATER_YEAR} 第? (?P<last>{_NUMBER}) 季 度",
        partial(_from_january, 3),  # 2024年一至三季度
    ),
)
_OPENINGS = _forms((rf"{_YEAR_IS_SAID}{_YEAR} 年? 初", partial(_edge_of_year, 1, 1)))  # 2024年初
_ENDINGS = _forms((rf"{_YEAR_IS_SAID}{_YEAR} 年? [末底]", partial(_edge_of_year, 12, 31)))  # 2024年末
_POINTS = (
    *_OPENINGS,
    *_ENDINGS,
    *_forms(  # 6月末  三季度末  “十四五”末
        (rf"(?P<inner>.+(?:月|月 份|季 度?|半年|五|期|期间|规划|计划|{_QUOTE})) [末底]", _last_day)
    ),
)
_BOUNDED = _forms(
    (rf"{_UNTIL} (?P<inner>.+?) 止?", _last_day),  # 截至2025年4月
    (rf"{_UNTIL} (?:目前|当前|今日|现在|日前|发稿) \( (?P<inner>.+) \)", _last_day),  # 截至目前（2024-04-23）
    (r"[自从]? (?P<inner>.+?) (?:以来|起 (?:施行|实施|执行|生效)?|起? 至今)", _since),  # 2023年3月以来
    (r"[自从] (?P<inner>.+?) 开始", _since),  # 从2023年3月开始
    (r"[自从]? (?P<event>[^0-9]+?) 以来", _since_event),  # 实施“发展伙伴计划”以来
)
_FORMS = _SPANS + _CUMULATIVE + _POINTS + _BOUNDED


# The refusals: the first piece that is found in a text which fits no form names the reason.

_RELATIVE = (
    "[今去前明后上本当次翌往同]年|[本上下当次同]个?(?:月|季|周|日)|[今昨明]天|今日|近[年日期来]|最近|前一个?[季月年]"
    f"|(?<![0-9百千{_NUMERAL}])近?[0-9一二两三四五六七八九十百几数多]{{1,3}}[余多]?个?[年月]以?来|近[二两三四五六七八九十几]+年"
    f"|(?<![0-9{_NUMERAL}十])日前|这一?年|[当那此届]时|[上本下][次届]|此[前后]"
    "|过去|未来|今后|将|目前|当前|现在|如今|迄今|至今|年内|同期"
)
_VAGUE = (
    rf"\A(?:约|大概|长期|一直)|(?:[上中下]旬|第? {_NUMBER} 个? (?:周|星期)|[初中末前后]期|[春夏秋冬]季?"
    r"|[中初]|左右|[以之]?[前后]|前后)\Z"
)
_DATE_SIGN = f"[0-9{_NUMERAL}十年月日号度季份末底初第上下半个QqHh./ ]"
_REFUSALS = _forms(
    (r"\A[0-9]{1,2} ([-/.]) [0-9]{1,2}(?: \1 [0-9]{4})?\Z", "words"),  # 1-9  4/3/2024: each can say two things
    (r"\A[0-9]{2} ([-/.]) [0-9]{1,2} \1 [0-9]{1,2}(?![0-9])", "short_year"),
    (rf"\A(?:{_RELATIVE})", "relative"),
    (rf"{_DATE_SIGN}+{_TO}{_DATE_SIGN}+", "range"),
    (_RELATIVE, "relative"),
    (rf"[0-9]{{1,2}}:[0-9]{{2}}(?:[:.][0-9]+)*|[0-9{_NUMERAL}]+ [时点]|[上中下]午|凌晨", "clock"),
    (rf"(?<![0-9])(?<![0-9]\s)[0-9]{{2}} 年|\A[{_NUMERAL}]{{2}} 年|\A[0-9]{{2}} [QqHh][1-4]\Z", "short_year"),
    (_VAGUE, "vague"),
    (r"\A[0-9]{5}(?:\.[0-9]+)?\Z", "serial_number"),
)
_ISO_DATE = re.compile(r"(?<![0-9])[0-9]{4}([-/.])[0-9]{1,2}(?:\1[0-9]{1,2})?(?![0-9])")
_QUOTED_NAME = re.compile('“[^”]*”|《[^》]*》|"[^"]*"|「[^」]*」|‘[^’]*’')
_COUNT = f"[{_NUMERAL}十百千万两几数多]"
_NO_EVENT = re.compile(
    rf"{_RELATIVE}|[年月日季周旬天载节春夏秋冬初末底截至]|世纪|期间|时期|长期|一直|有史|以来|{_COUNT}个"
    rf"|{_COUNT}{{2}}(?!{_COUNT}|[大届次])"  # 十八大 and 十八届 count congresses, 十八 alone may be a year
    r"|[^\u4e00-\u9fffA-Za-z·、\s()]"
)


def _refusal(text: str) -> PeriodError:
    if not text.isprintable():
        return PeriodError(text, next(sign for sign in text if not sign.isprintable()), "control_character")
    masked = _ISO_DATE.sub(lambda found: "日" * len(found[0]), text)  # the hyphens inside a date make no range
    for form, code in _REFUSALS:
        if found := form.search(masked if code == "range" else text):
            part = text[found.start() : found.end()].strip()
            if code != "range" or not _find(_CUMULATIVE, part, FIRST_YEAR):  # 1—9月 is no reason to refuse
                return PeriodError(text, part, code)
    return PeriodError(text, _unread(text), "words")


def _unread(text: str) -> str:
    """What is left beside the longest piece that can be read."""
    readable = [match for form, _ in _SPANS + _CUMULATIVE + _OPENINGS + _ENDINGS if (match := form.search(text))]
    if not readable:
        return text
    longest = max(readable, key=lambda match: len(match[0]))
    return text[longest.end() :].strip() or text[: longest.start()].strip() or text
