"""Our workbooks as the programs of readers open them: LibreOffice, openpyxl and calamine see the cells that we sent."""

import csv
import io
import subprocess
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import models
from django.http import QueryDict
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from fengtai.downloads.sheet_rows import sheet_batches, sheet_headings, sheet_kinds
from fengtai.downloads.workbook_stream import stream_workbook
from fengtai.lists.site import site_lists
from fengtai.records.text_rules import text_rules
from tests import factories
from tests.conftest import OFFICE, program
from tests.factories import LIST_ROWS

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
LISTS = {page.name: page for page in site_lists()}
FORMULAS = ["=1+1", "+8613", "-cmd", "@SUM(A1)", "\ttab"]
CODES = ["007", "1e5", "2024-04-23", "1234567890123456789", "91110000600037341L", "_x0041_", "_x000D_x"]
TEXTS = [*FORMULAS, *CODES, "a<b>&\"'", "  blank  ", "　全角　", "行\n二\n\n四", "😀𠮷", "中国通号"]
SHEET = {
    "text": [*TEXTS, None, ""],
    "number": [1, 0, -5, 123456789012345, Decimal("0.1"), Decimal("-2.5"), Decimal("21300"), None],
    "long number": [1234567890123456, Decimal("12345678901234.56"), None],
    "date": [
        date(1890, 1, 1),
        date(1900, 1, 1),
        date(1900, 2, 28),
        date(1900, 3, 1),
        date(2024, 2, 29),
        date(9999, 12, 31),
        None,
    ],
}
# Commas, quotes, UTF-8, from the first line; as shown, no formulas, the first sheet.
CSV_OUT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,0"


@pytest.fixture
def all_kinds() -> tuple[list[str], list[str], list[list], bytes]:
    """Headings, kinds and rows of a sheet with everything that a cell may hold, and the workbook."""
    longest = max(map(len, SHEET.values()))
    columns = [[values[number % len(values)] for number in range(longest)] for values in SHEET.values()]
    kinds = ["text", "number", "number", "date"]
    content = stream_workbook("示例", [*SHEET], kinds, [columns], lambda count: ("说明", []))
    return [*SHEET], kinds, list(zip(*columns, strict=True)), b"".join(content)


@pytest.fixture
def every_list(report):
    """Of every list its headings, kinds, rows and workbook, with the report's rows and one of hostile texts in each."""
    for name in LISTS:
        row = LIST_ROWS[name](doubt="=1+1 <b>&_x0041_", **_texts_of_lines(LISTS[name].table.model()))
        factories.citation(row, words="+8613")
    made = {}
    for name, page in LISTS.items():
        question = page.ask(QueryDict("format=xlsx"))
        rows = [row for columns in sheet_batches(page, question) for row in zip(*columns, strict=True)]
        batches = sheet_batches(page, question)
        headings, kinds = sheet_headings(page.table, question.columns), sheet_kinds(page.table, question.columns)
        content = b"".join(stream_workbook(page.title, headings, kinds, batches, lambda count: ("说明", [])))
        made[name] = headings, kinds, rows, content
    return made


def _texts_of_lines(model) -> dict:
    """Several lines, and what looks like the format's own escapes, in every text that may hold them."""
    lines = [field.name for field in model._meta.fields if field.name in text_rules(model)]
    return {name: "=1\n<b>&\n_x0041_" for name in lines if isinstance(model._meta.get_field(name), models.TextField)}


def as_text(value) -> str:
    """A cell as a program shows it in plain text."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def as_number_or_text(value):
    """What a reader of workbooks hands over: numbers and days as such, or as text where none would be right."""
    if isinstance(value, int | Decimal):
        digits = [char for char in str(value) if char.isdigit()]
        return float(value) if len(digits) <= 15 else str(value)
    if isinstance(value, date) and value < date(1900, 3, 1):
        return value.isoformat()
    return None if value == "" else value


def in_libreoffice(folder: Path, workbooks: dict[str, bytes]) -> dict[str, list[list[str]]]:
    """The first sheet of each as LibreOffice reads it; all in one run, since starting takes seconds."""
    office = program(*OFFICE)
    for name, content in workbooks.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", CSV_OUT]
    files = [str(folder / f"{name}.xlsx") for name in workbooks]
    subprocess.run([*command, "--outdir", str(folder), *files], check=True, timeout=240, capture_output=True)
    tables = {name: (folder / f"{name}.csv").read_text("utf-8") for name in workbooks}
    return {name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in tables.items()}


def in_openpyxl(content: bytes, read_only: bool) -> list[list]:
    sheet = load_workbook(io.BytesIO(content), read_only=read_only).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    # Of all readers openpyxl alone leaves it to others to undo the escapes of the format.
    return [[unescape(cell) if isinstance(cell, str) else _plain(cell) for cell in row] for row in rows]


def in_calamine(content: bytes) -> list[list]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [[_plain(cell) for cell in row] for row in sheet.to_python()]


def _plain(value):
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value


@pytest.mark.needs(*OFFICE)
def test_libreoffice_shows_every_cell_as_it_was_sent(every_list, all_kinds, tmp_path):
    workbooks = {**every_list, "all-kinds": all_kinds}
    opened = in_libreoffice(tmp_path, {name: content for name, (*_sent, content) in workbooks.items()})
    for name, (headings, _kinds, rows, _content) in workbooks.items():
        assert opened[name][0] == headings, name
        assert opened[name][1:] == [[as_text(cell) for cell in row] for row in rows], name


@pytest.mark.parametrize("reader", [lambda c: in_openpyxl(c, False), lambda c: in_openpyxl(c, True), in_calamine])
def test_libraries_read_every_cell_as_it_was_sent(every_list, all_kinds, reader):
    for name, (headings, _kinds, rows, content) in {**every_list, "all-kinds": all_kinds}.items():
        heading, *found = reader(content)
        assert heading == headings, name
        assert found == [[as_number_or_text(cell) for cell in row] for row in rows], name
