"""What stands in a downloaded file: typed cells, text that stays text, the printed figure beside the number."""

import csv
import io
import json
from datetime import datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from fengtai.downloads.workbook_stream import stream_workbook
from fengtai.lists.site import site_lists
from tests import factories
from tests.factories import LIST_ROWS

pytestmark = pytest.mark.django_db
NASTY = ["=1+1", "+8613", "-cmd", "@SUM(A1)", "\ttab", "a<b>&\"'", "  blank  ", "行\n二", "😀", "中国通号"]


def notes(count):
    return "说明", [("筛选", "=1+1"), ("条数", str(count))]


def written(headings: list[str], rows: list[list], kinds=None, size=2) -> bytes:
    """A workbook of these rows, which come in batches of some."""
    batches = [list(zip(*rows[start : start + size], strict=True)) for start in range(0, len(rows), size)]
    return b"".join(stream_workbook("示例", headings, kinds or ["text"] * len(headings), batches, notes))


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def sheet_of(chunks, index=0):
    return load_workbook(io.BytesIO(b"".join(chunks))).worksheets[index]


def column(sheet, heading) -> list:
    headings = [cell.value for cell in sheet[1]]
    return [row[headings.index(heading)] for row in sheet.iter_rows(min_row=2)]


def test_figures_are_numbers_beside_their_printed_form(client):
    factories.observation(value="2.13万家", growth="增长32.2%", period="2023年")
    sheet = sheet_of(client.get("/en/observations/?format=xlsx").streaming_content)
    assert [cell.value for cell in column(sheet, "value (as printed)")] == ["2.13万家"]
    assert [cell.value for cell in column(sheet, "value (number)")] == [21300]
    assert [cell.value for cell in column(sheet, "value (unit)")] == ["家"]
    assert [cell.value for cell in column(sheet, "growth (number)")] == [32.2]
    assert [cell.value for cell in column(sheet, "period (from)")] == [datetime(2023, 1, 1)]


def test_codes_and_formula_like_text_stay_text(client):
    factories.organisation(name="=1+1", credit_code="91110000600037341L")
    sheet = sheet_of(client.get("/en/organisations/?format=xlsx").streaming_content)
    [name], [code] = column(sheet, "name as published"), column(sheet, "credit code")
    assert (name.value, name.data_type) == ("=1+1", "s")
    assert (code.value, code.data_type) == ("91110000600037341L", "s")
    text = b"".join(client.get("/organisations/?format=csv").streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][0] == "'=1+1"


def test_every_text_survives_the_workbook():
    sheet = sheet_of([written(["text"], [[text] for text in NASTY])])
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == NASTY
    assert {row[0].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}


def test_text_that_looks_like_an_escape_is_escaped_as_excel_reads_it():
    content = written(["a"], [["_x0041_"]])
    with ZipFile(io.BytesIO(content)) as archive:
        assert ">_x005F_x0041_<" in archive.read("xl/worksheets/sheet1.xml").decode()


def test_what_xml_cannot_hold_is_dropped_and_long_numbers_are_text():
    rows = [["a\x00\x08b\ud800c", 1234567890123456, 123456789012345, Decimal("0.5"), None]]
    sheet = sheet_of([written(list("abcde"), rows, ["text", "number", "number", "number", "number"])])
    assert [cell.value for cell in sheet[2]] == ["abc", "1234567890123456", 123456789012345, 0.5, None]


def test_a_text_longer_than_a_cell_ends_with_a_mark():
    """Excel calls a workbook with a longer one damaged."""
    sheet = sheet_of([written(["a"], [["长" * 40_000], ["短"]])])
    assert sheet["A2"].value == "长" * 32_766 + "…"
    assert sheet["A3"].value == "短"


def test_the_notes_sheet_keeps_formula_like_text_as_text():
    sheet = sheet_of([written(["a"], [])], index=1)
    assert (sheet["B1"].value, sheet["B1"].data_type) == ("=1+1", "s")


def test_a_workbook_begins_before_its_rows_are_read():
    read = []

    def batches():
        for number in range(1000):
            read.append(number)
            yield [[f"示例{number}"] * 100, range(100)]

    stream = stream_workbook("示例", ["name", "number"], ["text", "number"], batches(), notes)
    next(stream)
    assert len(read) < 200
    stream.close()


def test_rows_go_on_to_a_new_sheet_where_one_is_full(monkeypatch):
    monkeypatch.setattr("fengtai.downloads.workbook_stream.MAX_ROWS", 2)
    for size, number, expected in (
        (1, 0, [0]),
        (1, 2, [2]),
        (1, 5, [2, 2, 1]),
        (3, 5, [2, 2, 1]),
        (7, 7, [2, 2, 2, 1]),
    ):
        book = load_workbook(io.BytesIO(written(["a"], [[n] for n in range(number)], ["number"], size)))
        assert [sheet.max_row - 1 for sheet in book.worksheets[:-1]] == expected
        assert [sheet["A1"].value for sheet in book.worksheets[:-1]] == ["a"] * len(expected)
        rows = [row[0] for sheet in book.worksheets[:-1] for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert rows == list(range(number))
        assert book.sheetnames[-1] == "说明"
        assert book.worksheets[-1]["B2"].value == str(number)


def test_a_workbook_names_no_dimension_that_would_stop_a_reader():
    content = written(["a"], [[1]], ["number"])
    with ZipFile(io.BytesIO(content)) as archive:
        assert b"<dimension" not in archive.read("xl/worksheets/sheet1.xml")
    rows = list(load_workbook(io.BytesIO(content), read_only=True).worksheets[0].iter_rows(values_only=True))
    assert rows == [("a",), (1,)]


def test_json_holds_the_figure_as_parts(client):
    factories.observation(value="约3.5亿元", growth="", period="")
    [row] = json.loads(b"".join(client.get("/observations/?format=json").streaming_content))["rows"]
    assert row["value"] == {"printed": "约3.5亿元", "value": 350000000, "unit": "元", "bound": "about"}
    assert row["growth"] is None
    assert row["period"] is None


def test_a_file_says_the_filters_that_made_it(client):
    factories.organisation(kind="firm")
    notes = sheet_of(client.get("/organisations/?kind=firm&format=xlsx").streaming_content, index=1)
    lines = {row[0].value: row[1].value for row in notes.iter_rows()}
    assert any("kind=firm" in str(text) for text in lines.values())
    assert "1" in lines.values()


def test_the_file_name_is_chinese_on_chinese_pages(client):
    factories.organisation()
    name = client.get("/organisations/?format=csv")["Content-Disposition"]
    assert name.startswith("attachment; filename*=utf-8''")
    assert name.endswith("_1%E6%9D%A1.csv")


@pytest.mark.parametrize("name", [page.name for page in site_lists()])
def test_a_file_has_every_row_once_in_the_order_asked_for(client, name, monkeypatch):
    """The first rows are asked for by themselves: those after them follow without a gap."""
    monkeypatch.setattr("fengtai.downloads.file_rows.FIRST", 2)
    for _row in range(5):
        LIST_ROWS[name]()
    page = next(page for page in site_lists() if page.name == name)
    for sort in ["", *page.table.sortable()]:
        for asked in (sort, f"-{sort}") if sort else (sort,):
            keys = list(page.ask(QueryDict(f"format=jsonl&sort={asked}")).rows.values_list("pk", flat=True))
            lines = body(client.get(f"{page.address}?format=jsonl&sort={asked}")).splitlines()
            assert [json.loads(line)["id"] for line in lines] == keys, asked
            assert len(keys) == 5


def test_words_looked_for_order_a_file_by_relevance(client, monkeypatch):
    monkeypatch.setattr("fengtai.downloads.file_rows.FIRST", 1)
    for name in ("示例的星河", "星河", "星河示例"):
        factories.organisation(name=name)
    lines = body(client.get("/organisations/?format=jsonl&q=星河")).splitlines()
    assert [json.loads(line)["name"]["name"] for line in lines] == ["星河", "星河示例", "示例的星河"]


def test_json_lines_hold_an_object_per_line(client):
    factories.organisation(name="示例甲", introduction="第一行\n第二行")
    factories.organisation(name="示例乙")
    response = client.get("/organisations/?format=jsonl")
    assert response["Content-Type"] == "application/jsonl; charset=utf-8"
    rows = [json.loads(line) for line in body(response).decode().splitlines()]
    assert rows == json.loads(body(client.get("/organisations/?format=json")))["rows"]
    assert [row["introduction"] for row in rows] == ["第一行\n第二行", None]


def test_sheets_end_with_the_number_that_finds_the_record_again(client):
    row = factories.organisation()
    sheet = sheet_of(client.get("/organisations/?format=xlsx").streaming_content)
    assert sheet.cell(1, sheet.max_column).value == "平台编号"
    assert sheet.cell(2, sheet.max_column).value == row.pk
    table = list(csv.reader(io.StringIO(body(client.get("/en/organisations/?format=csv")).decode("utf-8-sig"))))
    assert [line[-1] for line in table] == ["platform number", str(row.pk)]


@pytest.mark.parametrize("query", ["nonsense=1", "q=%00", "sort=-version", "page=0", "kind=abc", "source=9e99"])
@pytest.mark.parametrize("extension", ["xlsx", "csv", "json", "jsonl"])
def test_a_question_that_cannot_be_asked_gives_no_file(client, extension, query):
    factories.organisation()
    response = client.get(f"/organisations/?format={extension}&{query}")
    assert (response.status_code, response.streaming) == (400, False)
    if extension in ("json", "jsonl"):
        assert [*json.loads(response.content)["errors"]] == [query.partition("=")[0]]


@pytest.mark.parametrize("asked", ["JSONL", "jsonl%00", "jsonl,csv", "exe", "9" * 5000])
def test_a_format_that_there_is_not_gives_no_file(client, asked):
    factories.organisation()
    response = client.get(f"/organisations/?format={asked}")
    assert (response.status_code, response.streaming) == (400, False)


def test_a_file_says_that_no_part_of_it_can_be_asked_for(client):
    response = client.get("/organisations/?format=xlsx", HTTP_RANGE="bytes=0-10")
    assert response.status_code == 200
    assert not response.has_header("Accept-Ranges")
