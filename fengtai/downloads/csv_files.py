"""Rows as CSV that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from fengtai.downloads.sheet_rows import sheet_batches, sheet_headings, sheet_kinds
from fengtai.lists.questions import Question


def csv_text(request, page, question: Question) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(sheet_headings(page.table, question.columns))
    yield f"\ufeff{buffer.getvalue()}"  # Excel takes a CSV for UTF-8 by this mark alone
    kinds = sheet_kinds(page.table, question.columns)
    for columns in sheet_batches(page, question):
        buffer.seek(buffer.truncate(0))
        shown = [CSV_CELLS[kind](column) for kind, column in zip(kinds, columns, strict=True)]
        writer.writerows(zip(*shown, strict=True))
        yield buffer.getvalue()


def _csv_texts(column: Sequence) -> list:
    """A spreadsheet runs text that begins like a formula: such text gets a leading apostrophe."""
    return [f"'{text}" if text and text[0] in FORMULA else text for text in column]


def _csv_numbers(column: Sequence) -> list:
    return [f"{number:f}" if isinstance(number, Decimal) else number for number in column]


FORMULA = frozenset("=+-@\t\r")
CSV_CELLS = {"text": _csv_texts, "number": _csv_numbers, "date": list}
