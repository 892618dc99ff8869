"""A sheet as the rows of a list, however it lies; what was understood of a table across is told before any row."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from django.conf import settings
from django.utils.translation import gettext as _

from fengtai.importing.layouts.columns import read_columns
from fengtai.importing.layouts.constants import Constants
from fengtai.importing.layouts.figures import Figures, Stated
from fengtai.importing.layouts.names import needs_year
from fengtai.importing.layouts.regions import Places
from fengtai.importing.layouts.summaries import summary
from fengtai.importing.layouts.tables import LONG, UNCLEAR, WIDE, Table, beside, read_table
from fengtai.importing.layouts.titles import Titles
from fengtai.importing.layouts.units import Units
from fengtai.importing.layouts.unpivoting import Unpivoted
from fengtai.importing.reading.headings import FileColumn
from fengtai.importing.reading.list_imports import ListImport
from fengtai.importing.reading.problems import Problem, sentence
from fengtai.importing.reading.questions import SET, Question
from fengtai.importing.reading.sheets import shown
from fengtai.workbooks.cells import letters
from fengtai.workbooks.data import SheetData

LAYOUT, AXIS, YEAR, CUMULATIVE = "layout", "axis", "year", "cumulative"
YES, NO = "yes", "no"


@dataclass(slots=True)
class Laid:
    """A sheet whose rows are those of the list; `columns` are those that no sheet has."""

    sheet: SheetData
    columns: list[FileColumn] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)  # of the sheet as it came, by column
    layout: dict = field(default_factory=dict)  # what was understood, for the page; empty for a plain list
    problems: list[Problem] = field(default_factory=list)


class Laying:
    """What the sheets of a file share: what was decided, what is asked, and which names are places on file."""

    def __init__(self, declared: ListImport, constants: Constants, is_place: Places):
        self.declared, self.constants, self.is_place = declared, constants, is_place
        self.asked = constants.asked

    def lay(self, sheet: SheetData) -> Laid:
        axes = self.declared.axes
        if axes is None or not sheet.rows:
            return Laid(self.constants.with_unit(sheet))
        columns = read_columns(sheet, self.declared, self.asked.answers, self.is_place)
        titles = self.constants.titles(sheet)
        table = read_table(sheet, axes, columns, titles.subject(self.declared), self.is_place)
        if table.lies == LONG:
            return Laid(self.constants.with_unit(sheet))
        if table.lies == UNCLEAR:
            return self._unclear(sheet, table, titles)
        if column := beside(table):
            first = min(row.number for row in sheet.rows)
            fault = Problem("other_table", sentence("other_table"), sheet.name, first, letters(column))
            return Laid(replace(sheet, rows=[]), problems=[fault])
        if table.unclear and (text := self._ask_axis(table)):
            return Laid(replace(sheet, rows=[]), problems=[_undecided(sheet, text)])
        return self._across(table, titles)

    def _unclear(self, sheet: SheetData, table: Table, titles: Titles) -> Laid:
        text = _("Sheet “%(name)s” has a column of figures and columns of periods: how does it lie?")
        answer = self._ask_layout(sheet, text % {"name": sheet.name}, required=True)
        if answer == LONG:
            return Laid(sheet)
        if answer != WIDE:
            return Laid(replace(sheet, rows=[]), problems=[_undecided(sheet, text % {"name": sheet.name})])
        table.columns.figures = [one for one in table.columns.figures if not one.is_plain]
        return self._across(table, titles)

    def _across(self, table: Table, titles: Titles) -> Laid:
        sheet = table.sheet
        since_january = self._ask_cumulative(table) if titles.says_cumulative else NO
        if since_january not in (YES, NO):
            return Laid(replace(sheet, rows=[]), problems=[_undecided(sheet, since_january)])
        unit = partial(self.constants.unit, sheet.name)
        stated = Stated(*self._axes_once(table), self._year(table, titles), unit, since_january == YES)
        figures = Figures(table, stated)
        most = settings.IMPORT_MAX_ROWS
        entries = list(islice(figures.entries(), most + 1))
        if len(entries) > most:
            problem = Problem("too_many_figures", sentence("too_many_figures", most=most), sheet.name)
            return Laid(replace(sheet, rows=[]), problems=[problem])
        layout = summary(table, self.declared, figures, entries)
        if entries and self._ask_layout(sheet, layout["text"], required=False) == LONG:
            return Laid(sheet)
        rows = Unpivoted(table, figures, entries, Units(self.asked, sheet.name))
        return Laid(rows.sheet(), rows.columns(self.declared), table.columns.headings, layout)

    def _axes_once(self, table: Table) -> Iterator[str]:
        """Subject, place and period, each as long as neither rows nor headings tell it."""
        axes, columns, title = table.axes, table.levels, table.title
        over = {
            axes.subject: title is not None or any(one.named.core for one in columns),
            axes.place: any(one.place for one in columns),
            axes.period: any(one.periods for one in columns),
        }
        for axis in axes.names:
            is_told = over[axis] or table.labels(axis)
            yield "" if is_told else self.constants.ask(table.sheet, axis)

    def _year(self, table: Table, titles: Titles) -> str:
        """Asked where a period does not say its own: 一季度 alone."""
        axes = table.axes
        alone = [one.periods for one in table.levels if len(one.periods) == 1 and not table.labels(axes.period)]
        missing = any(needs_year(period) for [period] in alone)
        if not missing and len(table.labels(axes.period)) == 1 and not any(one.periods for one in table.levels):
            missing = any(needs_year(table.label(row, axes.period)) for row in table.sheet.rows[:20])
        if not missing:
            return ""
        text = _("Which year are the periods of sheet “%(name)s” of?") % {"name": table.sheet.name}
        return self.asked.ask(Question(SET, YEAR, text, offered=titles.year, sheet=table.sheet.name))

    def _ask_layout(self, sheet: SheetData, text: str, *, required: bool) -> str:
        choices = [(WIDE, _("a table across, as understood")), (LONG, _("a list, with one figure in a row"))]
        return self.asked.ask(Question(LAYOUT, sheet.name, text, choices, required=required, sheet=sheet.name))

    def _ask_cumulative(self, table: Table) -> str:
        """Whether figures whose columns do not say so count from January, as a line above says; else the question."""
        if all(one.named.cumulative is not None for one in table.levels):
            return NO
        text = _("A line above sheet “%(name)s” says “累计”: do its quarters and months count from January?")
        text %= {"name": table.sheet.name}
        choices = [(YES, _("yes, from January on")), (NO, _("no, each by itself"))]
        return self.asked.ask(Question(CUMULATIVE, table.sheet.name, text, choices, sheet=table.sheet.name)) or text

    def _ask_axis(self, table: Table) -> str:
        """Whether a column names places or what is measured; the question, as long as it is open."""
        axes, fields, columns = table.axes, self.declared.fields, table.columns
        heading = columns.headings.get(table.unclear, "")
        some = "、".join(
            dict.fromkeys(filter(None, (shown(row.cells.get(table.unclear)) for row in table.sheet.rows[:5])))
        )
        text = _("What does the column “%(heading)s” name: %(some)s …?") % {"heading": heading, "some": some}
        choices = [(name, fields[name].label) for name in (axes.subject, axes.place)]
        question = Question(AXIS, heading or table.sheet.name, text, choices, sheet=table.sheet.name)
        answer = self.asked.ask(question)
        if answer not in (axes.subject, axes.place):
            return text
        for name in (axes.subject, axes.place):
            columns.rows[name] = [each for each in columns.rows.get(name, []) if each != table.unclear]
        columns.rows = {name: some for name, some in columns.rows.items() if some}
        columns.rows.setdefault(answer, []).append(table.unclear)
        return ""


def _undecided(sheet: SheetData, text: str) -> Problem:
    return Problem("undecided", sentence("undecided", text=text), sheet.name)
