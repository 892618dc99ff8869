"""Clerks' files are taken as their sheets show them, and what a sheet does not show is refused at its cell or asked."""

from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from fengtai.workbooks.child import read_workbook
from indicators.models import Observation
from partners.models import Contact, Membership, Organisation
from projects.models import Amount, Place, Project, StageEntry
from tests.importing.import_steps import CREATE_ALL, asked_about, codes, outcomes, planned

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
PROJECT = ["项目名称", "总投资（万元）"]


def only(found, model):
    """What the plan would write of one model."""
    return [item.values for row in found.all_rows() for item in row.items() if item.model is model]


def book_of(tmp_path, *rows, formats=None, merges=(), struck=()):
    """A workbook of these rows; `formats`, `merges` and `struck` name cells as Excel does."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell, code in (formats or {}).items():
        book.active[cell].number_format = code
    for cell in struck:
        book.active[cell].font = Font(strike=True)
    for merged in merges:
        book.active.merge_cells(merged)
    path = tmp_path / "名录.xlsx"
    book.save(path)
    return path


def raised(*runs):
    """A text of runs; of a pair the second is how it is set: superscript, subscript or struck out."""
    fonts = {"struck": InlineFont(strike=True)}
    blocks = [
        run if isinstance(run, str) else TextBlock(fonts.get(run[1]) or InlineFont(vertAlign=run[1]), run[0])
        for run in runs
    ]
    return CellRichText(*blocks)


@pytest.mark.parametrize(
    ("heading", "value", "code", "printed"),
    [
        ("总投资（万元）", 3.5, 'General"亿元"', "3.5亿元"),
        ("总投资（万元）", 3.5, '"约"0.0"亿元"', "约3.5亿元"),
        ("总投资（万元）", 1200, '_ "¥"* #,##0_ ', "1,200万元"),
        ("总投资", 1200, "¥#,##0", "¥1,200"),
        ("总投资（万元）", 500000, "[$HK$-C04]#,##0", "HK$500,000"),
        ("总投资（万港元）", 500, "[$HK$-C04]#,##0", "500万港元"),
        ("总投资（万元）", 2187.5, "0", "2187.5万元"),
        ("总投资（万元）", 6.49350649350649, "0.0", "6.5万元"),
        ("总投资（万元）", raised("5.3", ("1", "superscript")), "General", "5.3万元"),
        ("总投资（万元）", raised(("4.9", "struck"), "5.3"), "General", "5.3万元"),
        ("总投资（万元）", raised("530", ("[2]", "superscript"), "亿元"), "General", "530亿元"),
    ],
)
def test_an_amount_is_what_the_sheet_shows(tmp_path, heading, value, code, printed):
    path = book_of(tmp_path, ["项目名称", heading], ["示例一", value], formats={"B2": code})
    assert [str(values["figure"]) for values in only(planned("projects", path), Amount)] == [printed]


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (55000, '#,##0"㎡"', "55,000㎡"),
        (raised("5.5m", ("2", "superscript")), "General", "5.5m2"),
        (raised("5.5平方", ("2", "superscript")), "General", None),
        (raised("5.5", ("2", "superscript")), "General", "5.5万平方米"),
    ],
)
def test_an_area_s_raised_digit_is_its_unit_or_a_note(tmp_path, value, code, printed):
    path = book_of(tmp_path, ["名称", "面积（万平方米）"], ["示例大厦", value], formats={"B2": code})
    found = planned("places", path)
    if printed is None:
        assert [problem.column for problem in found.all_problems() if problem.is_error] == ["B"]
    else:
        assert [str(values["area"]) for values in only(found, Place)] == [printed]


def test_a_fall_shown_in_words_is_a_fall_and_a_long_rate_is_as_shown(tmp_path):
    rows = [["指标", "地区", "期间", "同比增长"], ["示例甲", "示例区", "2024年", 0.065]]
    path = book_of(
        tmp_path, *rows, ["示例乙", "示例区", "2024年", 0.0649350649350649], formats={"D2": '"下降"0.0%', "D3": "0.0%"}
    )
    found = only(planned("observations", path, **CREATE_ALL), Observation)
    assert [(str(values["growth"]), str(values["growth"].value)) for values in found] == [
        ("下降6.5%", "-6.5"),
        ("6.5%", "6.5"),
    ]


def test_what_is_kept_beside_what_is_shown_is_told_at_its_cell(tmp_path):
    note = raised("5.3", ("1", "superscript"))
    path = book_of(tmp_path, PROJECT, ["示例一", 2187.5], ["示例二", note], formats={"B2": "0"})
    found = planned("projects", path)
    assert [(each.row, each.column, each.code, each.severity) for each in found.all_problems()] == [
        (2, "B", "rounded", "warning"),
        (3, "B", "raised_mark", "warning"),
    ]
    assert "2187.5" in found.all_problems()[0].message and "2188" in found.all_problems()[0].message


def test_what_is_struck_out_is_no_value_and_a_row_of_it_no_row(tmp_path):
    rows = [["示例一", 10], ["示例二", 20], ["示例三", 30]]
    path = book_of(tmp_path, PROJECT, *rows, struck=["B2", "A3", "B3"])
    found = planned("projects", path)
    assert [values["title"] for values in only(found, Project)] == ["示例一", "示例三"]
    assert [str(values["figure"]) for values in only(found, Amount)] == ["30万元"]
    assert [(row.row, row.kind) for row in found.skipped if row.kind == "struck"] == [(3, "struck")]
    assert codes(found) == [(2, "struck_cell")]


@pytest.mark.parametrize(
    ("answer", "amounts", "remarks"),
    [
        ("each", ["10亿元"] * 3, []),
        ("first", ["10亿元"], []),
        ("shared", [], ["总投资：10亿元（3项合计）"] * 3),
    ],
)
def test_one_amount_over_several_projects_is_asked_about(tmp_path, answer, amounts, remarks):
    rows = [["类型", "项目名称", "总投资"], ["产业", "甲项目", "10亿元"], [None, "乙项目"], [None, "丙项目"]]
    path = book_of(tmp_path, *rows, merges=["A2:A4", "C2:C4"])
    found = planned("projects", path)
    assert (outcomes(found), {row.problems[0].column for row in found.rows}) == (["refused"] * 3, {"C"})
    assert [(one.topic, one.key, one.rows) for one in asked_about(found)] == [("merged", "总投资 10亿元", 3)]
    found = planned("projects", path, decided={"merged": {"总投资": answer}})
    assert outcomes(found) == ["new"] * 3
    assert [values["kind"] for values in only(found, Project)] == ["industry"] * 3
    assert [str(values["figure"]) for values in only(found, Amount)] == amounts
    assert [values["remark"] for values in only(found, Project) if "remark" in values] == remarks


def test_a_project_over_two_rows_has_its_amount_without_a_question(tmp_path):
    path = book_of(tmp_path, PROJECT, ["甲项目", 10], [None, None], merges=["A2:A3", "B2:B3"])
    found = planned("projects", path)
    assert (codes(found), [str(values["figure"]) for values in only(found, Amount)]) == ([], ["10万元"])


def test_values_under_a_merged_cell_are_not_seen(tmp_path):
    path = book_of(tmp_path, PROJECT, ["甲项目", 10], ["乙项目", 20])
    book = Workbook()
    for row in (PROJECT, ["甲项目", 10], ["乙项目", 20]):
        book.active.append(row)
    book.active.merged_cells.add("B2:B3")  # openpyxl's own way would empty the cell below
    book.save(path)
    found = planned("projects", path, decided={"merged": {"*": "first"}})
    assert [str(values["figure"]) for values in only(found, Amount)] == ["10万元"]
    assert (3, "under_merge") in codes(found)


@pytest.mark.parametrize(
    ("heading", "value", "code", "reason"),
    [
        ("地址", date(2026, 3, 1), 'm"月"d"日"', "day_in_text"),
        ("地址", date(2026, 3, 1), "yyyy-mm-dd", "day_in_text"),
        ("简称", date(2026, 5, 1), "m/d", "day_in_text"),
        ("备注", date(2026, 3, 1), 'm"月"d"日"', "day_in_text"),
        ("备注", 110101199001011234, "0", "damaged"),
        ("电话", 13812345678138122, "General", "damaged"),
        ("电话", "1.38E+10", "General", "damaged"),
        ("地址", "3月1日", "@", "day_in_text"),
        ("简称", "1-Mar", "@", "day_in_text"),
        ("地址", "#REF!", "@", "excel_error"),
        ("地址", "NULL", "@", "no_value"),
        ("地址", "nan", "@", "no_value"),
        ("地址", 5, "# ?/?", "unknown_format"),
    ],
)
def test_a_text_that_a_spreadsheet_destroyed_is_refused_at_its_cell(tmp_path, heading, value, code, reason):
    path = book_of(tmp_path, ["单位名称", "性质", heading], ["示例甲", "企业", value], formats={"C2": code})
    found = [
        (each.row, each.column, each.code) for each in planned("organisations", path).all_problems() if each.is_error
    ]
    assert found == [(2, "C", reason)]


def test_a_text_that_a_spreadsheet_kept_is_taken(tmp_path):
    row = ["示例甲", 13812345678, 123, date(2026, 3, 1)]
    path = book_of(tmp_path, ["单位名称", "电话", "地址", "备注"], row, formats={"C2": "000000"})
    found = planned("organisations", path)
    assert [values["phone"] for values in only(found, Contact)] == ["13812345678"]
    [values] = only(found, Organisation)
    assert (values["address"], values["remark"]) == ("000123", "2026-03-01")


@pytest.mark.parametrize(("answer", "happened"), [("stored", ["2024年3月"]), ("leave", [])])
def test_a_date_without_its_year_is_asked_about(tmp_path, answer, happened):
    path = book_of(tmp_path, ["项目名称", "签约时间"], ["示例一", date(2024, 3, 1)], formats={"B2": 'm"月"'})
    found = planned("projects", path)
    assert [(each.column, each.code) for each in found.all_problems()] == [("B", "undecided")]
    found = planned("projects", path, decided={"year": {"签约时间": answer}})
    assert [str(values["happened"]) for values in only(found, StageEntry) if "happened" in values] == happened


@pytest.mark.parametrize(
    ("name", "headings", "row", "column"),
    [
        ("organisations", ["单位名称", "身份", "时间"], ["示例甲", "入驻单位", "2020年底前后"], "C"),
        ("organisations", ["单位名称", "简称", "英文名称"], ["示例甲", "示例", "E" * 400], "C"),
        ("organisations", ["单位名称", "联系人", "邮箱"], ["示例甲", "示例人", "不是邮箱"], "C"),
        ("projects", ["项目名称", "状态", "时间"], ["示例一", "签约", "某日"], "C"),
        ("projects", ["项目名称", "签约时间", "开工时间"], ["示例一", "2024年", "某日"], "C"),
        ("projects", ["项目名称", "总投资", "注册资本"], ["示例一", "3亿元", "若干"], "C"),
        ("projects", ["项目名称", "总投资", "单位", "贷款"], ["示例一", 3, "亿元", "530㎡"], "D"),
        ("projects", ["项目名称", "总投资"], ["示例一", "300余家"], "B"),
    ],
)
def test_a_fault_is_marked_at_its_own_cell(tmp_path, name, headings, row, column):
    found = planned(name, book_of(tmp_path, headings, row), **CREATE_ALL)
    assert [problem.column for problem in found.all_problems() if problem.is_error] == [column]


def csv_of(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "名录.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_csv_row_with_too_many_cells_is_refused_and_not_shifted(tmp_path):
    rows = ["单位名称,地址,简介", "示例甲,示例区,示例路1号,做机器人", "示例乙,示例路2号,做芯片,,", "示例丙,示例路3号"]
    found = planned("organisations", csv_of(tmp_path, "\n".join(rows)))
    assert outcomes(found) == ["refused", "new", "new"]
    assert [(each.row, each.code) for each in found.all_problems() if each.is_error] == [(2, "too_many_cells")]


def test_headings_narrower_than_the_rows_are_not_those_of_a_list(tmp_path):
    """A title was taken for them: no row is at fault."""
    book = read_workbook(csv_of(tmp_path, "年份\n甲,1,2\n乙,3,4\n丙,5,6"))
    assert {row.fault for row in book.sheets[0].rows} == {""}


def test_error_words_of_a_csv_are_errors(tmp_path):
    found = planned("organisations", csv_of(tmp_path, "单位名称,地址,备注\n示例甲,#REF!,#DIV/0!\n示例乙,NULL,nan"))
    assert codes(found) == [(2, "excel_error"), (2, "excel_error"), (3, "no_value"), (3, "no_value")]


def test_a_membership_s_date_is_marked_at_its_column(tmp_path):
    path = book_of(tmp_path, ["单位名称", "身份", "时间"], ["示例甲", "示例级别", "某日"])
    found = planned("organisations", path, **CREATE_ALL)
    assert [problem.column for problem in found.all_problems() if problem.is_error] == ["C"]
    assert only(found, Membership) == []
