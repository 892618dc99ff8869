"""Counts by name: bars that lie, or a funnel of what stands at each stage."""

from fengtai.pages.charts import shapes
from fengtai.pages.charts.axes import Frame
from fengtai.pages.charts.labels import fitting, width_of
from fengtai.pages.charts.marks import Chart, Drawing, Mark, Path, Text

PITCH = 2.1  # lines that a row takes
GAP = 10


def draw(chart: Chart, frame: Frame) -> Drawing:
    """Names stand beside their bars where there is room, and above them where there is not."""
    beside = frame.width > 500
    font, largest = frame.font, max(float(value) for mark in chart.marks for value in mark.values) or 1.0
    pitch = font * (PITCH if beside else PITCH + 1.3)
    named = min(max(width_of(mark.when, font) for mark in chart.marks), frame.width * 0.36) if beside else 0
    printed = max(width_of(mark.printed, font) for mark in chart.marks)
    left = named + (GAP if beside else 0)
    room = frame.width - left - (2 if chart.kind == "funnel" else 1) * (printed + GAP)
    paths, texts = [], []
    for number, mark in enumerate(chart.marks):
        top, base = number * pitch, number * pitch + font * 1.45
        width = max(float(mark.value) / largest * room, 1)
        start = left + printed + GAP + (room - width) / 2 if chart.kind == "funnel" else left
        bar_top = top + font * (0.35 if beside else 1.5)
        paths += _bar(mark, start, bar_top, width, font, room / largest)
        name = fitting(mark.when, named if beside else frame.width, font)
        texts.append(Text(named if beside else 0, base if beside else top + font, name, "c-end" if beside else ""))
        end = start + max(float(value) / largest * room for value in mark.values)
        texts.append(Text(max(end, start + width) + 6, bar_top + font, mark.printed, "c-figure"))
    return Drawing(frame.width, len(chart.marks) * pitch + 4, font, tuple(paths), tuple(texts))


def _bar(mark: Mark, start: float, top: float, width: float, font: float, per_one: float) -> list[Path]:
    height = font * 1.3
    found = [Path(f"c-bar {mark.css}", shapes.rectangle(start, top, width, height))]
    if mark.upper is not None:
        end, middle = start + width, top + height / 2
        found.append(Path("c-span", shapes.line(end, middle, end + float(mark.upper - mark.value) * per_one, middle)))
    return found
