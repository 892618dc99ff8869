"""What each column of a sheet holds for a table that may lie across: labels of its rows, figures, or something else."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from fengtai.importing.layouts.cells import is_figure
from fengtai.importing.layouts.names import Named, joined, measured, named, stands_aside
from fengtai.importing.layouts.regions import Places
from fengtai.importing.reading.answers import Answers
from fengtai.importing.reading.cells import is_blank
from fengtai.importing.reading.headings import NUMBER, find, folded
from fengtai.importing.reading.list_imports import ListImport
from fengtai.importing.reading.own_headings import own_headings
from fengtai.values.period_refusals import PeriodError
from fengtai.values.periods import parse_period
from fengtai.workbooks.data import Heading, SheetData
from fengtai.workbooks.period_rows import ANY_YEAR, period_text

LOOKED_AT = 200  # rows from which is told whether a column holds figures


@dataclass(slots=True)
class FigureColumn:
    """A column of figures, by what stands over it; `level` is the column whose growth it is."""

    number: int
    heading: str
    named: Named
    periods: list[str]
    place: str = ""
    level: int = 0
    growth: int = 0

    @property
    def is_plain(self) -> bool:
        """数值 alone: the figures of a list that lies as lists do."""
        said = self.named
        return not (self.periods or self.place or said.core or said.is_growth or said.cumulative is not None)


@dataclass(slots=True)
class Columns:
    rows: dict[str, list[int]] = field(default_factory=dict)  # columns of the rows' own labels by row field
    figures: list[FigureColumn] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)  # columns of texts whose headings say nothing
    others: list[Heading] = field(default_factory=list)  # what is read as in any list
    unit: int = 0
    headings: dict[int, str] = field(default_factory=dict)
    is_download: bool = False

    def put_aside(self, figure: FigureColumn, headings: Iterable[Heading]) -> None:
        """Its growth alone would be read as that of every other column: it is told by both their names."""
        self.figures = [one for one in self.figures if one.number not in (figure.number, figure.growth)]
        for level in self.figures:
            level.growth = 0 if level.growth == figure.number else level.growth
        for each in headings:
            if each.column == figure.number:
                self.others.append(each)
            elif each.column == figure.growth:
                self.others.append(replace(each, text=f"{figure.heading} {each.text}", part=""))


def read_columns(sheet: SheetData, declared: ListImport, answers: Answers, is_place: Places) -> Columns:
    found = Columns(headings={heading.column: heading.text for heading in sheet.headings})
    filled = _filled(sheet)
    is_place.prepare([named(part).core for heading in sheet.headings for part in _parts(heading)])
    blank = [Heading(column, "") for column in filled if column not in found.headings]
    for heading in sorted([*sheet.headings, *blank], key=lambda each: each.column):
        _place(found, heading, declared, answers, is_place, filled.get(heading.column))
    _pair(found.figures)
    left = {heading.column for heading in sheet.headings if _is_left(heading, answers)}
    for figure in [one for one in found.figures if one.number in left]:
        found.put_aside(figure, sheet.headings)
    return found


def _is_left(heading: Heading, answers: Answers) -> bool:
    return answers.columns.get(folded(heading.text)) == ""


def _filled(sheet: SheetData) -> dict[int, bool]:
    """The columns in which anything stands, and whether that is mostly figures."""
    counts: dict[int, list[int]] = {}
    for row in sheet.rows[:LOOKED_AT]:
        for column, cell in row.cells.items():
            if not is_blank(cell):
                count = counts.setdefault(column, [0, 0])
                count[0] += 1
                count[1] += is_figure(cell)
    return {column: 2 * figures >= every for column, (every, figures) in counts.items()}


def _place(found: Columns, heading: Heading, declared, answers, is_place, holds_figures: bool | None) -> None:
    """`holds_figures`: None where the column is empty."""
    axes, text = declared.axes, folded(heading.text)
    is_aside = stands_aside(heading.part or heading.text) or text in own_headings()
    where = _where(heading, declared, answers, is_level=bool(holds_figures) and not is_aside)
    if own_headings().get(text) == NUMBER:
        found.is_download = True
    if where and where[0] in axes.names and not where[1]:
        found.rows.setdefault(where[0], []).append(heading.column)
    elif where == (axes.level, "unit"):
        found.unit = heading.column
    elif (
        (where and (where[0] not in (axes.level, axes.growth) or where[1] not in ("", "number")))
        or text in declared.marks
        or (not where and is_aside)
    ):
        found.others.append(heading)
    elif where or holds_figures or (holds_figures is not None and _has_period(heading)):
        found.figures.append(_figure(heading, declared, is_place))
    elif holds_figures is False:
        found.labels.append(heading.column)


def _where(heading: Heading, declared, answers, *, is_level: bool) -> tuple[str, str] | None:
    """The field and part that a heading names, by a person's word first."""
    text = folded(heading.text)
    if text not in answers.columns:
        return find(heading.text, declared.headings) or find(heading.part, declared.headings) if text else None
    name, _dot, part = answers.columns[text].partition(".")
    if name:
        return name, part
    return None if is_level else ("", "left out")  # the growth beside a level that is left out is still its own


def _has_period(heading: Heading) -> bool:
    return any(period_text(named(part).core) for part in _parts(heading))


def _parts(heading: Heading) -> list[str]:
    return list(dict.fromkeys(heading.parts or [heading.text]))


def _figure(heading: Heading, declared: ListImport, is_place: Places) -> FigureColumn:
    """From top to bottom: a period or two, a place, the indicator, and whether it is its level or its growth."""
    whole = Named("")
    figure = FigureColumn(heading.column, heading.text, whole, [])
    for part in _parts(heading):
        said = named(part)
        if period := period_text(said.core):
            figure.periods.append(period)
            said = replace(said, core="")
        elif is_place(said.core):
            figure.place = said.core
            said = replace(said, core="")
        elif (known := find(part, declared.headings)) and known[0] in (declared.axes.level, declared.axes.growth):
            said = replace(said, core="", is_growth=known[0] == declared.axes.growth, is_certain=True)
        whole = _together(whole, said)
    of_row = "" if heading.by_sheet else heading.unit  # a row of units below the headings
    figure.named = replace(whole, unit=whole.unit or of_row)
    return figure


def _together(above: Named, below: Named) -> Named:
    cumulative = below.cumulative if below.cumulative is not None else above.cumulative
    return Named(
        " ".join(filter(None, (above.core, below.core))),
        below.unit or above.unit,
        above.is_growth or below.is_growth,
        above.is_certain or below.is_certain,
        cumulative,
        below.text,
    )


def _pair(figures: list[FigureColumn]) -> None:
    """A growth belongs to the nearest level before it that it names, or that stands directly before it.

    Behind 2024年 and 2023年 it is that of the later year.
    """
    both = any(one.named.is_growth and one.named.cumulative for one in figures)
    for index, growth in enumerate(figures):
        if both and growth.named.is_growth and growth.named.cumulative is None:
            growth.named = replace(growth.named, cumulative=False)  # 同比增长 beside 累计增长
        levels = [one for one in figures[:index] if not one.level and not one.growth and _is_of(growth, one)]
        if levels:
            level = levels[-1] if growth.periods else _latest(levels, figures[:index])
            growth.level, level.growth = level.number, growth.number
        elif growth.named.is_growth and growth.named.core:
            growth.named = measured(growth.named)


def _latest(levels: list[FigureColumn], before: list[FigureColumn]) -> FigureColumn:
    """Of the levels side by side up to the nearest, which differ in nothing but their periods."""
    nearest, run = levels[-1], []
    for one in reversed(before):
        if one not in levels or one.place != nearest.place or one.named.core != nearest.named.core:
            break
        run.append(one)
    return max(run, key=_end) if run and all(one.periods for one in run) else nearest


def _end(figure: FigureColumn) -> date:
    try:
        return parse_period(joined(figure.periods), ANY_YEAR).end or date.min
    except PeriodError:
        return date.min


def _is_of(growth: FigureColumn, level: FigureColumn) -> bool:
    same_place = not growth.place or growth.place == level.place
    same_days = not growth.periods or growth.periods == level.periods
    return same_place and same_days and not level.named.is_growth and growth.named.goes_with(level.named)
