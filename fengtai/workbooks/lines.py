"""In the child: a workbook or .csv read row by row into lines for the parent, so that it is never held whole."""

from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path

from fengtai.workbooks.batch_property import read_batch
from fengtai.workbooks.csv_reading import SHEET, Width, csv_rows, widest
from fengtai.workbooks.data import Notice, RowData, Skipped
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.guard import check_archive, kind_of
from fengtai.workbooks.layout import Layout
from fengtai.workbooks.limits import MB, Limits
from fengtai.workbooks.sheet_top import Top
from fengtai.workbooks.unnamed_columns import refuse_halves
from fengtai.workbooks.wire import line, row_line
from fengtai.workbooks.xlsx import RawSheet, notices_of_details, xlsx_sheets


def lines_of(path: Path, limits: Limits, vocabulary: frozenset[str]) -> Iterator[str]:
    """Each line is an array of plain values whose first names its kind (wire.py); raises WorkbookError."""
    kind, notices = kind_of(path, limits), []
    if kind == "xlsx":
        check_archive(path, limits)
        sheets = xlsx_sheets(path, limits, notices)
        if batch := read_batch(path):
            yield line(["batch", batch])
    else:
        widths: dict[int, Width] = {}
        sheets = iter([RawSheet(SHEET, csv_rows(path, limits, widths), widths=widths)])
    for sheet in sheets:
        yield from _lines_of_sheet(sheet, limits, vocabulary)
    yield from (line(["warning", *astuple(notice)]) for notice in notices)
    yield line(["end", kind])


def _lines_of_sheet(sheet: RawSheet, limits: Limits, vocabulary: frozenset[str]) -> Iterator[str]:
    layout, details = Layout(sheet.rows, sheet.merges, vocabulary), list(notices_of_details(sheet.details))
    yield _table_line(sheet, layout.top)
    rows = cells = size = 0
    width, named = widest(sheet.widths, layout.top.last), _named(layout.top)
    for item in layout.read():
        if not isinstance(item, RowData):
            yield from _lines_between(item, sheet, layout, details)
            named = _named(layout.top)
            continue
        if width and max(item.cells) > width:
            item = replace(item, fault="too_many_cells")
        refuse_halves(item, named, is_csv=bool(sheet.widths))
        text = row_line(item)
        rows, cells, size = rows + 1, cells + len(item.cells), size + len(text)
        _check(sheet.name, item.number, rows, cells, limits)
        if size > limits.text:
            # A small file can say much: one merged cell of long text is spread over all of its rows.
            raise WorkbookError("too_much_text", sheet=sheet.name, limit=limits.text // MB)
        yield text
    for number, text in sorted(sheet.details.struck_rows.items()):
        yield line(["skipped", number, "struck", text])
    yield from _notes(layout, details)


def _lines_between(item: Top | Skipped, sheet: RawSheet, layout: Layout, details: list[Notice]) -> Iterator[str]:
    """What is no row of data: the top of a further table, or a row that is skipped."""
    if isinstance(item, Top):
        yield from _notes(layout, details, before=item.first)
        yield _table_line(sheet, item)
        return
    if item.kind != "empty" or item.row not in sheet.details.struck_rows:
        yield line(["skipped", *astuple(item)])
    if item.row in layout.totals:
        yield row_line(layout.totals.pop(item.row), "total")


def _named(top: Top) -> frozenset[int]:
    return frozenset(heading.column for heading in top.headings)


def _table_line(sheet: RawSheet, top: Top) -> str:
    return line(["sheet", sheet.name, sheet.hidden, [astuple(each) for each in top.headings], top.unit])


def _notes(layout: Layout, details: list[Notice], before: int = 0) -> Iterator[str]:
    """What is told of a table and of its cells: those above a row, where another table begins there."""
    own = [notice for notice in details if not before or notice.row < before]
    details[:] = [notice for notice in details if notice not in own]
    return (line(["note", *astuple(notice)]) for notice in (*layout.notices(), *own))


def _check(sheet: str, number: int, rows: int, cells: int, limits: Limits):
    if rows > limits.rows:
        raise WorkbookError("too_many_rows", sheet=sheet, row=number, limit=limits.rows)
    if cells > limits.cells:
        raise WorkbookError("too_many_cells", sheet=sheet, limit=limits.cells)
