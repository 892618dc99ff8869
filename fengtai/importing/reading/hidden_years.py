"""Dates whose cells show no year, as Excel makes them of 3-1: whether the year stored beneath was meant is asked."""

import re
from datetime import date

from django.utils.translation import gettext as _

from fengtai.importing.reading.questions import Question
from fengtai.workbooks.data import Shown
from fengtai.workbooks.date_display import parts_shown
from fengtai.workbooks.format_codes import parse

TOPIC, STORED, LEAVE = "year", "stored", "leave"
YEAR = re.compile(r"\d{4}")


def with_year(cell: Shown, column, reading) -> str | None:
    """The text of a cell in a column of dates, with the year beneath it if a person says so; None to leave it out."""
    day = cell.value
    parts = parts_shown(parse(cell.form).section_of(1)[0]) if isinstance(day, date) else set()
    if "month" not in parts or YEAR.search(cell.text):
        return cell.text
    stored = f"{day.year}年{day.month}月" + (f"{day.day}日" if "day" in parts else "")
    return stored if _answer(cell.text, stored, column, reading) == STORED else None


def _answer(shown: str, stored: str, column, reading) -> str:
    text = _("“%(heading)s” shows no year: %(shown)s, for example, is stored as %(stored)s. Was that year meant?")
    question = Question(
        TOPIC,
        column.heading,
        text % {"heading": column.heading, "shown": shown, "stored": stored},
        ((STORED, _("the year stored is meant")), (LEAVE, _("leave these cells out"))),
    )
    return reading.ask(question, column)
