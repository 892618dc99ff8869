"""The charts of an indicator's page: its values, and its growths, one for each series that can be compared."""

from itertools import chain

from django.utils.translation import gettext as _

from fengtai.pages.charts.declared import Charts
from fengtai.pages.charts.marks import Chart
from fengtai.records.fields import KIND_CHOICES
from indicators.models import Indicator, Observation
from indicators.series import Series, Stated, chart_of, series_of
from indicators.stated import parts, stated

MOST = 6  # charts on one page; further series stand in the table
BESIDE = 5  # values without a place on the axis that are named beside a chart


class ObservationCharts(Charts):
    def of_record(self, record):
        rows = [*Observation.objects.public().filter(indicator=record.pk).order_by("pk").values_list(*parts())]
        scopes = {scope.pk: str(scope) for scope in record.scopes}
        found = [
            _charts(record, [stated(row, growth=growth) for row in rows], scopes, growth=growth)
            for growth in (False, True)
        ]
        return [*chain.from_iterable(found)][:MOST]


def _charts(record: Indicator, values: list[Stated], scopes: dict[int, str], *, growth: bool) -> list[Chart]:
    """Those of the scope that most figures speak of first."""
    series, loose = series_of(values, record.frequency)
    drawn = [one for one in series if len(one.marks) > 1]
    drawn.sort(key=lambda one: [*scopes].index(one.scope))
    named, kind = ("growth", "bars") if growth else ("value", "line")
    kind = "bars" if record.nature == Indicator.Nature.NET_CHANGE else kind
    return [
        chart_of(
            one,
            f"{named}-{number}" if number > 1 else named,
            _title(record, one, scopes, growth=growth),
            kind,
            beside=tuple(_beside(loose, one.scope)),
            notes=tuple(_notes(one)),
        )
        for number, one in enumerate(drawn, start=1)
    ]


def _title(record: Indicator, series: Series, scopes: dict[int, str], *, growth: bool) -> str:
    told = {"name": record, "scope": scopes[series.scope], "kind": KIND_CHOICES[series.kind]}
    if growth:
        return _("%(name)s, growth: %(scope)s, by %(kind)s") % told
    return _("%(name)s: %(scope)s, by %(kind)s") % told


def _beside(loose: list[Stated], scope: int):
    """Without a period, or without an end, they have no place on the axis."""
    for one in [one for one in loose if one.scope == scope][:BESIDE]:
        yield str(one.period) or _("period not stated"), str(one.value)


def _notes(series: Series):
    if series.coverage:
        yield _("Coverage: %(coverage)s.") % {"coverage": series.coverage}
    if label := dict(Observation.Basis.choices).get(series.basis.removesuffix("环比")):
        yield _("Basis of the growth: %(basis)s.") % {"basis": label}
