"""Rows as JSON: one document, or an object per line."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils import timezone

from fengtai.downloads.file_rows import read
from fengtai.downloads.fillers import json_filler
from fengtai.lists.questions import Question


def json_text(request, page, question: Question) -> Iterator[str]:
    head = {"list": page.name, "address": request.build_absolute_uri(), "filters": question.active}
    head |= {"retrieved": timezone.localtime().isoformat(timespec="seconds")}
    yield _dump(head)[:-1] + ', "rows": ['
    count = 0
    for rows in _objects(page, question):
        yield (", " if count else "") + ", ".join(rows)
        count += len(rows)
    yield f'], "count": {count}}}'


def json_lines(request, page, question: Question) -> Iterator[str]:
    """An object per line, for programs that read on while the file comes in."""
    for rows in _objects(page, question):
        yield "".join(f"{row}\n" for row in rows)


def _objects(page, question: Question) -> Iterator[list[str]]:
    """The filtered rows as JSON, some at a time."""
    table, names = page.table, ["id", *question.columns]
    fillers = [json_filler(table.base_columns[name], table.model(), name) for name in question.columns]
    for batch in read(page, question):
        rows = zip(batch.keys, *batch.filled(fillers), strict=True)
        yield [_dump(dict(zip(names, row, strict=True))) for row in rows]


def _json_value(value):
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


_dump = json.JSONEncoder(ensure_ascii=False, default=_json_value).encode
