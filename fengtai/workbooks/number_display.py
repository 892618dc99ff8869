"""A number as a section of a number format prints it, digit by digit, with what stands before and after its digits."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from fengtai.workbooks.number_formats import Section, Token

DIGITS = Context(prec=400, rounding=ROUND_HALF_UP)  # of the largest number that a cell holds, and more
GENERAL_WIDTH = 11  # characters of a number in General, its point included
SMALLEST, LARGEST = -5, 10  # powers of ten that General writes out
PRINTING = {"digit", "point", "general", "exponent"}
PADDING = {"0": "0", "#": "", "?": " "}


class Printed(NamedTuple):
    """`exact` is the number in the unit shown, `shown` the same as its digits have it; None where no digits are."""

    before: str
    number: str
    after: str
    exact: Decimal | None
    shown: Decimal | None

    @property
    def text(self) -> str:
        return f"{self.before}{self.number}{self.after}"


class Pattern(NamedTuple):
    """How the digits of a section are laid out: placeholders (0 # ?) and literals of the whole and the decimal part."""

    before: str
    whole: tuple[Token, ...]
    decimals: tuple[Token, ...]
    power: Sequence[Token]  # of 0.00E+00 the E+ and the digits behind it
    after: str
    has_point: bool
    has_groups: bool
    scale: int  # power of ten from the value to what is shown: 2 for per cent, -3 for each thousands comma
    shift: int  # digits behind a point that is only painted in: 0!.0, shows ten thousands
    is_general: bool
    is_simple: bool  # no padding, no literal between the digits


def printed(section: Section, number: Decimal) -> Printed:
    """A number that is not negative, or whose minus the section prints itself."""
    pattern = pattern_of(section)
    exact = DIGITS.scaleb(abs(number), pattern.scale)
    if pattern.is_general:
        text, shown = general(exact)
    elif pattern.power:
        text, shown = _scientific(pattern, exact)
    elif not pattern.whole and not pattern.decimals:
        return Printed(pattern.before, "", pattern.after, None, None)
    else:
        shown = DIGITS.quantize(exact, Decimal(1).scaleb(-_places(pattern)))
        text = _digits(pattern, shown)
    shifted = -pattern.shift
    return Printed(pattern.before, text, pattern.after, exact.scaleb(shifted, DIGITS), shown.scaleb(shifted, DIGITS))


@lru_cache(maxsize=2048)
def pattern_of(section: Section) -> Pattern:
    before, middle, behind, thousands = _around_digits(section.tokens)
    power = next((index for index, token in enumerate(middle) if token.kind == "exponent"), len(middle))
    point = next((index for index, token in enumerate(middle[:power]) if token.kind == "point"), power)
    whole, commas, has_groups = _without_commas(middle[:point])
    decimals, more, _ = _without_commas(middle[point + 1 : power])
    percents = sum(token.kind == "percent" for token in section.tokens)
    exponent = tuple(middle[power:])
    return Pattern(
        _text(before),
        whole,
        decimals,
        exponent,
        _text(behind),
        point < power,
        has_groups,
        2 * percents - 3 * (thousands + commas + more),
        _painted_point(whole) if point == power else 0,
        "general" in section.kinds,
        not exponent and "general" not in section.kinds and _is_simple(whole, decimals),
    )


def _around_digits(tokens: Sequence[Token]) -> tuple[Sequence[Token], list[Token], list[Token], int]:
    """What stands before, between and behind the first and last digit; how many commas follow the last."""
    at = [index for index, token in enumerate(tokens) if token.kind in PRINTING]
    first, last = (at[0], at[-1]) if at else (len(tokens), len(tokens) - 1)
    middle, behind = list(tokens[first : last + 1]), list(tokens[last + 1 :])
    commas = 0
    while middle and commas < len(behind) and behind[commas].kind == "comma":
        commas += 1
    return tokens[:first], middle, behind[commas:], commas


def _without_commas(tokens: list[Token]) -> tuple[tuple[Token, ...], int, bool]:
    """The tokens, the commas behind the last digit (each divides by a thousand), and whether commas group digits."""
    kept = tuple(token for token in tokens if token.kind != "comma")
    last = max((index for index, token in enumerate(tokens) if token.kind == "digit"), default=-1)
    behind = sum(token.kind == "comma" for token in tokens[last + 1 :])
    return kept, behind, any(token.kind == "comma" for token in tokens[:last])


def _painted_point(whole: tuple[Token, ...]) -> int:
    """How many digits stand behind a literal point among the whole digits."""
    points = [index for index, token in enumerate(whole) if token.kind == "literal"]
    if len(points) != 1 or whole[points[0]].text != ".":
        return 0
    return sum(token.kind == "digit" for token in whole[points[0] :])


def _is_simple(whole: tuple[Token, ...], decimals: tuple[Token, ...]) -> bool:
    marks = "".join(token.text for token in whole if token.kind == "digit")
    is_plain = all(token.kind == "digit" for token in (*whole, *decimals))
    return is_plain and marks.strip("#") == "0" and all(token.text == "0" for token in decimals)


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)


def _places(pattern: Pattern) -> int:
    return sum(token.kind == "digit" for token in pattern.decimals)


def _digits(pattern: Pattern, shown: Decimal) -> str:
    if pattern.is_simple:
        return f"{shown:,f}" if pattern.has_groups else f"{shown:f}"
    whole, _, decimals = f"{shown:f}".partition(".")
    text = _whole(pattern.whole, "" if whole == "0" else whole, pattern.has_groups)
    return text + ("." if pattern.has_point else "") + _decimals(pattern.decimals, decimals)


def _whole(tokens: tuple[Token, ...], digits: str, has_groups: bool) -> str:
    """From right to left; the leftmost placeholder takes all digits that are left."""
    found, done = [], 0
    least = sum(token.kind == "digit" for token in tokens)
    for token in reversed(tokens):
        if token.kind != "digit":
            found.append(token.text)
            continue
        left = len(digits) - done
        taken = left if done + 1 == least else 1
        for _ in range(max(taken, 1)):
            digit = digits[-1 - done] if done < len(digits) else PADDING[token.text]
            if has_groups and done and done % 3 == 0 and digit.strip():
                found.append(",")
            found.append(digit)
            done += 1
    return "".join(reversed(found))


def _decimals(tokens: tuple[Token, ...], digits: str) -> str:
    found, place, last = [], 0, len(digits.rstrip("0"))
    for token in tokens:
        if token.kind != "digit":
            found.append(token.text)
            continue
        found.append(digits[place] if place < last else PADDING[token.text])
        place += 1
    return "".join(found)


def _scientific(pattern: Pattern, exact: Decimal) -> tuple[str, Decimal]:
    """1.23E+05; with several places before the point, ##0.0E+0, the power is a multiple of their number."""
    wide = max(sum(token.kind == "digit" for token in pattern.whole), 1)
    places = Decimal(1).scaleb(-_places(pattern))
    power = exact.adjusted() // wide * wide if exact else 0
    mantissa = DIGITS.quantize(exact.scaleb(-power, DIGITS), places)
    if mantissa.adjusted() >= wide:
        power += wide
        mantissa = DIGITS.quantize(exact.scaleb(-power, DIGITS), places)
    sign = "-" if power < 0 else "+" if pattern.power[0].text.endswith("+") else ""
    wide_power = sum(token.kind == "digit" for token in pattern.power)
    text = f"{_digits(pattern._replace(power=()), mantissa)}E{sign}{abs(power):0{wide_power}}"
    return text, mantissa.scaleb(power, DIGITS)


def general(number: Decimal) -> tuple[str, Decimal]:
    """In General, which has room for eleven characters: 1234567.891, 0.333333333, 1.23457E+11."""
    if not number:
        return "0", Decimal(0)
    if SMALLEST < number.adjusted() <= LARGEST:
        whole = max(number.adjusted() + 1, 1)
        rounded = DIGITS.quantize(number, Decimal(1).scaleb(-max(GENERAL_WIDTH - 1 - whole, 0)))
        shown = _plain(rounded)
        return f"{shown:f}", shown
    mantissa = _plain(DIGITS.quantize(number.scaleb(-number.adjusted(), DIGITS), Decimal("0.00001")))
    return f"{mantissa:f}E{number.adjusted():+03}", mantissa.scaleb(number.adjusted(), DIGITS)


def _plain(number: Decimal) -> Decimal:
    return number.normalize(DIGITS)
