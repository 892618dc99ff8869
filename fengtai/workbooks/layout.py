"""Tells apart what a sheet laid out for people holds: titles, headings, rows of data, totals, signatures, notes."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from fengtai.workbooks.data import Cell, Notice, RowData, Skipped
from fengtai.workbooks.heading_texts import one_line
from fengtai.workbooks.headings import Range, Row
from fengtai.workbooks.looking_ahead import LookingAhead
from fengtai.workbooks.lower_tables import LowerTables
from fengtai.workbooks.row_kinds import ends_a_sentence, goes_on, is_ditto, kind_below, shows_nothing
from fengtai.workbooks.sections import UNIT, SectionFinder
from fengtai.workbooks.sheet_top import Top, notices_of, read_top

LOOKED_AT = 100  # filled rows among which the headings are looked for
REMEMBERED = 20  # rows above other headings, at most
EXCERPT = 200  # characters of a row that is skipped
Read = RowData | Skipped | Top


class Layout:
    """Reads the top of a sheet when made, and the rest row by row when asked: a long sheet is never held whole."""

    def __init__(self, rows: Iterable[Row], merges: Sequence[Range], vocabulary: frozenset[str]):
        rows, first = iter(rows), []
        while len(first) < LOOKED_AT and (row := next(rows, None)):
            first.append(row)
        self.top = read_top([row for row in first if row[1]], merges, vocabulary)
        self.totals: dict[int, RowData] = {}  # of the rows skipped last, those that sum others up
        self._rows = LookingAhead(chain(first, rows))
        self._tables = LowerTables(self.top, merges, vocabulary)
        self._sections = SectionFinder(merges)
        self._tops: dict[int, dict[int, int]] = {}  # row → column → last row, of what is merged downwards
        for top, left, bottom, _ in merges:
            if bottom > top:
                self._tops.setdefault(top, {})[left] = bottom
        self._spread: dict[int, tuple[int, int, Cell]] = {}  # column → first and last row, value
        self._above: dict[int, Cell] = {}  # the last row of data
        self._between: deque[Row] = deque(maxlen=REMEMBERED)  # rows since the last of data
        self._held: list[Row] = []  # lone texts behind a note: more of it if no data follow
        self._in_note = False
        self._filled: set[int] = set()

    def read(self) -> Iterator[Read]:
        """Every row down to the last filled one, as data or as skipped; a Top where other headings begin."""
        empty: list[int] = []
        while (row := self._rows.take()) is not None:
            number, cells = row
            if not cells or shows_nothing(cells):
                empty.append(number)
                continue
            yield from [Skipped(each, "empty", "") for each in empty]
            empty.clear()
            yield from self._read(number, cells)
        yield from self._noted()

    def notices(self) -> list[Notice]:
        """What is unusual about the columns of the table at hand; complete only after reading it."""
        return notices_of(self.top.headings, self._filled, self.top.units)

    def _read(self, number: int, cells: dict[int, Cell]) -> Iterator[Read]:
        if number <= self.top.last or not self.top.headings:
            yield self._skipped(number, self.top.kinds.get(number, "note"), cells)
            return
        may_begin = self._tables.may_begin(cells)
        if may_begin and (top := self._tables.begin(number, cells, self._between, self._rows)):
            yield from self._noted()
            yield top
            self._start(top)
        self._start_spreading(number, cells)
        is_heading = number <= self.top.last or ((may_begin or len(cells) == 1) and self._tables.is_repeated(cells))
        kind = "heading" if is_heading else self._kind(number, cells)
        if kind == "held":
            self._held.append((number, cells))
            return
        if kind:
            yield from self._noted()
            yield self._skipped(number, kind, cells)
            return
        for held in self._held:  # data resume: what was held is data too
            yield self._data(*held)
        self._held.clear()
        yield self._data(number, cells)

    def _noted(self) -> Iterator[Skipped]:
        """No data follow: what was held is more of the note."""
        for number, cells in self._held:
            yield self._skipped(number, "note", cells)
        self._held.clear()

    def _start(self, top: Top):
        """Other headings count from here; the section above them only if it heads them."""
        self.top, self._filled, self._above, self._in_note = top, set(), {}, False
        self._sections.start(number for number, _ in self._between)
        self._between.clear()

    def _kind(self, number: int, cells: dict[int, Cell]) -> str:
        is_lone = len(cells) == 1
        text = cells[min(cells)]
        if kind := kind_below(cells):
            self._in_note = kind == "note" or (self._in_note and is_lone)
            if kind == "unit":
                self._sections.begin(number, UNIT, cells)
            return kind
        if is_lone and isinstance(text, str) and self._goes_on(text):
            return "note"
        if style := self._sections.style(number, cells, self._rows, len(self.top.headings)):
            self._in_note = False
            self._sections.begin(number, style, cells)
            return "section"
        if is_lone and isinstance(text, str) and len(self.top.headings) > 1:
            return self._lone(number, cells)
        return ""

    def _goes_on(self, text: str) -> bool:
        if self._in_note:
            return goes_on(text)
        return len(self.top.headings) > 1 and ends_a_sentence(text)

    def _lone(self, number: int, cells: dict[int, Cell]) -> str:
        """A text alone in its row: the title of a table below, more of a note, or a record that says no more."""
        if self._tables.begins_below(self._rows):
            self._sections.begin(number, UNIT, cells)
            return "title"
        if self._sections.is_across(number, cells, len(self.top.headings)):
            return "note"
        return "held" if self._in_note else ""

    def _start_spreading(self, number: int, cells: dict[int, Cell]):
        for column in cells.keys() & self._tops.get(number, {}).keys():
            self._spread[column] = number, self._tops[number][column], cells[column]

    def _skipped(self, number: int, kind: str, cells: dict[int, Cell]) -> Skipped:
        self._between.append((number, cells))
        if kind == "total" or (kind == "section" and len(cells) > 1):
            self.totals[number] = RowData(number, cells, self._sections.text)
        return Skipped(number, kind, _excerpt(cells))

    def _data(self, number: int, cells: dict[int, Cell]) -> RowData:
        """With the values of merged cells spread down, and 同上 replaced by what stands above."""
        merged, ditto = [], ()
        for column, (first, last, value) in self._spread.items():
            if number <= last:
                merged.append((column, first, last))
                cells.setdefault(column, value)
        if any(map(is_ditto, cells.values())):
            ditto = tuple((column, cell) for column, cell in cells.items() if is_ditto(cell))
            cells = {
                column: self._above.get(column, cell) if is_ditto(cell) else cell for column, cell in cells.items()
            }
        if len(cells) > 1 or len(self.top.headings) == 1:  # else the heading of a section
            self._above = cells
        self._between.clear()
        self._in_note = False
        self._filled.update(cells)
        return RowData(number, cells, self._sections.text, merged=tuple(merged), ditto=ditto)


def _excerpt(cells: dict[int, Cell]) -> str:
    return " ".join(one_line(cells[column]) for column in sorted(cells))[:EXCERPT]
