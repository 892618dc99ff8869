"""Whether a sheet is a table that lies across, and which way: periods, places or indicators over its figures."""

from dataclasses import dataclass, field
from itertools import islice, pairwise

from fengtai.importing.layouts.cells import says_nothing
from fengtai.importing.layouts.columns import LOOKED_AT, Columns, FigureColumn
from fengtai.importing.layouts.names import Named
from fengtai.importing.layouts.regions import Places
from fengtai.importing.reading.axes import Axes
from fengtai.importing.reading.headings import folded
from fengtai.importing.reading.sheets import shown
from fengtai.workbooks.data import RowData, SheetData
from fengtai.workbooks.period_rows import period_text

LONG, WIDE, UNCLEAR = "long", "wide", "unclear"
MOSTLY = 0.5


@dataclass(slots=True)
class Table:
    """A sheet with the roles of its columns; `unclear` names the label column that may be of either axis."""

    sheet: SheetData
    axes: Axes
    columns: Columns
    title: Named | None = None  # the indicator, where a line above names the one of the whole sheet
    lies: str = LONG
    unclear: int = 0
    places: set[str] = field(default_factory=set)

    @property
    def levels(self) -> list[FigureColumn]:
        """The columns that a figure begins with; a growth beside a level goes with that."""
        return [one for one in self.columns.figures if not one.level]

    def labels(self, axis: str) -> list[int]:
        return self.columns.rows.get(axis, [])

    def label(self, row: RowData, axis: str) -> str:
        return " ".join(filter(None, (shown(row.cells.get(column)) for column in self.labels(axis))))


def read_table(sheet: SheetData, axes: Axes, columns: Columns, title: Named | None, is_place: Places) -> Table:
    table = Table(sheet, axes, columns, title)
    is_list = any(one.is_plain for one in columns.figures) and not any(one.periods for one in columns.figures)
    if columns.is_download or is_list or not columns.figures:
        return table
    _doubt_headings(table, is_place)
    _name_labels(table, is_place)
    table.lies = _lies(table)
    if table.lies == WIDE:
        _check_labels(table, is_place)
        _put_aside_what_fits_nowhere(table)
    return table


def _doubt_headings(table: Table, is_place: Places) -> None:
    """年份 over names beside columns of years heads those columns; 指标 over nothing but years heads none of them."""
    rows, axes, figures = table.columns.rows, table.axes, table.columns.figures
    for axis in [axis for axis in axes.names if len(rows.get(axis, ())) == 1]:
        [column] = rows[axis]
        found = _axis_of(_texts(table, column), axes, is_place)
        lies_over = any(_lies_over(one, axis, axes) for one in figures)
        is_of_periods = found == axes.period and axis != axes.period and axes.period not in rows
        if is_of_periods or (lies_over and axis != axes.subject and found != axis):
            del rows[axis]
            table.columns.labels.append(column)


def _name_labels(table: Table, is_place: Places) -> None:
    """What the texts of a column without a telling heading are: periods, places, or else what is measured."""
    rows, axes = table.columns.rows, table.axes
    for column in list(table.columns.labels):
        texts = _texts(table, column)
        open_axes = [axis for axis in axes.names if axis not in rows]
        axis = _axis_of(texts, axes, is_place)
        if axis == axes.subject and not any(one.periods or one.place for one in table.columns.figures):
            continue  # names of something else, perhaps of firms
        if axis in open_axes and not any(_lies_over(one, axis, axes) for one in table.columns.figures):
            rows[axis] = [column]
            table.columns.labels.remove(column)


def _texts(table: Table, column: int) -> list[str]:
    """The labels of the rows that hold figures."""
    numbers = [one.number for one in table.columns.figures]
    rows = [row for row in table.sheet.rows if not all(says_nothing(row.cells.get(number)) for number in numbers)]
    texts = (text for row in rows if (text := shown(row.cells.get(column))))
    return list(islice(dict.fromkeys(texts), LOOKED_AT))


def _axis_of(texts: list[str], axes: Axes, is_place: Places) -> str:
    if texts and all(map(period_text, texts)):
        return axes.period
    is_place.prepare(texts)
    places = sum(map(is_place, texts))
    return axes.place if places and places > MOSTLY * len(texts) else axes.subject


def _lies_over(figure: FigureColumn, axis: str, axes: Axes) -> bool:
    said = {axes.period: figure.periods, axes.place: figure.place, axes.subject: figure.named.core}
    return bool(said[axis])


def _lies(table: Table) -> str:
    axes, rows, figures = table.axes, table.columns.rows, table.levels
    if any(one.periods for one in figures):
        return UNCLEAR if any(one.is_plain for one in figures) else WIDE
    if _places_over(figures) or (axes.subject in rows and any(one.named.cumulative is not None for one in figures)):
        return WIDE
    has_rows = axes.place in rows or axes.period in rows
    named = any(one.named.core for one in figures)
    return WIDE if has_rows and named and axes.subject not in rows else LONG


def _places_over(figures: list[FigureColumn]) -> bool:
    """Whether most columns are places; what stands beside them is their total, or their growth."""
    places = [one for one in figures if one.place]
    return len(places) > 1 and len(places) > MOSTLY * len(figures)


def _check_labels(table: Table, is_place: Places) -> None:
    """A column of names of which some are places and some are not; under a heading, names that are all places."""
    axes = table.axes
    for axis in (axes.subject, axes.place):
        for column in table.labels(axis)[:1]:
            texts = _texts(table, column)
            is_place.prepare(texts)
            places = sum(map(is_place, texts))
            is_said = bool(table.columns.headings.get(column))
            mixed = not is_said and 0 < places < len(texts)
            if axes.place in table.columns.rows and axes.subject in table.columns.rows:
                continue
            if mixed or (axis == axes.subject and len(texts) > 1 and places == len(texts)):
                table.unclear = column


def _put_aside_what_fits_nowhere(table: Table) -> None:
    """合计 beside years, where the rows say what is measured: no figure of any period, so its column is asked about."""
    columns, axes = table.columns, table.axes
    across, of_places = any(one.periods for one in columns.figures), _places_over(table.levels)
    for figure in list(table.levels):
        misses = (across and not figure.periods and axes.period not in columns.rows) or (of_places and not figure.place)
        says_twice = figure.named.core and axes.subject in columns.rows and not figure.named.is_growth
        if misses or says_twice:
            columns.put_aside(figure, table.sheet.headings)


def beside(table: Table) -> int:
    """The column where a second table begins beside the first: 地区 again, between figures; 0 where none does."""
    figures = {one.number for one in table.columns.figures}
    for columns in table.columns.rows.values():
        for earlier, later in pairwise(columns):
            same = folded(table.columns.headings.get(earlier, "")) == folded(table.columns.headings.get(later, ""))
            if same and max(figures) > later and any(earlier < number < later for number in figures):
                return later
    return 0
