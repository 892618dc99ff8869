"""A row as calamine read it, completed by what only the sheet's XML tells, so that it is what the sheet shows."""

from collections.abc import Sequence

from fengtai.workbooks.data import Cell, ErrorCell, Notice
from fengtai.workbooks.headings import Range
from fengtai.workbooks.rich_texts import SHOWN
from fengtai.workbooks.sheet_details import SheetDetails
from fengtai.workbooks.shown_cells import shown_cell

TOLD = 1_000  # notices that are told one by one


class Completer:
    """Completes the rows of one sheet, from top to bottom."""

    def __init__(self, details: SheetDetails, merges: Sequence[Range]):
        self.details = details
        self._coming = sorted(merges, reverse=True)
        self._covering: list[Range] = []
        self._covered = False  # whether a value under a merge was told

    def completed(self, number: int, cells: dict[int, Cell]) -> dict[int, Cell]:
        details = self.details
        for column, text in details.texts.get(number, {}).items():
            self._correct(number, column, cells, text)
        for column, form in details.forms.get(number, {}).items():
            read = shown_cell(cells.get(column), form, details.epoch)
            cells[column] = read.cell
            if read.note:
                self._tell(read.note, number, column, read.text)
        for column, text in details.errors.get(number, {}).items():
            cells[column] = ErrorCell(text, "not_computed" if text.startswith("=") else "excel_error")
        if self._coming or self._covering:
            self._uncover(number, cells)
        if number in details.struck:
            self._strike(number, cells, details.struck[number])
        if number in details.forms or number in details.texts:
            return {column: cell for column, cell in cells.items() if cell is not None}
        return cells

    def _correct(self, number: int, column: int, cells: dict[int, Cell], text):
        """What is struck out or raised is taken off; a cell that is struck out letter by letter is struck out."""
        if column not in cells:
            return
        if text.is_struck:
            self.details.struck.setdefault(number, set()).add(column)
            return
        cells[column] = text.text if text.text.strip() else None
        if text.struck.strip():
            self._tell("struck_out", number, column, text.struck)
        if text.marks:
            self._tell("raised_mark", number, column, f"{text.original} → {text.text[:SHOWN]}")

    def _uncover(self, number: int, cells: dict[int, Cell]):
        """Values under a merged cell are not seen by anybody who looks at the sheet."""
        while self._coming and self._coming[-1][0] <= number:
            self._covering.append(self._coming.pop())
        self._covering = [each for each in self._covering if each[2] >= number]
        for top, left, _bottom, right in self._covering:
            if left == right and top == number:
                continue
            for column in [c for c in cells if left <= c <= right and (top, left) != (number, c)]:
                del cells[column]
                if not self._covered:
                    self._covered = True
                    self._tell("under_merge", number, column, "")

    def _strike(self, number: int, cells: dict[int, Cell], struck: set[int]):
        gone = {column: cells.pop(column) for column in sorted(struck) if cells.get(column) is not None}
        if gone and not any(cell is not None for cell in cells.values()):
            self.details.struck_rows[number] = " ".join(map(str, gone.values()))[:SHOWN]
            return
        for column, cell in gone.items():
            self._tell("struck_cell", number, column, str(cell)[:SHOWN])

    def _tell(self, code: str, number: int, column: int, text: str):
        if len(self.details.notices) < TOLD:
            self.details.notices.append(Notice(code, number, column, text))
