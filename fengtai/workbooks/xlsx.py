"""The sheets of an .xlsx: values read by calamine, completed by what only the sheet's XML tells."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import python_calamine

from fengtai.workbooks.archive_parts import Part, sheet_parts
from fengtai.workbooks.cells import LONGEST, letters, typed
from fengtai.workbooks.completing import Completer
from fengtai.workbooks.csv_reading import Width
from fengtai.workbooks.data import Cell, Notice
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.headings import Range, Row
from fengtai.workbooks.limits import Limits
from fengtai.workbooks.sheet_details import SheetDetails, read_book, read_details

TOLD = 1_000  # errors that are told one by one


@dataclass(slots=True)
class RawSheet:
    name: str
    rows: Iterator[Row]
    hidden: bool = False
    merges: list[Range] = field(default_factory=list)
    details: SheetDetails = field(default_factory=SheetDetails)
    widths: dict[int, Width] = field(default_factory=dict)  # of the first rows of a .csv


def xlsx_sheets(path: Path, limits: Limits, notices: list[Notice]) -> Iterator[RawSheet]:
    with zipfile.ZipFile(path) as archive:
        parts = sheet_parts(archive)
        if len(parts) > limits.sheets:
            raise WorkbookError("too_many_sheets", count=len(parts), limit=limits.sheets)
        if any(name.startswith("xl/externalLinks/") for name in archive.namelist()):
            notices.append(Notice("external_links"))
        details = _details(archive, parts, limits)
    with python_calamine.load_workbook(str(path)) as book:
        for sheet in book.sheets_metadata:
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet and sheet.name in details:
                hidden = sheet.visible != python_calamine.SheetVisibleEnum.Visible
                yield _sheet(book.get_sheet_by_name(sheet.name), hidden, details[sheet.name], limits)
            else:
                notices.append(Notice("other_sheet", text=sheet.name))


def _details(archive: zipfile.ZipFile, parts: list[Part], limits: Limits) -> dict[str, SheetDetails]:
    book, names = read_book(archive), set(archive.namelist())
    sheets = [part for part in parts if "/worksheets/" in part.path or part.path in names]
    if missing := [part for part in sheets if part.path not in names]:
        raise WorkbookError("invalid_xml", part=missing[0].path)
    return {part.name: read_details(archive, part.path, part.name, book, limits) for part in sheets}


def _sheet(sheet: python_calamine.CalamineSheet, hidden: bool, details: SheetDetails, limits: Limits) -> RawSheet:
    merged = sheet.merged_cell_ranges or []
    if len(merged) > limits.merges:
        raise WorkbookError("too_many_merges", sheet=sheet.name, limit=limits.merges)
    merges = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged]
    if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merges) > limits.merged:
        raise WorkbookError("too_many_cells", sheet=sheet.name, limit=limits.merged)
    return RawSheet(sheet.name, _rows(sheet, Completer(details, merges)), hidden, merges, details)


def _rows(sheet: python_calamine.CalamineSheet, completer: Completer) -> Iterator[Row]:
    number, left = 0, sheet.start[1] + 1 if sheet.start else 1
    # calamine gives the blank rows above the first filled one, but not the blank columns left of it.
    for number, values in enumerate(sheet.iter_rows() if sheet.start else (), start=1):
        cells = {column: cell for column, value in enumerate(values, left) if (cell := typed(value)) is not None}
        _check_lengths(sheet.name, number, cells)
        yield number, completer.completed(number, cells)
    for below in sorted(row for row in completer.details.errors if row > number):
        yield below, completer.completed(below, {})


def _check_lengths(name: str, number: int, cells: dict[int, Cell]):
    for column, cell in cells.items():
        if isinstance(cell, str) and len(cell) > LONGEST:
            raise WorkbookError("text_too_long", sheet=name, row=number, column=letters(column))


def notices_of_details(details: SheetDetails) -> Iterator[Notice]:
    for column, (row, many) in sorted(details.formulas.items()):
        yield Notice("formula", row, column, str(many))
    for row, errors in islice(sorted(details.errors.items()), TOLD):
        for column, text in sorted(errors.items()):
            yield Notice("not_computed" if text.startswith("=") else "error_cell", row, column, text)
    yield from details.notices
    if details.hidden_rows:
        yield Notice("hidden_rows", details.hidden_rows[0], text=str(len(details.hidden_rows)))
    if details.hidden_columns:
        yield Notice(
            "hidden_columns", column=details.hidden_columns[0], text=", ".join(map(letters, details.hidden_columns))
        )
