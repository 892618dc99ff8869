"""A number as a section of a number format prints it, digit by digit, with what stands before and after its digits."""

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from fengtai.workbooks.digit_patterns import Pattern, pattern_of
from fengtai.workbooks.number_formats import Section, Token

DIGITS = Context(prec=400, rounding=ROUND_HALF_UP)  # of the largest number that a cell holds, and more
GENERAL_WIDTH = 11  # characters of a number in General, its point included
SMALLEST, LARGEST = -5, 10  # powers of ten that General writes out
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
