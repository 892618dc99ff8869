"""Sums that a sheet states, compared with the rows that they may sum up: told where none of these comes to them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property, lru_cache

from fengtai.importing.reading.cells import CellError, compose, number_text, text_of
from fengtai.importing.reading.problems import WARNING, Problem, sentence
from fengtai.importing.reading.totals import bare_section
from fengtai.values.figures import Bound, FigureError, parse_figure
from fengtai.values.texts import plain
from fengtai.workbooks.data import WITHIN
from fengtai.workbooks.heading_texts import RATE
from fengtai.workbooks.total_words import TotalWord, count_in, total_word

Sum = tuple[Decimal, str]  # value and base unit
OF_ALL = ("合计", "总计", "共计", "汇总")  # sum up all that stands above sooner than the last group
SHORT = 20  # characters of what a group is called
MOST = 1_000_000  # cells that are added up for one sheet; sums that are not reached are not compared
SUM = "小计"  # what the figures beside the heading of a section are
COMPUTE = {"sum": sum, "mean": lambda values: sum(values) / len(values), "most": max, "least": min}


def check_totals(sheet) -> Iterator[Problem]:
    """Warnings of one sheet, before its rows are planned. What a batch states of itself need not stand in the sheet."""
    totals = [(row, word, False) for row, word in _in_rows(sheet)]
    totals += [(row, _word_of(row), _heads_section(row)) for row in sheet.sheet.totals]
    if not totals:
        return
    rows = [row for row in sheet.sheet.rows if row.number not in sheet.totals and sheet.kind_of(row) == ""]
    checked = _Checked(sheet, rows, [row.number for row, _word, _heads in totals])
    for row, word, heads in sorted(totals, key=lambda total: total[0].number):
        if word is not None:
            yield from checked.problems(row, word, heads=heads)


def _in_rows(sheet) -> Iterator[tuple[object, TotalWord]]:
    rows = (row for row in sheet.sheet.rows if row.number in sheet.totals and not sheet.is_read(row))
    return ((row, sheet.totals[row.number][1]) for row in rows)


def _word_of(row) -> TotalWord | None:
    texts = (cell for cell in row.cells.values() if isinstance(cell, str))
    words = list(filter(None, map(total_word, texts)))
    if words or not _heads_section(row):
        return next(iter(words), None)
    heading = row.section.rpartition(WITHIN)[2]
    return TotalWord(bare_section(heading), SUM, count_in(heading))


def _heads_section(row) -> bool:
    first = row.cells[min(row.cells)]
    return isinstance(first, str) and plain(row.section.rpartition(WITHIN)[2]).startswith(plain(first))


class _Checked:
    def __init__(self, sheet, rows: list, totals: list[int]):
        self.sheet, self.rows, self.totals = sheet, rows, sorted(totals)
        self.numbers = [row.number for row in rows]
        self.left = MOST
        self.columns = [column for column in sheet.data if self._is_summed(column)]

    def _is_summed(self, column) -> bool:
        field = self.sheet.declared.fields[column.field]
        reads = getattr(field.model_field, "reading_kind", "figure")
        aside = column.part in ("unit", "qualifier", "exactness")
        return field.kind == "figure" and reads == "figure" and not aside and not RATE.search(column.heading)

    def problems(self, row, word: TotalWord, *, heads: bool) -> Iterator[Problem]:
        """The first of the possible groups is named where none agrees."""
        groups = list(filter(None, self._groups(row, word, heads=heads)))
        if not groups:
            return
        stated = [word.count] if word.count is not None else self._counts_in(row, word)
        # Some count the sums that stand among their rows too.
        counts = {*map(len, groups), sum(each.number < row.number for each in self.sheet.sheet.rows)}
        if stated and not counts & {*stated}:
            yield self._problem("total_counts", row, word, stated=stated[0], count=len(groups[0]))
        for column in self.columns if word.computes in COMPUTE else ():
            yield from self._compare(row, word, column, groups)

    def _counts_in(self, row, word: TotalWord) -> list[int]:
        """计数 3: the number of rows stands in a cell of its own; 合计 32条 too."""
        cells = [cell for cell in row.cells.values() if total_word(str(cell)) is None]
        if word.computes == "count":
            return [cell for cell in cells if isinstance(cell, int)]
        counted = (total_word(f"合计({cell})") for cell in cells if isinstance(cell, str))
        return [one.count for one in counted if one is not None and one.count is not None]

    def _groups(self, row, word: TotalWord, *, heads: bool) -> Iterator[list]:
        if heads:
            yield self.by_section.get(row.section, [])
            return
        if word.group:
            yield self.by_text.get(plain(word.group), [])
        end = bisect_left(self.numbers, row.number)
        since = bisect_left(self.totals, row.number)
        if word.word in OF_ALL and not word.group:
            yield self.rows[:end]
        yield self.rows[bisect_left(self.numbers, self.totals[since - 1]) if since else 0 : end]
        yield self.rows[:end]
        yield self.by_section.get(row.section, [])
        yield self.rows

    @cached_property
    def by_text(self) -> dict[str, list]:
        """The rows by the short texts in their cells: those of 丰台区."""
        found = defaultdict(list)
        for row in self.rows:
            for text in {plain(cell) for cell in row.cells.values() if isinstance(cell, str) and len(cell) <= SHORT}:
                found[text].append(row)
        return found

    @cached_property
    def by_section(self) -> dict[str, list]:
        """The rows of each section, with those of the sections within it."""
        found = defaultdict(list)
        for row in self.rows:
            parts = row.section.split(WITHIN) if row.section else []
            for depth in range(1, len(parts) + 1):
                found[WITHIN.join(parts[:depth])].append(row)
        return found

    def _compare(self, row, word: TotalWord, column, groups: list[list]) -> Iterator[Problem]:
        stated = self._figure(row, column)
        if stated is None:
            return
        known, margin = [], self._margin(row, column)
        for value in (self._computed(group, column, word, stated[1]) for group in groups):
            if value is not None and abs(value - stated[0]) <= margin:
                return
            known += [value] if value is not None else []
        if known and self.left > 0:
            printed, unit = text_of(row.cells[column.number]), column.unit or column.sheet_unit
            scale = _scale(unit)[0] if unit else Decimal(1)
            found = f"{number_text(known[0] / scale)}{unit or stated[1]}"
            yield self._problem("total_differs", row, word, column, stated=printed, sum=found)

    def _computed(self, rows: list, column, word: TotalWord, unit: str) -> Decimal | None:
        """What the rows come to; None where one of them states no exact figure of the unit."""
        self.left -= len(rows)
        if self.left <= 0:
            return None
        figures = [self._figure(row, column) for row in rows if row.cells.get(column.number) not in (None, "")]
        if not figures or any(figure is None or figure[1] != unit for figure in figures):
            return None
        return COMPUTE[word.computes]([value for value, _unit in figures])

    def _figure(self, row, column) -> Sum | None:
        said = self.sheet.said(row, column.field)
        if column.part not in said.cells:
            return None
        try:
            return _figure_of(text_of(said.cells[column.part]), said.unit(column.part))
        except CellError:
            return None

    def _margin(self, row, column) -> Decimal:
        """Half of the last digit that the sum shows."""
        text = text_of(row.cells[column.number])
        digits = text.partition(".")[2]
        places = next((index for index, digit in enumerate(digits) if not digit.isdecimal()), len(digits))
        figure = self._figure(row, column)
        number = _number(text)
        scale = figure[0] / number if number and figure[0] else Decimal(1)
        return abs(scale) * Decimal(1).scaleb(-places) / 2

    def _problem(self, code: str, row, word: TotalWord, column=None, **details) -> Problem:
        total = " ".join(filter(None, (word.group, word.word)))
        heading = column.heading if column is not None else ""
        message = sentence(code, total=total, heading=heading, **details)
        letter = column.letter if column is not None else ""
        return Problem(code, message, self.sheet.name, row.number, letter, heading, WARNING)


def _number(text: str) -> Decimal | None:
    digits = "".join(character for character in text if character.isdecimal() or character in ".-")
    try:
        return Decimal(digits)
    except ArithmeticError:
        return None


@lru_cache(maxsize=1024)
def _scale(unit: str) -> Sum:
    figure = parse_figure(f"1{unit}")
    return figure.value, figure.unit


@lru_cache(maxsize=50_000)
def _figure_of(text: str, unit: str) -> Sum | None:
    """An exact figure in its base unit."""
    try:
        if text.replace(".", "", 1).isdecimal():
            scale, base = _scale(unit)
            return Decimal(text) * scale, base
        figure = parse_figure(compose(text, unit, "", parse_figure))
    except FigureError:
        return None
    return (figure.value, figure.unit) if figure.value is not None and figure.bound == Bound.EXACT else None
