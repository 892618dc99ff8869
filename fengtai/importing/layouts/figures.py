"""The figures of a table across, one after the other: what each is of, where it stands, and its growth."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from fengtai.importing.layouts.cells import number_of, says_nothing
from fengtai.importing.layouts.columns import FigureColumn
from fengtai.importing.layouts.names import Named, from_january, joined, measured, named, needs_year, part_of_year
from fengtai.importing.layouts.tables import Table
from fengtai.importing.reading.cells import is_blank
from fengtai.importing.reading.sheets import shown
from fengtai.values.texts import plain
from fengtai.workbooks.data import Cell, RowData, Skipped
from fengtai.workbooks.heading_texts import is_about_other, unit_in
from fengtai.workbooks.total_words import total_word

AVERAGES = ("平均", "平均值", "均值", "平均水平")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person stated once for the whole table; `unit` is asked for where a figure finds no other."""

    subject: str
    place: str
    period: str
    year: str
    unit: Callable[[], str]
    cumulative: bool = False  # whether figures that say nothing of it count from January


@dataclass(slots=True)
class Entry:
    """One figure: a level, its growth, or both; the growth may stand in another column or row."""

    row: RowData
    column: int
    subject: str
    place: str
    period: str
    level: Cell = None
    growth: Cell = None
    unit: str = ""
    growth_unit: str = ""
    growth_name: str = ""
    growth_at: tuple[int, int] = (0, 0)

    @property
    def number(self):
        return number_of(self.level)


@dataclass(slots=True)
class Line:
    """A row of the table, and the row below it that only gives its growths."""

    row: RowData
    said: Named
    unit: str = ""
    growths: RowData | None = None
    growth_said: Named | None = None


class Figures:
    """Reads the entries of a table; rows without any are told in `skipped`."""

    def __init__(self, table: Table, stated: Stated):
        self.table, self.stated, self.axes = table, stated, table.axes
        self.skipped: list[Skipped] = []
        self.not_given = 0
        self.title = measured(table.title or named(stated.subject))
        *self.groups, self.last_label = sorted(each for axis in self.axes.names for each in table.labels(axis)) or [0]
        self.above: dict[int, Cell] = {}
        self.levels: dict[tuple, Line] = {}  # by name and labels
        self.block = Named("")  # the last row without figures: 增速（%） over the places again
        self.has_growths = any(column.growth for column in table.levels)  # then a row of growths is another's
        self.in_rows = bool(table.labels(self.axes.subject))

    def entries(self) -> Iterator[Entry]:
        for line in self._lines():
            for column in self.table.levels:
                if entry := self._entry(line, column):
                    yield entry

    def _rows(self) -> list[RowData]:
        """With the headings of sections that have figures: 一、生产总值 over its industries is measured itself."""
        sheet = self.table.sheet
        sections = {line.row for line in sheet.skipped if line.kind == "section"} if self.in_rows else set()
        measured_too = [row for row in sheet.totals if row.number in sections and self._has_figures(row)]
        if not measured_too:
            return sheet.rows
        taken = {row.number for row in measured_too}
        sheet.totals[:] = [row for row in sheet.totals if row.number not in taken]
        sheet.skipped[:] = [line for line in sheet.skipped if line.row not in taken]
        return sorted([*sheet.rows, *measured_too], key=lambda row: row.number)

    def _lines(self) -> list[Line]:
        lines: list[Line] = []
        for row in map(self._filled_down, self._rows()):
            if not self._has_figures(row):
                text = " ".join(filter(None, map(shown, row.cells.values())))
                self.skipped.append(Skipped(row.number, "empty", text[:200]))
                self.block = named(text)
                continue
            if _is_total(self.table.label(row, self.axes.place)):
                self.skipped.append(Skipped(row.number, "total", " ".join(map(shown, row.cells.values()))[:200]))
                continue
            line = self._line(row)
            host = self._level_of(line, lines) if line.said.is_growth and not self.has_growths else None
            if host is not None:
                host.growths, host.growth_said = row, line.said
            else:
                line.said = measured(line.said)
                lines.append(line)
                self.levels.setdefault((plain(line.said.core), self._labels(line.row)), line)
        if self.in_rows:
            self._tell_apart(lines)
        return lines

    def _tell_apart(self, lines: list[Line]) -> None:
        """第一产业 below 产值 and again below 税收 are two indicators: each is called by the one it stands below."""
        places = [(line.said.core, line.said.cumulative, *self._labels(line.row)) for line in lines]
        counts = Counter(places)
        host, hosts = "", []
        for line, place in zip(lines, places, strict=True):
            if counts[place] == 1 and not line.said.is_growth:
                host = line.said.core
            hosts.append(host if counts[place] > 1 else "")
        by_themselves = {place for place, host in zip(places, hosts, strict=True) if not host}
        for line, place, host in zip(lines, places, hosts, strict=True):
            if place not in by_themselves:
                line.said = replace(line.said, core=f"{host}：{line.said.core}")

    def _labels(self, row: RowData) -> tuple[str, ...]:
        return tuple(self.table.label(row, axis) for axis in self.axes.names if axis != self.axes.subject)

    def _filled_down(self, row: RowData) -> RowData:
        """Of several columns of labels those before the last go on until another is said, as if they were merged."""
        for column in self.groups:
            if not is_blank(row.cells.get(column)):
                self.above[column] = row.cells[column]
            elif column in self.above and not is_blank(row.cells.get(self.last_label)):
                row.cells[column] = self.above[column]
        return row

    def _has_figures(self, row: RowData) -> bool:
        cells = [row.cells.get(one.number) for one in self.table.columns.figures]
        return not all(cell is None or says_nothing(cell) for cell in cells)

    def _line(self, row: RowData) -> Line:
        said = named(self.table.label(row, self.axes.subject)) if self.in_rows else self.title
        if self.block.is_growth:
            text = said.text or self.block.text
            said = replace(said, unit=self.block.unit, is_growth=True, is_certain=True, text=text)
        elif not self.in_rows and self.block.unit and not self.table.title:
            said = self.block
        return Line(row, said, self._unit_beside(row))

    def _unit_beside(self, row: RowData) -> str:
        return shown(row.cells.get(self.table.columns.unit)) if self.table.columns.unit else ""

    def _level_of(self, growth: Line, lines: list[Line]) -> Line | None:
        """The row above whose growth a row gives: 同比增长（%） below 生产总值, or one of its name further up."""
        own = self._labels(growth.row)
        known = self.levels.get((plain(growth.said.core), own))
        if known is not None and known.growths is None and growth.said.goes_with(known.said):
            return known
        for line in reversed(lines):
            if not line.said.is_growth and _agree(own, self._labels(line.row)):
                return line if line.growths is None and growth.said.goes_with(line.said) else None
        return None

    def _entry(self, line: Line, column: FigureColumn) -> Entry | None:
        cell = line.row.cells.get(column.number)
        entry = Entry(line.row, column.number, *self._of(line, column))
        said = line.said if line.said.text else column.named
        is_growth = column.named.is_growth or line.said.is_growth
        if not is_growth:
            entry.level, entry.unit = cell, self._unit(line, column)
            self._add_growth(entry, line, column)
        else:
            entry.growth, entry.growth_at = cell, (0, column.number)
            entry.growth_unit = column.named.unit or line.unit or said.unit
            entry.growth_name = said.text or column.heading
        if all(each is None or says_nothing(each) for each in (entry.level, entry.growth)):
            self.not_given += cell is not None
            return None
        return entry

    def _add_growth(self, entry: Entry, line: Line, column: FigureColumn) -> None:
        if column.growth:
            growth = next(one for one in self.table.columns.figures if one.number == column.growth)
            entry.growth, entry.growth_at = line.row.cells.get(growth.number), (0, growth.number)
            entry.growth_unit, entry.growth_name = growth.named.unit, growth.named.text
        elif line.growths is not None:
            entry.growth, entry.growth_at = line.growths.cells.get(column.number), (line.growths.number, column.number)
            entry.growth_unit = line.growth_said.unit or self._unit_beside(line.growths)
            entry.growth_name = line.growth_said.text
        if entry.growth is not None and says_nothing(entry.growth):
            entry.growth = None

    def _of(self, line: Line, column: FigureColumn) -> tuple[str, str, str]:
        """Indicator, place and period."""
        over, said = column.named, line.said
        subject = said.core if self.in_rows else over.core or said.core or self.title.core
        place = column.place or self.table.label(line.row, self.axes.place) or self.stated.place
        modes = [each for each in (over.cumulative, said.cumulative) if each is not None]
        period = self._period(line.row, column)
        since_january = modes[0] if modes else self.stated.cumulative
        return subject, place, from_january(period) if since_january else period

    def _period(self, row: RowData, column: FigureColumn) -> str:
        """What stands over the column; where that lacks its year, together with what the row says."""
        columns, headings = self.table.labels(self.axes.period), self.table.columns.headings
        texts = [part_of_year(headings.get(each, ""), text) for each in columns if (text := shown(row.cells.get(each)))]
        if column.periods and (not texts or not needs_year(joined(column.periods))):
            texts = column.periods
        else:
            texts += column.periods
        return joined(texts, self.stated.year) if texts else self.stated.period

    def _unit(self, line: Line, column: FigureColumn) -> str:
        """The nearest: of the heading, the column of units, the indicator's name, the title, the section, the sheet."""
        name = line.said.core if self.in_rows else column.named.core or line.said.core or self.title.core
        nearest = (column.named.unit, line.unit, line.said.unit, self.title.unit, unit_in(line.row.section))
        if unit := next(filter(None, nearest), ""):
            return unit
        once = self.table.sheet.unit or self.stated.unit()
        return "" if is_about_other(once, name) else once


def _agree(growth: tuple[str, ...], level: tuple[str, ...]) -> bool:
    """Whether the labels of a row of growths, as far as it has any, are those of a level."""
    return all(own in ("", other) for own, other in zip(growth, level, strict=True))


def _is_total(place: str) -> bool:
    """两区合计, 全区平均: no place is called so."""
    return total_word(place) is not None or place.endswith(AVERAGES)
