"""Figures beside those on file: a slip of 万 for 亿, a growth that does not lie between the levels. Only warnings."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from fengtai.records.readings import explain
from fengtai.values.figures import FigureError
from fengtai.values.fitting_units import require_unit, units_like
from indicators.levels import contradicts, year_before
from indicators.models import Indicator, Observation

LEAP = 10  # times the earlier figure


def check(declared, readings) -> None:
    """Warns in the rows themselves."""
    rows = [(reading, *_where(reading)) for reading in readings if reading.item is not None]
    rows = [row for row in rows if isinstance(row[1], int) and isinstance(row[2], int)]
    units = dict(Indicator.objects.filter(pk__in={row[1] for row in rows}).values_list("pk", "unit"))
    levels = _levels({row[1] for row in rows}, {row[2] for row in rows})
    for reading, indicator, scope in rows:
        levels[indicator, scope] += _own(reading)
    for reading, indicator, scope in rows:
        value = reading.item.values.get("value")
        if value and value.value is not None:
            _refuse_unfit(reading, value, units.get(indicator) or "")
            _warn_of_leap(reading, value, levels[indicator, scope])
            _warn_of_growth(reading, value, levels[indicator, scope])


def _where(reading) -> tuple:
    return reading.now("indicator"), reading.now("scope")


def _levels(indicators: set[int], scopes: set[int]) -> dict[tuple[int, int], list[tuple]]:
    """Period and figure of what is on file, the latest period first."""
    found = defaultdict(list)
    rows = Observation.objects.filter(indicator__in=indicators, scope__in=scopes, superseded_by=None)
    for row in rows.exclude(value="").exclude(period="").order_by("-period_start", "-pk"):
        found[row.indicator_id, row.scope_id].append((row.pk, row.period, row.value))
    return found


def _own(reading) -> Iterator[tuple]:
    period, value = reading.now("period"), reading.item.values.get("value")
    return [(id(reading), period, value)] if value and period and reading.item.key is None else []


def _refuse_unfit(reading, value, unit: str) -> None:
    """By the same rule as a form."""
    try:
        require_unit(value, units_like(unit))
    except FigureError as error:
        reading.problem(error.code, _column(reading, "value"), message=explain(error))


def _warn_of_leap(reading, value, levels) -> None:
    """Against the latest figure for the same kind of period; of a row that names none, there is none."""
    period = reading.now("period")
    if not period or period.is_unread:
        return
    for key, other, level in levels:
        comparable = level.value and level.unit == value.unit and other.kind == period.kind and other != period
        if comparable and key not in (id(reading), reading.item.key):
            times = value.value / level.value
            if not Decimal(1) / LEAP <= times <= LEAP:
                reading.warn("amount_leap", _column(reading, "value"), new=value, old=level, times=f"{times:.2g}")
            return


def _warn_of_growth(reading, value, levels) -> None:
    growth, period = reading.now("growth"), reading.now("period")
    if not growth or not period or not period.start:
        return
    before = year_before(period.start), year_before(period.end)
    for _key, other, level in levels:
        if (other.start, other.end) == before and level.is_exact and level.unit == value.unit and level.value:
            if change := contradicts(growth, value, level, reading.now("growth_basis") or ""):
                reading.warn(
                    "growth_unlike",
                    _column(reading, "growth"),
                    earlier=level,
                    period=other,
                    level=value,
                    change=change,
                    growth=growth,
                )
            return


def _column(reading, name: str):
    said = reading.said.get(name)
    return next(iter(said.columns.values()), None) if said is not None else None
