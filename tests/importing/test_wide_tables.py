"""Tables that lie across: every figure with its indicator, area, period, unit and growth, and the cell it stands in."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from fengtai.importing.taking.handing_back import returned_file
from fengtai.importing.taking.previews import compare
from fengtai.importing.taking.steps import commit
from tests.importing.import_steps import CREATE_ALL, planned, received, saved
from tests.importing.wide_tables import SHAPES, Numbers, figures

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_figure_of_a_table_is_read_as_it_lies(tmp_path, shape):
    made = shape(tmp_path, Numbers(shape.__name__))
    found = planned("observations", made.path, **CREATE_ALL, decided=made.decided)
    assert [problem.message for problem in found.all_problems()] == []
    assert sorted(figures(found)) == sorted(made.figures)


def table(tmp_path, *rows):
    return saved(tmp_path / "表.xlsx", ("表", [list(row) for row in rows]))


def questions(found):
    return {(one.topic, one.key): one for one in found.questions}


def places(found):
    """Cell, code and heading of every problem."""
    return [(f"{one.column}{one.row}", one.code, one.heading) for one in found.all_problems()]


YEARS = ["指标", "2023年", "2024年"]


def test_what_was_understood_is_told_before_any_row(tmp_path):
    rows = [["指标", "2021年第三季度", "2021年第二季度"], ["示例总值（亿元）", 10, 20], ["示例人数（人）", 3, None]]
    found = planned("observations", table(tmp_path, *rows), **CREATE_ALL, decided={"set": {"scope": "示例区"}})
    [layout] = found.layouts
    assert (layout["sheet"], layout["figures"], layout["cell"]) == ("表", 3, "B2")
    assert layout["example"] == "示例总值 · 示例区 · 2021年第三季度 · 10亿元"
    assert [(axis["lies"], axis["count"]) for axis in layout["axes"]] == [("rows", 2), ("once", 1), ("columns", 2)]
    assert questions(found)["layout", "表"].text.startswith("2个指标 × 1个地区 × 2个期间：3个数据")


def test_a_table_is_a_list_if_a_person_says_so(tmp_path):
    path = table(tmp_path, YEARS, ["示例总值（亿元）", 10, 20])
    found = planned("observations", path, **CREATE_ALL, decided={"layout": {"表": "long"}})
    assert (found.layouts, [one.code for one in found.problems][:2]) == ([], ["unknown_column", "unknown_column"])


def test_a_fault_is_marked_at_the_figure_s_own_cell(tmp_path):
    growth = ["地区", "年份", "示例总值（亿元）", "示例总值增速（%）", "示例户数（户）"]
    rows = [growth, ["示例区", "2023年", 10, "约增", 3], ["示例区", "去年", 10, 5, "#N/A"]]
    found = planned("observations", table(tmp_path, *rows), **CREATE_ALL, decided={"axis": {}})
    assert [row.position for row in found.rows] == [("表", 2, "C"), ("表", 2, "E"), ("表", 3, "C"), ("表", 3, "E")]
    assert [(cell, heading) for cell, _code, heading in places(found) if heading] == [
        ("D2", "示例总值增速（%）"),
        ("B3", "年份"),
        ("B3", "年份"),
        ("E3", "示例户数（户）"),
    ]


def test_a_growth_below_its_indicator_is_marked_in_its_own_row(tmp_path):
    rows = [YEARS, ["示例总值（亿元）", 10, 20], ["同比增长（%）", 5, "约增"]]
    found = planned("observations", table(tmp_path, *rows), **CREATE_ALL, decided={"set": {"scope": "示例区"}})
    assert [cell for cell, _code, _heading in places(found)] == ["C3"]
    assert [(row.position, row.outcome) for row in found.rows] == [(("表", 2, "B"), "new"), (("表", 2, "C"), "refused")]


def test_figures_of_one_row_are_previewed_written_and_returned_apart(tmp_path, own_files):
    path = table(tmp_path, YEARS, ["示例总值（亿元）", 10, 20], ["示例人数（人）", "若干", 30])
    decided = {"set": {"scope": "示例区"}}
    batch = received("observations", path, **CREATE_ALL, decided=decided)
    assert [(row.column, row.number, row.outcome) for row in batch.rows.all()] == [
        ("B", 2, "new"),
        ("C", 2, "new"),
        ("B", 3, "refused"),
        ("C", 3, "new"),
    ]
    marked = load_workbook(BytesIO(returned_file(batch))).active
    assert [cell.coordinate for row in marked for cell in row if cell.comment] == ["B3"]
    path = table(tmp_path, YEARS, ["示例总值（亿元）", 10, 20], ["示例人数（人）", 2, 30])
    batch = received("observations", path, **CREATE_ALL, decided=decided)
    assert commit(batch) and batch.state == "committed"
    written = [(f"{one.row.column}{one.row.number}", one.content_type.model) for one in batch.writes.all() if one.row]
    assert [cell for cell, model in written if model == "observation"] == ["B2", "C2", "B3", "C3"]
    assert compare(batch, planned("observations", path, **CREATE_ALL, decided=decided)) != []  # all on file by now


@pytest.mark.parametrize(
    ("first", "labels"),
    [("名称", ["丰台区", "海淀区"]), ("", ["示例产业", "海淀区"])],
    ids=["names that are all places", "some are places"],
)
def test_an_axis_that_may_be_either_is_asked_about(tmp_path, first, labels):
    path = table(tmp_path, [first, "2023年", "2024年"], *([label, 10, 20] for label in labels))
    found = planned("observations", path, **CREATE_ALL)
    key = first or "表"
    assert ([row.label for row in found.rows], questions(found)["axis", key].required) == ([], True)
    decided = {"axis": {key: "scope"}, "set": {"indicator": "示例总值(亿元)"}}
    found = planned("observations", path, **CREATE_ALL, decided=decided)
    assert [(place, value) for _cell, _name, place, _period, value, _growth in figures(found)] == [
        (label, value) for label in labels for value in ("10亿元", "20亿元")
    ]


def test_units_that_nobody_states_are_asked_for_one_by_one_or_together(tmp_path):
    rows = [YEARS, ["示例总值", 10, 20], ["示例失业率（%）倒数", 0.71, 0.69], ["示例面积（万平方米）", 1, "3.5亿元"]]
    path, scope = table(tmp_path, *rows), {"set": {"scope": "示例区"}}
    found = planned("observations", path, **CREATE_ALL, decided=scope)
    asked = {key: one for (topic, key), one in questions(found).items() if topic == "unit"}
    assert {key: (one.offered, one.rows) for key, one in asked.items()} == {
        "示例总值": ("", 2),
        "示例失业率（%）倒数": ("无", 2),
    }
    assert [row.outcome for row in found.rows] == ["refused"] * 4 + ["new"] * 2
    found = planned("observations", path, **CREATE_ALL, decided=scope | {"unit": {"示例总值": "亿元", "表": "无"}})
    assert [figure[4] for figure in figures(found)] == ["10亿元", "20亿元", "0.71", "0.69", "1万平方米", "3.5亿元"]


@pytest.mark.parametrize(
    ("name", "number", "answer", "printed"),
    [
        ("示例参保占比（%）", 0.083, "fraction", "8.3%"),
        ("示例参保占比（%）", 0.083, "as-printed", "0.083%"),
        ("示例产业比重", 0.0038, "fraction", "0.38%"),
        ("示例产业比重", 0.0038, "none", "0.0038"),
        ("示例产业比重", 27.2, "as-printed", "27.2%"),
    ],
)
def test_what_a_share_means_is_asked(tmp_path, name, number, answer, printed):
    path, scope = table(tmp_path, YEARS, [name, number, number]), {"set": {"scope": "示例区"}}
    assert [row.outcome for row in planned("observations", path, **CREATE_ALL, decided=scope).rows] == ["refused"] * 2
    found = planned("observations", path, **CREATE_ALL, decided=scope | {"percent": {"*": answer}})
    assert [figure[4] for figure in figures(found)] == [printed, printed]


def test_a_computation_of_many_digits_and_a_fraction_of_a_person_are_asked_about(tmp_path):
    rows = [YEARS, ["示例倒数", 0.719424460431655, 0.5], ["示例参保（人）", 1475.7, 1517.6]]
    path, decided = table(tmp_path, *rows), {"set": {"scope": "示例区"}, "unit": {"示例倒数": "无"}}
    found = planned("observations", path, **CREATE_ALL, decided=decided)
    assert {place: one.offered for place, one in questions(found).items() if not one.answer and one.required} == {
        ("decimals", "示例倒数"): "",
        ("unit", "示例参保"): "万人",
    }
    decided = decided | {"unit": {"示例倒数": "无", "示例参保": "万人"}, "decimals": {"*": "4"}}
    found = planned("observations", path, **CREATE_ALL, decided=decided)
    assert [figure[4] for figure in figures(found)] == ["0.7194", "0.5", "1475.7万人", "1517.6万人"]


def test_rows_without_any_figure_are_told_as_skipped(tmp_path):
    rows = [YEARS, ["示例社会和谐"], ["示例系数", None, "…"], ["示例总值（亿元）", 10, "—"]]
    found = planned("observations", table(tmp_path, *rows), **CREATE_ALL, decided={"set": {"scope": "示例区"}})
    assert [(row.row, row.text) for row in found.skipped if row.kind == "empty"] == [
        (2, "示例社会和谐"),
        (3, "示例系数 …"),
    ]
    assert ([figure[0] for figure in figures(found)], found.layouts[0]["not_given"]) == (["B4"], 1)


def test_a_year_that_the_periods_leave_open_is_asked_for_and_offered_from_the_title(tmp_path):
    rows = [
        ["2024年示例主要指标"],
        ["指标", "单位", "1-8月", "1-9月", "同比增长（%）"],
        ["示例总值", "亿元", 10, 20, 5],
    ]
    path, scope = table(tmp_path, *rows), {"scope": "示例区"}
    found = planned("observations", path, **CREATE_ALL, decided={"set": scope})
    assert (questions(found)["set", "year"].offered, [row.outcome for row in found.rows]) == ("2024", ["refused"] * 2)
    found = planned("observations", path, **CREATE_ALL, decided={"set": scope | {"year": "2024"}})
    assert [figure[3:] for figure in figures(found)] == [("2024年1-8月", "10亿元", ""), ("2024年1-9月", "20亿元", "5%")]


def test_a_table_of_too_many_figures_is_refused_whole(tmp_path, settings):
    settings.IMPORT_MAX_ROWS = 5
    found = planned(
        "observations", table(tmp_path, YEARS, *([f"示例{n}（户）", n, n] for n in range(1, 4))), **CREATE_ALL
    )
    assert ([one.code for one in found.problems if one.is_error][:1], found.rows) == (["too_many_figures"], [])


MONTHLY = ["指标", "计量单位", "本月", "本月止累计", "同比增长(%)", "累计同比增长(%)"]
SMALL = {  # what is stated once, the rows, and of every figure what it says
    "its own month and those since January, each with its growth": (
        {"scope": "示例区", "period": "2024年5月"},
        [["2024年5月示例指标"], MONTHLY, ["示例总值", "亿元", 10, 50, 3.1, 4.2]],
        ["C3 示例总值 示例区 2024年5月 10亿元 3.1%", "D3 示例总值 示例区 2024年1—5月 50亿元 4.2%"],
    ),
    "years in rows, months over the columns": (
        {"scope": "示例区", "indicator": "示例客流（人次）"},
        [["年份", "1月", "2月"], [2023, 1, 2], [2022, 3, 4]],
        [
            "B2 示例客流 示例区 2023年1月 1人次",
            "C2 示例客流 示例区 2023年2月 2人次",
            "B3 示例客流 示例区 2022年1月 3人次",
            "C3 示例客流 示例区 2022年2月 4人次",
        ],
    ),
    "a heading that names the columns beside it": (
        {"scope": "示例区"},
        [["年份", 2019, 2020], ["示例总值(亿元)", 1, 2]],
        ["B2 示例总值 示例区 2019 1亿元", "C2 示例总值 示例区 2020 2亿元"],
    ),
    "a heading of both": (
        {"scope": "示例区"},
        [["指标\\年份", 2019, 2020], ["示例总值(亿元)", 1, 2]],
        ["B2 示例总值 示例区 2019 1亿元", "C2 示例总值 示例区 2020 2亿元"],
    ),
    "years below 指标": (
        {"scope": "示例区"},
        [["指标", "示例总值(亿元)", "示例人口(万人)"], ["2019年", 1, 2]],
        ["B2 示例总值 示例区 2019年 1亿元", "C2 示例人口 示例区 2019年 2万人"],
    ),
    "labels that go on below, in two columns": (
        {},
        [["地区", "年份", "季度", "示例总值(亿元)"], ["丰台区", 2023, 1, 5], [None, None, 2, 6]],
        ["D2 示例总值 丰台区 2023年第1季度 5亿元", "D3 示例总值 丰台区 2023年第2季度 6亿元"],
    ),
    "a growth between two years": (
        {"scope": "示例区"},
        [["指标", "2022年", "2023年", "2023年比2022年增长(%)"], ["示例总值(亿元)", 1, 2, 5.5]],
        ["B2 示例总值 示例区 2022年 1亿元", "C2 示例总值 示例区 2023年 2亿元 5.5%"],
    ),
    "nothing but growths": (
        {},
        [["指标：示例总值同比增长(%)"], ["地区", "2022年", "2023年"], ["丰台区", 5.1, 4.2]],
        ["B3 示例总值 丰台区 2022年 5.1%", "C3 示例总值 丰台区 2023年 4.2%"],
    ),
    "a growth whose level is not there, and what is measured itself": (
        {"scope": "示例区"},
        [["指标", "2022年", "2023年"], ["示例增加值增速（%）", 5.5, 6], ["示例自然增长率（‰）", 7, 8]],
        [
            "B2 示例增加值 示例区 2022年 5.5%",
            "C2 示例增加值 示例区 2023年 6%",
            "B3 示例自然增长率 示例区 2022年 7‰",
            "C3 示例自然增长率 示例区 2023年 8‰",
        ],
    ),
}


@pytest.mark.parametrize("name", SMALL)
def test_small_tables_of_many_habits(tmp_path, name):
    constants, rows, right = SMALL[name]
    found = planned("observations", table(tmp_path, *rows), **CREATE_ALL, decided={"set": constants})
    assert [problem.message for problem in found.all_problems()] == []
    assert [" ".join(filter(None, figure)) for figure in figures(found)] == right


def test_a_total_beside_places_is_no_indicator(tmp_path):
    rows = [["指标：示例零售额(亿元)"], ["年份", "丰台区", "海淀区", "合计"], ["2019年", 1, 2, 3]]
    found = planned("observations", table(tmp_path, *rows), **CREATE_ALL)
    assert [(one.code, one.column) for one in found.all_problems()] == [("unknown_column", "D")]
    assert [figure[0] for figure in figures(found)] == ["B3", "C3"]


def test_of_a_table_across_all_rows_go_back_so_that_each_says_what_it_is_of(tmp_path, own_files):
    rows = [["地区", "2023年", "2024年"], ["丰台区", 1, 2], ["海淀区", 3, 4], ["增速（%）"], ["丰台区", 5, 6]]
    path = table(tmp_path, *rows, ["海淀区", 7, "约增"])
    batch = received("observations", path, **CREATE_ALL, decided={"set": {"indicator": "示例产值(亿元)"}})
    back = tmp_path / "退回.xlsx"
    back.write_bytes(returned_file(batch, only_faulty=True))
    sheet = load_workbook(back).active
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows()][:4] == [*rows[:3], ["增速（%）", None, None]]
    assert [cell.coordinate for row in sheet for cell in row if cell.comment] == ["C6"]
    again = received("observations", back, **CREATE_ALL, decided={"set": {"indicator": "示例产值(亿元)"}})
    assert [row.outcome for row in again.rows.all()] == ["new", "new", "new", "refused"]
