"""How the child hands over what it read: one JSON array a line, which can hold nothing but plain values."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from fengtai.workbooks.data import Cell, ErrorCell, Heading, Notice, RowData, SheetData, Skipped, WorkbookData
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.process import Incomplete

REPEATED = 20_000  # different texts that are looked out for
FROM_TEXT: dict[str, Callable[[str], Cell]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "error": ErrorCell,
}


def _typed(value) -> dict[str, str]:
    if isinstance(value, ErrorCell):
        return {"error": value.text}
    return {type(value).__name__: value.isoformat()}


line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_typed).encode


def row_line(row: RowData) -> str:
    return line(["row", row.number, row.hidden, list(row.cells), list(row.cells.values())])


def cells_of(columns: list[int], values: list, known: dict[str, str]) -> dict[int, Cell]:
    """A row's cells; texts that were met before are kept once, since lists repeat them."""
    cells = dict(zip(columns, values, strict=True))
    for column, value in cells.items():
        if type(value) is str:
            cells[column] = known.setdefault(value, value) if len(known) < REPEATED else known.get(value, value)
        elif type(value) is dict:
            [(kind, text)] = value.items()
            cells[column] = FROM_TEXT[kind](text)
    return cells


def assembled(lines: Iterable[bytes], sha256: str) -> WorkbookData:
    """The workbook that the lines tell of; the child's refusal is raised here."""
    book = _Book()
    for text in lines:
        if not text.endswith(b"\n"):
            break
        tag, *values = json.loads(text)
        if tag == "end":
            return WorkbookData(book.kind, book.sheets, sha256, book.warnings, book.template)
        getattr(book, f"add_{tag}")(*values)
    raise Incomplete


class _Book:
    def __init__(self):
        self.kind, self.template = "", ""
        self._known: dict[str, str] = {}
        self.sheets: list[SheetData] = []
        self.warnings: list[Notice] = []

    def add_error(self, code: str, details: dict):
        raise WorkbookError(code, **details)

    def add_kind(self, kind: str):
        self.kind = kind

    def add_sheet(self, name, hidden, headings, unit, hidden_columns, hidden_rows, template):
        headings = [Heading(*heading) for heading in headings]
        sheet = SheetData(name, hidden, headings, unit=unit, hidden_columns=hidden_columns, hidden_rows=hidden_rows)
        self.sheets.append(sheet)
        self.template = self.template or template

    def add_row(self, number, hidden, columns, values):
        self.sheets[-1].rows.append(RowData(number, cells_of(columns, values, self._known), hidden))

    def add_skipped(self, *values):
        self.sheets[-1].skipped.append(Skipped(*values))

    def add_note(self, *values):
        self.sheets[-1].notes.append(Notice(*values))

    def add_warning(self, *values):
        self.warnings.append(Notice(*values))
