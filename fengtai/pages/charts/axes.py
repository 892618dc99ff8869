"""The ground on which values over time are drawn: its size, its two scales, its axes and what they say."""

from dataclasses import dataclass

from fengtai.pages.charts import shapes
from fengtai.pages.charts.labels import Box, thinned, width_of
from fengtai.pages.charts.marks import Chart, Path, Text
from fengtai.pages.charts.scale import Scale, axis_words, ticks_for


@dataclass(frozen=True)
class Frame:
    """The size of a drawing in pixels, and of its letters."""

    width: float
    height: float
    font: float


WIDE, NARROW = Frame(760, 300, 13.5), Frame(300, 240, 13)


@dataclass(frozen=True)
class Ground:
    """A drawing's two scales, and the place that they leave for marks."""

    x: Scale
    y: Scale
    inner: Box
    ticks: list[tuple[float, str]]  # height and text
    unit: str


def ground_of(chart: Chart, frame: Frame) -> Ground:
    values = [value for mark in chart.marks for value in mark.values]
    ticks = ticks_for(values, from_zero=chart.kind == "bars")
    words, unit = axis_words(ticks, chart.unit)
    left = max(width_of(word, frame.font) for word in words) + 10
    top, bottom = frame.font * 2.6, frame.height - frame.font * 2
    inner = Box(left, top, frame.width - 4, bottom)
    y = Scale(ticks[0], ticks[-1], bottom, top + frame.font)
    first, last = chart.marks[0].at, chart.marks[-1].at
    room = (inner.right - left) / max(2, (last - first) / (chart.step or 1) + 1) / 2
    margin = min(max(room, 14), 90)
    x = Scale(first, last if last > first else first + 1, left + margin, inner.right - margin)
    return Ground(x, y, inner, [(y(tick), word) for tick, word in zip(ticks, words, strict=True)], unit)


def axes(ground: Ground) -> list[Path]:
    inner, (lowest, *others) = ground.inner, [height for height, _word in ground.ticks]
    zero = lowest if ground.y.is_cut else ground.y(0)
    grid = [shapes.line(inner.left, height, inner.right, height) for height in (lowest, *others) if height != zero]
    found = [Path("c-grid", "".join(grid)), Path("c-axis", shapes.line(inner.left, zero, inner.right, zero))]
    return [*found, Path("c-axis", shapes.cut(inner.left, lowest))] if ground.y.is_cut else found


def axis_texts(chart: Chart, ground: Ground, frame: Frame) -> list[Text]:
    inner, small = ground.inner, frame.font * 0.35
    found = [Text(inner.left - 8, height + small, word, "c-end") for height, word in ground.ticks]
    found.append(Text(0, frame.font, ground.unit, ""))
    places = {ground.x(mark.at): mark.tick for mark in chart.marks}
    across = Box(inner.left, 0, frame.width, frame.height)
    base = frame.height - frame.font * 0.5
    ticks = thinned([*places.items()], across, frame.font)
    return [*found, *(Text(x, base, tick, "c-mid") for x, tick in ticks)]
