"""Numbers as English readers write them, with every digit of the value and no other: 218.75 billion, 21,300.

Where a `step` is given, that of the last printed digit, decimals go as far as that: 228.40 billion, 21.3 thousand.
"""

from decimal import Decimal

from fengtai.values.english_units import CURRENCIES, in_english

THOUSAND = ("thousand", Decimal(1000))
SCALES = (("trillion", Decimal(10**12)), ("billion", Decimal(10**9)), ("million", Decimal(10**6)))
PLACES = 4  # decimals before a large number; one that needs more is written out
DASH = "–"


def amount(value: Decimal, unit: str, step: Decimal | None = None) -> str:
    """A value with its unit; the sign of a negative one stands before all of it."""
    sign = "−" if value < 0 else ""
    size = abs(value)
    number, scale = _scaled(size, step)
    return sign + _with_unit(number, scale, unit, one=size == 1)


def span(low: Decimal, high: Decimal, unit: str, step: Decimal | None = None) -> str:
    """A range; both ends are in the scale of the higher one where the lower is not lost in it."""
    if low < 0:
        return f"{amount(low, unit, step)} to {amount(high, unit, step)}"
    name, size = _scale_of(high, step)
    if low and (low < size / 10 or _places(low / size) > PLACES):
        return f"{amount(low, unit, step)} {DASH} {amount(high, unit, step)}"
    both = (_grouped(value / size, _decimals(size, step)) for value in (low, high))
    return _with_unit(DASH.join(both), name, unit, one=False)


def _with_unit(number: str, scale: str, unit: str, *, one: bool) -> str:
    currency, slash, over = unit.partition("/")
    scaled = f"{number} {scale}".strip()
    if currency in CURRENCIES:
        per = f" {in_english(f'/{over}', one=True).strip()}" if slash else ""
        return f"{CURRENCIES[currency]} {scaled}{per}"
    return f"{scaled} {in_english(unit, one=one)}".strip()


def _scaled(value: Decimal, step: Decimal | None) -> tuple[str, str]:
    name, size = _scale_of(value, step)
    return _grouped(value / size, _decimals(size, step)), name


def _scale_of(value: Decimal, step: Decimal | None) -> tuple[str, Decimal]:
    """The largest word that a number can be written with in few decimals.

    Thousands are written out, unless the print was coarser than that would say.
    """
    scales = (*SCALES, THOUSAND) if step is not None and step > 1 else SCALES
    fitting = (scale for scale in scales if value >= scale[1] and _places(value / scale[1]) <= PLACES)
    return next(fitting, ("", Decimal(1)))


def _decimals(size: Decimal, step: Decimal | None) -> int:
    """How many decimals of a number counted in `size` were printed, noughts among them."""
    return _places(step / size) if step is not None else 0


def _places(value: Decimal) -> int:
    return max(-value.normalize().as_tuple().exponent, 0)


def _grouped(value: Decimal, least: int = 0) -> str:
    """With at least so many decimals."""
    whole, _point, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0").ljust(least, "0")
    return f"{int(whole):,}" + (f".{decimals}" if decimals else "")
