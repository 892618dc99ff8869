"""A chart as pages show it: its title, what it says in words, its two drawings, what its marks mean, and its file."""

from dataclasses import dataclass
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from fengtai.pages.charts import rows, timeline, words
from fengtai.pages.charts.axes import NARROW, WIDE, Frame
from fengtai.pages.charts.marks import Chart, Drawing


@dataclass(frozen=True)
class ChartFigure:
    """For templates. `file` is the address of the drawing as a file."""

    chart: Chart
    file: str

    @property
    def name(self) -> str:
        return f"chart-{self.chart.name}"

    @property
    def words(self) -> str:
        return words.summary(self.chart)

    @property
    def key(self) -> list[tuple[str, str]]:
        return words.key(self.chart)

    @property
    def remarks(self) -> list[str]:
        return words.remarks(self.chart)

    @property
    def drawings(self) -> list[SafeString]:
        sizes = (("wide", WIDE), ("narrow", NARROW))
        return [drawing_html(drawn(self.chart, frame), f"chart chart-{size}", self.name) for size, frame in sizes]


def drawn(chart: Chart, frame: Frame) -> Drawing:
    return (timeline if chart.kind in ("line", "bars") else rows).draw(chart, frame)


def drawing_html(drawing: Drawing, css: str, named_by: str) -> SafeString:
    """Without line breaks, which a page full of charts would carry for nothing."""
    name = escape(named_by)
    size = f'viewBox="0 0 {drawing.width:g} {drawing.height:.0f}" font-size="{drawing.font:g}"'
    labels = f'role="img" aria-labelledby="{name}-title {name}-words"'
    return mark_safe(f'<svg class="{css}" {size} {labels}>{content_of(drawing)}</svg>')


def content_of(drawing: Drawing) -> SafeString:
    return mark_safe(render_to_string("_drawing.html", {"drawing": drawing}).strip())


def figures_html(charts: list[Chart], file: str) -> SafeString:
    """The figures one below the other; `file` is the address of their files, to which each adds its name."""
    drawn_here = [ChartFigure(chart, f"{file}{'&' if '?' in file else '?'}chart={chart.name}") for chart in charts]
    return mark_safe(render_to_string("_figures.html", {"figures": drawn_here})) if charts else mark_safe("")
