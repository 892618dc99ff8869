"""Numbers as Chinese reports print them: 3,362 · 三百六十二 · 1万2千 · 3亿5000万 · 12.6万亿 · 三点五亿.

`read_number` gives the exact Decimal, or None for whatever is not one number for certain: 三五 (three to
five), 一万二 (12,000 said, never printed in a table), 007 (a serial number), 1,23 (wrongly grouped).
"""

import re
from decimal import Context, Decimal
from typing import NamedTuple

# Digits enough for every number that is accepted, whatever decimal context the caller has set.
EXACT = Context(prec=120)

DIGITS = "零一二三四五六七八九"
SCALES = "十百千万亿"
BARE_SCALE = re.compile(f"[{SCALES[1:]}][{SCALES}]*")  # the 百 of 近百家
NUMERAL = "0-9,.点點" + DIGITS + SCALES + "〇两廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億兩"

_PLAIN_FORMS = str.maketrans("點〇两兩壹贰叁肆伍陆柒捌玖拾佰仟萬億", "点零二二一二三四五六七八九十百千万亿") | {
    ord("廿"): "二十",
    ord("卅"): "三十",
}
_TO_HAN = str.maketrans("0123456789", DIGITS)
_FROM_HAN = str.maketrans(DIGITS, "0123456789")
_ARABIC = re.compile(r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_ARABIC_SCALED = re.compile(rf"({_ARABIC.pattern})([百千]?)", re.ASCII)
_SMALL_SCALES = {"百": Decimal(100), "千": Decimal(1000)}
_POINTED = re.compile(rf"([零一二三四五六七八九十百千]+)点([{DIGITS}]+)")

_DIGIT = "[一二三四五六七八九]"
# A lone last digit needs 零 or 十 before it: 一百零五 and 一百一十五, never 一百五, which is said for 150.
_SPELLED = re.compile(
    rf"(?:({_DIGIT})千)?(?:({_DIGIT})百)?(?:(?:(?<=千)零)?({_DIGIT}?)十)?(?:(?:(?<=[千百])零|(?<=十)|^)({_DIGIT}))?"
)


class _Scale(NamedTuple):
    mark: str
    size: Decimal
    least_tail: int


_SCALES = (_Scale("亿", Decimal(10**8), 10**4), _Scale("万", Decimal(10**4), 10**2))


def read_number(text: str) -> Decimal | None:
    """The number that `text` (half-width, unsigned) prints, every 万 and 亿 counted in."""
    return _read(text.translate(_PLAIN_FORMS), _SCALES)


def plain(value: Decimal) -> Decimal:
    """The same number with no trailing zero, no minus zero and no exponent: 21300, never 2.13E+4."""
    whole = int(value)
    return Decimal(whole) if value == whole else value.normalize(EXACT)


def _read(text: str, scales: tuple[_Scale, ...]) -> Decimal | None:
    if not scales:
        return _read_below_ten_thousand(text)
    scale, lower = scales[0], scales[1:]
    head, found, tail = text.rpartition(scale.mark)
    whole = _read(head if found else text, lower)
    if whole is None or not found:
        return whole
    rest = _read_tail(tail, scale, lower)
    if rest is None or (tail and whole != int(whole)):
        return None  # 1.2万5千 is a slip of the pen, not a number
    return EXACT.add(EXACT.multiply(whole, scale.size), rest)


def _read_tail(text: str, scale: _Scale, lower: tuple[_Scale, ...]) -> Decimal | None:
    """What follows 万 or 亿. 一亿二千 is said for 一亿二千万: so a small tail counts only after 零."""
    if not text:
        return Decimal(0)
    value = _read(text.removeprefix("零"), lower)
    if value is None or value != int(value) or value >= scale.size:
        return None
    return value if text[0] == "零" or value >= scale.least_tail else None


def _read_below_ten_thousand(text: str) -> Decimal | None:
    if arabic := _ARABIC_SCALED.fullmatch(text):
        number = Decimal(arabic[1].replace(",", ""))
        return EXACT.multiply(number, _SMALL_SCALES[arabic[2]]) if arabic[2] else number
    if text == "零":
        return Decimal(0)
    if pointed := _POINTED.fullmatch(text):
        whole = _read_below_ten_thousand(pointed[1])
        return None if whole is None else Decimal(f"{whole}.{pointed[2].translate(_FROM_HAN)}")
    return _read_spelled(text.translate(_TO_HAN))


def _read_spelled(text: str) -> Decimal | None:
    spelled = _SPELLED.fullmatch(text)
    if not text or not spelled:
        return None
    thousands, hundreds, tens, ones = (DIGITS.find(digit) if digit else 0 for digit in spelled.groups())
    if spelled[3] == "":
        tens = 1  # 十二 leaves out the 一 of 一十二
    return Decimal(thousands * 1000 + hundreds * 100 + tens * 10 + ones)


class Idiom(NamedTuple):
    """What a word means that is number and unit at once: 三成五, 半数, 翻两番."""

    value: Decimal
    unit: str


_COUNTS = {digit: count for count, digit in enumerate(DIGITS[1:], 1)}
_TENTHS = _COUNTS | {"两": 2}
_DOUBLINGS = {"": 1, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4}
CHANGE_IDIOMS = dict.fromkeys(("持平", "零增长", "正增长", "负增长"), Idiom(Decimal(0), "%")) | {
    f"{verb}{times}番": Idiom(Decimal(2**count - 1), "倍")
    for verb in ("翻", "翻了")
    for times, count in _DOUBLINGS.items()
}
IDIOMS = (
    dict.fromkeys(("半", "半数", "一半"), Idiom(Decimal(50), "%"))
    | {
        f"{tenths}成{rest}": Idiom(Decimal(10 * count + per_cent), "%")
        for tenths, count in _TENTHS.items()
        for rest, per_cent in (_COUNTS | {"半": 5}).items()
    }
    | CHANGE_IDIOMS
)
