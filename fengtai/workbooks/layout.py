"""Tells apart what a sheet laid out for people holds: titles, headings, rows of data, totals, signatures, notes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from fengtai.workbooks.data import Cell, Notice, RowData, Skipped
from fengtai.workbooks.heading_texts import normalised, one_line
from fengtai.workbooks.headings import Range, Row
from fengtai.workbooks.row_kinds import is_ditto, kind_below
from fengtai.workbooks.sheet_top import notices_of, read_top

LOOKED_AT = 100  # filled rows among which the headings are looked for
EXCERPT = 200  # characters of a row that is skipped


class Layout:
    """Reads the top of a sheet when made, and the rest row by row when asked: a long sheet is never held whole."""

    def __init__(self, rows: Iterable[Row], merges: Sequence[Range], vocabulary: frozenset[str]):
        self._rows, first = iter(rows), []
        while len(first) < LOOKED_AT and (row := next(self._rows, None)):
            first.append(row)
        self.top = read_top([row for row in first if row[1]], merges, vocabulary)
        self._rows = chain(first, self._rows)
        self._merges = {(each[0], each[1]): each for each in merges}
        self._tops: dict[int, dict[int, int]] = {}  # row → column → last row, of what is merged downwards
        for top, left, bottom, _ in merges:
            if bottom > top:
                self._tops.setdefault(top, {})[left] = bottom
        self._spread: dict[int, tuple[int, int, Cell]] = {}  # column → first and last row, value
        self._above: dict[int, Cell] = {}  # the last row of data
        self._names = {each.column: normalised(each.part or each.text) for each in self.top.headings}
        self._filled: set[int] = set()

    def read(self) -> Iterator[RowData | Skipped]:
        """Every row down to the last filled one, as data or as skipped."""
        empty: list[int] = []
        for number, cells in self._rows:
            if not cells:
                empty.append(number)
                continue
            yield from [Skipped(each, "empty", "") for each in empty]
            empty.clear()
            kind = self._kind(number, cells)
            yield Skipped(number, kind, _excerpt(cells)) if kind else self._data(number, cells)

    def notices(self) -> list[Notice]:
        """What is unusual about the columns; complete only after reading."""
        return notices_of(self.top.headings, self._filled, self.top.units)

    def _kind(self, number: int, cells: dict[int, Cell]) -> str:
        if number <= self.top.last or not self.top.headings:
            return self.top.kinds.get(number, "note")
        self._start_spreading(number, cells)
        if kind := kind_below(cells):
            return kind
        if len(cells) == 1 and self._is_across(number, min(cells)):
            return "note"
        return "heading" if self._is_repeated(cells) else ""

    def _is_across(self, number: int, column: int) -> bool:
        """Merged over half of the columns: a heading of a section, or a note."""
        _, left, _, right = self._merges.get((number, column), (0, column, 0, column))
        return right - left + 1 >= max(3, len(self.top.headings) / 2)

    def _is_repeated(self, cells: dict[int, Cell]) -> bool:
        """The headings again, as on every printed page."""
        return len(cells) > 1 and all(
            isinstance(cell, str) and self._names.get(column) == normalised(cell) for column, cell in cells.items()
        )

    def _start_spreading(self, number: int, cells: dict[int, Cell]):
        for column in cells.keys() & self._tops.get(number, {}).keys():
            self._spread[column] = number, self._tops[number][column], cells[column]

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
        self._filled.update(cells)
        return RowData(number, cells, merged=tuple(merged), ditto=ditto)


def _excerpt(cells: dict[int, Cell]) -> str:
    return " ".join(one_line(cells[column]) for column in sorted(cells))[:EXCERPT]
