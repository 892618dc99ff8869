"""A list's filtered rows as a file: .xlsx, .csv, .json and .jsonl, streamed from the columns of the page."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from fengtai.downloads.file_rows import FIRST, Batch, batches
from fengtai.downloads.fillers import json_filler, sheet_filler
from fengtai.downloads.places_in_line import HeldStream, Place
from fengtai.downloads.workbook_stream import stream_workbook
from fengtai.lists.questions import Question
from fengtai.records.models import Source

FETCHED = 1000  # keys handed over at a time


def file_name(page, question: Question, extension: str) -> str:
    """发展伙伴名录_2024-04-23_583条.xlsx: what, when, how many."""
    today = timezone.localdate().isoformat()
    return _("%(title)s_%(date)s_%(count)srows.%(extension)s") % {
        "title": page.title,
        "date": today,
        "count": question.count_label,
        "extension": extension,
    }


def download(request, page, question: Question, place: Place | None = None) -> StreamingHttpResponse:
    """The file as it is written, holding its place until then. Who asks for the head alone reads no row."""
    write, content_type = FORMATS[question.format]
    chunks = write(request, page, question) if request.method == "GET" else iter(())
    response = StreamingHttpResponse(HeldStream(chunks, place) if place else chunks, content_type=content_type)
    name = file_name(page, question, question.format)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


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
    for batch in _read(page, question):
        yield [*chain.from_iterable(batch.filled(fillers)), batch.keys]


def _read(page, question: Question) -> Iterator[Batch]:
    return batches(page.table, _keys(question))


def _keys(question: Question) -> Iterator[int]:
    """The keys in their order. PostgreSQL fills a server-side cursor before it hands over any: the first go ahead."""
    first = list(question.rows.values_list(*question.order.paths)[:FIRST])
    yield from (values[-1] for values in first)
    if len(first) == FIRST:
        last = question.order.cursor(first[-1])
        rest = question.order.beyond(question.matching, last, backwards=False)
        yield from rest.values_list("pk", flat=True).iterator(chunk_size=FETCHED)


def _xlsx(request, page, question: Question) -> Iterator[bytes]:
    def notes(count: int):
        return _("Notes"), about(request, page, question, count)

    headings, kinds = sheet_headings(page.table), sheet_kinds(page.table)
    return stream_workbook(page.title, headings, kinds, sheet_batches(page, question), notes)


def _csv(request, page, question: Question) -> Iterator[str]:
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


def _json(request, page, question: Question) -> Iterator[str]:
    head = {"list": page.name, "address": request.build_absolute_uri(), "filters": question.active}
    head |= {"retrieved": timezone.localtime().isoformat(timespec="seconds")}
    yield _dump(head)[:-1] + ', "rows": ['
    count = 0
    for rows in _objects(page, question):
        yield (", " if count else "") + ", ".join(rows)
        count += len(rows)
    yield f'], "count": {count}}}'


def _jsonl(request, page, question: Question) -> Iterator[str]:
    """An object per line, for programs that read on while the file comes in."""
    for rows in _objects(page, question):
        yield "".join(f"{row}\n" for row in rows)


def _objects(page, question: Question) -> Iterator[list[str]]:
    """The filtered rows as JSON, some at a time."""
    model, columns = page.table.model(), page.table.declared()
    fillers = [json_filler(column, model, name) for name, column in columns.items()]
    names = ["id", *columns]
    for batch in _read(page, question):
        rows = zip(batch.keys, *batch.filled(fillers), strict=True)
        yield [_dump(dict(zip(names, row, strict=True))) for row in rows]


def _json_value(value):
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


_dump = json.JSONEncoder(ensure_ascii=False, default=_json_value).encode


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
    "jsonl": (_jsonl, "application/jsonl; charset=utf-8"),
}
JSON_FORMATS = ("json", "jsonl")  # whoever asks for these reads JSON where a file cannot be given, too
