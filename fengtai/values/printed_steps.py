"""How fine a figure was printed: 2.13万家 tells hundreds, 2284.0亿元 tens of millions.

What was printed in 万 or 亿 with decimals must not be told with more digits than that, nor with fewer.
"""

import re
from decimal import Decimal

_WORDS = "万亿|千亿|百亿|十亿|亿|千万|百万|十万|万"
# Of a range (1.50—2.00亿元) the first end is counted by the word behind the second.
_SCALED = re.compile(rf"(?<![\d.])(\d[\d,]*\.\d+)\s*(?:[—–~～至到-]+\s*(?=\d[\d,.]*\s*({_WORDS}))|({_WORDS}))")
_WORTH = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}  # powers of ten


def step_of(printed: str, *values: Decimal) -> Decimal | None:
    """What one of the last printed digit is worth, in the base unit; None where the print leaves no doubt of that.

    `values` are those that were read of the print. Where one of them is not printed in 万 or 亿 with decimals, or two
    of them differ in how fine they are, there is no one answer.
    """
    scaled = ((number, of_range or own) for number, of_range, own in _SCALED.findall(printed.replace("，", ",")))
    found = {_value(number, word): _step(number, word) for number, word in scaled}
    steps = {found.get(abs(value)) for value in values}
    return steps.pop() if len(steps) == 1 else None


def _value(number: str, word: str) -> Decimal:
    return Decimal(number.replace(",", "")) * _worth(word)


def _step(number: str, word: str) -> Decimal:
    return _worth(word).scaleb(-len(number.partition(".")[2]))


def _worth(word: str) -> Decimal:
    return Decimal(10) ** sum(_WORTH[character] for character in word)
