"""Numbers as English readers write them, with every digit of the value and no other: 218.75 billion, 21,300."""

from decimal import Decimal

from fengtai.values.english_units import CURRENCIES, in_english

SCALES = (("trillion", Decimal(10**12)), ("billion", Decimal(10**9)), ("million", Decimal(10**6)))
PLACES = 4  # decimals before a large number; one that needs more is written out
DASH = "–"


def amount(value: Decimal, unit: str) -> str:
    """A value with its unit; the sign of a negative one stands before all of it."""
    sign = "−" if value < 0 else ""
    size = abs(value)
    number, scale = _scaled(size)
    return sign + _with_unit(number, scale, unit, one=size == 1)


def span(low: Decimal, high: Decimal, unit: str) -> str:
    """A range; both ends are in the scale of the higher one where the lower is not lost in it."""
    if low < 0:
        return f"{amount(low, unit)} to {amount(high, unit)}"
    name, size = _scale_of(high)
    if low and (low < size / 10 or _places(low / size) > PLACES):
        return f"{amount(low, unit)} {DASH} {amount(high, unit)}"
    return _with_unit(f"{_grouped(low / size)}{DASH}{_grouped(high / size)}", name, unit, one=False)


def _with_unit(number: str, scale: str, unit: str, *, one: bool) -> str:
    currency, slash, over = unit.partition("/")
    scaled = f"{number} {scale}".strip()
    if currency in CURRENCIES:
        per = f" {in_english(f'/{over}', one=True).strip()}" if slash else ""
        return f"{CURRENCIES[currency]} {scaled}{per}"
    return f"{scaled} {in_english(unit, one=one)}".strip()


def _scaled(value: Decimal) -> tuple[str, str]:
    name, size = _scale_of(value)
    return _grouped(value / size), name


def _scale_of(value: Decimal) -> tuple[str, Decimal]:
    """The largest word that a number can be written with in few decimals."""
    fitting = (scale for scale in SCALES if value >= scale[1] and _places(value / scale[1]) <= PLACES)
    return next(fitting, ("", Decimal(1)))


def _places(value: Decimal) -> int:
    return max(-value.normalize().as_tuple().exponent, 0)


def _grouped(value: Decimal) -> str:
    whole, _point, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{int(whole):,}" + (f".{decimals}" if decimals else "")
