"""Sums that a sheet states, compared with the rows that they may sum up: told where none of these comes to them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from fengtai.importing.planning.stated_sums import Sum, figure_of, number_in, scale_of
from fengtai.importing.planning.total_rows import counts_in, heads_section, totals_in_rows, word_of_total
from fengtai.importing.reading.cells import CellError, number_text, text_of
from fengtai.importing.reading.problems import WARNING, Problem, sentence
from fengtai.values.texts import plain
from fengtai.workbooks.data import WITHIN
from fengtai.workbooks.heading_texts import RATE
from fengtai.workbooks.total_words import TotalWord

OF_ALL = ("合计", "总计", "共计", "汇总")  # sum up all that stands above sooner than the last group
SHORT = 20  # characters of what a group is called
MOST = 1_000_000  # cells that are added up for one sheet; sums that are not reached are not compared
COMPUTE = {"sum": sum, "mean": lambda values: sum(values) / len(values), "most": max, "least": min}


def check_totals(sheet) -> Iterator[Problem]:
    """Warnings of one sheet, before its rows are planned. What a batch states of itself need not stand in the sheet."""
    totals = [(row, word, False) for row, word in totals_in_rows(sheet)]
    totals += [(row, word_of_total(row), heads_section(row)) for row in sheet.sheet.totals]
    if not totals:
        return
    rows = [row for row in sheet.sheet.rows if row.number not in sheet.totals and sheet.kind_of(row) == ""]
    checked = _Checked(sheet, rows, [row.number for row, _word, _heads in totals])
    for row, word, heads in sorted(totals, key=lambda total: total[0].number):
        if word is not None:
            yield from checked.problems(row, word, heads=heads)


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
        stated = [word.count] if word.count is not None else counts_in(row, word)
        # Some count the sums that stand among their rows too.
        counts = {*map(len, groups), sum(each.number < row.number for each in self.sheet.sheet.rows)}
        if stated and not counts & {*stated}:
            yield self._problem("total_counts", row, word, stated=stated[0], count=len(groups[0]))
        for column in self.columns if word.computes in COMPUTE else ():
            yield from self._compare(row, word, column, groups)

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
            scale = scale_of(unit)[0] if unit else Decimal(1)
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
            return figure_of(text_of(said.cells[column.part]), said.unit(column.part))
        except CellError:
            return None

    def _margin(self, row, column) -> Decimal:
        """Half of the last digit that the sum shows."""
        text = text_of(row.cells[column.number])
        digits = text.partition(".")[2]
        places = next((index for index, digit in enumerate(digits) if not digit.isdecimal()), len(digits))
        figure = self._figure(row, column)
        number = number_in(text)
        scale = figure[0] / number if number and figure[0] else Decimal(1)
        return abs(scale) * Decimal(1).scaleb(-places) / 2

    def _problem(self, code: str, row, word: TotalWord, column=None, **details) -> Problem:
        total = " ".join(filter(None, (word.group, word.word)))
        heading = column.heading if column is not None else ""
        message = sentence(code, total=total, heading=heading, **details)
        letter = column.letter if column is not None else ""
        return Problem(code, message, self.sheet.name, row.number, letter, heading, WARNING)
