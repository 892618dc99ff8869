"""What goes back to a clerk: a template to fill in, and the clerk's own file with its faults marked."""

import io
import subprocess
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from fengtai.workbooks.child import read_workbook
from fengtai.workbooks.returned import returned_workbook
from fengtai.workbooks.template import Template, TemplateColumn, template_workbook
from tests.conftest import OFFICE, program
from tests.workbooks.workbook_files import as_sent, saved, workbook

pytestmark = pytest.mark.one_database

HEADING = "错误说明"
FAULTS = [
    {"sheet": "单位名录", "row": 5, "column": "D", "message": "“约3亿元”与表头的单位不一致"},
    {"sheet": "单位名录", "row": 5, "column": "E", "message": "=没有这个区"},
    {"sheet": "单位名录", "row": 6, "column": 0, "message": "这一行与第 5 行矛盾"},
    {"sheet": "单位名录", "row": 0, "column": 0, "message": "缺少“产业领域”一列"},
    {"sheet": "", "row": None, "column": None, "message": "文件已导入过"},
]


# A styled cell far off is no reason to make all cells before it, so those that exist are asked for.
def red(sheet) -> set[str]:
    return {cell.coordinate for cell in sheet._cells.values() if cell.fill.fgColor.rgb == "FFFFC8C9"}


def merged(sheet) -> list[str]:
    return sorted(map(str, sheet.merged_cells.ranges))


def comments(sheet) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for cell in sheet._cells.values() if cell.comment}


def returned(path, problems, folder, **options):
    """The returned file, opened, with its place."""
    content = returned_workbook(path, read_workbook(path), problems, heading=HEADING, **options)
    place = folder / "returned.xlsx"
    place.write_bytes(content)
    return load_workbook(io.BytesIO(content)), place


def in_libreoffice(path) -> str:
    """The first sheet as another program reads it."""
    office = program(*OFFICE)
    command = [office, f"-env:UserInstallation=file://{path.parent}/profile", "--headless", "--convert-to"]
    filter_ = "csv:Text - txt - csv (StarCalc):44,34,76"
    subprocess.run([*command, filter_, "--outdir", path.parent, path], check=True, capture_output=True, timeout=120)
    return path.with_suffix(".csv").read_text("utf-8-sig")


def test_faults_are_marked_where_they_are(tmp_path):
    book, _ = returned(saved(as_sent(), tmp_path), FAULTS, tmp_path)
    sheet = book["单位名录"]
    assert sheet["H3"].value == HEADING
    assert sheet["H5"].value == "D: “约3亿元”与表头的单位不一致\nE: =没有这个区"
    assert sheet["H6"].value == "这一行与第 5 行矛盾"
    assert [sheet.cell(row, 8).value for row in (1, 2, 4, 7, 8)] == [None] * 5
    # The district of row 5 is shown by the merged cell that begins in row 4.
    assert red(sheet) == {"D5", "E4"}
    assert comments(sheet) == {
        "D5": "【错误说明】“约3亿元”与表头的单位不一致",
        "E4": "【错误说明】=没有这个区",
        "H3": "【错误说明】缺少“产业领域”一列\n文件已导入过",
    }
    assert merged(sheet) == ["A1:G1", "A2:G2", "E4:E6"]
    original = as_sent()
    for title in original.sheetnames:
        for row in original[title].iter_rows():
            assert [book[title][cell.coordinate].value for cell in row] == [cell.value for cell in row]


def test_what_the_sender_had_is_kept(tmp_path):
    sent = as_sent()
    sheet = sent["单位名录"]
    sheet["B4"].value, sheet["B4"].data_type = "=示例公司", "s"
    sheet["D5"].comment = Comment("本单位的批注", "示例科")
    sheet["D4"].number_format = "#,##0.00"
    sheet.column_dimensions["B"].width = 33
    sheet.freeze_panes = "C4"
    sheet["XFD1000000"].number_format = "0.00"
    rule = DataValidation(type="list", formula1='"甲,乙"')
    rule.add("C4:C9")
    sheet.add_data_validation(rule)
    book, place = returned(saved(sent, tmp_path), FAULTS, tmp_path)
    sheet = book["单位名录"]
    assert (sheet["B4"].value, sheet["B4"].data_type) == ("=示例公司", "s")
    assert comments(sheet)["D5"] == "本单位的批注\n【错误说明】“约3亿元”与表头的单位不一致"
    assert sheet["D4"].number_format == "#,##0.00"
    assert (sheet.column_dimensions["B"].width, sheet.freeze_panes) == (33, "C4")
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"甲,乙"']
    assert read_workbook(place).sheets[0].rows[0].cells[2] == "=示例公司"


def test_only_the_rows_at_fault(tmp_path):
    book, place = returned(saved(as_sent(), tmp_path), FAULTS, tmp_path, only_faulty=True)
    sheet = book["单位名录"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)] == [
        ["序号", "单位名称", "身份", "投资额（万元）", "地区", "来源编号", "备注", HEADING],
        [
            "P002",
            "示例乙公司（北京）",
            "签约单位",
            "约3亿元",
            "北京市丰台区",
            "W02",
            "由项目名推出",
            "D: “约3亿元”与表头的单位不一致\nE: =没有这个区",
        ],
        ["P003", "合计伙伴科技公司", "“链主”企业", None, "北京市丰台区", "W66", None, "这一行与第 5 行矛盾"],
    ]
    assert red(sheet) == {"D4", "E4"}
    assert merged(sheet) == ["A1:G1", "A2:G2"]
    assert book["来源"].max_row == 3
    assert [row.number for row in read_workbook(place).sheets[0].rows] == [4, 5]


def test_formulas_of_rows_that_stay_become_their_values(tmp_path):
    rows = [["名称", "甲", "合"], ["示例一", 1, 1], ["示例二", 2, "=B3+C2"], ["示例三", 3, 3]]
    path = saved(workbook(("表", rows)), tmp_path)
    book, _ = returned(path, [{"sheet": "表", "row": 3, "column": "B", "message": "错"}], tmp_path, only_faulty=True)
    assert [[cell.value for cell in row] for row in book["表"].iter_rows(min_row=2)] == [
        ["示例二", 2, "=B3+C2", "B: 错"]
    ]
    assert book["表"]["C2"].data_type == "s"


def test_a_corrected_return_is_marked_anew(tmp_path):
    _, once = returned(saved(as_sent(), tmp_path), FAULTS, tmp_path)
    again, _ = returned(once, [FAULTS[0] | {"message": "仍然不对"}], tmp_path)
    sheet = again["单位名录"]
    assert (sheet.max_column, sheet["H3"].value, sheet["H5"].value, sheet["H6"].value) == (
        8,
        HEADING,
        "D: 仍然不对",
        None,
    )
    assert (red(sheet), comments(sheet)) == ({"D5"}, {"D5": "【错误说明】仍然不对"})


def test_a_csv_comes_back_as_a_workbook(tmp_path):
    path = tmp_path / "名录[1].csv"
    path.write_text("名称,代码\n示例一,00123\n示例二,=1+1\n", encoding="gb18030")
    book, _ = returned(path, [{"sheet": "CSV", "row": 3, "column": "B", "message": "不是代码"}], tmp_path)
    assert [[cell.value for cell in row] for row in book.active.iter_rows()] == [
        ["名称", "代码", HEADING],
        ["示例一", "00123", None],
        ["示例二", "=1+1", "B: 不是代码"],
    ]
    assert (book.active["B3"].data_type, red(book.active)) == ("s", {"B3"})


@pytest.mark.needs(*OFFICE)
@pytest.mark.parametrize("only_faulty", [False, True])
def test_another_program_opens_what_goes_back(tmp_path, only_faulty):
    _, place = returned(saved(as_sent(), tmp_path), FAULTS, tmp_path, only_faulty=only_faulty)
    text = in_libreoffice(place)
    assert "备注,错误说明" in text and "E: =没有这个区" in text
    assert ("示例甲公司" in text) is not only_faulty


MANY = [f"示例产业，第{number}类" for number in range(60)]
COLUMNS = [
    TemplateColumn("单位名称", required=True, note="营业执照上的全称", example="不写在这里"),
    TemplateColumn("统一社会信用代码", "code", note="18 位", example="91110000600037341L"),
    TemplateColumn("单位性质", "choice", choices=["企业", "高校"], example="企业"),
    TemplateColumn("产业领域", "choice", choices=MANY, example=MANY[1]),
    TemplateColumn("投资额（万元）", "figure", example="约3.5亿元"),
    TemplateColumn("人数", "number", example=12),
    TemplateColumn("时间", "period", example="2024年上半年"),
    TemplateColumn("登记日期", "date", example=date(2024, 4, 23)),
    TemplateColumn("=备注", example="=1+1"),
]


@pytest.fixture
def template(tmp_path):
    content = template_workbook(Template("organisations", "1", "单位名录", COLUMNS, ["填写说明：带 * 的必填"]))
    (tmp_path / "template.xlsx").write_bytes(content)
    return tmp_path / "template.xlsx"


def test_a_template_is_read_back_with_its_version_and_no_row(template):
    book = read_workbook(template)
    sheet = book.sheets[0]
    assert sheet.rows == []
    assert [heading.text for heading in sheet.headings] == [
        "单位名称 *", "统一社会信用代码", "单位性质", "产业领域", "投资额（万元）", "人数", "时间", "登记日期", "=备注",
    ]  # fmt: skip
    assert [(skipped.row, skipped.kind) for skipped in sheet.skipped] == [
        (1, "title"), (2, "note"), (3, "note"), (4, "heading"), (5, "example"),
    ]  # fmt: skip


def test_a_template_guides_who_fills_it_in(template):
    book = load_workbook(template)
    sheet, options = book.worksheets
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert {place: (rule.type, rule.formula1) for place, rule in rules.items()} == {
        "C6:C5005": ("list", '"企业,高校"'),
        "D6:D5005": ("list", "'选项'!$A$2:$A$61"),
        "F6:F5005": ("decimal", "-1000000000000000"),
        "H6:H5005": ("date", "DATE(1900,1,1)"),
    }
    assert (options.sheet_state, [cell.value for cell in options["A"]]) == ("hidden", ["产业领域", *MANY])
    assert (sheet["A4"].comment.text, sheet["B4"].comment.text) == ("营业执照上的全称", "18 位")
    assert [sheet.column_dimensions[letter].number_format for letter in "ABCEFGH"] == [
        "@", "@", "@", "General", "General", "@", "yyyy-mm-dd",
    ]  # fmt: skip
    assert ([cell.value for cell in sheet[5]][:3], sheet["I5"].value, sheet["I5"].data_type) == (
        ["示例", "91110000600037341L", "企业"], "=1+1", "s",
    )  # fmt: skip
    assert (sheet["A5"].font.color.rgb, sheet.freeze_panes, sheet.column_dimensions["H"].width) == (
        "FF767676",
        "B5",
        12,
    )


def test_a_filled_template_is_read_below_its_example(template):
    book = load_workbook(template)
    for column, value in enumerate(["示例科技公司", "91110000600037341L", "企业", MANY[0], 300, 5, "2024年"], start=1):
        book.worksheets[0].cell(6, column).value = value
    book.save(template)
    [row] = read_workbook(template).sheets[0].rows
    assert (row.number, row.cells[1], row.cells[5]) == (6, "示例科技公司", 300)


@pytest.mark.needs(*OFFICE)
def test_another_program_opens_a_template(template):
    assert "91110000600037341L" in in_libreoffice(template)


def test_an_english_template_is_known_too(tmp_path):
    columns = [TemplateColumn("Name", required=True), TemplateColumn("Area", example="5 亩")]
    words = {"label": "Template", "example": "Example", "choices": "Choices"}
    (tmp_path / "t.xlsx").write_bytes(template_workbook(Template("places", "2", "Places", columns, **words)))
    book = read_workbook(tmp_path / "t.xlsx")
    assert book.sheets[0].rows == []


def test_the_most_comments_are_for_the_first_faults(tmp_path):
    path = saved(workbook(("表", [["名称", "甲"], *([f"示例{n}", n] for n in range(2100))])), tmp_path)
    faults = [{"sheet": "表", "row": row, "column": "B", "message": "错"} for row in range(2, 2102)]
    book, _ = returned(path, faults, tmp_path)
    assert (len(comments(book["表"])), len(red(book["表"])), book["表"]["C2101"].value) == (2000, 2100, "B: 错")
