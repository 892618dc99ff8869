"""Rows as a sheet: a workbook with a second sheet that tells what it holds, or CSV."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext as _

from fengtai.downloads.file_rows import read
from fengtai.downloads.fillers import sheet_filler
from fengtai.downloads.workbook_stream import stream_workbook
from fengtai.lists.questions import Question
from fengtai.records.models import Source


def xlsx(request, page, question: Question) -> Iterator[bytes]:
    def notes(count: int):
        return _("Notes"), about(request, page, question, count)

    headings, kinds = sheet_headings(page.table), sheet_kinds(page.table)
    return stream_workbook(page.title, headings, kinds, sheet_batches(page, question), notes)


def about(request, page, question: Question, count: int) -> list[tuple[str, str]]:
    """The second sheet: where the file comes from and what it holds."""
    filters = "；".join(f"{chip.label}：{chip.value}" for chip in question.chips()) or _("none")
    lines = [
        (_("List"), page.title),
        (_("Address"), request.build_absolute_uri(question.address())),
        (_("Filters"), filters),
        (_("Rows"), str(count)),
        (_("Retrieved"), timezone.localtime().strftime("%Y-%m-%d %H:%M:%S %Z")),
        (
            _("Note"),
            _("Empty cells are not stated by the source. Inexact figures (about, more than …) must not be added."),
        ),
    ]
    sources = Source.objects.cited_by(question.rows)
    return [*lines, *((_("Source"), f"{source} {source.publisher} {source.published}".strip()) for source in sources)]


def csv_text(request, page, question: Question) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(sheet_headings(page.table))
    yield f"\ufeff{buffer.getvalue()}"  # Excel takes a CSV for UTF-8 by this mark alone
    kinds = sheet_kinds(page.table)
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


def sheet_headings(table) -> list[str]:
    """One heading per column of a sheet; a column that is printed and numeric has several. The key comes last."""
    columns = table.declared().items()
    headings = (column.headings(table.label(name)) for name, column in columns)
    return [*chain.from_iterable(headings), _("platform number")]


def sheet_kinds(table) -> list[str]:
    """What the columns of a sheet hold: text, number or date."""
    return [*chain.from_iterable(column.kinds for column in table.declared().values()), "number"]


def sheet_batches(page, question: Question) -> Iterator[list[Sequence]]:
    """The filtered rows as columns of typed cells, some rows at a time."""
    model = page.table.model()
    fillers = [sheet_filler(column, model, name) for name, column in page.table.declared().items()]
    for batch in read(page, question):
        yield [*chain.from_iterable(batch.filled(fillers)), batch.keys]
