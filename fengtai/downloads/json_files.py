"""Rows as JSON: one document, or an object per line."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from fengtai.downloads.breaking_off import BROKEN_OFF
from fengtai.downloads.file_rows import Batch, batches, read
from fengtai.downloads.fillers import json_filler
from fengtai.downloads.sheet_rows import RECORD_URL, full_addresses
from fengtai.lists.addresses import site_root
from fengtai.lists.questions import Question


def json_text(request, page, question: Question) -> Iterator[str]:
    head = {
        "list": page.name,
        "address": f"{site_root(request)}{request.get_full_path()}",
        "filters": question.understood,
    }
    yield _dump(head | terms())[:-1] + ', "rows": ['
    count = 0
    for rows in _objects(page, question, site_root(request)):
        yield (", " if count else "") + ", ".join(rows)
        count += len(rows)
    yield f'], "count": {count}}}'


def json_lines(request, page, question: Question) -> Iterator[str]:
    """An object per line, for programs that read on while the file comes in."""
    for rows in _objects(page, question, site_root(request)):
        yield "".join(f"{row}\n" for row in rows)


def broken_off() -> str:
    """The last line where not all rows follow; it has no number, as each row has."""
    return _dump({"error": "incomplete", "reason": _(BROKEN_OFF)}) + "\n"


def terms() -> dict:
    """By whom, on what terms and when what follows was given."""
    now = timezone.localtime().isoformat(timespec="seconds")
    return {"publisher": settings.SITE_PUBLISHER or None, "licence": settings.SITE_LICENCE or None, "retrieved": now}


def row_object(page, key: int, root: str) -> dict | None:
    """One row as its list's JSON holds it; None where it is gone."""
    names = page.table.names()
    made = _made(page.table, names, batches(page.table, names, [key]), root)
    return next((json.loads(rows[0]) for rows in made if rows), None)


def _objects(page, question: Question, root: str) -> Iterator[list[str]]:
    """The filtered rows as JSON, some at a time."""
    return _made(page.table, question.columns, read(page, question), root)


def _made(table, columns, found: Iterable[Batch], root: str) -> Iterator[list[str]]:
    names = ["id", RECORD_URL, *columns]
    fillers = [json_filler(table.base_columns[name], table.model(), name, root) for name in columns]
    for batch in found:
        addresses = full_addresses(table, batch.keys, root)
        rows = zip(batch.keys, addresses, *batch.filled(fillers), strict=True)
        yield [_dump(dict(zip(names, row, strict=True))) for row in rows]


def _json_value(value):
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


_dump = json.JSONEncoder(ensure_ascii=False, default=_json_value).encode
