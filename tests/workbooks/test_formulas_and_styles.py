"""Formulas that nobody computed, letters struck out in shared strings, styles as programs write them."""

import re
import zipfile

import pytest
from openpyxl import Workbook

from fengtai.workbooks.child import read_workbook
from fengtai.workbooks.data import ErrorCell, Notice, Shown, Skipped
from tests.workbooks.test_workbooks import with_part
from tests.workbooks.workbook_files import saved, workbook

ROWS = [["名称", "甲", "乙"], ["示例一", 100, "=B2*0"], ["示例二", 5, 6]]
WORKBOOK, SHEET, STRINGS = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def with_formula(tmp_path, said: str, value: str):
    """A workbook whose one formula was given a value by its writer."""
    path = saved(workbook(("表", ROWS)), tmp_path)
    with zipfile.ZipFile(path) as archive:
        begin, _, rest = archive.read(WORKBOOK).decode().partition("<calcPr")
    changed = f"{begin}{said}{rest.partition('/>')[2]}"
    with_part(path, WORKBOOK, lambda xml: changed)
    return with_part(
        path,
        SHEET,
        lambda xml: (
            xml.replace("<v></v>", "<v/>").replace("<v/>", f"<v>{value}</v>").replace("<v />", f"<v>{value}</v>")
        ),
    )


@pytest.mark.parametrize(
    ("said", "value", "is_computed"),
    [
        ('<calcPr calcId="124519" fullCalcOnLoad="1"/>', "0", False),
        ('<calcPr calcId="999999" calcCompleted="0" fullCalcOnLoad="0"/>', "0", False),
        ("", "0", False),
        ("", "0.0", False),
        ('<calcPr calcId="124519" fullCalcOnLoad="1"/>', "7", True),
        ('<calcPr calcId="191029"/>', "0", True),
        ('<calcPr iterateCount="100" refMode="A1" iterate="false" iterateDelta="0.001"/>', "0", True),
    ],
)
def test_a_nought_that_nobody_computed_is_no_value(tmp_path, said, value, is_computed):
    sheet = read_workbook(with_formula(tmp_path, said, value)).sheets[0]
    expected = int(value) if is_computed else ErrorCell("=B2*0", "not_computed")
    assert sheet.rows[0].cells[3] == expected
    assert (Notice("not_computed", 2, 3, "=B2*0") in sheet.notes) == (not is_computed)


def with_shared_strings(path, runs: dict[str, str]):
    """The workbook with its texts in a part of their own, some of them replaced by runs."""
    with zipfile.ZipFile(path) as old:
        contents = {name: old.read(name).decode() for name in old.namelist()}
    texts: list[str] = []

    def shared(match):
        texts.append(match[1])
        return f't="s"><v>{len(texts) - 1}</v>'

    contents[SHEET] = re.sub(r't="inlineStr"><is><t>([^<]*)</t></is>', shared, contents[SHEET])
    items = "".join(f"<si>{runs.get(text, f'<t>{text}</t>')}</si>" for text in texts)
    contents[STRINGS] = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{items}</sst>'
    with zipfile.ZipFile(path, "w") as new:
        for name, text in contents.items():
            new.writestr(name, text)
    return path


def test_shared_strings_are_read_without_what_is_struck_out_or_raised(tmp_path):
    path = saved(
        workbook(("表", [["名称", "甲", "乙"], ["示例一", "原文", 2], ["示例二", "全删", "删"], ["删", "删", "删"]])),
        tmp_path,
    )
    runs = {
        "原文": '<r><rPr><strike/></rPr><t>530</t></r><r><rPr><strike val="0"/></rPr><t>610</t></r>'
        '<r><rPr><vertAlign val="superscript"/></rPr><t>[1]</t></r><rPh sb="0" eb="1"><t>yin</t></rPh>',
        "全删": "<r><rPr><strike/></rPr><t>全部</t></r>",
        "删": "<r><rPr><strike/></rPr><t>删去</t></r>",
    }

    sheet = read_workbook(with_shared_strings(path, runs)).sheets[0]
    assert [row.cells for row in sheet.rows] == [{1: "示例一", 2: "610", 3: 2}, {1: "示例二"}]
    assert Skipped(4, "struck", "删去 删去 删去") in sheet.skipped
    assert [(note.code, note.row, note.column) for note in sheet.notes] == [
        ("struck_out", 2, 2),
        ("raised_mark", 2, 2),
        ("struck_cell", 3, 2),
        ("struck_cell", 3, 3),
    ]


@pytest.mark.parametrize(
    ("before", "raised", "align", "text"),
    [
        ("CO", "2", "subscript", "CO2"),
        ("示例", "1", "subscript", "示例"),
        ("5.5km", "2", "superscript", "5.5km2"),
        ("3.5×10", "8", "superscript", "3.5×10^8"),
        ("600余家", "①", "superscript", "600余家"),
    ],
)
def test_a_raised_or_lowered_letter_stays_where_it_belongs_to_the_word(tmp_path, before, raised, align, text):
    path = saved(workbook(("表", [["名称", "甲"], ["示例一", "原文"]])), tmp_path)
    run = f'<r><t>{before}</t></r><r><rPr><vertAlign val="{align}"/></rPr><t>{raised}</t></r>'
    sheet = read_workbook(with_shared_strings(path, {"原文": run})).sheets[0]
    assert sheet.rows[0].cells[2] == text


def test_a_format_is_read_whoever_wrote_the_style(tmp_path):
    book = Workbook()
    for row in (["名称", "甲", "乙", "丙"], ["示例一", 12, 0.12345678, 3]):
        book.active.append(row)
    book.active["B2"].number_format, book.active["C2"].number_format = '0"家"', "0.00"
    path = saved(book, tmp_path)

    def quoted(xml):
        return re.sub(r' s="(\d+)" t="n"', r"\n s='\1' t='n'", xml).replace("<v>", "\n<v>")

    [row] = read_workbook(with_part(path, SHEET, quoted)).sheets[0].rows
    assert row.cells == {1: "示例一", 2: Shown("12家", 12, '0"家"'), 3: Shown("0.12", 0.12345678, "0.00"), 4: 3}
