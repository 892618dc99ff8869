"""A workbook written row by row: openpyxl lays out the frame, the rows go straight into the archive.

Every library that writes .xlsx emits its first byte after the last row. Here the frame (styles, header, widths,
frozen pane, filter, second sheet) is made by openpyxl, and the first sheet's rows are written into the zip archive
as they are read, so memory stays flat and the download starts at once.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

SHEET = "xl/worksheets/sheet{}.xml"
FIRST_DAY = date(1900, 3, 1)
DATE_STYLE = 1  # the plain style is 0
LEVEL = 3  # of compression: 6 takes 6 % more of all CPU for files smaller by a sixth, 1 nothing less than 3
SAMPLED = 200  # rows that the column widths are fitted to
MAX_ROWS = 1_048_575  # below the header, on one sheet
LONGEST = 32_767  # characters of one cell; Excel calls a file with more damaged
EMPTY, BEFORE_TEXT, AFTER_TEXT = "<c/>", '<c t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
SPECIAL = re.compile(f"[&<>]|{UNWRITABLE.pattern}|{ESCAPED.pattern}")
HEADER_FILL = PatternFill("solid", fgColor="FF8C2F23")
Columns = list[Sequence]  # some rows, column by column
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
    head, tail = _around(_saved(_workbook([title], headings, widths)))
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for number, parts in groupby(_cut(chain([first], batches)), itemgetter(0)):
            counts.append(0)
            with archive.open(SHEET.format(number), "w", force_zip64=True) as sheet:
                sheet.write(head)
                for _number, columns in parts:
                    sheet.write(_rows_xml(columns, kinds, counts[-1] + 2).encode())
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
        sheet.append([_clean(label), _clean(text)])
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
        sheet.append([_clean(heading) for heading in headings])
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


def _rows_xml(columns: Columns, kinds: list[str], first: int) -> str:
    """Rows from the number `first` on. A column is turned into XML as a whole: most of a row's time went per cell."""
    cells = [CELLS[kind](column) for kind, column in zip(kinds, columns, strict=True)]
    rows = enumerate(zip(*cells, strict=True), start=first)
    return "".join([f'<row r="{number}">{"".join(row)}</row>' for number, row in rows])


def _texts(column: Sequence) -> list[str]:
    """Text stays text even where it looks like a formula. Only where a character needs it is each cell looked at."""
    joined = "".join(filter(None, column))
    if SPECIAL.search(joined) or len(joined) > LONGEST:
        return [_text(text) if text else EMPTY for text in column]
    return [f"{BEFORE_TEXT}{text}{AFTER_TEXT}" if text else EMPTY for text in column]


def _text(text: str) -> str:
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    return f"{BEFORE_TEXT}{escape(_clean(text))}{AFTER_TEXT}"


def _numbers(column: Sequence) -> list[str]:
    return [EMPTY if number is None else _number(number) for number in column]


def _number(number: int | Decimal) -> str:
    """A spreadsheet keeps 15 digits: a longer number is text, or it would be another."""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    short = len(text) <= 15 or len(re.sub(r"\D", "", text).lstrip("0")) <= 15
    return f"<c><v>{text}</v></c>" if short else _text(text)


def _days(column: Sequence) -> list[str]:
    return [EMPTY if day is None else _day(day) for day in column]


@lru_cache(1000)
def _day(day: date) -> str:
    """Excel counts a 29 February 1900 that never was: no number is the same earlier day in every program."""
    return f'<c s="{DATE_STYLE}"><v>{to_excel(day)}</v></c>' if day >= FIRST_DAY else _text(day.isoformat())


CELLS = {"text": _texts, "number": _numbers, "date": _days}


def _clean(text: str) -> str:
    """Text that XML can hold: control characters dropped, what looks like an escape escaped."""
    return ESCAPED.sub("_x005F_", UNWRITABLE.sub("", str(text)))


def _widths(headings: list[str], first: Columns) -> list[float]:
    """Wide enough for the headings and the first rows."""
    return [max(map(_width, [heading, *column[:SAMPLED]])) for heading, column in zip(headings, first, strict=True)]


def _width(value) -> float:
    """Chinese characters are two columns wide."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value or "")
    return min(max(sum(2 if ord(char) > 255 else 1 for char in text) + 3, 8), 48)
