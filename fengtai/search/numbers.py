"""Published figures and periods as they are found: by their print, by their number, and by other ways to write a day.

A number is one token, alone and with its unit: 2.13万家 is №21300 and №21300家.
"""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from fengtai.search.english_figures import written_out
from fengtai.search.simplified import simplified
from fengtai.search.tokens import LONGEST_TEXT, MARK
from fengtai.values.figures import Figure, FigureError, parse_figure
from fengtai.values.fitting_units import AREAS, units_like
from fengtai.values.growths import Growth, parse_growth
from fengtai.values.periods import Kind, Period, PeriodError, parse_period

NOT_IN_TOKENS = re.compile(r"[\W_]")
DIGITS, PLAIN = re.compile(r"\d"), re.compile(r"[\d,]+")
PER_CENT = "百分之"
OF_PERIODS = re.compile(r"\d{4}|[〇零一二三四五六七八九]{4}年")
# 九个, 六百家, 五千万元以上
COUNTED = re.compile(
    r"[一二两三四五六七八九十百千万亿]+[余多]?(?:[个家项亿万名处栋所座户位]+元?|(?<=[百千万亿])(?:元|平方米|千瓦)|"
    r"(?<=[千万亿])(?<=..))(?:以上)?"
)
# In a sentence: a number with its scale or unit, neither a code nor a year.
IN_TEXT = re.compile(
    r"(?<![0-9.,A-Za-z])[0-9][0-9,]*(?:\.[0-9]+)?"
    r"(?:[百千万亿]+(?:元|平方米|平方公里|千瓦)?|[%‰]|个百分点|元|平方米|平方公里|公顷|亩|千瓦)?[家户个项名位人座栋处所条]?"
)
WRITTEN = frozenset((Kind.YEAR, Kind.HALF, Kind.QUARTER, Kind.MONTH, Kind.DAY))  # that are written in several ways


def number_tokens(value) -> list[str]:
    """What a figure or growth is found by as a number; nothing where it has none."""
    if not isinstance(value, Figure | Growth) or value.value is None:
        return []
    return [token for number in (value.value, value.upper) if number is not None for token in _both(number, value.unit)]


def tokens_in(text: str) -> list[str]:
    """What the figures in a sentence or a name are found by as numbers, in Chinese and in English."""
    if not DIGITS.search(text):
        return []
    found = IN_TEXT.finditer(written_out(unicodedata.normalize("NFKC", text[:LONGEST_TEXT])))
    read = [parsed for one in found if not PLAIN.fullmatch(one[0]) and (parsed := _parsed(one[0]))]
    return [token for figure in read for token in number_tokens(figure)]


def _both(number: Decimal, unit: str) -> list[str]:
    return [_token(number, ""), *([_token(number, unit)] if unit else [])]


def _token(number: Decimal, unit: str) -> str:
    sign = "负" if number < 0 else ""
    digits = f"{abs(number):f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    unit = NOT_IN_TOKENS.sub("", unit.replace("%", "百分").replace("‰", "千分"))
    return f"{MARK}{sign}{digits.replace('.', '点')}{simplified(unit)}"


@lru_cache(2048)
def typed_number(word: str) -> tuple[Decimal, tuple[str, ...]] | None:
    """The number that a typed word stands for, in its base unit, and its tokens; None where it is no figure."""
    if not (DIGITS.search(word) or COUNTED.fullmatch(word) or word.startswith(PER_CENT)):
        return None  # 三成以上 and 十大 are found as they are printed
    figure = _parsed(word)
    if figure is None or figure.upper is not None:
        return None
    # People say 3362户 of what stands as 3362家; of areas the number would be another.
    units = (figure.unit,) if figure.unit in AREAS else units_like(figure.unit) or (figure.unit,)
    return figure.value, tuple(_token(figure.value, unit) for unit in units)


def _parsed(word: str) -> Figure | Growth | None:
    """A figure or a growth that has a number."""
    for read in (parse_figure, parse_growth):
        try:
            figure = read(word)
        except FigureError:
            continue
        if figure.value is not None:
            return figure
    return None


@lru_cache(2048)
def typed_period(word: str) -> tuple[str, ...]:
    """The period that a typed word stands for as sources print it: 2024.4.23, 二〇二三年; nothing where it is none."""
    try:
        period = parse_period(word) if OF_PERIODS.search(word) else None
    except PeriodError:
        return ()
    return tuple(other_texts(period)[:1]) if period and period.kind in WRITTEN else ()


def other_texts(value) -> list[str]:
    """Other ways to write a period: 2024年第一季度 is 2024年一季度 and 2024Q1, a day is 2024-04-23."""
    if not isinstance(value, Period) or value.start is None:
        return []
    day = value.start
    named = {
        Kind.YEAR: (f"{day.year}年",),
        Kind.HALF: (f"{day.year}年{'上' if day.month < 7 else '下'}半年", f"{day.year}H{(day.month + 5) // 6}"),
        Kind.QUARTER: _quarter(day),
        Kind.MONTH: (f"{day.year}年{day.month}月", f"{day:%B %Y}", f"{day:%Y-%m}"),
        Kind.DAY: (f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%B %Y}", f"{day:%Y-%m-%d}"),
    }
    return [text for text in named.get(value.kind, (f"{day.year}年",)) if text != value.printed]


def _quarter(day) -> tuple[str, ...]:
    number = (day.month + 2) // 3
    written = "一二三四"[number - 1]
    return f"{day.year}年{written}季度", f"{day.year}年第{written}季度", f"{day.year}Q{number}"
