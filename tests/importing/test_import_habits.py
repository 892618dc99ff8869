"""Habits of clerks' files that were once read wrongly without a word: each is now read rightly, or refused and told."""

from datetime import date

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from indicators.models import Observation
from partners.models import Organisation, Roster
from projects.models import Amount, Place
from tests import factories
from tests.importing.import_steps import CREATE_ALL, codes, outcomes, planned, said, saved
from tests.workbooks.workbook_files import saved as saved_book

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
NAMES = ["单位名称", "地址", "备注"]


@pytest.fixture(autouse=True)
def told_in_chinese():
    with override("zh-hans"):
        yield


def only(found, model):
    """What the plan would write of one model."""
    return [item.values for row in found.all_rows() for item in row.items() if item.model is model]


def sheet_of(tmp_path, *rows):
    return saved(tmp_path / "名录.xlsx", ("名录", [list(row) for row in rows]))


def test_a_row_that_says_nothing_of_a_record_is_no_new_record(tmp_path):
    rows = [["序号", *NAMES], ["一、示例行业"], [1, "示例甲", "示例路1号"], [2], ["附：示例说明文字"]]
    found = planned("organisations", sheet_of(tmp_path, *rows))
    assert outcomes(found) == ["new"]
    told = [(row.row, row.kind, row.text) for row in found.skipped if row.kind != "heading"]
    assert told == [(2, "section", "一、示例行业"), (4, "empty", "2"), (5, "note", "附：示例说明文字")]


def test_a_second_table_below_is_not_read_by_the_headings_of_the_first(tmp_path):
    rows = [["序号", *NAMES], [1, "示例甲", "示例路1号"], ["序号", "企业名称", "退出原因"], [1, "示例乙", "迁出"]]
    found = planned("organisations", sheet_of(tmp_path, *rows))
    assert (outcomes(found), codes(found)) == (["new", "new"], [(0, "unknown_column")])
    rows[2][1] = "退出者"
    assert codes(planned("organisations", sheet_of(tmp_path, *rows))) == [(3, "other_table")]


@pytest.mark.parametrize(
    "total", ["累计", "总和", "Total", "Grand total", "共2个项目", "总计（2个项目）", "合计金额", "平均"]
)
def test_a_total_by_any_word_is_no_record(tmp_path, total):
    found = planned("projects", sheet_of(tmp_path, ["项目名称", "投资额（万元）"], ["示例一", 10], [total, 10]))
    assert outcomes(found) == ["new"]
    assert [(row.row, row.kind) for row in found.skipped] == [(1, "heading"), (3, "total")]


def test_a_total_behind_the_name_of_its_group_is_no_record(tmp_path):
    rows = [["地区", "单位名称", "地址"], ["示例区", "示例甲", "示例路"], ["示例区", "小计", "1家"]]
    found = planned("organisations", sheet_of(tmp_path, *rows))
    assert outcomes(found) == ["new"]
    assert found.skipped[-1].kind == "total"


def test_a_note_in_two_cells_is_a_note(tmp_path):
    rows = [["指标", "地区", "期间", "数值"], ["示例指标", "示例区", "2024年", "3家"], ["注", "1. 增速按可比价计算"]]
    found = planned("observations", sheet_of(tmp_path, *rows), **CREATE_ALL)
    assert outcomes(found) == ["new"]
    assert found.skipped[-1].kind == "note"


def test_a_date_beside_no_standing_is_kept(tmp_path):
    found = planned("organisations", sheet_of(tmp_path, ["单位名称", "入选时间"], ["示例甲", "2023年"]))
    [values] = only(found, Organisation)
    assert str(values["standing_since"]) == "2023年"


def test_an_error_in_a_figure_is_refused_at_its_cell(tmp_path):
    book = Workbook()
    for row in (["指标", "地区", "期间", "数值", "口径"], ["示例指标", "示例区", "2024年", "#N/A", "#REF!"]):
        book.active.append(row)
    found = planned("observations", saved_book(book, tmp_path), **CREATE_ALL)
    assert [problem.column for problem in found.all_problems() if problem.code == "excel_error"] == ["D", "E"]


def test_true_is_no_figure(tmp_path):
    rows = [["指标", "地区", "期间", "数值"], ["示例指标", "示例区", "2024年", True]]
    assert (2, "wrong_type") in codes(planned("observations", sheet_of(tmp_path, *rows), **CREATE_ALL))


@pytest.mark.parametrize(
    ("heading", "cell", "printed"),
    [
        ("投资额（万元）", "3.5亿", "3.5亿元"),
        ("投资额（亿元）", "10亿", "10亿元"),
        ("投资额（万元）", "3000以上", "3000万元以上"),
        ("投资额（万元）", "3000余", "3000余万元"),
    ],
)
def test_a_multiplier_in_the_cell_goes_before_that_of_the_heading(tmp_path, heading, cell, printed):
    found = planned("projects", sheet_of(tmp_path, ["项目名称", heading], ["示例一", cell]))
    assert [str(values["figure"]) for values in only(found, Amount)] == [printed]


@pytest.mark.parametrize(
    ("cell", "printed"), [("5.2万", "5.2万平方米"), ("约5", "约5平方米"), ("5以上", "5平方米以上")]
)
def test_an_area_takes_the_unit_of_its_heading(tmp_path, cell, printed):
    found = planned("places", sheet_of(tmp_path, ["名称", "面积（平方米）"], ["示例大厦", cell]))
    assert [str(values["area"]) for values in only(found, Place)] == [printed]


def test_a_heading_s_own_unit_is_not_that_of_the_column_of_units(tmp_path):
    rows = [["项目名称", "投资", "单位", "注册资本（万美元）"], ["示例一", 10, "亿元", 300]]
    found = planned("projects", sheet_of(tmp_path, *rows))
    assert [str(values["figure"]) for values in only(found, Amount)] == ["10亿元", "300万美元"]


def test_a_heading_and_a_column_of_units_that_disagree_are_refused(tmp_path):
    rows = [["指标", "地区", "期间", "数值（亿元）", "单位"], ["示例指标", "示例区", "2024年", 10, "万元"]]
    assert codes(planned("observations", sheet_of(tmp_path, *rows), **CREATE_ALL)) == [(2, "units_disagree")]


def test_a_sheet_in_ten_thousands_says_nothing_of_areas_and_growth(tmp_path):
    rows = [["单位：万元"], ["项目名称", "总投资", "建筑面积"], ["示例一", 10, 500]]
    found = planned("projects", sheet_of(tmp_path, *rows))
    assert said(found) == ["3 建筑面积: “500”没有写单位，这里可用的单位：平方米、万平方米、亩。"]
    rows = [["单位：亿元"], ["指标", "地区", "期间", "数值", "同比增长"], ["示例指标", "示例区", "2024年", 10, 5.2]]
    found = planned("observations", sheet_of(tmp_path, *rows), **CREATE_ALL)
    assert said(found) == ["3 同比增长: 缺少单位，或单位无法识别：“5.2”"]


def test_a_unit_in_the_indicator_s_name_goes_before_that_of_the_sheet(tmp_path):
    headings, rest = ["指标", "地区", "期间", "数值"], ["示例区", "2024年", 300]
    rows = [["单位：亿元"], headings, ["示例户数（户）", *rest], ["示例总值", *rest]]
    found = planned("observations", sheet_of(tmp_path, *rows), **CREATE_ALL)
    assert [str(values["value"]) for values in only(found, Observation)] == ["300户", "300亿元"]


@pytest.mark.parametrize(
    ("form", "printed"),
    [("yyyy-mm", "2024年3月"), ('yyyy"年"m"月"', "2024年3月"), ("yyyy", "2024年"), ("yyyy-mm-dd", "2024-03-01")],
)
def test_a_date_is_as_exact_as_it_is_shown(tmp_path, form, printed):
    book = Workbook()
    book.active.append(["名单名称", "时间"])
    book.active.append(["示例名单", date(2024, 3, 1)])
    book.active["B2"].number_format = form
    [values] = only(planned("rosters", saved_book(book, tmp_path)), Roster)
    assert str(values["as_of"]) == printed


@pytest.mark.parametrize("cell", ["/", "—", "-", "无"])
def test_a_stroke_is_a_blank(tmp_path, cell):
    row = factories.organisation(name="示例甲", address="示例路1号")
    headings = ["单位名称", "电话", "荣誉", "产业领域", "身份", "地址"]
    found = planned("organisations", sheet_of(tmp_path, headings, ["示例甲", *[cell] * 5], ["示例乙", *[cell] * 5]))
    assert outcomes(found) == ["same", "new"]
    assert [len(each.items()) for each in found.rows] == [0, 1]
    assert found.missing == []
    assert row.address == "示例路1号"


def test_a_ditto_repeats_the_row_of_data_above_or_is_refused(tmp_path):
    rows = [NAMES, ["示例甲", "同上", "一"], ["示例行业"], ["示例乙", "示例路", "二"], ["示例丙", " 同上 ", "〃"]]
    found = planned("organisations", sheet_of(tmp_path, *rows))
    assert codes(found) == [(2, "ditto")]
    assert only(found, Organisation)[-1] == {"name": "示例丙", "address": "示例路", "remark": "二"}


def test_two_sources_of_one_number_are_refused(tmp_path):
    sources = ["来源", [["来源编号", "标题", "类型"], ["W1", "示例报道甲", "新闻"], ["W1", "示例报道乙", "新闻"]]]
    path = saved(tmp_path / "名录.xlsx", ("名录", [["单位名称", "来源编号"], ["示例甲", "W1"]]), sources)
    assert codes(planned("organisations", path)) == [(2, "mark_twice"), (3, "mark_twice")]


def test_the_same_record_on_two_sheets_is_told_with_the_sheet(tmp_path):
    path = saved(tmp_path / "名录.xlsx", ("甲表", [["单位名称"], ["示例甲"]]), ("乙表", [["单位名称"], ["示例甲"]]))
    assert said(planned("organisations", path)) == [
        "2 : 与第2（乙表）行为同一记录。",
        "2 : 与第2（甲表）行为同一记录。",
    ]


def test_the_heading_of_a_group_is_no_record_with_or_without_its_total(tmp_path):
    rows = [["序号", "项目名称", "投资额（万元）"], ["一", "示例产业类"], [1, "示例一", 10], ["二", "示例平台类", 20]]
    found = planned("projects", sheet_of(tmp_path, *rows, [1, "示例二", 20]))
    assert (outcomes(found), codes(found)) == (["new", "new"], [])
    assert [(row.row, row.kind) for row in found.skipped] == [(1, "heading"), (2, "section"), (4, "section")]


def test_records_that_are_all_numbered_in_chinese_are_records(tmp_path):
    found = planned("projects", sheet_of(tmp_path, ["序号", "项目名称"], ["一", "示例一"], ["二", "示例二"]))
    assert outcomes(found) == ["new", "new"]


def test_a_name_broken_to_fit_its_cell_is_the_same_name(tmp_path):
    factories.organisation(name="示例科技有限公司")
    found = planned(
        "organisations", sheet_of(tmp_path, NAMES, ["示例科技\n有限公司"], ["示例\n新公司", "一\n二", "一\n二"])
    )
    assert outcomes(found) == ["same", "new"]
    assert only(found, Organisation) == [{"name": "示例新公司", "address": "一二", "remark": "一\n二"}]


def test_an_unknown_stage_is_told_with_the_stages(tmp_path):
    [told] = said(planned("projects", sheet_of(tmp_path, ["项目名称", "进展"], ["示例一", "前期"])))
    assert "推进中" in told
    assert "开工" in told


@pytest.mark.parametrize("heading", ["身份", "荣誉", "联系人", "简称", "来源"])
def test_a_word_that_erases_is_never_taken_for_a_name(tmp_path, heading):
    factories.organisation(name="示例甲")
    found = planned("organisations", sheet_of(tmp_path, ["单位名称", heading], ["示例甲", "清空"]), **CREATE_ALL)
    assert codes(found) == [(2, "not_erasable")]


@pytest.mark.parametrize("heading", ["签约方", "批次", "投资额", "当前阶段"])
def test_nor_of_a_project(tmp_path, heading):
    factories.project(title="示例一")
    found = planned("projects", sheet_of(tmp_path, ["项目名称", heading], ["示例一", "清空"]), **CREATE_ALL)
    assert codes(found) == [(2, "not_erasable")]


def test_a_figure_that_is_erased_is_a_revision_and_asks_for_its_reason(tmp_path):
    row = factories.observation(period="2024年", value="3家")
    cells = [str(row.indicator.name), row.scope.name, "2024年", "清空"]
    found = planned("observations", sheet_of(tmp_path, ["指标", "地区", "期间", "数值"], cells))
    assert "revision" in [code for _row, code in codes(found)]


def test_a_project_without_a_title_may_be_changed_by_its_number(tmp_path):
    row = factories.project(title="")
    path = sheet_of(tmp_path, ["项目", "原文内容", "平台编号"], [str(row), "示例内容", row.pk])
    found = planned("projects", path)
    assert (codes(found), outcomes(found)) == ([], ["changed"])


def test_what_is_written_does_not_depend_on_who_looks(tmp_path):
    rows = [
        ["项目名称", "状态", "建设规模", "批次"],
        ["示例一", "签约", None, None],
        ["示例一批", None, "34个", "示例批"],
    ]
    path, digests = sheet_of(tmp_path, *rows), []
    for language in ("zh-hans", "en"):
        with override(language):
            digests.append(planned("projects", path, **CREATE_ALL).digests())
    assert digests[0] == digests[1]


def test_english_headings_that_are_no_labels_are_known(tmp_path):
    path = sheet_of(tmp_path, ["No.", "Name", "Type", "Remarks"], [1, "示例 Example", "企业", "x"])
    assert only(planned("organisations", path), Organisation) == [
        {"name": "示例 Example", "kind": "firm", "remark": "x"}
    ]
