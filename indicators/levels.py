"""Two levels and the growth stated between them: arithmetic that imports and reviewers share. It only ever asks."""

from datetime import date
from decimal import Decimal

from fengtai.values.growths import Direction, Measure

POINTS = {"real": 10, "": 5, "nominal": 2}  # a growth in constant prices is not that of the levels printed
SHARE, ROUNDING = Decimal("0.5"), Decimal("0.002")


def contradicts(growth, level, earlier, basis: str) -> str:
    """The change between two exact levels, where the growth cannot be it; else empty."""
    comparable = level.is_exact and earlier.is_exact and level.unit == earlier.unit and earlier.value
    if not comparable or growth.value is None or growth.direction != Direction.BY or growth.upper is not None:
        return ""
    change = level.value - earlier.value
    if growth.measure == Measure.PERCENT and growth.unit == "%":
        change = change / earlier.value * 100
        return f"{change:.1f}%" if abs(change - growth.value) > POINTS.get(basis, 5) else ""
    if growth.measure == Measure.AMOUNT:
        margin = max(SHARE * abs(growth.value), ROUNDING * abs(level.value))
        return f"{change:f}{growth.unit}" if abs(change - growth.value) > margin else ""
    return ""


def year_before(day: date | None) -> date | None:
    if day is None:
        return None
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
