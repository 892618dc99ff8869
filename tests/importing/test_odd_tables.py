"""Tables across as offices really print them: nothing beside, between or above the figures is taken for one of them."""

import pytest

from tests.importing.import_steps import CREATE_ALL, planned, saved
from tests.importing.wide_tables import figures

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]

YEARS = ["指标", "2023年", "2024年"]
AREA, YEAR = {"scope": "示例区"}, {"period": "2024年"}


def read(tmp_path, *rows, name="表", decided=None, **stated):
    path = saved(tmp_path / "表.xlsx", (name, [list(row) for row in rows]))
    return planned("observations", path, **CREATE_ALL, decided={"set": stated, **(decided or {})})


def levels(found):
    return [(cell, name, level, growth) for cell, name, _place, _period, level, growth in figures(found)]


def unknown(found):
    return [problem.heading for problem in found.all_problems() if problem.code == "unknown_column"]


@pytest.mark.parametrize(
    "aside", ["位次", "增速位次", "环比（%）", "比重（%）", "增减额", "上年同期", "去年同期累计", "示例排名（位）"]
)
def test_what_stands_between_a_level_and_its_growth_is_asked_about_and_takes_nothing(tmp_path, aside):
    rows = [["地区", "示例产值（亿元）", aside, "增速（%）"], ["丰台区", 10, 3, 5.5], ["海淀区", 20, 1, 4.4]]
    found = read(tmp_path, *rows, **YEAR)
    assert unknown(found) == [aside]
    assert levels(found) == [("B2", "示例产值", "10亿元", "5.5%"), ("B3", "示例产值", "20亿元", "4.4%")]


def test_the_growth_of_a_column_put_aside_is_put_aside_with_it(tmp_path):
    found = read(tmp_path, [*YEARS, "合计", "增长（%）"], ["示例产值（亿元）", 1, 2, 3, 9], **AREA)
    assert unknown(found) == ["合计", "合计 增长（%）"]
    assert levels(found) == [("B2", "示例产值", "1亿元", ""), ("C2", "示例产值", "2亿元", "")]


@pytest.mark.parametrize(
    ("years", "cell"),
    [
        (["2024年", "2023年"], "B2"),
        (["2023年", "2024年"], "C2"),
        ([2024, 2023, 2022], "B2"),
        (["2024年2月", "2023年2月"], "B2"),
    ],
)
def test_a_growth_behind_several_periods_is_that_of_the_latest(tmp_path, years, cell):
    found = read(tmp_path, ["项目", *years, "增长（%）"], ["示例产值（亿元）", *range(1, len(years) + 1), 9], **AREA)
    assert [entry[0] for entry in levels(found) if entry[3] == "9%"] == [cell]


@pytest.mark.parametrize("heading", ["1-本月累计", "1—本月止累计", "本年累计"])
def test_the_month_and_the_months_since_january_stand_side_by_side(tmp_path, heading):
    rows = [["指标", "单位", "本月", "同比（%）", heading, "累计同比（%）"], ["示例产值", "亿元", 10, 1.1, 50, 5.5]]
    found = read(tmp_path, *rows, **AREA, period="2024年5月")
    assert [entry[3:] for entry in figures(found)] == [
        ("2024年5月", "10亿元", "1.1%"),
        ("2024年1—5月", "50亿元", "5.5%"),
    ]


@pytest.mark.parametrize(
    "name", ["示例额累计（亿元）", "示例额（亿元，累计）", "示例额（累计）（亿元）", "示例额（亿元、累计值）"]
)
def test_a_name_may_say_anywhere_that_it_counts_from_january(tmp_path, name):
    found = read(tmp_path, ["指标", "2024年一季度", "2024年二季度"], [name, 1, 2], **AREA)
    assert [(entry[1], entry[3]) for entry in figures(found)] == [
        ("示例额", "2024年1—3月"),
        ("示例额", "2024年前二季度"),
    ]


def test_a_title_that_counts_from_january_is_asked_about(tmp_path):
    rows = [["2024年各季度累计主要指标"], ["指标", "2024年一季度", "2024年二季度"], ["示例额（亿元）", 1, 2]]
    assert figures(read(tmp_path, *rows, **AREA)) == []
    for answer, periods in (("yes", ["2024年1—3月", "2024年前二季度"]), ("no", ["2024年一季度", "2024年二季度"])):
        found = read(tmp_path, *rows, **AREA, decided={"cumulative": {"表": answer}})
        assert [entry[3] for entry in figures(found)] == periods


@pytest.mark.parametrize("years", [["2021年", "2022年"], [2021, 2022]], ids=["texts", "numbers"])
@pytest.mark.parametrize("corner", ["指标", "项目", None])
def test_a_second_table_below_counts_by_its_own_periods(tmp_path, corner, years):
    rows = [["指标", *years], ["示例产值（亿元）", 1, 2], [], [corner, *[year - 5 for year in (2021, 2022)]]]
    found = read(tmp_path, *rows, ["示例人口（万人）", 3, 4], **AREA)
    assert [(cell, period[:4]) for cell, _name, _area, period, _level, _growth in figures(found)] == [
        ("B2", "2021"),
        ("C2", "2022"),
        ("B5", "2016"),
        ("C5", "2017"),
    ]


def test_tables_side_by_side_are_told_and_not_mixed(tmp_path):
    sides = ["地区", "示例产值（亿元）", "地区", "示例产值（亿元）"]
    found = read(tmp_path, sides, ["丰台区", 1, "海淀区", 2], **YEAR)
    assert ("other_table", "C2") in [(one.code, f"{one.column}{one.row}") for one in found.all_problems()]
    assert figures(found) == []


def test_a_block_of_growths_below_the_levels_is_theirs(tmp_path):
    rows = [["地区", "2023年"], ["丰台区", 1], ["海淀区", 3], ["增速（%）"], ["丰台区", 5.1], ["海淀区", 5.3]]
    found = read(tmp_path, *rows, indicator="示例产值(亿元)")
    assert levels(found) == [("B2", "示例产值", "1亿元", "5.1%"), ("B3", "示例产值", "3亿元", "5.3%")]
    rows = [
        ["月份", "示例产值（亿元）"],
        ["2024年1月", 1],
        ["2024年2月", 2],
        ["增速（%）"],
        ["2024年1月", 5],
        ["2024年2月", 6],
    ]
    found = read(tmp_path, *rows, **AREA)
    assert [entry[3:] for entry in figures(found)] == [("2024年1月", "1亿元", "5%"), ("2024年2月", "2亿元", "6%")]
    rows = [
        YEARS,
        ["示例产值（亿元）", 1, 2],
        ["示例额（亿元）", 3, 4],
        ["增速（%）"],
        ["示例产值", 5, 6],
        ["示例额", 7, 8],
    ]
    found = read(tmp_path, *rows, **AREA)
    assert [entry[2:] for entry in levels(found)] == [
        ("1亿元", "5%"),
        ("2亿元", "6%"),
        ("3亿元", "7%"),
        ("4亿元", "8%"),
    ]


def test_rows_say_what_their_sections_and_parts_are_of(tmp_path):
    rows = [YEARS, ["一、示例产值（亿元）", 1, 2], ["其中：示例一产（亿元）", 0.5, 1], ["二、示例税收①（亿元）", 3, 4]]
    found = read(tmp_path, *rows, ["其中：示例一产（亿元）", 0.5, 1], ["示例人口*（万人）", "约3", "3.5亿人"], **AREA)
    assert [(name, level) for cell, name, level, _growth in levels(found)] == [
        ("示例产值", "1亿元"),
        ("示例产值", "2亿元"),
        ("示例产值：示例一产", "0.5亿元"),
        ("示例产值：示例一产", "1亿元"),
        ("示例税收", "3亿元"),
        ("示例税收", "4亿元"),
        ("示例税收：示例一产", "0.5亿元"),
        ("示例税收：示例一产", "1亿元"),
        ("示例人口", "约3万人"),
        ("示例人口", "3.5亿人"),
    ]


def test_totals_among_places_are_no_places_and_units_may_stand_in_a_row_of_their_own(tmp_path):
    rows = [["地区", "示例产值"], [None, "亿元"], ["丰台区", 10], ["海淀区", 20], ["两区合计", 30], ["全区平均", 15]]
    found = read(tmp_path, *rows, **YEAR)
    assert levels(found) == [("B3", "示例产值", "10亿元", ""), ("B4", "示例产值", "20亿元", "")]
    assert {(5, "total"), (6, "total")} <= {(row.row, row.kind) for row in found.skipped}


def test_each_of_several_sheets_is_asked_about_by_itself_and_its_name_offered(tmp_path):
    rows = [["地区", "示例产值（亿元）"], ["丰台区", 1]]
    path = saved(tmp_path / "表.xlsx", ("2023年", rows), ("2024年", rows))
    found = planned("observations", path, **CREATE_ALL)
    assert [(one.key, one.offered) for one in found.questions if one.topic == "set"] == [
        ("period@2023年", "2023年"),
        ("period@2024年", "2024年"),
    ]
    stated = {"period@2023年": "2023年", "period@2024年": "2024年"}
    found = planned("observations", path, **CREATE_ALL, decided={"set": stated})
    assert [entry[3] for entry in figures(found)] == ["2023年", "2024年"]


def test_a_growth_put_aside_is_left_out_by_the_name_it_is_told_by(tmp_path):
    path = saved(tmp_path / "表.xlsx", ("表", [[*YEARS, "合计", "增长（%）"], ["示例产值（亿元）", 1, 2, 3, 9]]))
    left = {"合计": "", "合计 增长（%）": ""}
    found = planned("observations", path, **CREATE_ALL, columns=left, decided={"set": AREA})
    assert [problem.message for problem in found.all_problems()] == []
    assert [entry[2] for entry in levels(found)] == ["1亿元", "2亿元"]
