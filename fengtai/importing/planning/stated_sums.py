"""Figures that a sheet states, as exact values that can be added up and compared."""

from decimal import Decimal
from functools import lru_cache

from fengtai.importing.reading.cells import compose
from fengtai.values.figures import Bound, FigureError, parse_figure

Sum = tuple[Decimal, str]  # value and base unit


def number_in(text: str) -> Decimal | None:
    digits = "".join(character for character in text if character.isdecimal() or character in ".-")
    try:
        return Decimal(digits)
    except ArithmeticError:
        return None


@lru_cache(maxsize=1024)
def scale_of(unit: str) -> Sum:
    figure = parse_figure(f"1{unit}")
    return figure.value, figure.unit


@lru_cache(maxsize=50_000)
def figure_of(text: str, unit: str) -> Sum | None:
    """An exact figure in its base unit."""
    try:
        if text.replace(".", "", 1).isdecimal():
            scale, base = scale_of(unit)
            return Decimal(text) * scale, base
        figure = parse_figure(compose(text, unit, "", parse_figure))
    except FigureError:
        return None
    return (figure.value, figure.unit) if figure.value is not None and figure.bound == Bound.EXACT else None
