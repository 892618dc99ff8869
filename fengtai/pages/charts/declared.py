"""What a table declares of its charts, beside its card: `charts = (ChoiceChart("stage", kind="funnel"),)`."""

from decimal import Decimal

from django.utils.translation import ngettext

from fengtai.lists.choices import UNSTATED
from fengtai.pages.charts.marks import Chart, Mark

MOST = 12  # names in one chart


class Charts:
    """Charts above a list, of the rows that answer, and on a record's page, of what the record joins."""

    def of_list(self, page, question, fields) -> list[Chart]:
        """`fields` are the questions of the list with how many rows each choice leaves."""
        return []

    def of_record(self, record) -> list[Chart]:
        return []


class ChoiceChart(Charts):
    """How many rows each choice of one of the list's questions leaves, as the form counts them anyway.

    A funnel keeps the order of the choices; others begin with what most rows hold.
    """

    def __init__(self, name: str, *, kind: str = "rows", title: str, note: str = ""):
        self.name, self.kind, self.title, self.note = name, kind, title, note

    def of_list(self, page, question, fields):
        field = next((one for one in fields if one.name == self.name), None)
        if field is None or self.name in question.active:
            return []
        counted = [option for option in field.options if option.value and option.rows and option.rows.count]
        named = [option for option in counted if option.value != UNSTATED]
        if self.kind != "funnel":
            named.sort(key=lambda option: -option.rows.count)
        marks = tuple(_mark(option, place) for place, option in enumerate(named[:MOST]))
        beside = tuple((option.label, option.rows_shown) for option in counted if option.value == UNSTATED)
        notes = [str(self.note)] if self.note else []
        if further := len(named) - MOST:
            notes += [_further(further)] if further > 0 else []
        chart = Chart(self.name, str(self.title), self.kind, marks, counted=True, beside=beside, notes=tuple(notes))
        return [chart] if chart.is_drawn else []


def _mark(option, place: int) -> Mark:
    rows = option.rows
    return Mark(str(rows) or f"{rows.count:,}", Decimal(rows.count), place, option.label, exact=not rows.more)


def _further(count: int) -> str:
    told = ngettext("%(count)d further choice is not drawn.", "%(count)d further choices are not drawn.", count)
    return told % {"count": count}


def charts_above(page, question, fields) -> list[Chart]:
    """Those of a list that can be drawn of what was asked; of what staff see, which is hidden too, none is."""
    if question.errors or page.table.staff:
        return []
    return [chart for declared in page.table.charts for chart in declared.of_list(page, question, fields)]


def charts_of(table, record) -> list[Chart]:
    """Those of a record's page."""
    return [chart for declared in table.charts for chart in declared.of_record(record)]
