"""A workbook written row by row: openpyxl lays out the frame, the rows go straight into the archive.

Every library that writes .xlsx emits its first byte after the last row. Here the frame (styles, header, widths,
frozen pane, filter, second sheet) is made by openpyxl, and the first sheet's rows are written into the zip archive
as they are read, so memory stays flat and the download starts at once.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import chain, groupby
from operator import itemgetter

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from fengtai.downloads.row_xml import DATE_STYLE, Columns, clean, rows_xml

SHEET = "xl/worksheets/sheet{}.xml"
LEVEL = 3  # of compression: 6 takes 6 % more of all CPU for files smaller by a sixth, 1 nothing less than 3
SAMPLED = 200  # rows that the column widths are fitted to
MAX_ROWS = 1_048_575  # below the header, on one sheet
HEADER_FILL = PatternFill("solid", fgColor="FF8C2F23")
Notes = Callable[[int], tuple[str, list[tuple[str, str]]]]  # from the number of rows: a title and lines


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
    title: str, headings: list[str], kinds: list[str], batches: Iterable[Columns], notes: Notes
) -> Iterator[bytes]:
    """The bytes of a workbook: the rows, on as many sheets as they need, and a sheet that tells what they are.

    Rows come in batches; `kinds` says of each column whether it holds text, numbers or dates.
    """
    batches = iter(batches)
    first = next(batches, [[]] * len(headings))
    widths, sink, counts = _widths(headings, first), _Sink(), []
    head, tail = _around(_saved(_workbook(_titles(title, 1), headings, widths)))
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for number, parts in groupby(_cut(chain([first], batches)), itemgetter(0)):
            counts.append(0)
            with archive.open(SHEET.format(number), "w", force_zip64=True) as sheet:
                sheet.write(head)
                for _number, columns in parts:
                    sheet.write(rows_xml(columns, kinds, counts[-1] + 2).encode())
                    counts[-1] += len(columns[0])
                    if data := sink.take():
                        yield data
                sheet.write(tail.replace(b"LAST", str(counts[-1] + 1).encode()))
        _write_frame(archive, _titles(title, len(counts)), headings, widths, notes(sum(counts)))
    yield sink.take()


def _cut(batches: Iterable[Columns]) -> Iterator[tuple[int, Columns]]:
    """Batches with the number of their sheet, cut where a sheet is full."""
    number, room = 1, MAX_ROWS
    for columns in batches:
        while len(columns[0]) > room:
            yield number, [column[:room] for column in columns]
            columns = [column[room:] for column in columns]
            number, room = number + 1, MAX_ROWS
        yield number, columns
        room -= len(columns[0])


def _write_frame(archive: zipfile.ZipFile, titles: list[str], headings, widths, notes: tuple[str, list]):
    """Everything but the sheets of rows, which are written already."""
    book = _workbook(titles, headings, widths)
    sheet = book.create_sheet(notes[0])
    for label, text in notes[1]:
        sheet.append([clean(label), clean(text)])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        sheet.cell(sheet.max_row, 2).data_type = "s"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 90
    written = {SHEET.format(number) for number in range(1, len(titles) + 1)}
    with zipfile.ZipFile(_saved(book)) as parts:
        for name in parts.namelist():
            if name not in written:
                archive.writestr(name, parts.read(name))


def _titles(title: str, sheets: int) -> list[str]:
    """Names that a sheet may have, numbered from the second on."""
    title = re.sub(r"[\[\]:*?/\\]", " ", title)[:28]
    return [title if number == 1 else f"{title} {number}" for number in range(1, sheets + 1)]


def _workbook(titles: list[str], headings: list[str], widths: list[float]) -> Workbook:
    """Sheets with their header and no rows; the first cell below it carries the style of dates."""
    book = Workbook()
    book.remove(book.active)
    for title in titles:
        sheet = book.create_sheet(title)
        sheet.append([clean(heading) for heading in headings])
        sheet["A2"].number_format = "yyyy-mm-dd"
        # A style gets its number when it is first asked for: of all styles this one is the first.
        if sheet["A2"].style_id != DATE_STYLE:
            raise AssertionError("the style of dates is not where the rows look for it")
        for cell, width in zip(sheet[1], widths, strict=True):
            cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), HEADER_FILL
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            sheet.column_dimensions[get_column_letter(cell.column)].width = width
        sheet.row_dimensions[1].height = 30
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}1"
    return book


def _saved(book: Workbook) -> io.BytesIO:
    saved = io.BytesIO()
    book.save(saved)
    return saved


def _around(saved: io.BytesIO) -> tuple[bytes, bytes]:
    """A sheet's XML before and after its rows; without the dimension, which would end a reader early."""
    with zipfile.ZipFile(saved) as parts:
        sheet = re.sub(r"<dimension [^>]*/>", "", parts.read(SHEET.format(1)).decode())
    end_of_header = sheet.index("</row>") + len("</row>")
    tail = re.sub(r'(<autoFilter ref="A1:[A-Z]+)1"', r'\1LAST"', sheet[sheet.index("</sheetData>") :])
    return sheet[:end_of_header].encode(), tail.encode()


def _widths(headings: list[str], first: Columns) -> list[float]:
    """Wide enough for the headings and the first rows."""
    return [max(map(_width, [heading, *column[:SAMPLED]])) for heading, column in zip(headings, first, strict=True)]


def _width(value) -> float:
    """Chinese characters are two columns wide."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value or "")
    return min(max(sum(2 if ord(char) > 255 else 1 for char in text) + 3, 8), 48)
