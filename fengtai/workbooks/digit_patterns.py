"""How a section of a number format lays its digits out: placeholders, commas, powers, and what stands around them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from fengtai.workbooks.number_formats import Section, Token

PRINTING = {"digit", "point", "general", "exponent"}


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
