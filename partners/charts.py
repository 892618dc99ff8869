"""The editions of one roster beside each other: what each was stated to hold."""

from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from fengtai.pages.charts.declared import Charts
from fengtai.pages.charts.marks import Chart, Mark
from fengtai.values.figures import Bound
from fengtai.values.glosses import gloss
from partners.models import Membership, Roster


class Editions(Charts):
    """On a roster's page those of its series; above a list of partners, while all of them are shown, those of each
    series that a partner stands on."""

    def of_record(self, record):
        return _charts([record.series] if record.series else [])

    def of_list(self, page, question, fields):
        if question.active or page.detail:
            return []
        named = Exists(Membership.objects.public().filter(roster=OuterRef("pk")))
        rosters = Roster.objects.public().exclude(series="").filter(named)
        return _charts([*dict.fromkeys(rosters.order_by("series").values_list("series", flat=True))])


def _charts(series: list[str]) -> list[Chart]:
    rosters = Roster.objects.public().filter(series__in=series).select_related("conference")
    by_series = {name: [one for one in rosters if one.series == name] for name in series}
    found = [_chart(number, name, rows) for number, (name, rows) in enumerate(by_series.items(), start=1)]
    return [chart for chart in found if chart.is_drawn]


def _chart(number: int, series: str, rosters: list[Roster]) -> Chart:
    rosters = sorted(rosters, key=lambda one: (_day(one), one.pk))
    stated = [one for one in rosters if one.stated is not None and one.stated.value is not None]
    unit = {one.stated.unit for one in stated}
    marks = tuple(_mark(one, place) for place, one in enumerate(stated)) if len(unit) == 1 else ()
    beside = tuple((str(one), _("not stated")) for one in rosters if one not in stated)
    title = _("%(series)s: stated counts by edition") % {"series": series}
    return Chart(f"editions-{number}" if number > 1 else "editions", title, "rows", marks, beside=beside)


def _day(roster: Roster) -> str:
    """What orders editions, as far as the public may know: the day of the conference, or that of the list."""
    conference = roster.conference
    days = [conference.held.end if conference is not None and conference.is_public else None, roster.as_of.end]
    return next((day.isoformat() for day in days if day), "")


def _mark(roster: Roster, place: int) -> Mark:
    figure = roster.stated
    upper = figure.upper if figure.bound is Bound.BETWEEN else None
    return Mark(
        figure.printed,
        Decimal(figure.value),
        place,
        str(roster),
        exact=figure.is_exact,
        upper=upper,
        english=gloss(figure),
    )
