"""What a column says of a record at hand, made without the compiled SQL: what lean rows are compared with."""

from functools import singledispatch

from django.contrib.contenttypes.models import ContentType

from fengtai.lists.citation_columns import CitationsColumn
from fengtai.lists.columns import ChoiceColumn, Column
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.records.links import Link, address_of, proof_of
from fengtai.records.models import Citation
from fengtai.records.paths import value_at


@singledispatch
def own_value(column: Column, record, name: str):
    return value_at(record, column.path(name))


@own_value.register
def _choice(column: ChoiceColumn, record, name):
    code = value_at(record, column.path(name))
    return (code, str(column.labels(type(record), name).get(code, code))) if code else None


@own_value.register
def _record(column: RecordColumn, record, name):
    linked = record if column.itself else value_at(record, column.path(name))
    if linked is None or not linked.is_public:
        return None
    return _link(linked, linked, column.show, linked.doubt if column.itself else "")


@own_value.register
def _records(column: RecordsColumn, record, name):
    rows = [row for row in getattr(record, name).all() if row.is_public]
    return [_link(row, getattr(row, column.links_to) if column.links_to else row, column.show) for row in rows]


@own_value.register
def _citations(column: CitationsColumn, record, name):
    kind = ContentType.objects.get_for_model(record)
    found = Citation.objects.public().filter(content_type=kind, object_id=record.pk)
    return [proof_of(citation) for citation in found]


def _link(row, target, show: str, doubt: str = "") -> Link:
    """To the target, if it has a page that the public may see, with the label of the row or of what it shows."""
    address = address_of(target.list_name, target.pk) if target is not None and getattr(target, "is_public", 0) else ""
    return Link(target.pk if address else 0, str(value_at(row, show) if show else row), address, doubt)
