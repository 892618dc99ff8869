"""What stands in a column without a heading and changes the cell before it: its unit, the rest of its digits."""

import re
from collections.abc import Collection

from fengtai.workbooks.data import Cell, ErrorCell, RowData
from fengtai.workbooks.heading_texts import is_unit

FIRST_DIGITS = re.compile(r"\D{0,3}\d{1,3}")  # ¥1 of ¥1,200
NEXT_DIGITS = re.compile(r"\d{3}(?:\.\d+)?")


def refuse_halves(row: RowData, named: Collection[int], *, is_csv: bool) -> None:
    """Where a cell is only half of what the row says, it holds an error instead: 10 beside 亿元, 1 before 200."""
    for column in row.cells.keys() - named:
        before = row.cells.get(column - 1)
        if column - 1 in named and before is not None and (code := _code(before, row.cells[column], is_csv)):
            joined = f"{before},{row.cells[column]}" if code == "number_split" else str(row.cells[column])
            row.cells[column - 1] = ErrorCell(joined, code)


def _code(before: Cell, cell: Cell, is_csv: bool) -> str:
    if not isinstance(cell, str):
        return ""
    if is_csv and NEXT_DIGITS.fullmatch(cell.strip()) and FIRST_DIGITS.fullmatch(str(before).strip()):
        return "number_split"
    return "unit_beside" if str(before)[-1:].isdigit() and is_unit(cell) else ""
