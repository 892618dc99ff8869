"""A workbook or .csv read row by row into lines for the parent, so that the child never holds it whole."""

from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

from fengtai.workbooks.csv_text import SHEET, csv_rows
from fengtai.workbooks.data import Limits, Notice, RowData
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.guard import check_archive, kind_of
from fengtai.workbooks.layout import Layout
from fengtai.workbooks.process import MB
from fengtai.workbooks.wire import line, row_line
from fengtai.workbooks.xlsx import RawSheet, notices_of_marks, xlsx_sheets


def lines_of(path: Path, limits: Limits, vocabulary: frozenset[str]) -> Iterator[str]:
    kind, notices = kind_of(path, limits), []
    yield line(["kind", kind])
    if kind == "xlsx":
        check_archive(path, limits)
        sheets = xlsx_sheets(path, limits, notices)
    else:
        sheets = iter([RawSheet(SHEET, csv_rows(path, limits))])
    for sheet in sheets:
        yield from _lines_of_sheet(sheet, limits, vocabulary)
    yield from (line(["warning", *astuple(notice)]) for notice in notices)
    yield line(["end"])


def _lines_of_sheet(sheet: RawSheet, limits: Limits, vocabulary: frozenset[str]) -> Iterator[str]:
    marks = sheet.marks
    layout = Layout(sheet.rows, sheet.merges, vocabulary, frozenset(marks.hidden_rows))
    top = layout.top
    headings = [astuple(heading) for heading in top.headings]
    about = [sheet.hidden, headings, top.unit, marks.hidden_columns, marks.hidden_rows, top.template]
    yield line(["sheet", sheet.name, *about])
    rows = cells = size = 0
    for item in layout.read():
        if not isinstance(item, RowData):
            yield line(["skipped", *astuple(item)])
            continue
        text = row_line(item)
        rows, cells, size = rows + 1, cells + len(item.cells), size + len(text)
        _check(sheet.name, item.number, rows, cells, limits)
        if size > limits.text:
            # One merged cell of long text, spread over every row, would make a small file a large answer.
            raise WorkbookError("too_much_text", sheet=sheet.name, limit=limits.text // MB)
        yield text
    notices: list[Notice] = [*layout.notices(), *notices_of_marks(marks)]
    yield from (line(["note", *astuple(notice)]) for notice in notices)


def _check(sheet: str, number: int, rows: int, cells: int, limits: Limits):
    if rows > limits.rows:
        raise WorkbookError("too_many_rows", sheet=sheet, row=number, limit=limits.rows)
    if cells > limits.cells:
        raise WorkbookError("too_many_cells", sheet=sheet, limit=limits.cells)
