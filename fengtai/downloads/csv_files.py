"""Rows as CSV that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from fengtai.downloads.breaking_off import BROKEN_OFF
from fengtai.downloads.sheet_rows import sheet_batches, sheet_headings, sheet_keys, sheet_kinds
from fengtai.lists.addresses import site_root
from fengtai.lists.questions import Question
from fengtai.values.formula_texts import RUNS, marked


def csv_text(request, page, question: Question) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    headed = sheet_keys if question.headed_by_keys else sheet_headings
    writer.writerow(headed(page.table, question.columns))
    yield f"\ufeff{buffer.getvalue()}"  # Excel takes a CSV for UTF-8 by this mark alone
    kinds = sheet_kinds(page.table, question.columns)
    for columns in sheet_batches(page, question, site_root(request)):
        buffer.seek(buffer.truncate(0))
        shown = [CSV_CELLS[kind](column) for kind, column in zip(kinds, columns, strict=True)]
        writer.writerows(zip(*shown, strict=True))
        yield buffer.getvalue()


def broken_off() -> str:
    """The last row of a file that is not whole."""
    return f"{_(BROKEN_OFF)}\r\n"


def _csv_texts(column: Sequence) -> list:
    """A spreadsheet runs text that begins like a formula. Only where a column has any is each cell looked at."""
    if not RUNS.search("\n".join(filter(None, column))):
        return list(column)
    return [marked(text) if text else text for text in column]


def _csv_numbers(column: Sequence) -> list:
    return [f"{number:f}" if isinstance(number, Decimal) else number for number in column]


CSV_CELLS = {"text": _csv_texts, "number": _csv_numbers, "date": list}
