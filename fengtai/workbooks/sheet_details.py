"""What calamine leaves out of a sheet: hidden rows and columns, formulas, errors, formats that change a number.

The sheet's XML is read as bytes, row by row, because parsing it whole is slow; only rows that hold something of
interest are looked at closely. It also tells how far a sheet is filled, before calamine makes a rectangle of it.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from fengtai.workbooks.cells import column_number, letters
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.limits import Limits

CHUNK = 1 << 20
LONGEST_ROW = 16 << 20  # bytes
SHOWN = 200  # characters of a formula
START = re.compile(rb"<((?:\w+:)?)sheetData[\s/>]")
NUMBER = re.compile(rb"[^>]*?\sr=[\"'](\d{1,10})")
HIDDEN = re.compile(rb"[^>]*\shidden=[\"'](?:1|true)[\"']")
COLUMN = re.compile(rb"<(?:\w+:)?col(\s[^>]*)>")
BOUNDS = re.compile(rb"\s(min|max)=[\"'](\d{1,5})[\"']")
REFERENCE = re.compile(rb"\sr=[\"']([A-Z]{1,3})\d+[\"']")
STYLE = re.compile(rb"\ss=[\"'](\d+)[\"']")
TYPE = re.compile(rb"\st=[\"'](\w+)[\"']")
CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
FORMULA = re.compile(rb"<(?:\w+:)?f(?=[\s/>])[^>]*>([^<]*)")
VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
FILLED = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")


@dataclass(slots=True)
class SheetDetails:
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)  # row → column → shown instead of a value
    forms: dict[int, dict[int, str]] = field(default_factory=dict)  # row → column → what a format adds to a number
    formulas: dict[int, list[int]] = field(default_factory=dict)  # column → first row, how many
    last_row: int = 0
    last_column: int = 0


def read_details(
    archive: zipfile.ZipFile, path: str, sheet: str, styles: dict[bytes, str], limits: Limits
) -> SheetDetails:
    """The details of one sheet; `styles` are those whose number format matters. WorkbookError if it is too large."""
    details = SheetDetails()
    with archive.open(path) as stream:
        head = _head(stream)
        if not (start := START.search(head)):
            return details
        details.hidden_columns = _hidden_columns(head[: start.start()], limits)
        prefix = start[1]
        reader = _RowReader(details, prefix, sheet, styles, limits)
        for row in _rows(stream, head[start.end() :], b"<" + prefix + b"row", b"</" + prefix + b"sheetData"):
            reader.read(row)
    if details.last_row * details.last_column > limits.cells:
        raise WorkbookError("too_many_cells", sheet=sheet, limit=limits.cells)
    return details


def _head(stream) -> bytes:
    """The part's beginning, up to its first rows."""
    head = b""
    while not START.search(head) and len(head) < LONGEST_ROW and (chunk := stream.read(CHUNK)):
        head += chunk
    return head


def _hidden_columns(head: bytes, limits: Limits) -> list[int]:
    hidden: set[int] = set()
    for attributes in COLUMN.findall(head):
        bounds = {name: int(number) for name, number in BOUNDS.findall(attributes)}
        if HIDDEN.match(attributes) and len(bounds) == 2:
            hidden |= set(range(bounds[b"min"], min(bounds[b"max"], limits.columns) + 1))
    return sorted(hidden)


def _rows(stream, pending: bytes, start: bytes, end: bytes) -> Iterator[bytes]:
    """Each row's bytes, from its attributes to the next row; what stands before the first row is left out."""
    before = True
    while True:
        *whole, pending = pending.split(start)
        yield from whole[1:] if before else whole
        before = before and not whole
        chunk = b"" if end in pending or len(pending) > LONGEST_ROW else stream.read(CHUNK)
        if not chunk:
            break
        pending += chunk
    if not before:
        yield pending.partition(end)[0]


class _RowReader:
    def __init__(self, details: SheetDetails, prefix: bytes, sheet: str, styles: dict[bytes, str], limits: Limits):
        self.cell, self.formula = b"<" + prefix + b"c", b"<" + prefix + b"f"
        self.details, self.sheet, self.styles, self.limits, self.number = details, sheet, styles, limits, 0
        self.telling = re.compile(rb"\ss=[\"'](?:%s)[\"']" % b"|".join(styles)) if styles else None

    def read(self, row: bytes):
        number = NUMBER.match(row)
        self.number = int(number[1]) if number else self.number + 1
        if not FILLED.search(row):
            return
        if HIDDEN.match(row):
            self.details.hidden_rows.append(self.number)
        self._note_extent(row)
        if self.formula in row or b'"e"' in row or b"'e'" in row or (self.telling and self.telling.search(row)):
            for column, attributes, body in _cells(row):
                self._note(column, attributes, body)

    def _note_extent(self, row: bytes):
        self.details.last_row = max(self.details.last_row, self.number)
        if self.number > self.limits.last_row:
            raise WorkbookError("too_many_rows", sheet=self.sheet, row=self.number, limit=self.limits.rows)
        # The last cell that names its column is the farthest, blank or not; those that name none are counted.
        named = REFERENCE.match(row, row.rfind(b" r="))
        far = column_number(named[1].decode()) if named else row.count(self.cell)
        if far > self.limits.columns:
            far = max((column for column, _, body in _cells(row) if FILLED.search(body)), default=0)
        if far > self.limits.columns:
            raise WorkbookError("too_many_columns", sheet=self.sheet, column=letters(far), limit=self.limits.columns)
        self.details.last_column = max(self.details.last_column, far)

    def _note(self, column: int, attributes: bytes, body: bytes):
        value, formula = VALUE.search(body), FORMULA.search(body)
        kind = TYPE.search(attributes)
        if kind and kind[1] == b"e":
            self._put(self.details.errors, column, value[1].decode("utf-8", "replace") if value else "#VALUE!")
        elif formula and not value and not (kind and kind[1] == b"str"):
            self._put(self.details.errors, column, "=" + unescape(formula[1].decode("utf-8", "replace"))[:SHOWN])
        elif (style := STYLE.search(attributes)) and style[1] in self.styles:
            self._put(self.details.forms, column, self.styles[style[1]])
        if formula:
            self.details.formulas.setdefault(column, [self.number, 0])[1] += 1

    def _put(self, found: dict[int, dict[int, str]], column: int, text: str):
        found.setdefault(self.number, {})[column] = text


def _cells(row: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Column, attributes and content of each cell; one that names no column stands right of the one before."""
    column = 0
    for cell in CELL.split(row)[1:]:
        attributes, _, body = cell.partition(b">")
        found = REFERENCE.search(attributes)
        column = column_number(found[1].decode()) if found else column + 1
        yield column, attributes, body
