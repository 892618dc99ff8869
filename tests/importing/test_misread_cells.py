"""What other tools misread without a word is read right, asked about, or refused at its own cell."""

from datetime import date

import pytest

from indicators.models import Observation
from partners.models import Roster
from projects.models import Amount, Place, Project, StageEntry
from tests.importing.import_steps import CREATE_ALL, asked_about, codes, planned
from tests.importing.test_shown_files import book_of, csv_of, only

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
PROJECT = ["项目名称", "总投资（万元）"]
FIGURES = ["指标", "地区", "期间", "数值", "单位"]
WIDE = ["指标", "2024年", "2025年"]


def amounts(found):
    return [(values["kind"], str(values["figure"])) for values in only(found, Amount)]


def refused(found):
    return [(each.row, each.column, each.code) for each in found.all_problems() if each.is_error]


def observed(path, **decided):
    found = planned("observations", path, **CREATE_ALL, decided={"set": {"scope": "示例区"}, **decided})
    return found, [str(values.get("value") or values.get("growth")) for values in only(found, Observation)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("¥1200", "1200万元"),
        ("￥1,200.00", "1,200.00万元"),
        ("¥1200万", "¥1200万元"),
        ("人民币5亿元", "人民币5亿元"),
        ("€5", "€5"),
        ("3500（含税）", "3500万元（含税）"),
        ("约3500(暂定)", "约3500万元(暂定)"),
        ("3500元（含税）", "3500元（含税）"),
    ],
)
def test_a_typed_sign_says_no_more_than_its_column_and_a_remark_keeps_no_unit_away(tmp_path, text, printed):
    assert amounts(planned("projects", book_of(tmp_path, PROJECT, ["示例一", text]))) == [("total", printed)]


@pytest.mark.parametrize("text", ["3500（美元）", "3500(亿元)", "3500（约5亩）"])
def test_a_remark_that_may_change_the_figure_refuses_it(tmp_path, text):
    found = planned("projects", book_of(tmp_path, PROJECT, ["示例一", text]))
    assert [problem[:2] for problem in refused(found)] == [(2, "B")]


def test_a_label_that_a_format_prints_is_a_label(tmp_path):
    formats = {"B2": '"总投资"0.0"亿元"', "B3": '"贷款"0"万元"'}
    path = book_of(tmp_path, ["项目名称", "总投资"], ["示例一", 3.5], ["示例二", 5], formats=formats)
    assert amounts(planned("projects", path)) == [("total", "3.5亿元"), ("loan", "5万元")]
    path = book_of(tmp_path, ["名称", "面积"], ["示例大厦", 3.5], formats={"B2": '"占地"0.0"亩"'})
    [values] = only(planned("places", path), Place)
    assert (str(values["area"]), values["area_kind"]) == ("3.5亩", "land")
    path = book_of(tmp_path, FIGURES, ["示例值", "示例区", "2024年", 12, "亿元"], formats={"D2": '"区属"0'})
    [values] = only(planned("observations", path, **CREATE_ALL), Observation)
    assert (str(values["value"]), values["coverage"]) == ("12亿元", "区属")


@pytest.mark.parametrize("code", ["m-d", "m.d", "d", "m/d", 'm"月"d"日"', "yyyy"])
def test_a_day_is_no_figure_however_it_is_shown(tmp_path, code):
    rows = [["项目名称", "总投资（万元）", "占地面积（亩）"], ["示例一", date(2024, 3, 5), date(2024, 3, 5)]]
    path = book_of(tmp_path, *rows, formats={"B2": code, "C2": code})
    assert refused(planned("projects", path)) == [(2, "B", "day_in_text"), (2, "C", "day_in_text")]


@pytest.mark.parametrize("code", ["yyyy-mm-dd", 'yyyy"年"', 'yyyy"年"m"月"', "m/d"])
def test_a_year_typed_under_the_format_of_a_date_is_no_day_of_1905(tmp_path, code):
    path = book_of(tmp_path, ["项目名称", "签约时间"], ["示例一", 2024], ["示例二", 45352], formats={"B2": code})
    found = planned("projects", path)
    assert refused(found)[0] == (2, "B", "year_as_day")


def test_the_first_cell_of_a_row_may_be_shown_by_its_format(tmp_path):
    rows = [["序号", "项目名称", "总投资（万元）"], [1, "示例一", 5], [2, "示例二", 6]]
    path = book_of(tmp_path, *rows, formats={"A2": "000", "A3": '"第"0"号"'})
    assert [values["title"] for values in only(planned("projects", path), Project)] == ["示例一", "示例二"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("项目名称,总投资（万元）\n甲,1,200\n乙,3,500", [(2, "", "too_many_cells"), (3, "", "too_many_cells")]),
        ("项目名称,总投资（万元）,\n甲,1,200\n乙,800", [(2, "B", "number_split")]),
        ("项目名称,总投资（万元）,\n甲,10,亿元\n乙,3,备注", [(2, "B", "unit_beside")]),
    ],
)
def test_half_of_what_a_row_says_is_not_taken_for_all(tmp_path, text, found):
    assert refused(planned("projects", csv_of(tmp_path, text))) == found


def test_a_unit_beside_under_a_heading_over_both_is_not_passed_over(tmp_path):
    rows = [[*PROJECT, None], ["甲", 10, "亿元"], ["乙", 20, None]]
    found = planned("projects", book_of(tmp_path, *rows, merges=["B1:C1"]))
    assert (refused(found), amounts(found)) == ([(2, "B", "unit_beside")], [("total", "20万元")])


@pytest.mark.parametrize(
    ("answer", "growths"), [("", []), ("as-printed", ["0.065%", "-0.012%"]), ("fraction", ["6.5%", "-1.2%"])]
)
def test_numbers_below_one_under_a_per_cent_are_asked_about_in_a_long_list(tmp_path, answer, growths):
    rows = [["指标", "地区", "期间", "同比增长（%）"], ["示例甲", "示例区", "2024年", 0.065]]
    path = book_of(tmp_path, *rows, ["示例乙", "示例区", "2024年", "-0.012"])
    decided = {"percent": {"同比增长（%）": answer}} if answer else {}
    found = planned("observations", path, **CREATE_ALL, decided=decided)
    assert [one.topic for one in asked_about(found)] == ["percent"]
    assert [str(values["growth"]) for values in only(found, Observation) if "growth" in values] == growths
    assert refused(found) == ([] if answer else [(2, "D", "undecided"), (3, "D", "undecided")])


def test_numbers_shown_with_their_per_cent_or_above_one_are_not_asked_about(tmp_path):
    rows = [["指标", "地区", "期间", "同比增长（%）"], ["示例甲", "示例区", "2024年", 0.065]]
    path = book_of(tmp_path, *rows, ["示例乙", "示例区", "2024年", 0.3], ["示例丙", "示例区", "2024年", 6.5])
    assert asked_about(planned("observations", path, **CREATE_ALL)) == []
    path = book_of(tmp_path, *rows, formats={"D2": "0.0%"})
    assert asked_about(planned("observations", path, **CREATE_ALL)) == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("约3000", "约3000亿元"),
        ("3000以上", "3000亿元以上"),
        ("3.5万", "3.5万元"),
        ("3000（快报数）", "3000亿元（快报数）"),
        ("区属3000", "3000亿元"),
        ("3000万元", "3000万元"),
        ("3000家", "3000家"),
    ],
)
def test_a_figure_in_words_has_the_unit_of_its_table_across(tmp_path, text, printed):
    path = book_of(tmp_path, WIDE, ["示例（亿元）", text, 5])
    assert observed(path)[1] == [printed, "5亿元"]


def test_growths_in_a_row_have_the_unit_of_their_own_row(tmp_path):
    rows = [["指标", "单位", "2024年", "2025年"], ["示例值", "亿元", 5, 6], ["增速", "%", 3.5, -2]]
    found, _values = observed(book_of(tmp_path, *rows))
    assert [str(values["growth"]) for values in only(found, Observation)] == ["3.5%", "-2%"]


def test_what_is_kept_unread_agrees_with_any_unit_beside_it(tmp_path):
    path = book_of(
        tmp_path, FIGURES, ["示例值", "示例区", "2024年", "待定", "亿元"], ["示例二", "示例区", "2024年", "…", "家"]
    )
    found = planned("observations", path, **CREATE_ALL, decided={"word": {"数值：待定": "keep"}})
    assert (codes(found), [str(one["value"]) for one in only(found, Observation)]) == ([], ["待定", "…"])
    path = book_of(tmp_path, ["名单名称", "公布数", "单位"], ["示例名单", "若干", "家"])
    [values] = only(planned("rosters", path, decided={"word": {"公布数：若干": "keep"}}), Roster)
    assert (str(values["stated"]), values["stated"].value) == ("若干", None)


def test_a_remark_that_takes_a_status_back_leaves_it_to_a_person(tmp_path):
    rows = [
        ["项目名称", "状态"],
        ["示例一", "开工（计划）"],
        ["示例二", "开工（2024年3月）"],
        ["示例三", "签约（现场）"],
    ]
    found = planned("projects", book_of(tmp_path, *rows))
    assert refused(found) == [(2, "B", "unknown_choice")]
    assert [values["stage"] for values in only(found, StageEntry)] == ["started", "signed"]
    rows = [["政策名称", "类型", "状态"], ["示例办法", "办法（试行）", "有效（已废止）"]]
    assert refused(planned("policies", book_of(tmp_path, *rows))) == [(2, "C", "unknown_choice")]


@pytest.mark.parametrize(("answer", "left"), [("", [2, 3, 4]), ("keep", [2, 3]), ("leave", [])])
def test_what_has_not_happened_is_no_stage(tmp_path, answer, left):
    """未开工 kept under 开工时间 would be a start that nobody dates."""
    rows = [["项目名称", "开工时间"], ["示例一", "未开工"], ["示例二", "预计2026年"], ["示例三", "2020年底前后"]]
    path = book_of(tmp_path, *rows, ["示例四", "2024年"])
    found = planned("projects", path, decided={"word": {"开工时间": answer}} if answer else {})
    assert [row for row, _column, _code in refused(found)] == left
    happened = [str(values["happened"]) for values in only(found, StageEntry) if "happened" in values]
    assert happened == (["2020年底前后"] if answer == "keep" else []) + ["2024年"]


def test_two_columns_of_one_kind_agree_or_a_person_decides(tmp_path):
    rows = [[*PROJECT, "投资额（亿元）"], ["示例一", 10000, 1], ["示例二", 10, 20]]
    found = planned("projects", book_of(tmp_path, *rows))
    assert refused(found) == [(3, "B", "two_of_a_kind")]
    assert amounts(found)[0] == ("total", "1亿元")


def test_a_row_of_growths_beside_columns_of_growths_is_told(tmp_path):
    rows = [
        ["指标", "单位", "2024年", None],
        [None, None, "数值", "同比（%）"],
        ["示例值", "亿元", 5, 6],
        ["增速", "%", 7, 8],
    ]
    found, values = observed(book_of(tmp_path, *rows, merges=["C1:D1"]))
    assert values[0] == "5亿元" and {row for row, _column, _code in refused(found)} == {4}


def test_a_thin_space_in_a_number_is_spelled_and_nothing_else_is(tmp_path):
    [problem] = planned("projects", book_of(tmp_path, PROJECT, ["示例一", "3\u2009500"])).all_problems()
    assert "3\\u2009500万" in problem.message
