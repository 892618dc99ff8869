"""Where things stand on a chart: pure functions from values to places."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from django.utils.translation import override

from fengtai.pages.charts import timeline
from fengtai.pages.charts.axes import NARROW, WIDE
from fengtai.pages.charts.labels import Box, Wanted, fitting, place, thinned, width_of
from fengtai.pages.charts.marks import Chart, Mark, Role
from fengtai.pages.charts.rows import draw as draw_rows
from fengtai.pages.charts.scale import Scale, axis_words, number, ticks_for

PLAIN = Box(0, 0, 700, 300)


def mark(year: int, value, **further) -> Mark:
    printed = further.pop("printed", f"{value}家")
    return Mark(printed, Decimal(value), year * 12, f"{year}年", str(year), **further)


def chart(*marks: Mark, kind: str = "line", step: float = 12, **further) -> Chart:
    return Chart("example", "示例", kind, marks, "家", step, **further)


def drawn(*marks: Mark, frame=WIDE, **further):
    return timeline.draw(chart(*marks, **further), frame)


def shapes_of(drawing, css: str) -> list[str]:
    return [path.d for path in drawing.paths if path.css == css]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 100], [0, 25, 50, 75, 100]),
        ([1800, 2200], [1800, 1900, 2000, 2100, 2200]),
        ([10, 90], [0, 25, 50, 75, 100]),
        ([-35, 210], [-100, 0, 100, 200, 300]),
        ([-8, -7], [-8, -7.75, -7.5, -7.25, -7]),
        ([5, 5], [4, 4.25, 4.5, 4.75, 5, 5.25, 5.5]),
    ],
)
def test_ticks_are_round_and_span_the_values(values, ticks):
    found = ticks_for(values, from_zero=False)
    assert found[0] <= min(values) and found[-1] >= max(values)
    assert (len(found) <= 8, found if values != [5, 5] else ticks) == (True, ticks)


def test_bars_begin_at_nought():
    assert ticks_for([1800, 2200], from_zero=True)[0] == 0


def test_an_axis_says_its_unit_once():
    assert axis_words([0.0, 100_000_000_000.0, 200_000_000_000.0], "元") == (["0", "1,000", "2,000"], "亿元")
    with override("en"):
        assert axis_words([0.0, 100_000_000_000.0], "元") == (["0", "100"], "CNY bn")
        assert axis_words([0.0, 500.0], "家") == (["0", "500"], "enterprises")
    assert axis_words([0.0, 2.5, 5.0], "%") == (["0", "2.5", "5"], "%")
    assert [number(value) for value in (-2.5, -0.0, 1234567)] == ["−2.5", "0", "1,234,567"]


def test_a_scale_puts_values_on_a_line():
    scale = Scale(0, 200, 300, 100)
    assert [scale(value) for value in (0, 50, 200)] == [300, 250, 100]
    assert (scale.is_cut, Scale(1800, 2200, 0, 1).is_cut) == (False, True)


def test_a_missing_year_is_a_gap_and_no_line():
    whole = drawn(mark(2019, 10), mark(2020, 20), mark(2021, 30))
    assert [d.count("L") for d in shapes_of(whole, "c-line")] == [2]
    broken = drawn(mark(2019, 10), mark(2020, 20), mark(2022, 30))
    assert [d.count("L") for d in shapes_of(broken, "c-line")] == [1]
    apart = drawn(mark(2019, 10), mark(2021, 30))
    assert shapes_of(apart, "c-line") == []
    assert len(shapes_of(apart, "c-firm")) == 2


def test_sums_since_january_begin_anew():
    months = [Mark(f"{n}家", Decimal(n), 2022 * 12 + n, f"{n}", f"{n}") for n in (10, 11, 12, 13)]
    parted = chart(*months, step=1, restarts=True)
    assert [parted.joins(one, other) for one, other in pairwise(months)] == [True, False, True]
    assert parted.gaps == []


def test_an_inexact_value_is_hollow_and_its_line_dashed():
    drawing = drawn(mark(2020, 10), mark(2021, 20, exact=False), mark(2022, 30), mark(2023, 40))
    assert [len(shapes_of(drawing, css)) for css in ("c-firm", "c-firm c-inexact")] == [3, 1]
    lines = [shapes_of(drawing, css)[0].count("L") for css in ("c-line", "c-line c-inexact")]
    assert lines == [1, 2]


def test_a_target_is_apart_and_what_was_replaced_stays_in_sight():
    past = (("15家", Decimal(15)),)
    drawing = drawn(mark(2020, 10, past=past), mark(2021, 20), mark(2022, 50, role=Role.TARGET))
    assert [len(shapes_of(drawing, css)) for css in ("c-firm", "c-target", "c-past")] == [2, 1, 1]
    assert [d.count("L") for d in shapes_of(drawing, "c-line")] == [1]


def test_a_negative_bar_hangs_from_nought_and_a_range_has_its_span():
    drawing = drawn(mark(2020, 10), mark(2021, -5), mark(2022, 8, upper=Decimal(12), exact=False), kind="bars")
    zero = next(path.d for path in drawing.paths if path.css == "c-axis").split()[1].split("L")[0]
    _up, down = shapes_of(drawing, "c-bar c-firm")
    assert down.split("h")[0].split()[1] == zero
    assert len(shapes_of(drawing, "c-span")) == 1


def test_no_label_stands_on_another_or_on_a_mark_or_beyond_the_edge():
    chance = Random(7)
    for frame in (WIDE, NARROW):
        for kind in ("line", "bars"):
            marks = [mark(year, chance.randint(-50, 300)) for year in range(2000, 2024)]
            texts = [text for text in drawn(*marks, kind=kind, frame=frame).texts if text.css == "c-mid c-figure"]
            boxes = [_box(text.x, text.y, text.text, frame.font) for text in texts]
            assert len(texts) >= 2
            assert all(box.left >= 0 and box.right <= frame.width and box.top >= 0 for box in boxes)
            assert not any(one.meets(other) for at, one in enumerate(boxes) for other in boxes[:at])


def _box(x, y, text, font) -> Box:
    half = width_of(text, font) / 2
    return Box(x - half, y - font, x + half, y)


def test_the_latest_value_is_labelled_before_all_others():
    marks = [mark(year, 100 + year % 2) for year in range(1950, 2024)]
    texts = [text.text for text in drawn(*marks, frame=NARROW).texts if text.css == "c-mid c-figure"]
    assert marks[-1].printed in texts
    crowded = replace(marks[-1], printed="最新的一个数字很长很长很长")
    texts = [text.text for text in drawn(*marks[:-1], crowded, frame=NARROW).texts if text.css == "c-mid c-figure"]
    assert crowded.printed in texts


def test_a_label_without_room_is_left_out():
    wanted = [Wanted(50, 100, "一二三四"), Wanted(52, 100, "五六七八"), Wanted(54, 100, "九十")]
    assert [one.wanted.text for one in place(wanted, Box(0, 70, 200, 130), [], 13)] == ["一二三四", "五六七八"]


def test_ticks_of_time_are_thinned_but_for_the_first_and_the_last():
    places = [(number * 10, str(2000 + number)) for number in range(24)]
    found = [text for _x, text in thinned(places, PLAIN, 13)]
    assert (found[0], found[-1], len(found) < 24) == ("2000", "2023", True)
    assert len(thinned([(10, "2023")], PLAIN, 13)) == 1


def test_a_name_is_cut_where_it_is_too_wide():
    assert fitting("轨道交通", 100, 13) == "轨道交通"
    cut = fitting("新一代信息技术与软件服务业", 100, 13)
    assert (cut[-1], width_of(cut, 13) <= 100) == ("…", True)


@pytest.mark.parametrize("frame", [WIDE, NARROW])
@pytest.mark.parametrize("kind", ["rows", "funnel"])
def test_rows_are_as_wide_as_their_counts(frame, kind):
    rows = [Mark(str(count), Decimal(count), 0, name) for count, name in ((4, "签约"), (2, "开工"), (1, "投产"))]
    drawing = draw_rows(chart(*rows, kind=kind), frame)
    widths = [float(d.split("h")[1].split("v")[0]) for d in shapes_of(drawing, "c-bar c-firm")]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.2) == pytest.approx(4 * widths[2], abs=0.3)
    assert all(0 <= text.x <= frame.width for text in drawing.texts)
    assert [text.text for text in drawing.texts if text.css == "c-figure"] == ["4", "2", "1"]
