"""A clerk's workbook is read as it was sent: headings found, rows told apart, cells as typed."""

import csv
import io
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from fengtai.workbooks.cells import column_number, letters
from fengtai.workbooks.child import read_workbook
from fengtai.workbooks.data import ErrorCell, Notice, RowData, SheetData, Skipped
from fengtai.workbooks.errors import NOTICES, REASONS, WorkbookError
from fengtai.workbooks.heading_texts import normalised
from fengtai.workbooks.layout import Layout
from fengtai.workbooks.limits import Limits
from fengtai.workbooks.words import explain, tell
from tests.workbooks.workbook_files import LEFT_BLANK, as_sent, saved, workbook


def laid_out(*rows, merges=(), vocabulary=()):
    """A sheet of these rows, without a file."""
    filled = [
        (number, {column: cell for column, cell in enumerate(row, start=1) if cell is not None})
        for number, row in enumerate(rows, start=1)
    ]
    layout = Layout(filled, list(merges), frozenset(vocabulary))
    read = list(layout.read())
    rows = [row for row in read if isinstance(row, RowData)]
    skipped = [row for row in read if isinstance(row, Skipped)]
    return SheetData("表", False, layout.top.headings, rows, skipped, layout.top.unit, layout.notices())


def numbers(sheet) -> list[int]:
    return [row.number for row in sheet.rows]


def kinds(sheet) -> dict[int, str]:
    return {skipped.row: skipped.kind for skipped in sheet.skipped}


def test_a_list_as_work_groups_send_it(tmp_path):
    book = read_workbook(saved(as_sent(), tmp_path))
    assert (book.kind, book.warnings, [sheet.name for sheet in book.sheets]) == ("xlsx", [], ["单位名录", "来源"])
    people, sources = book.sheets
    assert [heading.text for heading in people.headings] == [
        "序号", "单位名称", "身份", "投资额（万元）", "地区", "来源编号", "备注",
    ]  # fmt: skip
    assert [heading.unit for heading in people.headings] == ["", "", "", "万元", "", "", ""]
    assert numbers(people) == [4, 5, 6]
    assert people.rows[0].cells[4] == 1200
    assert [row.cells[5] for row in people.rows] == ["北京市丰台区"] * 3
    assert people.rows[1].cells[7] == "由项目名推出"
    assert people.skipped == [
        Skipped(1, "title", "单位名录"),
        Skipped(2, "note", LEFT_BLANK),
        Skipped(3, "heading", "序号 单位名称 身份 投资额（万元） 地区 来源编号 备注"),
        Skipped(7, "total", "合计 3条"),
        Skipped(8, "signature", "填报人： 审核人："),
    ]
    assert numbers(sources) == [2, 3] and sources.rows[0].cells == {1: "W02", 2: "示例报道", 3: "2021-07-19"}


def test_headings_are_found_below_any_number_of_titles():
    above = [
        [f"说明第{number}行，这里写得很长，说的是怎样填写这张表，以及哪些内容可以留空不填"] for number in range(60)
    ]
    sheet = laid_out(*above, ["名称", "投资额", "备注"], ["示例一", 1, None])
    assert [heading.text for heading in sheet.headings] == ["名称", "投资额", "备注"] and numbers(sheet) == [62]


def test_a_line_of_a_form_is_no_row_of_headings():
    form = ["填报单位：示例委", None, "填报日期：2024年", "单位：万元"]
    sheet = laid_out(["项目表"], form, ["名称", "投资额", "备注", "时间"], ["示例一", 1, None, None])
    assert [heading.text for heading in sheet.headings] == ["名称", "投资额", "备注", "时间"]
    assert (sheet.unit, kinds(sheet)[2]) == ("万元", "signature")


def test_the_vocabulary_decides_where_shape_would_not():
    rows = [["汇总", "甲", "乙", "丙", "丁"], ["名称", "投资额", None, None, None], ["示例一", "1亿元", "x", "y", "z"]]
    assert [heading.text for heading in laid_out(*rows).headings] == ["汇总", "甲", "乙", "丙", "丁"]
    known = laid_out(*rows, vocabulary={"名称", "投资额"})
    assert [heading.text for heading in known.headings] == ["名称", "投资额"] and numbers(known) == [3]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("＊投资 额（万元）", "投资额"),
        ("Name *", "name"),
        ("单位\n名称", "单位名称"),
        ("（备注）", "(备注)"),
        ("ＡＢ", "ab"),
        ("面积（数值）", "面积(数值)"),
        ("面积[单位：平方米]", "面积"),
        ("名称（必填）", "名称"),
        ("期间（起）", "期间(起)"),
    ],
)
def test_headings_are_compared_plainly(text, same):
    assert normalised(text) == same


def test_headings_over_two_rows_are_joined():
    sheet = laid_out(
        ["序号", "投资额（亿元）", None, "面积", None, "备注"],
        [None, "总投资", "到位（万元）", "占地", "建筑（平方米）", None],
        [1, 2, 3, 4, 5, "x"],
        merges=[(1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 2, 6)],
    )
    assert [(each.text, each.part, each.unit) for each in sheet.headings] == [
        ("序号", "", ""),
        ("投资额（亿元） 总投资", "总投资", "亿元"),
        ("投资额（亿元） 到位（万元）", "到位（万元）", "万元"),
        ("面积 占地", "占地", ""),
        ("面积 建筑（平方米）", "建筑（平方米）", "平方米"),
        ("备注", "", ""),
    ]
    assert numbers(sheet) == [3]


def test_a_merged_title_is_no_group_of_headings():
    sheet = laid_out(["项目表"], ["名称", "数值"], ["示例一", "一"], merges=[(1, 1, 1, 2)])
    assert [heading.text for heading in sheet.headings] == ["名称", "数值"] and numbers(sheet) == [3]


@pytest.mark.parametrize(
    "line", ["单位：万元", "（单位：万元）", "金额单位:万元", "项目表（单位：万元）", "单位：发改委    计量单位：万元"]
)
def test_a_line_that_states_the_unit_holds_for_amounts(line):
    sheet = laid_out(["签约项目"], [line], ["名称", "投资额", "建筑面积"], ["示例一", 300, 5])
    assert sheet.unit == "万元"
    assert [heading.unit for heading in sheet.headings] == ["", "万元", ""]


def test_a_line_may_state_several_units():
    sheet = laid_out(["单位：万元、平方米"], ["名称", "投资额", "建筑面积"], ["示例一", 300, 5])
    assert (sheet.unit, [heading.unit for heading in sheet.headings]) == ("", ["", "万元", "平方米"])
    assert Notice("several_units", text="万元、平方米") in sheet.notes


def test_the_unit_that_signs_is_no_unit_of_measure():
    sheet = laid_out(["单位：示例委员会"], ["名称", "投资额"], ["示例一", 300])
    assert (sheet.unit, kinds(sheet)[1]) == ("", "signature")


def test_a_row_of_units_stands_for_its_headings():
    sheet = laid_out(["名称", "投资额", "面积", "同比"], [None, "（万元）", "㎡", "%"], ["示例一", 1, 2, 3])
    assert [heading.unit for heading in sheet.headings] == ["", "万元", "m2", "%"]
    assert (kinds(sheet), numbers(sheet)) == ({1: "heading", 2: "unit"}, [3])


def test_the_first_value_of_a_column_of_units_is_data():
    assert numbers(laid_out(["名称", "单位", "数值"], [None, "家", None], ["示例一", "家", 3])) == [2, 3]


def test_a_row_that_numbers_the_columns_is_no_data():
    sheet = laid_out(["名称", "数值", "单位", "备注"], ["甲", "(1)", "(2)", "(3)"], ["示例一", 1, "家", None])
    assert (kinds(sheet), numbers(sheet)) == ({1: "heading", 2: "heading"}, [3])


@pytest.mark.parametrize(
    "text", ["合计", "合 计", "总计：", "小计 12", "共计（34家）", "合计：5个", "本页小计", "合计32条"]
)
def test_totals_are_told_by_the_whole_word(text):
    assert kinds(laid_out(["名称", "数值"], ["示例一", 1], [text, 1]))[3] == "total"
    assert kinds(laid_out(["序号", "名称", "数值"], [1, "示例一", 1], [None, text, 1]))[3] == "total"


@pytest.mark.parametrize(
    "name", ["合计科技有限公司", "北京小计软件", "总计划项目", "第三届洽谈会签约(合计)", "共计", "填报人力资源公司"]
)
def test_a_name_that_holds_such_a_word_is_data(name):
    row = [1, name, 5] if name == "共计" else [name, "x", 5]
    assert numbers(laid_out(["名称", "甲", "数值"], ["示例一", "x", 1], row)) == [2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "填报人：示例",
        "审核人",
        "制表日期：2024年",
        "填表单位（盖章）：",
        "单位负责人(签字)：",
        "单位（盖章）：示例委",
        "联系电话：010",
        "日期：",
    ],
)
def test_signatures_are_recognised(text):
    assert kinds(laid_out(["名称", "数值"], ["示例一", 1], [text]))[3] == "signature"


@pytest.mark.parametrize("text", ["注：数据为初步统计", "备注：略", "说明:1.略", "附注1：略", "（以下空白）"])
def test_notes_below_the_rows_are_recognised(text):
    assert kinds(laid_out(["名称", "数值"], ["示例一", 1], [text]))[3] == "note"


def test_a_row_merged_across_is_a_section():
    sheet = laid_out(["名称", "甲", "乙"], ["一、重点项目"], ["示例一", "x", 1], merges=[(2, 1, 2, 3)])
    assert (kinds(sheet)[2], numbers(sheet), sheet.rows[0].section) == ("section", [3], "一、重点项目")


def test_headings_repeated_on_every_page_are_no_data():
    sheet = laid_out(["名称", "数值"], ["示例一", 1], ["名称", "数值"], ["示例二", 2])
    assert (kinds(sheet), numbers(sheet)) == ({1: "heading", 3: "heading"}, [2, 4])


def test_empty_rows_between_are_reported_and_those_below_are_not():
    sheet = laid_out(["名称", "数值"], ["示例一", 1], [None, None], ["示例二", 2], [None, None])
    assert (kinds(sheet), numbers(sheet)) == ({1: "heading", 3: "empty"}, [2, 4])


def test_merged_cells_spread_down_and_no_other_way():
    sheet = laid_out(
        ["片区", "名称", "数值"],
        ["丽泽", "示例一", 1],
        [None, "示例二", 2],
        [None, "小计", 3],
        ["科技园", "示例三", None],
        [None, "示例四", 4],
        merges=[(2, 1, 4, 1), (5, 2, 5, 3)],
    )
    assert [row.cells.get(1) for row in sheet.rows] == ["丽泽", "丽泽", "科技园", None]
    assert [row.cells.get(3) for row in sheet.rows] == [1, 2, None, 4]
    assert kinds(sheet)[4] == "total"


def test_a_record_merged_over_two_rows_is_one():
    sheet = laid_out(["名称", "数值"], ["示例一", 1], [None, None], ["另一", 2], merges=[(2, 1, 3, 1), (2, 2, 3, 2)])
    assert numbers(sheet) == [2, 4]


def test_ditto_repeats_the_row_of_data_above():
    sheet = laid_out(
        ["名称", "批次", "数值"],
        ["示例一", "首批", 1],
        ["小计", None, 1],
        ["示例二", "同上", "〃"],
        ["示例三", "同上", 3],
    )
    assert [(row.cells[2], row.cells[3]) for row in sheet.rows] == [("首批", 1), ("首批", 1), ("首批", 3)]
    alone = laid_out(["名称", "批次"], ["示例一", "同上"])
    assert alone.rows[0].cells == {1: "示例一", 2: "同上"}


def test_the_example_row_of_a_template_is_skipped():
    sheet = laid_out(["名称", "数值"], ["示例", 1], ["示例科技公司", 2])
    assert (kinds(sheet)[2], numbers(sheet)) == ("example", [3])


def test_odd_columns_are_reported():
    sheet = laid_out(["名称", "数值", "数值（万元）", None], ["示例一", 1, 2, "x"])
    assert sheet.notes == [Notice("same_heading", column=3, text="B, C"), Notice("no_heading", column=4)]
    assert sheet.rows[0].cells[4] == "x"


def test_a_sheet_without_text_has_no_headings():
    sheet = laid_out([1, 2], [3, 4])
    assert (sheet.headings, sheet.rows, sheet.notes) == ([], [], [])
    assert kinds(sheet) == {1: "note", 2: "note"}


def typed_cells(tmp_path, change, epoch=None):
    book = Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    sheet.append(["名称", "甲", "乙", "丙", "丁", "戊"])
    change(sheet)
    return read_workbook(saved(book, tmp_path)).sheets[0]


def test_cells_are_as_typed(tmp_path):
    def change(sheet):
        sheet.append(["0600", 600.0, 0.1 + 0.2, date(2024, 4, 23), datetime(2024, 4, 23, 8, 30), True])
        sheet.append([" 示例二 ", -5, 9.11101085938123e17, time(8, 30), "2024-04-23", "  "])

    first, second = typed_cells(tmp_path, change).rows
    assert first.cells == {1: "0600", 2: 600, 3: 0.3, 4: date(2024, 4, 23), 5: datetime(2024, 4, 23, 8, 30), 6: True}
    assert second.cells == {1: " 示例二 ", 2: -5, 3: 9.11101085938123e17, 4: time(8, 30), 5: "2024-04-23"}
    assert [type(first.cells[2]), type(second.cells[3])] == [int, float]


def test_dates_of_either_epoch_are_the_days_shown(tmp_path):
    def change(sheet):
        sheet.append(["示例一", date(2024, 2, 29)])
        sheet.append(["示例一", date(2023, 12, 31)])
        sheet["B3"].number_format = 'yyyy"年"m"月"d"日"'

    for epoch in (None, CALENDAR_MAC_1904):
        rows = typed_cells(tmp_path, change, epoch).rows
        assert [row.cells[2] for row in rows] == [date(2024, 2, 29), date(2023, 12, 31)]


def with_part(path, name: str, change):
    """The workbook with one part changed as text."""
    with zipfile.ZipFile(path) as old:
        contents = {part: old.read(part) for part in old.namelist()}
    contents[name] = change(contents[name].decode()).encode()
    with zipfile.ZipFile(path, "w") as new:
        for part, data in contents.items():
            new.writestr(part, data)
    return path


def test_formulas_are_read_by_their_value_and_errors_are_marked(tmp_path):
    rows = [["名称", "甲", "乙", "丙"], ["示例一", "=1+1", "=1/0", "=3+4"], ["示例二", "=2+2", "#N/A", 1]]
    path = saved(workbook(("表", rows)), tmp_path)

    def computed(xml):
        xml = re.sub(r'(<c r="B\d"><f>)(\d)\+\d(</f>)<v ?/?>(</v>)?', r"\g<1>\2+\2\3<v>\g<2>0</v>", xml)
        return re.sub(r'<c r="C2"><f>1/0</f><v ?/?>(</v>)?', '<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v>', xml)

    sheet = read_workbook(with_part(path, "xl/worksheets/sheet1.xml", computed)).sheets[0]
    assert [row.cells for row in sheet.rows] == [
        {1: "示例一", 2: 10, 3: ErrorCell("#DIV/0!"), 4: ErrorCell("=3+4", "not_computed")},
        {1: "示例二", 2: 20, 3: ErrorCell("#N/A"), 4: 1},
    ]
    assert sheet.notes == [
        Notice("formula", 2, 2, "2"),
        Notice("formula", 2, 3, "1"),
        Notice("formula", 2, 4, "1"),
        Notice("error_cell", 2, 3, "#DIV/0!"),
        Notice("not_computed", 2, 4, "=3+4"),
        Notice("error_cell", 3, 3, "#N/A"),
    ]


def test_what_is_hidden_is_read_and_reported(tmp_path):
    book = workbook(("表", [["名称", "甲", "乙"], ["示例一", 1, 2], ["示例二", 3, 4]]), ("藏", [["名称"], ["示例一"]]))
    book["表"].row_dimensions[3].hidden = True
    book["表"].column_dimensions["B"].hidden = True
    book["藏"].sheet_state = "veryHidden"
    shown, hidden = read_workbook(saved(book, tmp_path)).sheets
    assert (shown.hidden, numbers(shown)) == (False, [2, 3])
    assert shown.notes == [Notice("hidden_rows", 3, text="1"), Notice("hidden_columns", column=2, text="B")]
    assert (hidden.hidden, numbers(hidden)) == (True, [2])


def test_a_sheet_of_a_chart_is_named_and_not_read(tmp_path):
    book = workbook(("表", [["名称", "甲"], ["示例一", 1]]))
    book.create_chartsheet("图")
    read = read_workbook(saved(book, tmp_path))
    assert ([sheet.name for sheet in read.sheets], read.warnings) == (["表"], [Notice("other_sheet", text="图")])


def test_rows_keep_their_numbers_where_the_sheet_begins_lower(tmp_path):
    book = Workbook()
    for cell, value in {"C5": "名称", "D5": "数值", "C6": "示例一", "D6": 1}.items():
        book.active[cell] = value
    sheet = read_workbook(saved(book, tmp_path)).sheets[0]
    assert [heading.column for heading in sheet.headings] == [3, 4]
    assert [(row.number, row.cells) for row in sheet.rows] == [(6, {3: "示例一", 4: 1})]


def test_a_writer_that_gives_every_name_a_prefix_is_read_alike(tmp_path):
    book = workbook(("表", [["名称", "数值"], ["示例一", "=1+1"], ["示例二", 5]]))
    book.active.row_dimensions[3].hidden = True

    def prefixed(xml):
        return re.sub(r"<(/?)(?=\w)", r"<\1x:", xml.replace("xmlns=", "xmlns:x="))

    sheet = read_workbook(with_part(saved(book, tmp_path), "xl/worksheets/sheet1.xml", prefixed)).sheets[0]
    assert [row.cells for row in sheet.rows] == [
        {1: "示例一", 2: ErrorCell("=1+1", "not_computed")},
        {1: "示例二", 2: 5},
    ]
    assert Notice("hidden_rows", 3, text="1") in sheet.notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_every_habit_is_read_alike(tmp_path, encoding, separator):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerows(
        [["名录"], ["名称", "投资额（万元）", "备注"], ["示例, 甲;乙", "0300", "两行\n备注"], ["合计", "300", ""]]
    )
    path = tmp_path / "名录.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    book = read_workbook(path)
    [sheet] = book.sheets
    assert (book.kind, sheet.name) == ("csv", "CSV")
    assert [(row.number, row.cells) for row in sheet.rows] == [(3, {1: "示例, 甲;乙", 2: "0300", 3: "两行\n备注"})]
    assert (sheet.headings[1].unit, kinds(sheet)[4]) == ("万元", "total")


def test_csv_texts_guarded_against_formulas_are_read_as_meant(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("名称,代码\n'=1+1,=\"00123\"\n'sGravenhage,x\n")
    assert [row.cells for row in read_workbook(path).sheets[0].rows] == [
        {1: "=1+1", 2: "00123"},
        {1: "'sGravenhage", 2: "x"},
    ]


def test_limits_are_the_callers(tmp_path):
    path = saved(workbook(("表", [["名称", "甲", "乙"]] + [["示例一", 1, 2]] * 200)), tmp_path)
    for limits, code in [
        (Limits(rows=50), "too_many_rows"),
        (Limits(rows=150), "too_many_rows"),
        (Limits(columns=2), "too_many_columns"),
        (Limits(cells=500), "too_many_cells"),
        (Limits(bytes=1000), "too_large"),
        (Limits(parts=3), "too_many_parts"),
        (Limits(inflated=5000), "too_much_inside"),
    ]:
        with pytest.raises(WorkbookError) as refused:
            read_workbook(path, limits)
        assert (limits, refused.value.code) == (limits, code)
    assert len(read_workbook(path, Limits(rows=200, columns=3)).sheets[0].rows) == 200


PLAIN = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=["C", "Z"]), min_size=1, max_size=12
)
CELLS = st.one_of(
    PLAIN,
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**6), 10**6, places=3).map(float),
    st.dates(date(1901, 1, 1), date(2200, 1, 1)),
    st.booleans(),
    st.none(),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_whatever_is_written_is_read_back(tmp_path_factory, rows):
    rows = [["行", *(f"示例{text}" if isinstance(text, str) else text for text in row)] for row in rows]
    path = saved(workbook(("表", [["名称", "甲", "乙", "丙", "丁"], *rows])), tmp_path_factory.mktemp("any"))
    read = [row.cells for row in read_workbook(path).sheets[0].rows]
    assert read == [{n: cell for n, cell in enumerate(row, start=1) if cell is not None} for row in rows]


@given(st.integers(1, 16_384))
def test_columns_are_named_both_ways(number):
    assert column_number(letters(number)) == number


SOURCES = sorted((Path(__file__).resolve().parents[2] / "fengtai/workbooks").glob("*.py"))


def test_every_reason_is_used_and_every_code_has_one():
    code = "".join(path.read_text("utf-8") for path in SOURCES if path.stem != "errors")
    assert {key for key in REASONS if f'"{key}"' not in code} == set()
    assert set(re.findall(r'WorkbookError\(\s*"(\w+)"', code)) <= set(REASONS)
    assert {key for key in NOTICES if f'"{key}"' not in code} == set()
    assert set(re.findall(r'Notice\(\s*"(\w+)"', code)) <= set(NOTICES)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_reasons_and_notices_are_told_in_the_readers_language(language):
    error = WorkbookError("too_many_rows", sheet="表", row=60_000, limit=50_000)
    notice = Notice("error_cell", 3, 28, "#N/A")
    with translation.override(language):
        told = explain(error), tell(notice)
    assert (
        told
        == {
            "en": (str(error), "Cell AB3 shows an error: #N/A"),
            "zh-hans": ("工作表“表”填到了第 60000 行，最多读取 50000 行。", "单元格 AB3 显示错误：#N/A"),
        }[language]
    )
