"""A chart so small that it stands in a row of a list: no axes, no labels, its first and last value told to readers."""

from html import escape
from itertools import pairwise

from fengtai.pages.charts import shapes
from fengtai.pages.charts.marks import Chart, Mark
from fengtai.pages.charts.scale import Scale
from fengtai.pages.charts.words import when_told
from fengtai.records.chinese import is_english, lang_of

WIDTH, HEIGHT, EDGE = 104, 26, 4


def spark(chart: Chart) -> str:
    """SVG on one line: this stands in very many rows."""
    first, last = chart.marks[0], chart.marks[-1]
    told = f"{_said(first)} – {_said(last)}"
    inside = _bars(chart) if chart.kind == "bars" else _line(chart)
    name = f'role="img"{lang_of(told)} aria-label="{escape(told)}"'
    return f'<svg class="chart spark" viewBox="0 0 {WIDTH} {HEIGHT}" {name}>{inside}</svg>'


def _said(mark: Mark) -> str:
    """To readers of English in English alone: a name can mark no part of itself, and the row has the print."""
    return f"{when_told(mark)} {(mark.english if is_english() else '') or mark.printed}"


def _line(chart: Chart) -> str:
    x, y = _scales(chart, from_zero=False)
    joined = [(one, other) for one, other in pairwise(chart.marks) if chart.joins(one, other)]
    d = "".join(shapes.line(x(one.at), y(one.value), x(other.at), y(other.value)) for one, other in joined)
    *others, last = chart.marks
    alone = [mark for mark in others if not any(mark in pair for pair in joined)]
    dots = [(mark, 1.5) for mark in alone] + [(last, 3)]
    shown = (f'<path class="{one.css}" d="{shapes.dot(x(one.at), y(one.value), size)}"/>' for one, size in dots)
    return f'<path class="c-line" d="{d}"/>{"".join(shown)}'


def _bars(chart: Chart) -> str:
    x, y = _scales(chart, from_zero=True)
    half = min(6, (x.end - x.start) / len(chart.marks) * 0.35)
    zero = y(0)
    d = "".join(
        shapes.rectangle(x(mark.at) - half, min(y(mark.value), zero), 2 * half, max(abs(y(mark.value) - zero), 0.5))
        for mark in chart.marks
    )
    return f'<path class="c-bar c-firm" d="{d}"/>'


def _scales(chart: Chart, *, from_zero: bool) -> tuple[Scale, Scale]:
    values = [float(mark.value) for mark in chart.marks] + ([0.0] if from_zero else [])
    low, high = min(values), max(values)
    first, last = chart.marks[0].at, chart.marks[-1].at
    y = Scale(low, high if high > low else low + 1, HEIGHT - EDGE, EDGE)
    return Scale(first, last if last > first else first + 1, EDGE + 4, WIDTH - EDGE - 4), y
