"""Sums, sections and further headings of clerks' lists: what becomes a record, what is told, what is asked."""

import pytest
from django.utils.translation import override

from fengtai.importing.reading.headings import FileColumn
from fengtai.importing.reading.said import Said
from indicators.models import Observation
from partners.models import Organisation, RosterFigure
from projects.models import Amount, Project, StageEntry
from tests import factories
from tests.importing.import_steps import CREATE_ALL, asked_about, codes, outcomes, planned, said, saved

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
PROJECTS = ["项目名称", "签约方", "总投资（万元）"]
ROWS = [["示例一", "示例甲公司", 60], ["示例二", "示例乙公司", 40]]


@pytest.fixture(autouse=True)
def told_in_chinese():
    with override("zh-hans"):
        yield


@pytest.fixture
def read(tmp_path):
    """A sheet of these rows, planned."""

    def plan(name, *rows, **answers):
        path = saved(tmp_path / "名录.xlsx", ("名录", [list(row) for row in rows]))
        return planned(name, path, **{**CREATE_ALL, **answers})

    return plan


def only(found, model):
    return [item.values for row in found.all_rows() for item in row.items() if item.model is model]


def kinds(found) -> dict[int, str]:
    return {row.row: row.kind for row in found.skipped if row.kind != "heading"}


def questions(found) -> list[tuple[str, str]]:
    return [(question.topic, question.key) for question in asked_about(found)]


@pytest.mark.parametrize(
    "total",
    [
        "汇总",
        "求和",
        "总计（2项）",
        "全区小计",
        "丰台区合计",
        "丰台区 汇总",
        "2024年合计",
        "产业类小计",
        "某镇：合计",
        "丰台区 Total",
    ],
)
def test_a_sum_by_any_last_word_is_no_record_and_is_compared_with_its_rows(read, total):
    found = read("projects", PROJECTS, *ROWS, [total, None, 100])
    assert (outcomes(found), kinds(found), codes(found)) == (["new", "new"], {4: "total"}, [])
    assert codes(read("projects", PROJECTS, *ROWS, [total, None, 90])) == [(4, "total_differs")]
    rows = [
        [*PROJECTS[:2], "总投资"],
        ["示例一", None, "0.4亿元"],
        ["示例二", None, "2000万元"],
        [total, None, "5000万元"],
    ]
    assert codes(read("projects", *rows)) == [(4, "total_differs")]
    rows[-1][-1] = "6000万元"
    assert codes(read("projects", *rows)) == []


def test_a_sum_that_differs_is_told_with_both_numbers(read):
    [told] = said(read("projects", PROJECTS, *ROWS, ["总计（3项）", None, 100]))
    assert "3" in told and "2" in told
    [told] = said(read("projects", PROJECTS, *ROWS, ["汇总", None, 90]))
    assert "90" in told and "100" in told
    # Nothing is said where a row's own figure is not exact.
    assert codes(read("projects", PROJECTS, ["示例一", None, "约60"], ["汇总", None, 90])) == []


@pytest.mark.parametrize(
    ("word", "number"), [("最大值", 60), ("最小值", 40), ("平均值", 50), ("乘积", 7), ("标准偏差", 14.1)]
)
def test_other_sums_are_computed_as_their_word_says(read, word, number):
    assert codes(read("projects", PROJECTS, *ROWS, [f"丰台区 {word}", None, number])) == []
    wrong = read("projects", PROJECTS, *ROWS, [f"丰台区 {word}", None, number + 1])
    assert codes(wrong) == ([] if word in ("乘积", "标准偏差") else [(4, "total_differs")])


def test_subtotals_sum_their_own_rows_and_the_last_all_of_them(read):
    rows = [
        PROJECTS,
        ["总计", None, 130],
        *ROWS,
        ["小计", None, 100],
        ["示例三", None, 30],
        ["小计", None, 30],
        ["合计", None, 130],
    ]
    found = read("projects", *rows)
    assert (outcomes(found), codes(found)) == (["new"] * 3, [])
    rows[-1] = ["合计", None, 131]
    [told] = said(read("projects", *rows))
    assert "130" in told
    rows[-1], rows[4] = ["合计", None, 130], ["小计", None, 99]
    assert codes(read("projects", *rows)) == [(5, "total_differs")]


def test_counts_beside_a_sum_are_counted(read):
    names = ["单位名称", "地区", "统一社会信用代码"]
    firm = ["示例甲有限公司", "丰台区", None]
    found = read("organisations", names, firm, ["丰台区 计数", 1], ["全区小计"], ["总数"], [None, "丰台区合计"])
    assert (outcomes(found), codes(found), set(kinds(found).values())) == (["new"], [], {"total"})
    assert codes(read("organisations", names, firm, ["丰台区 计数", 2])) == [(3, "total_counts")]
    assert codes(read("organisations", names, firm, ["合计", "3家"])) == [(3, "total_counts")]


def test_what_identifies_a_record_makes_it_one_whatever_it_is_called(read):
    code = "91110106MA0000000" + "X"
    names = ["单位名称", "地址", "简称", "统一社会信用代码"]
    for row in (["示例总计", "示例路1号"], ["示例合计", None, "示计"], ["示例合计科技有限公司"], ["示例审计"]):
        found = read("organisations", names, row)
        assert (len(found.rows), questions(found)) == (1, [])
    assert [row.label for row in read("organisations", names, ["示例总计", None, None, code]).rows] == ["示例总计"]
    assert outcomes(read("projects", PROJECTS, ["示例平台数据汇总", "示例甲公司", 3])) == ["new"]
    assert questions(read("projects", PROJECTS, ["示例平台（汇总）", "示例甲公司", 3])) == [("row", "示例平台（汇总）")]


def test_an_indicator_may_be_called_as_a_sum_is(read):
    heads, of = ["指标名称", "地区", "期间", "数值"], ["示例区", "2024年"]
    names = ["企业总数", "示例平均值", "总数", "其中：示例企业"]
    found = read("observations", heads, *([name, *of, "3家"] for name in names), ["合计", *of, "3家"])
    assert ([row.outcome for row in found.rows], kinds(found)) == (["new"] * 4, {6: "total"})
    alone = read("memberships", ["单位名称", "身份"], ["示例甲公司", "示例级"], ["丰台区合计"])
    assert (len(alone.rows), kinds(alone)) == (1, {3: "total"})


def test_a_name_that_may_be_a_sum_is_asked_about(read):
    rows = [PROJECTS, *ROWS, ["示例平台数据汇总", None, 100]]
    found = read("projects", *rows)
    assert (outcomes(found)[-1], codes(found), questions(found)) == (
        "refused",
        [(4, "undecided")],
        [("row", "示例平台数据汇总")],
    )
    answered = {
        answer: read("projects", *rows, decided={"row": {"示例平台数据汇总": answer}})
        for answer in ("record", "total", "leave")
    }
    assert outcomes(answered["record"]) == ["new"] * 3
    assert (kinds(answered["total"]), kinds(answered["leave"])) == ({4: "total"}, {4: "left_out"})
    factories.project(title="示例平台数据汇总")
    assert questions(read("projects", *rows)) == []
    assert {answer: len(only(found, Project)) for answer, found in answered.items()} == {
        "record": 3,
        "total": 2,
        "leave": 2,
    }


def test_a_row_of_which_is_asked_about(read):
    found = read("projects", PROJECTS, *ROWS, ["其中：央企", None, 60])
    assert (outcomes(found)[-1], questions(found)) == ("refused", [("row", "其中：央企")])


BATCH = ["项目名称", "投资额", "建设规模", "活动批次", "签约方", "地区"]


@pytest.mark.parametrize(
    ("row", "names"),
    [
        (["示例洽谈会：央企项目", "1626.35亿元", "45个（占比56.9%）", "示例洽谈会"], ["投资额", "项目数", "占比"]),
        (["示例洽谈会：民企项目", "633.4亿元", "29个", "示例洽谈会"], ["投资额", "项目数"]),
        (["场外签约", "633.4亿元", "29个项目", "示例洽谈会"], ["投资额", "项目数"]),
        (["示例洽谈会（合计）", "5亿元", None, "示例洽谈会"], ["投资额"]),
        (["央企项目合计", "5亿元", None, "示例洽谈会"], ["投资额"]),
        (
            ["示例区签约（合计）", "5亿元", "项目30个、平台4家", "示例洽谈会", None, "示例区"],
            ["投资额", "项目", "平台"],
        ),
        (["示例2023：产业项目", "5亿元", "31个", "2023年示例洽谈会"], ["投资额", "项目数"]),
    ],
)
def test_the_total_of_a_batch_is_stated_of_its_roster(read, row, names):
    found = read("projects", BATCH, row)
    assert only(found, Project) == []
    assert [values["name"].split()[-1] for values in only(found, RosterFigure)] == names


@pytest.mark.parametrize(
    "row",
    [
        ["示例停车楼", "1亿元", "200个", "示例洽谈会"],
        ["示例洽谈会：央企项目", "1626.35亿元", None, "示例洽谈会"],
    ],
)
def test_what_may_be_the_total_of_a_batch_is_asked_about(read, row):
    found = read("projects", BATCH, row)
    assert (outcomes(found), questions(found)) == (["refused"], [("row", row[0])])
    assert len(only(read("projects", BATCH, row, decided={"row": {row[0]: "record"}}), Project)) == 1
    assert only(read("projects", BATCH, row, decided={"row": {row[0]: "total"}}), Project) == []
    assert outcomes(read("projects", BATCH, [*row, "示例公司"])) == ["new"]


def test_a_section_says_its_unit_and_what_it_may_say_is_asked(read):
    heads = ["序号", "项目名称", "总投资", "类型"]
    rows = [
        heads,
        ["一", "产业类（2项）", 3],
        [1, "示例一", 1],
        [2, "示例二", 2, "平台"],
        ["二、基础设施类（亿元）"],
        [3, "示例三", 4],
    ]
    found = read("projects", ["单位：万元"], *rows)
    assert (kinds(found), codes(found)) == ({1: "unit", 3: "section", 6: "section"}, [])
    assert [str(one["figure"]) for one in only(found, Amount)] == ["1万元", "2万元", "4亿元"]
    assert questions(found) == [("section", "产业类"), ("section", "基础设施类")]
    assert [one.get("kind") for one in only(found, Project)] == [None, "platform", None]
    decided = read("projects", *rows, decided={"section": {"产业类": "kind", "基础设施类": "leave"}})
    assert [one.get("kind") for one in only(decided, Project)] == ["industry", "platform", None]
    # Without a column of its own too.
    bare = read("projects", *[row[:3] for row in rows], decided={"section": {"*": "kind"}})
    assert [one.get("kind") for one in only(bare, Project)] == ["industry", "industry", "infrastructure"]


def test_sections_of_industries_and_levels_are_offered(read):
    factories.industry(name="示例信息技术")
    factories.level(name="链长单位")
    rows = [
        ["单位名称", "地址"],
        ["一、链长单位"],
        ["（一）示例信息技术"],
        ["示例甲公司", "示例路"],
        ["二、其他"],
        ["示例乙公司", "示例路"],
    ]
    found = read("organisations", *rows)
    assert questions(found) == [("section", "链长单位"), ("section", "示例信息技术")]
    decided = read(
        "organisations", *rows, decided={"section": {"链长单位": "memberships", "示例信息技术": "industries"}}
    )
    assert [list(row.item.links) for row in decided.rows] == [["industries"], []]
    assert [len(row.others) for row in decided.rows] == [1, 0]


def test_a_name_alone_that_may_head_others_is_asked_about(read):
    rows = [
        ["项目名称", "总投资（万元）"],
        ["产业类"],
        ["示例一", 1],
        ["示例二", 2],
        ["示例三"],
        ["平台类"],
        ["示例四", 4],
    ]
    found = read("projects", *rows)
    assert codes(found) == [(2, "undecided"), (6, "undecided")]
    decided = read("projects", *rows, decided={"section": {"产业类": "kind", "平台类": "record"}})
    assert kinds(decided) == {2: "section"}
    assert [(one["title"], one.get("kind")) for one in only(decided, Project)] == [
        ("示例一", "industry"),
        ("示例二", "industry"),
        ("示例三", "industry"),
        ("平台类", None),
        ("示例四", None),
    ]


def test_units_count_from_the_nearest(read):
    heads = ["指标名称", "地区", "期间", "数值", "单位"]
    name, of = "示例额", ["示例区", "2024年"]
    cases = [
        (["数值（亿元）", None, "示例额（万元）"], "5亿元"),
        (["数值", "千元", "示例额（万元）"], "5千元"),
        (["数值", None, "示例额（万元）"], "5万元"),
        (["数值", None, name], "5元"),
    ]
    for (heading, unit, indicator), read_as in cases:
        rows = [["单位：亿元"], [*heads[:3], heading, heads[4]], ["一、金额类（元）"], [indicator, *of, 5, unit]]
        assert [str(one["value"]) for one in only(read("observations", *rows), Observation)] == [read_as]
    disagree = read("observations", [*heads[:3], "数值（亿元）", "单位"], [name, *of, 5, "元"])
    assert (2, "units_disagree") in codes(disagree)


def test_headings_further_down_count_from_there(read):
    lower = ["序号", "项目名称", "建设单位", "总投资（亿元）"]
    found = read("projects", PROJECTS, *ROWS, [None], ["二、在谈项目"], lower, [1, "示例三", "示例丙公司", 3])
    assert (outcomes(found), codes(found)) == (["new"] * 3, [])
    assert [str(one["figure"]) for one in only(found, Amount)] == ["60万元", "40万元", "3亿元"]
    assert [row.position[:2] for row in found.rows] == [("名录", 2), ("名录", 3), ("名录", 7)]
    other = read("projects", PROJECTS, *ROWS, ["序号", "单位名称", "地址"], [1, "示例公司", "示例路"])
    assert codes(other) == [(4, "other_table")]


def test_a_planned_start_is_no_stage(read):
    for heading in ("计划开工时间", "开工时间（计划）", "预计开工时间"):
        found = read("projects", ["项目名称", heading], ["示例一", "2024年3月"])
        assert (codes(found), only(found, StageEntry)) == ([(0, "unknown_column")], [])
    assert len(only(read("projects", ["项目名称", "开工时间"], ["示例一", "2024年3月"]), StageEntry)) == 1


def test_lines_that_show_or_say_nothing_are_no_records(read):
    names = ["单位名称", "地区", "备注"]
    lines = [
        ["\u200b"],
        ["第1页 共2页"],
        ["示例：某公司", "丰台区"],
        ["打印日期：2024年5月"],
        ["注：1.略"],
        ["　　2.略"],
        ["数据来源：某局"],
    ]
    found = read("organisations", names, ["示例甲公司", "丰台区"], *lines, ["注册示例公司", "丰台区"])
    assert [values["name"] for values in only(found, Organisation)] == ["示例甲公司", "注册示例公司"]
    assert list(kinds(found).values()) == ["empty", "signature", "example", "signature", "note", "note", "note"]


@pytest.mark.parametrize(
    ("heading_unit", "stated", "named", "section", "sheet_unit", "unit"),
    [
        ("亿元", "", "千元", "一、示例（万元）", "百元", "亿元"),
        ("", "美元", "千元", "一、示例（万元）", "百元", "美元"),
        ("", "", "千元", "一、示例（万元）", "百元", "千元"),
        ("", "", "", "一、示例（万元）", "百元", "万元"),
        ("", "", "", "一、示例（万元） › （一）示例（单位：亿元）", "百元", "亿元"),
        ("", "", "", "一、示例（平方米）", "百元", "百元"),
        ("", "", "", "", "", "元"),
    ],
)
def test_a_constant_unit_is_the_farthest(heading_unit, stated, named, section, sheet_unit, unit):
    columns = {
        "": FileColumn("表", 1, "投资额", heading_unit, sheet_unit=sheet_unit),
        "unit": FileColumn("表", -1, "单位", is_constant=not stated),
    }
    cells = {"": 5, "unit": stated or "元"}
    if heading_unit:
        del cells["unit"], columns["unit"]
    assert Said(cells, columns, set(), section, named).unit() == unit
