"""A list's filtered rows as a file: .xlsx, .csv and .json, streamed in batches from the same columns as the page."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from fengtai.grammar import N_
from fengtai.models import Source
from fengtai.questions import Question
from fengtai.rows import BATCH, row_reader
from fengtai.workbook_stream import stream_workbook

NOTES = N_("Notes")  # the sheet that tells what a download is
PLATFORM_NUMBER = N_("platform number")  # by which an import knows the record again


def file_name(page, question: Question, extension: str) -> str:
    """发展伙伴名录_2024-04-23_583条.xlsx: what, when, how many."""
    today = timezone.localdate().isoformat()
    return _("%(title)s_%(date)s_%(count)srows.%(extension)s") % {
        "title": page.title,
        "date": today,
        "count": question.count_label,
        "extension": extension,
    }


def download(request, page, question: Question) -> StreamingHttpResponse:
    write, content_type = FORMATS[question.format]
    response = StreamingHttpResponse(write(request, page, question), content_type=content_type)
    name = file_name(page, question, question.format)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def sheet_headings(table) -> list[str]:
    """One heading per column of a sheet; a column that is printed and numeric has several. The record's key ends it."""
    columns = table.declared().items()
    own = chain.from_iterable(column.headings(table.label(name)) for name, column in columns)
    return [*own, _(PLATFORM_NUMBER)]


def sheet_rows(page, question: Question) -> Iterator[list]:
    """The filtered rows as typed cells."""
    cells = [column.cells for column in page.table.declared().values()]
    for key, values in _read(page, question):
        yield [*(cell for make, value in zip(cells, values, strict=True) for cell in make(value)), key]


def _read(page, question: Question) -> Iterator[tuple[int, list]]:
    keys = question.rows.values_list("pk", flat=True).iterator(chunk_size=BATCH)
    return row_reader(page.table, detail=True).stream(keys)


def _xlsx(request, page, question: Question) -> Iterator[bytes]:
    def notes(count: int):
        return _(NOTES), about(request, page, question, count)

    return stream_workbook(page.title, sheet_headings(page.table), sheet_rows(page, question), notes)


def _csv(request, page, question: Question) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"  # Excel takes a CSV for UTF-8 by this mark alone
    for cells in chain([sheet_headings(page.table)], sheet_rows(page, question)):
        writer.writerow([_csv_cell(cell) for cell in cells])
        yield buffer.getvalue()
        buffer.seek(buffer.truncate(0))


def _csv_cell(cell):
    """A spreadsheet runs text that begins like a formula: such text gets a leading apostrophe."""
    if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{cell}"
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


def _json(request, page, question: Question) -> Iterator[str]:
    head = {"list": page.name, "address": request.build_absolute_uri(), "filters": question.active}
    head |= {"retrieved": timezone.localtime().isoformat(timespec="seconds")}
    yield _dump(head)[:-1] + ', "rows": ['
    data = [(name, column.data) for name, column in page.table.declared().items()]
    count = 0
    for number, (key, values) in enumerate(_read(page, question)):
        row = {name: make(value) for (name, make), value in zip(data, values, strict=True)}
        yield (", " if number else "") + _dump({"id": key, **row})
        count = number + 1
    yield f'], "count": {count}}}'


def _dump(value) -> str:
    return json.dumps(value, ensure_ascii=False, default=_json_value)


def _json_value(value):
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


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


FORMATS = {
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (_csv, "text/csv; charset=utf-8"),
    "json": (_json, "application/json; charset=utf-8"),
}
