"""A draft with all that goes out with it, as edits: what was never public is new, else old stands beside new."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from fengtai.records.doors import Shown
from fengtai.records.models import Citation, Record
from fengtai.records.noting import ADDED, CHANGED
from fengtai.records.trail.stored import Row, columns_of, plain, states
from fengtai.review.contributors import PUBLICATION
from fengtai.review.edits import Edit

MOST = 500  # rows shown of one kind


def whole(record: Record) -> list[Edit]:
    """The record, its parts, and the citations of both."""
    rows = _with_parts(record)
    rows += [row for model in dict.fromkeys(model for model, _key in rows) for row in _citations(model, rows)]
    found = states(rows)
    last = record.history.filter(state=Record.State.PUBLISHED).order_by("-history_id").first()
    own = {name: value for name, value in found[rows[0]].items() if name not in PUBLICATION}
    first = _since(last, record, own) if last else Edit(*rows[0], ADDED, new=own)
    return [first, *(Edit(*row, ADDED, new=found[row]) for row in rows[1:])]


def part_links(model) -> list:
    """The links that lead from a record to the rows that are parts of it."""
    return [link for link in model._meta.related_objects if _is_part(link)]


def _is_part(link) -> bool:
    part = link.related_model
    return (
        link.one_to_many
        and issubclass(part, Shown)
        and not getattr(part, "staff_only", False)
        and link.field.name in part.owner
    )


def _with_parts(record: models.Model) -> list[Row]:
    rows = [(type(record), record.pk)]
    for link in part_links(type(record)):
        parts = link.related_model._base_manager.order_by("pk").filter(**{link.field.name: record.pk})
        earlier = link.related_model.owner[: link.related_model.owner.index(link.field.name)]
        parts = parts.filter(**dict.fromkeys(earlier))  # else it is a part of another record first
        rows += [(link.related_model, key) for key in parts.values_list("pk", flat=True)[:MOST]]
    return rows


def _citations(model, rows: list[Row]) -> list[Row]:
    keys = [key for of, key in rows if of is model]
    kind = ContentType.objects.get_for_model(model)
    found = Citation.objects.order_by("pk").filter(content_type=kind, object_id__in=keys)
    return [(Citation, key) for key in found.values_list("pk", flat=True)[:MOST]]


def _since(last: models.Model, record: Record, now: dict) -> Edit:
    """What changed since the record was last public; links are in no version's columns and are left out."""
    old = {column.name: plain(column, getattr(last, column.attname)) for column in columns_of(type(record))}
    changed = [name for name, value in old.items() if name in now and now[name] != value]
    pairs = ({name: state[name] for name in changed} for state in (old, now))
    return Edit(type(record), record.pk, CHANGED, *pairs)
