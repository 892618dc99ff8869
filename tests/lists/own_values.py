"""What a column says of a record at hand, made without the compiled SQL: what lean rows are compared with."""

from functools import singledispatch

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from fengtai.lists.citation_columns import CitationsColumn
from fengtai.lists.columns import ChoiceColumn, Column
from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.timed_columns import TimedLink, TimedRecordsColumn
from fengtai.records.links import Link, address_of, proof_of
from fengtai.records.models import Citation
from fengtai.records.paths import value_at
from fengtai.records.printing import gloss_html
from fengtai.values.figures import Figure
from fengtai.values.growths import Growth
from fengtai.values.periods import Period
from indicators.latest_column import Held, LatestColumn
from indicators.line_column import LineColumn
from indicators.stated import parts


@singledispatch
def own_value(column: Column, record, name: str):
    return value_at(record, column.path(name))


@own_value.register
def _choice(column: ChoiceColumn, record, name):
    code = value_at(record, column.path(name))
    return (code, str(column.labels(type(record), name).get(code, code))) if code else None


@own_value.register
def _record(column: RecordColumn, record, name):
    try:
        linked = record if column.itself else value_at(record, column.path(name))
    except ObjectDoesNotExist:  # Django's word for nothing at the other end of a link of one to one
        return None
    if linked is None or not linked.is_public:
        return None
    link = _link(linked, linked, column.show, linked.doubt if column.itself else "")
    link.pk = (value_at(linked, column.show) if column.show else linked).pk
    link.published = (
        getattr(value_at(linked, column.show) if column.show else linked, "name_beside", "") if column.itself else ""
    )
    return link


@own_value.register
def _records(column: RecordsColumn, record, name):
    rows = [row for row in getattr(record, name).all() if row.is_public]
    return [_link(row, getattr(row, column.links_to) if column.links_to else row, column.show) for row in rows]


@own_value.register
def _timed(column: TimedRecordsColumn, record, name):
    links, rows = _records(column, record, name), [row for row in getattr(record, name).all() if row.is_public]
    told = ({field: getattr(link, field) for field in Link.__slots__} for link in links)
    return [
        TimedLink(
            **own,
            since=str(row.since),
            until=row.until,
            is_over=bool(row.until.end and row.until.end < timezone.localdate()),
        )
        for own, row in zip(told, rows, strict=True)
    ]


@own_value.register
def _latest(column: LatestColumn, record, name):
    figure = value_at(record, column.path(name))
    return Held(figure, record.latest.pk) if figure is not None else None


@own_value.register
def _line(column: LineColumn, record, name):
    """Of its public figures in force without targets what the column reads, in the order of their days."""
    rows = record.observations.public().latest_published().exclude(vintage="target").with_order_of_telling()
    found = rows.order_by("period_start", "pk").values_list(*parts(), "is_elsewhere")
    return list(found)


@own_value.register
def _citations(column: CitationsColumn, record, name):
    kind = ContentType.objects.get_for_model(record)
    found = Citation.objects.public().filter(content_type=kind, object_id=record.pk)
    return [proof_of(citation) for citation in found]


def _link(row, target, show: str, doubt: str = "") -> Link:
    """To the target, if it has a page that the public may see, with the label of the row or of what it shows."""
    address = ""
    if target is not None and getattr(target, "is_public", False) and target.list_name:
        address = address_of(target.list_name, getattr(target, target.addressed_by))
    shown = value_at(row, show) if show else row
    return Link(target.pk if address else 0, str(shown), address, doubt, mark=_glosses(shown))


def _glosses(shown) -> str:
    """What the figures and periods of a label say in English."""
    values = [value_at(shown, path) for path in type(shown).label_paths]
    return "".join(gloss_html(value) for value in values if isinstance(value, Figure | Growth | Period) and value)
