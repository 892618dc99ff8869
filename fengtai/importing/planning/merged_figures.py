"""Figures merged over several rows: each row's own, of all together, or of the first alone; only a person can say."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fengtai.importing.planning.matching import Match
from fengtai.importing.reading.headings import FileColumn
from fengtai.importing.reading.questions import Question
from fengtai.importing.reading.sheets import OpenSheet, shown

TOPIC = "merged"
EACH, SHARED, FIRST = "each", "shared", "first"
BESIDE = ("unit", "qualifier", "exactness")
REMARK = "remark"


def settle(planner, sheet: OpenSheet, match: Match) -> None:
    """Asks about each such cell of a row, and takes out of the row what is not its own."""
    for column, first, last in list(_figures(sheet, match.row)):
        text = shown(match.row.cells[column.number])
        question = _question(sheet, match.row, column, text, (first, last))
        answer = planner.asked.ask(question)
        if not answer:
            match.plan.note("undecided", column, text=question.text)
        elif answer == SHARED:
            _share(match, column, text, sheet)
        elif answer == FIRST and match.row.number != sheet.first_rows[column.number, first]:
            del match.row.cells[column.number]


def _figures(sheet: OpenSheet, row) -> Iterator[tuple[FileColumn, int, int]]:
    """The row's cells with a figure that stands in other rows of the list too."""
    for number, first, last in row.merged:
        for column in sheet.data if number in row.cells else ():
            is_figure = sheet.declared.fields[column.field].kind == "figure" and column.part not in BESIDE
            if column.number == number and is_figure and sheet.merged_rows[number, first] > 1:
                yield column, first, last


def _question(sheet: OpenSheet, row, column: FileColumn, text: str, rows: tuple[int, int]) -> Question:
    choices = (
        (EACH, _("each of the rows has it")),
        (SHARED, _("all of them together have it: kept in their remarks, and in no sum")),
        (FIRST, _("only the first row has it")),
    )
    sentence = _("“%(heading)s” %(text)s is one merged cell over the rows %(first)d to %(last)d. Whose is it?")
    sentence %= {"heading": column.heading, "text": text, "first": rows[0], "last": rows[1]}
    key = f"{column.heading} {text}"
    return Question(TOPIC, key, sentence, choices, group=column.heading, sheet=sheet.name, row=row.number)


def _share(match: Match, column: FileColumn, text: str, sheet: OpenSheet) -> None:
    """What several have together is nobody's amount; each of their remarks says it as printed."""
    if REMARK not in sheet.declared.fields:
        match.plan.note("no_remark", column)
        return
    del match.row.cells[column.number]
    first = next(first for number, first, _last in match.row.merged if number == column.number)
    match.shared += [f"{column.heading}：{text}（{sheet.merged_rows[column.number, first]}项合计）"]


def add_to_remark(match: Match, reading) -> None:
    """Says in the remark what the row has together with others, once."""
    said = str(reading.now(REMARK) or "")
    fresh = [text for text in match.shared if text not in said]
    if fresh:
        reading.set(REMARK, "；".join(filter(None, [said, *fresh])))
