"""Headings further down a sheet: the same again, as on every printed page, or others that count from there."""

from collections.abc import Iterable, Sequence
from itertools import islice

from fengtai.workbooks.data import Cell, Heading
from fengtai.workbooks.heading_texts import normalised, unit_in, without_brackets
from fengtai.workbooks.headings import DEEPEST, SHORT, Range, Row, is_label
from fengtai.workbooks.looking_ahead import LookingAhead
from fengtai.workbooks.period_rows import period_text, periods_of
from fengtai.workbooks.sheet_top import Top, top_at

ALIKE, MOST, SEVERAL = 0.5, 0.75, 3  # how much of a row must be headings, if some are those in force, and if none is
MOST_TABLES = 200  # of one sheet; further headings are told as rows that cannot be read
BEFORE = 3  # lines of a title that may stand between a lone text and the headings it heads


class LowerTables:
    """Finds the rows of headings below the first."""

    def __init__(self, top: Top, merges: Sequence[Range], vocabulary: frozenset[str]):
        self._merges, self._vocabulary, self._begun = merges, vocabulary, 0
        self._hold(top)

    def _hold(self, top: Top):
        self._top = top
        self._names = {each.column: normalised(each.part or each.text) for each in top.headings}
        self._units = {each.column: each.unit for each in top.headings}
        self._at = {each.column: _forms(each) for each in top.headings}
        self._own = set().union(*self._at.values()) - {""}
        self._known = self._vocabulary | self._own
        texts = ((each.column, each.part or each.text) for each in top.headings)
        self._periods = {column for column, text in texts if period_text(text)}
        # Nearly every row is told from headings by how its first texts begin.
        self._beginnings = {text[:2] for text in self._known}

    def may_begin(self, cells: dict[int, Cell]) -> bool:
        """Whether a row consists of headings rather than of what stands under them."""
        if self._periods and len(cells) > 1 and self._are_periods(cells):
            return True
        if len(cells) < 2 or not any(map(self._looks_known, islice(cells.values(), 2))):
            return False
        texts = list(cells.values())
        if not all(isinstance(text, str) and len(text) <= SHORT for text in texts):
            return False
        hits = {form for text in texts if (form := self._form(text))}
        first = islice(cells.items(), 2)
        if any(self._names.get(column) == normalised(text) for column, text in first) and all(map(is_label, texts)):
            return True  # 序号 under 序号
        if hits & self._own:
            return len(hits) >= 2 and len(hits) >= ALIKE * len(texts)
        return bool(self._form(texts[0])) and len(hits) >= SEVERAL and len(hits) >= MOST * len(texts)

    def _are_periods(self, cells: dict[int, Cell]) -> bool:
        """指标, 2021年, 2022年 below other years: under 指标, or under a corner that is blank."""
        first = cells[min(cells)]
        if min(cells) not in self._periods and not (isinstance(first, str) and self._form(first)):
            return False
        rest = {column: cell for column, cell in cells.items() if column in self._periods}
        return len(rest) >= len(cells) - 1 and all(map(period_text, rest.values())) and bool(periods_of(rest))

    def _looks_known(self, cell: Cell) -> bool:
        if not isinstance(cell, str) or len(cell) > SHORT:
            return False
        return cell[:2].casefold() in self._beginnings or not cell[:2].isalnum()

    def _form(self, text: str) -> str:
        return next((form for form in (normalised(text), without_brackets(text)) if form in self._known), "")

    def begin(self, number: int, cells: dict[int, Cell], above: Iterable[Row], rows: LookingAhead) -> Top | None:
        """The top of another table at a row that may begin one; None where it is the one in force again."""
        if self._begun >= MOST_TABLES or self.is_repeated(cells):
            return None
        top = top_at(number, [*above, (number, cells), *islice(rows.below(), DEEPEST + 2)], self._merges)
        if self._only_repeats(top.headings):
            return None
        self._hold(top)
        self._begun += 1
        return top

    def _only_repeats(self, headings: list[Heading]) -> bool:
        return all(
            self._names.get(each.column) == normalised(each.part or each.text)
            and each.unit in ("", self._units[each.column])
            for each in headings
        )

    def is_repeated(self, cells: dict[int, Cell]) -> bool:
        """Whether a row of headings, or a lone text, is one of those in force."""
        return all(self._looks_known(cell) for cell in cells.values()) and all(
            self._is_in(column, str(cell)) for column, cell in cells.items()
        )

    def _is_in(self, column: int, text: str) -> bool:
        return normalised(text) in self._at.get(column, ()) and unit_in(text) in ("", self._units.get(column, ""))

    def begins_below(self, rows: LookingAhead) -> bool:
        """Whether the next row that is no lone text is one of headings."""
        below = next((cells for _, cells in islice(rows.below(), BEFORE) if len(cells) > 1), {})
        return bool(below) and self.may_begin(below)


def _forms(heading: Heading) -> set[str]:
    """All that stands over a column, together and row by row."""
    return {normalised(text) for text in (heading.text, heading.part, *heading.text.split())}
