"""A workbook written row by row: openpyxl lays out the frame, the rows go straight into the archive.

Every library that writes .xlsx emits its first byte after the last row. Here the frame (styles, header, widths,
frozen pane, filter, second sheet) is made by openpyxl, and the first sheet's rows are written into the zip archive
as they are read, so memory stays flat and the download starts at once.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

SHEET = "xl/worksheets/sheet1.xml"
SAMPLED = 200  # rows that the column widths are fitted to
MAX_ROWS = 1_048_575  # below the header, on one sheet
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
HEADER_FILL = PatternFill("solid", fgColor="FF8C2F23")


class _Sink(io.RawIOBase):
    """A file that only goes forward: what was written is handed on and forgotten."""

    def __init__(self):
        self.chunks: list[bytes] = []

    def writable(self):
        return True

    def write(self, data):
        self.chunks.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self.chunks = b"".join(self.chunks), []
        return taken


def stream_workbook(
    title: str, headings: list[str], rows: Iterable[list], about: list[tuple[str, str]], count: int
) -> Iterator[bytes]:
    """The bytes of a workbook with one sheet of rows and one that tells what they are."""
    rows = iter(rows)
    first = list(islice(rows, SAMPLED))
    frame, date_style = _frame(title, headings, about, _widths(headings, first), count)
    sink = _Sink()
    with zipfile.ZipFile(frame) as parts, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in parts.namelist():
            if name != SHEET:
                archive.writestr(name, parts.read(name))
        head, tail = _split(parts.read(SHEET).decode())
        with archive.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write(head.encode())
            for number, row in enumerate(chain(first, rows), start=2):
                sheet.write(_row(number, row, date_style).encode())
                if data := sink.take():
                    yield data
            sheet.write(tail.encode())
    yield sink.take()


def _frame(title, headings, about, widths, count) -> tuple[io.BytesIO, int]:
    """A workbook with everything but the rows, and the number of its date style."""
    book = Workbook()
    sheet = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", title)[:31]
    sheet.append(headings)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), HEADER_FILL
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(cell.column)].width = widths[cell.column - 1]
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{count + 1}"
    sheet["A2"].number_format = "yyyy-mm-dd"  # makes the style; the cell itself is replaced by the rows
    date_style = sheet["A2"].style_id
    notes = book.create_sheet("说明")
    for label, text in about:
        notes.append([_clean(label), _clean(text)])
        notes.cell(notes.max_row, 1).font = Font(bold=True)
        notes.cell(notes.max_row, 2).data_type = "s"
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 14, 90
    frame = io.BytesIO()
    book.save(frame)
    return frame, date_style


def _split(sheet: str) -> tuple[str, str]:
    """The sheet's XML before and after where rows go; without the dimension, which would end a reader early."""
    sheet = re.sub(r"<dimension [^>]*/>", "", sheet)
    end_of_header = sheet.index("</row>") + len("</row>")
    return sheet[:end_of_header], sheet[sheet.index("</sheetData>") :]


def _row(number: int, cells: list, date_style: int) -> str:
    written = (_cell(cell, date_style) for cell in cells)
    return f'<row r="{number}">{"".join(written)}</row>'


def _cell(value, date_style: int) -> str:
    """One cell; text stays text even where it looks like a formula, and long codes are never numbers."""
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | Decimal) and len(_digits(value)) <= 15:
        return f"<c><v>{value:f}</v></c>" if isinstance(value, Decimal) else f"<c><v>{value}</v></c>"
    if isinstance(value, date | datetime):
        return f'<c s="{date_style}"><v>{to_excel(value)}</v></c>'
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_clean(str(value)))}</t></is></c>'


def _digits(number) -> str:
    return re.sub(r"\D", "", f"{number:f}" if isinstance(number, Decimal) else str(number)).lstrip("0")


def _clean(text: str) -> str:
    """Text that XML can hold: control characters dropped, what looks like an escape escaped."""
    return ESCAPED.sub("_x005F_", UNWRITABLE.sub("", str(text)))


def _widths(headings: list[str], rows: list[list]) -> list[float]:
    """Wide enough for the headings and the first rows."""
    return [max(map(_width, column)) for column in zip(headings, *rows, strict=True)]


def _width(value) -> float:
    """Chinese characters are two columns wide."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value or "")
    return min(max(sum(2 if ord(char) > 255 else 1 for char in text) + 3, 8), 48)
