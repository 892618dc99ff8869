"""Rows as the XML of a sheet: text stays text, numbers are numbers, days are days."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from xml.sax.saxutils import escape

from openpyxl.utils.datetime import to_excel

from fengtai.values.texts import LONGEST_IN_CELL, NOT_IN_CELL, in_cell

FIRST_DAY = date(1900, 3, 1)
DATE_STYLE = 1  # the plain style is 0
EMPTY, BEFORE_TEXT, AFTER_TEXT = "<c/>", '<c t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
SPECIAL = re.compile(f"[&<>]|{NOT_IN_CELL.pattern}|{ESCAPED.pattern}")
Columns = list[Sequence]  # some rows, column by column


def rows_xml(columns: Columns, kinds: list[str], first: int) -> str:
    """Rows from the number `first` on. A column is turned into XML as a whole: most of a row's time went per cell."""
    cells = [CELLS[kind](column) for kind, column in zip(kinds, columns, strict=True)]
    rows = enumerate(zip(*cells, strict=True), start=first)
    return "".join([f'<row r="{number}">{"".join(row)}</row>' for number, row in rows])


def _texts(column: Sequence) -> list[str]:
    """Text stays text even where it looks like a formula. Only where a character needs it is each cell looked at."""
    joined = "".join(filter(None, column))
    if SPECIAL.search(joined) or len(joined) > LONGEST_IN_CELL:
        return [_text(text) if text else EMPTY for text in column]
    return [f"{BEFORE_TEXT}{text}{AFTER_TEXT}" if text else EMPTY for text in column]


def _text(text: str) -> str:
    return f"{BEFORE_TEXT}{escape(clean(text))}{AFTER_TEXT}"


def _numbers(column: Sequence) -> list[str]:
    return [EMPTY if number is None else _number(number) for number in column]


def _number(number: int | Decimal) -> str:
    """A spreadsheet keeps 15 digits: a longer number is text, or it would be another."""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    short = len(text) <= 15 or len(re.sub(r"\D", "", text).lstrip("0")) <= 15
    return f"<c><v>{text}</v></c>" if short else _text(text)


def _days(column: Sequence) -> list[str]:
    return [EMPTY if day is None else _day(day) for day in column]


@lru_cache(1000)
def _day(day: date) -> str:
    """Excel counts a 29 February 1900 that never was: no number is the same earlier day in every program."""
    return f'<c s="{DATE_STYLE}"><v>{to_excel(day)}</v></c>' if day >= FIRST_DAY else _text(day.isoformat())


CELLS = {"text": _texts, "number": _numbers, "date": _days}


def clean(text: str) -> str:
    """Text that a cell can hold: control characters dropped, what looks like an escape escaped."""
    return ESCAPED.sub("_x005F_", in_cell(str(text)))
