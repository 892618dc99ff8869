"""Values over time: a line with its gaps, or bars from nought; what each mark looks like says how sure it is."""

from itertools import pairwise

from fengtai.pages.charts import shapes
from fengtai.pages.charts.axes import Frame, Ground, axes, axis_texts, ground_of
from fengtai.pages.charts.labels import Box, Wanted, place
from fengtai.pages.charts.marks import Chart, Drawing, Mark, Path, Role, Text

HALF_BAR = 0.32  # of the distance between neighbours
WIDEST = 34


def draw(chart: Chart, frame: Frame) -> Drawing:
    ground = ground_of(chart, frame)
    marks = _bars(chart, ground) if chart.kind == "bars" else _line(chart, ground)
    texts = [*axis_texts(chart, ground, frame), *_labels(chart, ground, frame)]
    return Drawing(frame.width, frame.height, frame.font, (*axes(ground), *marks), tuple(texts))


def _line(chart: Chart, ground: Ground) -> list[Path]:
    return [*_segments(chart, ground), *(path for mark in chart.marks for path in _shapes(mark, ground))]


def _segments(chart: Chart, ground: Ground) -> list[Path]:
    """Between neighbours that no missing period parts; dashed where either is inexact."""
    whole, dashed = [], []
    for one, other in pairwise(chart.standing):
        if chart.joins(one, other):
            some = whole if one.exact and other.exact else dashed
            some.append(shapes.line(*_point(one, ground), *_point(other, ground)))
    return [Path(css, "".join(d)) for css, d in (("c-line", whole), ("c-line c-inexact", dashed)) if d]


def _shapes(mark: Mark, ground: Ground) -> list[Path]:
    x, y = _point(mark, ground)
    found = [Path("c-past", shapes.dot(x, ground.y(value), 3)) for _printed, value in mark.past]
    if mark.upper is not None:
        found.append(Path("c-span", shapes.span(x, ground.y(mark.value), ground.y(mark.upper))))
    return [*found, Path(mark.css, shapes.SHAPES[mark.role](x, y))]


def _bars(chart: Chart, ground: Ground) -> list[Path]:
    found, zero, half = [], ground.y(0), _half_bar(chart, ground)
    for mark in chart.marks:
        x, y = _point(mark, ground)
        if mark.role is Role.TARGET:
            found += _shapes(mark, ground)
            continue
        found.append(Path(f"c-bar {mark.css}", shapes.rectangle(x - half, min(y, zero), 2 * half, abs(y - zero))))
        found += [Path("c-past", shapes.line(x - half, ground.y(v), x + half, ground.y(v))) for _p, v in mark.past]
        if mark.upper is not None:
            found.append(Path("c-span", shapes.span(x, y, ground.y(mark.upper))))
    return found


def _point(mark: Mark, ground: Ground) -> tuple[float, float]:
    return ground.x(mark.at), ground.y(mark.value)


def _labels(chart: Chart, ground: Ground, frame: Frame) -> list[Text]:
    """The figures as printed, as far as there is room."""
    tops = {mark: ground.y(max(mark.value, mark.upper or mark.value)) for mark in chart.marks}
    taken = [_taken(chart, ground, mark, top) for mark, top in tops.items()]
    wanted = [Wanted(ground.x(mark.at), tops[mark], mark.printed, _is_up(chart, mark)) for mark in _in_order(chart)]
    within = Box(ground.inner.left, frame.font * 1.2, frame.width, ground.inner.bottom + 2)
    placed = place(wanted, within, taken, frame.font)
    return [Text(one.x, one.y, one.wanted.text, "c-mid c-figure") for one in placed]


def _taken(chart: Chart, ground: Ground, mark: Mark, top: float) -> Box:
    """Where no label may stand: on a mark, or on a bar."""
    x, y = _point(mark, ground)
    if chart.kind != "bars" or mark.role is Role.TARGET:
        return Box(x - 4, top - 4, x + 4, top + 4)
    half, zero = _half_bar(chart, ground), ground.y(0)
    return Box(x - half, min(y, zero, top), x + half, max(y, zero))


def _half_bar(chart: Chart, ground: Ground) -> float:
    steps = (chart.marks[-1].at - chart.marks[0].at) / (chart.step or 1) or 1
    return min((ground.x.end - ground.x.start) / steps * HALF_BAR, WIDEST / 2)


def _in_order(chart: Chart) -> list[Mark]:
    """The telling ones first: the latest, the first, the largest and the least."""
    by_value = sorted(chart.marks, key=lambda mark: mark.value)
    telling = [*chart.standing[-1:], chart.marks[0], by_value[-1], by_value[0], chart.marks[-1]]
    return [*dict.fromkeys([*telling, *reversed(chart.marks)])]


def _is_up(chart: Chart, mark: Mark) -> bool:
    """A bar bears its label at its end; on a line a value that is lower than both its neighbours is told below."""
    if chart.kind == "bars":
        return mark.value >= 0
    at = chart.marks.index(mark)
    around = [chart.marks[near].value for near in (at - 1, at + 1) if 0 <= near < len(chart.marks)]
    return not all(mark.value < value for value in around)
