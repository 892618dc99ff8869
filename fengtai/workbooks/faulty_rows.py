"""Of a returned workbook only the rows at fault, each complete in itself, directly below the headings."""

from openpyxl.worksheet.worksheet import Worksheet

from fengtai.workbooks.row_kinds import is_ditto
from fengtai.workbooks.wire import cells_of
from fengtai.workbooks.writing import put


def complete(sheet: Worksheet, about: dict):
    """The rows at fault stand alone from here on: no merged cell, no formula that asks for a row that leaves."""
    for merged in list(sheet.merged_cells.ranges):
        if merged.max_row >= about["body"]:
            sheet.unmerge_cells(merged.coord)
    for row, columns, values in about["rows"]:
        for column, value in cells_of(columns, values, {}).items():
            cell = sheet.cell(row, column)
            if cell.value is None or cell.data_type == "f" or (isinstance(cell.value, str) and is_ditto(cell.value)):
                put(sheet, row, column, value)


def keep_faulty(sheet: Worksheet, about: dict):
    """Only the rows at fault, moved up to the headings; openpyxl's own deletion moves everything below once a row."""
    first, cells = about["body"], sheet._cells
    faulty = sorted({row for row in (*(row for row, _, _ in about["faults"]), *about["stay"]) if row >= first})
    targets = {row: first + index for index, row in enumerate(faulty)}
    for row, column in [where for where in sorted(cells) if where[0] >= first]:
        cell = cells.pop((row, column))
        if row in targets:
            cell.row = targets[row]
            cells[cell.row, column] = cell
            if cell.hyperlink:
                cell.hyperlink.ref = cell.coordinate
    heights = {targets[row]: sheet.row_dimensions[row].height for row in faulty}
    for row in [row for row in sheet.row_dimensions if row >= first]:
        del sheet.row_dimensions[row]
    for row, height in heights.items():
        sheet.row_dimensions[row].height = height
