"""From values to places: an axis with round ticks, and how its numbers are written."""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from django.utils.translation import get_language

from fengtai.values.english_units import CURRENCIES, in_english

FROM_ZERO = 0.5  # an axis that need not begin at nought does where the least value is less than this of the largest
CHINESE = ((10**8, "亿"), (10**4, "万"))
ENGLISH = ((10**9, "bn"), (10**6, "m"))
PLAIN_UNITS = ("%", "‰", "个百分点", "倍")


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` on a line from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value) -> float:
        return self.start + (float(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def is_cut(self) -> bool:
        """Whether it leaves out nought."""
        return self.low > 0 or self.high < 0


def ticks_for(values: list, *, from_zero: bool, most: int = 4) -> list[float]:
    """Round numbers that span the values; at most about so many steps."""
    low, high = float(min(values)), float(max(values))
    near, far = sorted(map(abs, (low, high)))
    if from_zero or low <= 0 <= high or near < FROM_ZERO * far:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = low - abs(low or 1) * 0.1, high + abs(high or 1) * 0.1
    step = _round_step((high - low) / most)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [number * step for number in range(first, last + 1)]


def _round_step(rough: float) -> float:
    size = 10 ** floor(log10(rough))
    return next(size * times for times in (1, 2, 2.5, 5, 10) if rough <= size * times * (1 + 1e-9))


def axis_words(ticks: list[float], unit: str) -> tuple[list[str], str]:
    """The numbers of an axis and, once for all of them, the unit with what they are counted in (亿元)."""
    largest, scales = max(map(abs, ticks)), CHINESE if get_language() != "en" else ENGLISH
    factor, word = (1, "") if unit in PLAIN_UNITS else next((one for one in scales if largest >= one[0]), (1, ""))
    numbers = [number(tick / factor) for tick in ticks]
    if scales is CHINESE:
        return numbers, f"{word}{unit}"
    named = (CURRENCIES[unit], word) if unit in CURRENCIES else (word, in_english(unit, one=False))
    return numbers, " ".join(filter(None, named))


def number(value) -> str:
    """Without the noughts that arithmetic leaves, with the sign that print has for minus."""
    text = f"{Decimal(repr(float(value))).quantize(Decimal('0.0001')):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−") if text != "-0" else "0"
