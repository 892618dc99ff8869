"""Which published figures can be compared over time: those of one scope, unit, basis and coverage, and one kind of
period. What differs in any of these is another series, and never stands on one line."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from fengtai.pages.charts import positions
from fengtai.pages.charts.marks import Chart, Mark, Role
from fengtai.values.figures import Bound, Figure
from fengtai.values.glosses import gloss
from fengtai.values.growths import Basis, Direction, Growth
from fengtai.values.periods import Kind, Period

EVERY = {"yearly": 12, "quarterly": 3, "monthly": 1}  # months
PROVISIONAL = ("expected", "preliminary")
WORKED_OUT = ("target", "", "expected", "preliminary", "final", "census")  # of several for one period the last stands


@dataclass(frozen=True)
class Stated:
    """A figure or growth with what it speaks of; `replaced` is the key of the row that it takes the place of."""

    key: int
    scope: int
    period: Period
    value: Figure | Growth
    vintage: str = ""
    replaces: int | None = None
    basis: str = ""
    coverage: str = ""


@dataclass
class Series:
    """Comparable values by their place in time."""

    scope: int
    kind: Kind
    unit: str
    basis: str
    coverage: str
    marks: list[Mark] = field(default_factory=list)
    step: float = 0
    restarts: bool = False


def series_of(stated: Iterable[Stated], frequency: str = "") -> tuple[list[Series], list[Stated]]:
    """The series, those of most values first; and what has no place on any axis, as a growth to a level has none."""
    groups, beside = defaultdict(list), []
    for one in stated:
        if one.value is None or one.value.value is None:
            continue
        if positions.at(one.period) is None or getattr(one.value, "direction", Direction.BY) is Direction.TO:
            beside.append(one)
        else:
            groups[_what(one)].append(one)
    parted = [(*what, part) for what, rows in groups.items() for part in _parted(what[1], rows)]
    found = [_series(*one, EVERY.get(frequency)) for one in parted]
    return sorted(found, key=lambda one: -len(one.marks)), beside


def _what(one: Stated) -> tuple:
    """What must be the same of two values that are compared."""
    if not isinstance(one.value, Growth):
        return one.scope, one.period.kind, one.value.unit, "", one.coverage
    stated = "" if one.value.basis is Basis.NOT_STATED else str(one.value.basis)
    since = "环比" if "环" in one.value.versus else ""
    return one.scope, one.period.kind, one.value.unit, f"{one.basis or stated}{since}", one.coverage


def _parted(kind: Kind, rows: list[Stated]) -> list[list[Stated]]:
    """Sums since January of which a year has one are compared by the month in which they end."""
    if kind is not Kind.CUMULATIVE or _restarts(kind, rows):
        return [rows]
    by_month = defaultdict(list)
    for one in rows:
        by_month[one.period.end.month].append(one)
    return [*by_month.values()]


def _restarts(kind: Kind, rows: list[Stated]) -> bool:
    ends = {one.period.end for one in rows}
    return kind is Kind.CUMULATIVE and len(ends) > len({end.year for end in ends})


def _series(scope, kind, unit, basis, coverage, rows: list[Stated], often: float | None) -> Series:
    by_place = defaultdict(list)
    for one in rows:
        by_place[positions.at(one.period), one.vintage == "target"].append(one)
    marks = [_mark(at, same) for (at, _target), same in sorted(by_place.items(), key=lambda pair: pair[0])]
    places, restarts = sorted({mark.at for mark in marks}), _restarts(kind, rows)
    often = often if kind is not Kind.CUMULATIVE or restarts else 12
    step = positions.step_of(kind, places, often, restarts=restarts)
    return Series(scope, kind, unit, basis, coverage, marks, step, restarts)


def _mark(at: float, same: list[Stated]) -> Mark:
    """Of several values for one period the one that stands; the others it has replaced, or precede it."""
    replaced = {one.replaces for one in same}
    order = sorted(same, key=lambda one: (one.key not in replaced, WORKED_OUT.index(one.vintage), one.key))
    *past, last = order
    figure = last.value
    upper = figure.upper if figure.bound is Bound.BETWEEN else None
    return Mark(
        printed=figure.printed,
        value=Decimal(figure.value),
        at=at,
        when=last.period.printed,
        tick=positions.tick(last.period),
        exact=figure.bound is Bound.EXACT,
        upper=upper,
        role=_role(last.vintage),
        past=tuple((one.value.printed, Decimal(one.value.value)) for one in past if one.value.value != figure.value),
        english=gloss(figure),
        english_when=gloss(last.period),
    )


def _role(vintage: str) -> Role:
    if vintage == "target":
        return Role.TARGET
    return Role.PROVISIONAL if vintage in PROVISIONAL else Role.FIRM


def chart_of(series: Series, name: str, title: str, kind: str, **further) -> Chart:
    return Chart(name, title, kind, tuple(series.marks), series.unit, series.step, series.restarts, **further)
