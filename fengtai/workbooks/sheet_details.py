"""What calamine leaves out of a sheet: hidden rows and columns, formulas, errors, formats, letters struck out.

The sheet's XML is read as bytes, row by row, because parsing it whole is slow; only rows that hold something of
interest are looked at closely. It also tells how far a sheet is filled, before calamine makes a rectangle of it.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape

from fengtai.workbooks.archive_parts import tags, workbook_path
from fengtai.workbooks.cells import column_number, letters
from fengtai.workbooks.data import Notice
from fengtai.workbooks.date_display import EPOCHS
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.limits import Limits
from fengtai.workbooks.rich_texts import Corrected, shared_texts, text_in
from fengtai.workbooks.shown_cells import Form
from fengtai.workbooks.styles import YEAR, Styles, read_styles

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
SHARED = re.compile(rb"\st=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v(?:\s[^>]*)?>(\d+)<")
ZEROS = (b"0", b"0.0")
FILLED = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")


@dataclass(slots=True)
class Book:
    """What holds for all sheets of a workbook."""

    styles: Styles = field(default_factory=Styles)
    texts: dict[int, Corrected] = field(default_factory=dict)  # shared strings with letters struck out or raised
    is_computed: bool = True  # whether whoever wrote the file also computed its formulas
    epoch: datetime = EPOCHS[0]


def read_book(archive: zipfile.ZipFile) -> Book:
    found = tags(archive, workbook_path(archive), {"workbookPr", "calcPr"})
    said = dict(found)
    is_old_mac = said.get("workbookPr", {}).get("date1904", "0") not in ("0", "false")
    return Book(read_styles(archive), shared_texts(archive), _is_computed(said.get("calcPr")), EPOCHS[is_old_mac])


def _is_computed(settings: dict[str, str] | None) -> bool:
    """Programs that write formulas without computing them ask the next reader to do it, or say nothing at all."""
    if settings is None:
        return False
    asks = settings.get("fullCalcOnLoad", "0") not in ("0", "false")
    return not asks and settings.get("calcCompleted", "1") not in ("0", "false")


@dataclass(slots=True)
class SheetDetails:
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)  # row → column → shown instead of a value
    forms: dict[int, dict[int, Form]] = field(default_factory=dict)  # row → column → format that may say more
    texts: dict[int, dict[int, Corrected]] = field(default_factory=dict)  # row → column → without what is struck out
    struck: dict[int, set[int]] = field(default_factory=dict)  # row → columns of cells that are struck out
    struck_rows: dict[int, str] = field(default_factory=dict)  # row → its text, where nothing else stands in it
    notices: list[Notice] = field(default_factory=list)
    epoch: datetime = EPOCHS[0]
    formulas: dict[int, list[int]] = field(default_factory=dict)  # column → first row, how many
    last_row: int = 0
    last_column: int = 0


def read_details(archive: zipfile.ZipFile, path: str, sheet: str, book: Book, limits: Limits) -> SheetDetails:
    """The details of one sheet. WorkbookError if it is too large."""
    details = SheetDetails(epoch=book.epoch)
    with archive.open(path) as stream:
        head = _head(stream)
        if not (start := START.search(head)):
            return details
        details.hidden_columns = _hidden_columns(head[: start.start()], limits)
        prefix = start[1]
        reader = _RowReader(details, prefix, sheet, book, limits, head)
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
    def __init__(self, details: SheetDetails, prefix: bytes, sheet: str, book: Book, limits: Limits, head: bytes):
        self.cell, self.formula = b"<" + prefix + b"c", b"<" + prefix + b"f"
        self.details, self.sheet, self.book, self.limits, self.number = details, sheet, book, limits, 0
        self.styles = book.styles
        self.telling = _telling(book.styles, head, prefix)

    def read(self, row: bytes):
        number = NUMBER.match(row)
        self.number = int(number[1]) if number else self.number + 1
        if not FILLED.search(row):
            return
        if HIDDEN.match(row):
            self.details.hidden_rows.append(self.number)
        self._note_extent(row)
        if self._is_telling(row):
            for column, attributes, body in _cells(row):
                self._note(column, attributes, body)

    def _is_telling(self, row: bytes) -> bool:
        if self.formula in row or b'"e"' in row or b"'e'" in row or (self.telling and self.telling.search(row)):
            return True
        if b"strike" in row or b"vertAlign" in row:
            return True
        return bool(self.book.texts) and any(int(key) in self.book.texts for key in SHARED.findall(row))

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
        kind, style = TYPE.search(attributes), STYLE.search(attributes)
        if formula:
            self.details.formulas.setdefault(column, [self.number, 0])[1] += 1
        if style and style[1] in self.styles.struck and FILLED.search(body):
            self.details.struck.setdefault(self.number, set()).add(column)
        elif kind and kind[1] == b"e":
            self._put(self.details.errors, column, value[1].decode("utf-8", "replace") if value else "#VALUE!")
        elif formula and self._is_uncomputed(value, kind):
            self._put(self.details.errors, column, "=" + unescape(formula[1].decode("utf-8", "replace"))[:SHOWN])
        else:
            self._note_text(column, kind, value, body)
            if style and (form := self.styles.form_of(style[1], value[1] if value else b"")):
                self._put(self.details.forms, column, form)

    def _is_uncomputed(self, value: re.Match | None, kind: re.Match | None) -> bool:
        if value is None:
            return not (kind and kind[1] == b"str")
        return not self.book.is_computed and value[1] in ZEROS

    def _note_text(self, column: int, kind: re.Match | None, value: re.Match | None, body: bytes):
        if kind and kind[1] == b"s" and value:
            text = self.book.texts.get(int(value[1]) if value[1].isdigit() else -1)
        else:
            text = text_in(body)
        if text is not None:
            self._put(self.details.texts, column, text)

    def _put(self, found: dict[int, dict], column: int, what):
        found.setdefault(self.number, {})[column] = what


def _telling(styles: Styles, head: bytes, prefix: bytes) -> re.Pattern | None:
    """Finds the rows with a cell whose style may make it say something else; numbers by how many decimals they have."""
    start, behind = rb"\ss=[\"']", rb"[\"'][^>]*>\s*<(?:\w+:)?v(?:\s[^>]*)?>"
    if b' s="' in head and b"<%sv>" % prefix in head:
        # Nearly all write it so, and a pattern of fixed letters is found several times as fast.
        start, behind = b' s="', b'"[^>]*><%sv>' % prefix
    kinds = [
        (rb"[\"']", [*styles.always, *styles.struck]),
        (behind + rb"(?:\d+\.\d|%s<)" % YEAR.pattern, [*styles.days]),
    ]
    for places, forms in styles.rounding.items():
        kinds.append((behind + rb"-?\d+(?:\.\d{%d}|[\d.]*E-)" % (places + 1), [*forms]))
    found = [_any_of(numbers) + rest for rest, numbers in kinds if numbers]
    return re.compile(start + b"(?:" + b"|".join(found) + b")") if found else None


def _any_of(numbers: list[bytes]) -> bytes:
    """A pattern of numbers, branching digit by digit: some workbooks have thousands of styles."""
    rests: dict[bytes, list[bytes]] = {}
    for number in filter(None, numbers):
        rests.setdefault(number[:1], []).append(number[1:])
    branches = b"|".join(first + _any_of(rest) for first, rest in rests.items())
    return b"(?:%s)%s" % (branches, b"?" if b"" in numbers else b"") if rests else b""


def _cells(row: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Column, attributes and content of each cell; one that names no column stands right of the one before."""
    column = 0
    for cell in CELL.split(row)[1:]:
        attributes, _, body = cell.partition(b">")
        found = REFERENCE.search(attributes)
        column = column_number(found[1].decode()) if found else column + 1
        yield column, attributes, body
