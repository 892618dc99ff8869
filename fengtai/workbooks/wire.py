"""How the child hands over what it read: lines of JSON, which can hold nothing but plain values."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from sys import intern

from fengtai.workbooks.data import Cell, ErrorCell, Heading, Notice, RowData, SheetData, Shown, Skipped, WorkbookData
from fengtai.workbooks.errors import Incomplete, WorkbookError

REST = ("merged", "ditto", "fault")  # of a row, told where there is any
REPEATED = 20_000  # different texts that are kept once


def _plain(value) -> Cell:
    """A value inside another, as `_typed` wrote it."""
    if type(value) is not dict:
        return value
    [(kind, text)] = value.items()
    return FROM_TEXT[kind](text)


FROM_TEXT: dict[str, Callable[[str], Cell]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "error": lambda parts: ErrorCell(*parts),
    "shown": lambda parts: Shown(parts[0], _plain(parts[1]), intern(parts[2])),  # thousands of cells have one format
}


def _typed(value) -> dict[str, str | list]:
    if isinstance(value, Shown):
        return {"shown": [value.text, value.value, value.form]}
    if isinstance(value, ErrorCell):
        return {"error": [value.text, value.code]}
    return {type(value).__name__: value.isoformat()}


line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_typed).encode


def row_line(row: RowData, kind: str = "row") -> str:
    rest = {name: value for name in REST if (value := getattr(row, name))}
    return line([kind, row.number, list(row.cells), list(row.cells.values()), row.section, rest])


def cells_of(columns: list[int], values: list, known: dict[str, str]) -> dict[int, Cell]:
    """A row's cells by column; `known` collects texts, so that one that a list repeats is held in memory once."""
    cells = dict(zip(columns, values, strict=True))
    for column, value in cells.items():
        if type(value) is str:
            cells[column] = known.setdefault(value, value) if len(known) < REPEATED else known.get(value, value)
        elif type(value) is dict:
            cells[column] = _plain(value)
    return cells


def parsed(text: bytes) -> list:
    """A line of the child's answer; raises its WorkbookError, and Incomplete if the line was cut short."""
    if not text.endswith(b"\n"):
        raise Incomplete
    values = json.loads(text)
    if values[0] == "error":
        raise WorkbookError(values[1], **values[2])
    return values


def assembled(lines: Iterable[bytes], sha256: str) -> WorkbookData:
    """The workbook that the lines describe; raises what `parsed` raises, and Incomplete if the last line is missing."""
    sheets: list[SheetData] = []
    warnings: list[Notice] = []
    known: dict[str, str] = {}
    batch = ""
    for text in lines:
        match parsed(text):
            case "row", *row:
                sheets[-1].rows.append(_row(*row, known))
            case "total", *row:
                sheets[-1].totals.append(_row(*row, known))
            case "skipped", *skipped:
                sheets[-1].skipped.append(Skipped(*skipped))
            case "note", *note:
                sheets[-1].notes.append(Notice(*note))
            case "sheet", name, hidden, headings, unit:
                sheets.append(SheetData(name, hidden, [Heading(*heading) for heading in headings], unit=unit))
            case "warning", *warning:
                warnings.append(Notice(*warning))
            case "batch", uuid:
                batch = uuid
            case "end", kind:
                return WorkbookData(kind, sheets, sha256, warnings, batch)
    raise Incomplete


def _row(number: int, columns: list[int], values: list, section: str, rest: dict, known: dict[str, str]) -> RowData:
    return RowData(number, cells_of(columns, values, known), known.setdefault(section, section), **rest)
