"""Which record a row stands on the page of, and whether the public has, or is about to have, that record."""

from collections.abc import Iterable

from django.db import models

from fengtai.records.doors import Shown
from fengtai.records.models import Part, Record
from fengtai.records.noting import Noted
from fengtai.records.trail.owners import tops
from fengtai.records.trail.stored import Row, by_model, slices


def roots(rows: Iterable[Row], as_were: dict[Row, models.Model]) -> dict[Row, Row]:
    """Of each row the record that it is a part of, by way of parts of parts; a record is its own root.

    Rows that nobody but staff sees have none. `as_were` holds rows that are asked at hand, such as deleted ones.
    """
    return tops_of((row for row in rows if _is_shown(row[0])), as_were)


def tops_of(rows: Iterable[Row], as_were: dict[Row, models.Model]) -> dict[Row, Row]:
    """The same, of rows that staff alone see as well."""
    return tops(rows, {row: vars(were) for row, were in as_were.items()})


def root_of(row: models.Model) -> models.Model:
    """The record that a row at hand is a part of, or the row itself."""
    while (owner := getattr(row, "owned_by", None)) is not None:
        row = owner
    return row


def is_guarded(row: models.Model) -> bool:
    """Whether a row at hand stands on the page of a record that is published, or is one."""
    root = root_of(row)
    return _is_shown(type(row)) and getattr(root, "state", Record.State.PUBLISHED) == Record.State.PUBLISHED


def _is_shown(model) -> bool:
    return issubclass(model, Shown) and not getattr(model, "staff_only", False)


def guarded(tops: Iterable[Row], noted: Noted) -> set[Row]:
    """Those of some roots that are published, embargoed ones included: they change by a second person's release alone.

    What was added just now was never published; rows without a publication of their own (levels, scopes) show always,
    as does a part that belongs to no record, from its first moment.
    """
    found = {top for top in noted.added.intersection(tops) if issubclass(top[0], Part)}
    for model, keys in by_model(set(tops) - noted.added).items():
        if not issubclass(model, Record):
            found |= {(model, key) for key in keys}
            continue
        found |= {(model, key) for key in keys if _was_published(noted, (model, key))}
        for some in slices(keys):
            published = model._base_manager.order_by().filter(pk__in=some, state=Record.State.PUBLISHED)
            found |= {(model, key) for key in published.values_list("pk", flat=True)}
    return found


def _was_published(noted: Noted, row: Row) -> bool:
    record = noted.before.get(row) or noted.gone.get(row)
    return record is not None and record.state == Record.State.PUBLISHED


def held_roots(noted: Noted) -> tuple[dict[Row, Row], set[Row]]:
    """Of each row written the record whose release it waits for, and which of these records are published.

    A part that moves waits with the record that it leaves if that is published, else with the one that it comes to.
    """
    left, come = roots(noted.rows, {**noted.before, **noted.gone}), roots(noted.rows, noted.gone)
    held = guarded({*left.values(), *come.values()}, noted)
    tops = {row: left[row] if left[row] in held else come[row] for row in come}
    return tops, held & {*tops.values()}
