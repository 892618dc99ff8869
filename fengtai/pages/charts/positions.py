"""Where a period stands on an axis of time, and how far its neighbours lie apart."""

from itertools import pairwise

from fengtai.values.periods import Kind, Period

STEPS = {Kind.YEAR: 12, Kind.HALF: 6, Kind.QUARTER: 3, Kind.MONTH: 1, Kind.PLAN: 60}
LOOSE = (Kind.POINT, Kind.CUMULATIVE, Kind.DAY)  # how often these come their kind does not say
PLACED = (*STEPS, *LOOSE)


def at(period: Period) -> float | None:
    """Months since the year nought; None of a period that has no place: not stated, without end, or not read."""
    if period is None or period.kind not in PLACED or period.start is None or period.end is None:
        return None
    day = period.end if period.kind in LOOSE else period.start
    if period.kind is Kind.CUMULATIVE:
        return day.year * 12 + day.month - 1
    return day.year * 12 + day.month - 1 + (day.day - 1) / 31


def tick(period: Period) -> str:
    """The period in figures, as short as an axis needs it."""
    start, end = period.start, period.end
    if period.kind is Kind.YEAR:
        return str(start.year)
    if period.kind is Kind.HALF:
        return f"{start.year} H{start.month // 6 + 1}"
    if period.kind is Kind.QUARTER:
        return f"{start.year} Q{start.month // 3 + 1}"
    if period.kind is Kind.PLAN:
        return f"{start.year}–{end.year}"
    return end.isoformat() if period.kind is Kind.DAY else f"{end.year}-{end.month:02}"


def step_of(kind: Kind, places: list[float], often: float | None, *, restarts: bool = False) -> float:
    """How far neighbours lie apart where none is missing.

    `often` is what is stated of it, in months. Where nothing is, the nearest neighbours tell; those of a sum that
    begins anew each January are of one year.
    """
    if kind in STEPS:
        return STEPS[kind]
    if often:
        return often
    apart = [b - a for a, b in pairwise(places) if b > a and not (restarts and int(a) // 12 != int(b) // 12)]
    return min(apart, default=12)
