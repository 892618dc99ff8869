"""Figures and periods as English readers ask for them, said again in the words that the readers of values know.

What the site prints in English beside a figure or a period is read back: CNY 218.75 billion, more than 300
enterprises, first three quarters of 2024. Nothing that is published is ever read so.
"""

import re
from decimal import Decimal

from fengtai.values import english_numbers
from fengtai.values.english_periods import MONTHS, ORDINALS
from fengtai.values.english_units import CURRENCIES, UNITS

SCALES = dict(english_numbers.SCALES)
SCALES |= {"thousand": Decimal(10**3), "mn": Decimal(10**6), "bn": Decimal(10**9)}
# Before the number, or behind it in Chinese.
BOUNDS = {"more than": "超{}", "over": "超{}", "above": "超{}", "nearly": "近{}"}
BOUNDS |= dict.fromkeys(("about", "around", "roughly"), "约{}")
BOUNDS |= {"at least": "{}以上", "at most": "{}以下", "up to": "{}以下", "under": "不足{}", "less than": "不足{}"}
BOUNDS |= {"fewer than": "不足{}", "or more": "{}以上"}
OTHER_UNITS = {"yuan": "元", "rmb": "元", "%": "%", "percent": "%", "per cent": "%", "kw": "千瓦", "ha": "公顷"}
OTHER_UNITS |= dict.fromkeys(("firm", "firms", "company", "companies"), "家")
OTHER_UNITS |= dict.fromkeys(("square meter", "square meters", "sqm", "sq m", "sq. m", "m2", "m²"), "平方米")
OTHER_UNITS |= dict.fromkeys(("square kilometer", "square kilometers", "km2", "km²"), "平方公里")
OTHER_UNITS |= dict.fromkeys(("pp", "percentage point", "percentage points"), "个百分点")
_FIGURE = re.compile(
    rf"(?:(?P<bound>{'|'.join(BOUNDS)})\s+)?(?:(?P<currency>[a-z]{{3}})\s*)?(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)"
    rf"\s*(?P<scale>{'|'.join(SCALES)})?\s*(?P<unit>[a-z²2%. ]*)"
)


def _unit_names() -> dict[str, str]:
    """A Chinese unit for each English name, in the first of the units that are called so."""
    found = {code.lower(): unit for unit, code in CURRENCIES.items()}
    for unit, names in UNITS.items():
        for name in filter(None, names):
            found.setdefault(name.lower(), unit)
    return OTHER_UNITS | found


_UNITS = _unit_names()


def figure_in_chinese(text: str) -> str:
    """Empty where it is no figure in English."""
    found = _FIGURE.fullmatch(re.sub("(.+) or more$", r"or more \1", _plain(text)))
    if found is None or not (found["bound"] or found["currency"] or found["scale"] or found["unit"]):
        return ""
    named = (found["currency"] or found["unit"] or "").strip()
    unit = _UNITS.get(named, "") if named else ""
    if (named and not unit) or (found["currency"] and found["unit"].strip()):
        return ""
    value = Decimal(found["number"].replace(",", "")) * SCALES.get(found["scale"], 1)
    return BOUNDS.get(found["bound"], "{}").format(f"{value:f}{unit}")


_YEAR = r"(?P<year>[0-9]{4})"
_MONTH_NAMES = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH_NAMES |= {name[:3]: number for name, number in _MONTH_NAMES.items()}
_ORDINAL = {name: number for number, name in enumerate(ORDINALS, 1)}


def _month(name: str) -> str:
    return rf"(?P<{name}>{'|'.join(sorted(_MONTH_NAMES, key=len, reverse=True))})"


_ANY_ORDINAL = rf"(?P<ordinal>{'|'.join(_ORDINAL)})"
_PERIODS = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (rf"(?:q(?P<number>[1-4])\s*(?:of )?{_YEAR})", "{year}年第{number}季度"),
        (rf"{_YEAR}\s*q(?P<number>[1-4])", "{year}年第{number}季度"),
        (rf"{_ANY_ORDINAL} quarter (?:of )?{_YEAR}", "{year}年第{ordinal}季度"),
        (rf"{_YEAR} {_ANY_ORDINAL} quarter", "{year}年第{ordinal}季度"),
        (rf"(?:first half (?:of )?|h1 ){_YEAR}", "{year}年上半年"),
        (rf"{_YEAR} (?:first half|h1)", "{year}年上半年"),
        (rf"(?:second half (?:of )?|h2 ){_YEAR}", "{year}年下半年"),
        (rf"{_YEAR} (?:second half|h2)", "{year}年下半年"),
        (rf"first two quarters (?:of )?{_YEAR}", "{year}年前二季度"),
        (rf"first three quarters (?:of )?{_YEAR}", "{year}年前三季度"),
        (rf"first four quarters (?:of )?{_YEAR}", "{year}年前四季度"),
        (rf"{_month('first')}\s*(?:to|[-–—])\s*{_month('month')} {_YEAR}", "{year}年{first}—{month}月"),
        (rf"(?P<day>[0-9]{{1,2}}) {_month('month')},? {_YEAR}", "{year}年{month}月{day}日"),
        (rf"{_month('month')} (?P<day>[0-9]{{1,2}}),? {_YEAR}", "{year}年{month}月{day}日"),
        (rf"{_month('month')},? {_YEAR}", "{year}年{month}月"),
        (rf"(?:as of )?(?:the )?end of {_YEAR}", "{year}年末"),
        (rf"(?:the )?start of {_YEAR}", "{year}年初"),
    )
)
_IN_TEXT = tuple(
    (re.compile(rf"(?<![0-9a-z]){pattern.pattern}(?![0-9a-z])", re.IGNORECASE), said) for pattern, said in _PERIODS
)
_MAY_HOLD_PERIOD = re.compile("[0-9]{4}.*[A-Za-z]|[A-Za-z].*[0-9]{4}")
_AROUND = (("as of ", "截至{}"), ("since ", "{}以来"))


def period_in_chinese(text: str) -> str:
    """Empty where it is no period in English."""
    text = _plain(text)
    for pattern, said in _PERIODS:
        if found := pattern.fullmatch(text):
            return _in_chinese(found, said)
    for before, said in _AROUND:
        if text.startswith(before) and (inner := period_in_chinese(text.removeprefix(before))):
            return said.format(inner)
    return ""


def periods_in_chinese(text: str) -> str:
    """A text with each period in it that is written in English in Chinese words."""
    if not _MAY_HOLD_PERIOD.search(text):
        return text
    for pattern, said in _IN_TEXT:
        text = pattern.sub(lambda found, said=said: _in_chinese(found, said), text)
    return text


def _in_chinese(found: re.Match, said: str) -> str:
    return said.format(**{name: _number(part.lower()) for name, part in found.groupdict().items()})


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _number(part: str) -> str:
    return str(_MONTH_NAMES.get(part) or _ORDINAL.get(part) or part)
