"""What a reviewer is told of figures: growths that do not fit levels."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from fengtai.records.findings import Finding, warning
from indicators.levels import contradicts, year_before


def unlike_growths(rows: Sequence) -> Iterator[Finding]:
    """Growths that cannot lie between the level of the row and that of a year before."""
    rows = [row for row in rows if row.value is not None and row.growth is not None and row.period.start]
    levels = _a_year_before(rows)
    for row in rows:
        for earlier in levels.get(_where(row, *map(year_before, _days(row))), ()):
            if change := contradicts(row.growth, row.value, earlier.value, row.growth_basis):
                told = {"earlier": earlier.value, "period": earlier.period, "level": row.value, "change": change}
                message = _("From %(earlier)s (%(period)s) to %(level)s is %(change)s, not %(growth)s.")
                yield warning(message % {**told, "growth": row.growth}, row, "growth")


def _a_year_before(rows: Sequence) -> dict[tuple, list]:
    """The exact levels on file, in force and not withdrawn, by what they speak of."""
    if not rows:
        return {}
    model, found = type(rows[0]), {}
    asked = model._base_manager.filter(
        indicator__in={row.indicator_id for row in rows},
        scope__in={row.scope_id for row in rows},
        period_start__in={year_before(row.period.start) for row in rows},
        value_bound="exact",
        superseded_by=None,
    )
    for level in asked.exclude(state=model.State.WITHDRAWN).exclude(vintage=model.Vintage.TARGET).order_by("pk"):
        found.setdefault(_where(level, *_days(level)), []).append(level)
    return found


def _days(row) -> tuple:
    return row.period.start, row.period.end


def _where(row, start, end) -> tuple:
    return row.indicator_id, row.scope_id, start, end
