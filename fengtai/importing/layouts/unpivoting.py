"""The figures of a table across as rows of a list, each of which knows the cell that its figure stands in."""

from dataclasses import replace

from fengtai.importing.layouts.cells import number_of, shown_text
from fengtai.importing.layouts.figures import Entry, Figures
from fengtai.importing.layouts.tables import Table
from fengtai.importing.layouts.units import Units
from fengtai.importing.reading.cells import lacks_unit
from fengtai.importing.reading.headings import DATA, VIRTUAL, FileColumn
from fengtai.importing.reading.list_imports import ListImport
from fengtai.values.figures import parse_figure
from fengtai.workbooks.data import Cell, ErrorCell, RowData, SheetData

SUBJECT, PLACE, PERIOD, LEVEL, UNIT, GROWTH, GROWTH_UNIT = range(VIRTUAL, VIRTUAL + 7)
OF_USE = {"no_heading", "same_heading"}  # what is unusual in a list, and usual in a table across


class Unpivoted:
    """A table's figures read twice: first to see what unit they are in, then as rows."""

    def __init__(self, table: Table, figures: Figures, entries: list[Entry], units: Units):
        self.table, self.figures, self.entries, self.units = table, figures, entries, units
        self._places: dict[tuple, dict] = {}
        for entry in entries:
            if (number := entry.number) is not None:
                units.see(entry.subject or table.sheet.name, entry.unit, number)
            if (number := number_of(entry.growth)) is not None:
                units.see(entry.growth_name, entry.growth_unit, number, is_growth=True)

    def sheet(self) -> SheetData:
        old, used = self.table.sheet, {one.number for one in self.table.columns.figures}
        kept = sorted(self.table.columns.others, key=lambda heading: heading.column)
        notes = [note for note in old.notes if note.code not in OF_USE]
        skipped = [*old.skipped, *self.figures.skipped]
        carried = {heading.column for heading in kept} | {
            column for column in self.table.columns.labels if column not in used
        }
        labels = [each for each in old.headings if each.column in self.table.columns.labels]
        rows = [self._row(entry, carried) for entry in self.entries]
        old.rows.clear()  # a file may hold very many
        return replace(old, headings=[*kept, *labels], rows=rows, skipped=skipped, unit="", notes=notes)

    def columns(self, declared: ListImport) -> list[FileColumn]:
        """The columns that no sheet has; of an axis that nothing states there is none."""
        axes = declared.axes
        is_said = {
            SUBJECT: any(entry.subject for entry in self.entries),
            PLACE: any(entry.place for entry in self.entries),
            PERIOD: any(entry.period for entry in self.entries),
            GROWTH: any(entry.growth is not None for entry in self.entries),
            LEVEL: any(entry.level is not None for entry in self.entries),
        }
        is_said |= {UNIT: is_said[LEVEL], GROWTH_UNIT: is_said[GROWTH]}
        fields = (axes.subject, axes.place, axes.period, axes.level, axes.level, axes.growth, axes.growth)
        found = zip(range(SUBJECT, GROWTH_UNIT + 1), fields, strict=True)
        return [self._column(declared, number, name) for number, name in found if is_said[number]]

    def _column(self, declared: ListImport, number: int, name: str) -> FileColumn:
        part = "unit" if number in (UNIT, GROWTH_UNIT) else ""
        heading = declared.fields[name].label
        return FileColumn(self.table.sheet.name, number, heading, use=DATA, field=name, part=part)

    def _row(self, entry: Entry, carried: set[int]) -> RowData:
        cells = {column: cell for column, cell in entry.row.cells.items() if column in carried}
        said = ((SUBJECT, entry.subject), (PLACE, entry.place), (PERIOD, entry.period))
        cells |= {number: text for number, text in said if text}
        if entry.level is not None:
            cells |= self._measured(LEVEL, entry.level, entry.subject or self.table.sheet.name, entry.unit)
        if entry.growth is not None:
            cells |= self._measured(GROWTH, entry.growth, entry.growth_name, entry.growth_unit)
        return RowData(entry.row.number, cells, entry.row.section, entry.column, places=self._at(entry))

    def _measured(self, number: int, cell: Cell, name: str, unit: str) -> dict[int, Cell]:
        """A figure's cell and, where that names none, the unit beside it."""
        bare = number_of(cell)
        if bare is None and not lacks_unit(shown_text(cell), parse_figure):
            return {number: cell}
        measure = self.units.of(name, unit)
        if bare is None:
            text = ErrorCell(shown_text(cell), "undecided") if measure.is_fraction else cell  # 约0.35 for 35%
            return {number: text, number + 1: measure.unit} if measure.unit else {number: text}
        value = cell if (said := measure.number(bare)) == bare else said
        return {number: value, number + 1: measure.unit} if measure.unit else {number: value}

    def _at(self, entry: Entry) -> dict[int, tuple[int, int]]:
        """Where in the sheet the row's cells stand; shared by all rows of a column."""
        key = entry.column, entry.growth_at
        if key not in self._places:
            labels = {
                number: (0, columns[0])
                for number, axis in ((SUBJECT, self.table.axes.subject), (PLACE, self.table.axes.place))
                if (columns := self.table.labels(axis))
            }
            own = (0, entry.column)
            growth = entry.growth_at if entry.growth_at[1] else own
            rest = {SUBJECT: own, PLACE: own, PERIOD: own, LEVEL: own, UNIT: own, GROWTH: growth, GROWTH_UNIT: growth}
            if period := self.table.labels(self.table.axes.period):
                rest[PERIOD] = (0, period[-1])
            self._places[key] = rest | labels
        return self._places[key]
