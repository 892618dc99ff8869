"""The small line in the list of indicators: their comparable values one after the other."""

from django.db.models import F
from django.utils.safestring import mark_safe

from fengtai.lists.many_columns import ManyColumn, Related
from fengtai.pages.charts.marks import Chart
from fengtai.pages.charts.sparks import spark
from indicators.models import Observation
from indicators.series import chart_of, series_of
from indicators.stated import PARTS, parts, stated

AT = len(PARTS)  # where a row tells whether it speaks of another scope than most figures do


class LineColumn(ManyColumn):
    """Figures in force, no targets, of the scope that most figures speak of; growths where no figure is published."""

    kinds = ("text",)

    def related(self, model, name, *, cited=False):
        shown = Observation.objects.all() if self.staff else Observation.objects.public()
        rows = shown.latest_published().exclude(vintage=Observation.Vintage.TARGET).with_order_of_telling()
        order = [F("period_start").asc(), F("pk").asc()]
        return Related(rows.order_by(), "indicator_id", order, [*parts(), F("is_elsewhere")], tuple)

    def chart(self, value: list[tuple]) -> Chart | None:
        """Of the longest series; none where there are not two values to compare."""
        near = [row for row in value if not row[AT]] or value
        for growth in (False, True):
            found, _beside = series_of([stated(row[:AT], growth=growth) for row in near])
            if found and len(found[0].marks) > 1:
                return chart_of(found[0], "line", "", "bars" if growth else "line")
        return None

    def html(self, value):
        """Nothing, and no word for it, where there is no line: it states nothing that a source lacks."""
        return mark_safe(spark(chart)) if (chart := self.chart(value)) else mark_safe("")

    def cells(self, value):
        return ["；".join(self.data(value)) or None]

    def data(self, value):
        chart = self.chart(value)
        return [f"{mark.when} {mark.printed}" for mark in chart.marks] if chart else []

    def schema(self, model, name):
        return {"type": "array", "items": {"type": "string"}}
