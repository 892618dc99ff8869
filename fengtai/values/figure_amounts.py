"""The numbers of a figure in its base unit, as exact decimals: one value, or the two ends of a range."""

import re
from decimal import Decimal

from fengtai.values.figure_pattern import diagnosis
from fengtai.values.figure_refusals import Code, FigureError
from fengtai.values.figure_words import FRONTS
from fengtai.values.numerals import BARE_SCALE, EXACT, IDIOMS, plain, read_number
from fengtai.values.units import Unit, unit_of

INTEGER_DIGITS = 18
DECIMAL_PLACES = 6
_TOO_LARGE = Decimal(10**INTEGER_DIGITS)
# 5—10万元 means 5万 to 10万; only what stands behind the whole number is shared, never the 百 of 三百.
_SHARED_SCALE = re.compile("(?<=[0-9])[百千][万亿]*$|[万亿]+$")
_LARGE_SCALE = re.compile("[万亿萬億]")


def unit_printed(printed: str, match: re.Match) -> Unit:
    """The unit behind or before the number; without a name if none is printed."""
    if match["idiom"]:
        return Unit(IDIOMS[match["idiom"]].unit, Decimal(1))
    front = FRONTS.get(match["front"])
    if not match["unit"]:
        return Unit(front or "", Decimal(1))
    unit = unit_of(match["unit"])
    if front and (front in "%‰" or front != unit.base):
        raise FigureError(Code.CONFLICT, printed, match["unit"])
    return unit


def amounts(printed: str, match: re.Match, unit: Unit) -> tuple[Decimal, Decimal | None]:
    """The value or, of a range, its two ends."""
    if match["idiom"]:
        if match["low"] or match["front"]:
            raise FigureError(Code.NUMBER, printed, printed)
        return IDIOMS[match["idiom"]].value, None
    numeral = numeral_of(match)
    if BARE_SCALE.fullmatch(match["number"]):
        numeral = f"一{numeral}"  # 近百家, 百余家
    value = _scaled(printed, numeral, unit)
    if not match["low"]:
        return value, None
    lower_unit = unit_of(match["low_unit"]) if match["low_unit"] else unit
    lower = _scaled(printed, _lower_numeral(printed, match["low"], numeral, bool(match["low_unit"])), lower_unit)
    if lower_unit.base != unit.base or lower >= value:
        raise FigureError(Code.RANGE, printed, printed)
    return lower, value


def numeral_of(match: re.Match) -> str:
    """The whole number of 1800多亿元 or 3.5 亿元 in one piece."""
    return (match["number"] + (match["scale"] or "")).replace(" ", "")


def has_large_scale(numeral: str) -> bool:
    return bool(_LARGE_SCALE.search(numeral))


def _lower_numeral(printed: str, low: str, high: str, complete: bool) -> str:
    """The lower end in full. 三至五百 is 3 or 300 to 500, so it is refused."""
    if re.fullmatch("[一二两三四五六七八九]", low) and re.match("[一二两三四五六七八九][十百千]", high):
        raise FigureError(Code.RANGE, printed, printed)
    shared = _SHARED_SCALE.search(high)
    return low if complete or not shared or has_large_scale(low) else low + shared[0]


def _scaled(printed: str, numeral: str, unit: Unit) -> Decimal:
    number = read_number(numeral)
    if number is None:
        error = diagnosis(printed)
        known = error.code in (Code.VAGUE, Code.DATE, Code.NUMBER)
        raise error if known else FigureError(Code.NUMBER, printed, numeral)
    value = plain(EXACT.multiply(number, unit.factor))
    length = sum(character.isdigit() for character in numeral)
    decimals = -value.as_tuple().exponent
    if length > INTEGER_DIGITS or value >= _TOO_LARGE or decimals > DECIMAL_PLACES:
        raise FigureError(Code.TOO_LARGE, printed, numeral)
    return value
