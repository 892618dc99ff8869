"""Rows as JSON keeps them: what is stored of each, by field, and what tells two such states apart."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

ADDED, CHANGED, DELETED = "+", "~", "-"  # as histories call them
Row = tuple[type[models.Model], int]  # a model and a key
TEMPORARY = 10**17  # keys from here on belong to rows that exist inside a pending change alone
AT_ONCE = 500  # keys asked for by one statement


@lru_cache
def columns_of(model) -> tuple[models.Field, ...]:
    """What is written of a row; columns that follow a text, and those that tell of its life, follow by themselves."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key and not hasattr(field, "follows")]
    return tuple(field for field in fields if field.name not in getattr(model, "life", ()))


@lru_cache
def links_of(model) -> tuple[models.ManyToManyField, ...]:
    """Links in tables that hold nothing but their two ends."""
    return tuple(field for field in model._meta.local_many_to_many if field.remote_field.through._meta.auto_created)


def quiet_fields(model) -> set[str]:
    """What readers never notice of a row: it is written at once."""
    return {*getattr(model, "for_staff", ())} - {*getattr(model, "steering", ())}


def states(rows: Iterable[Row], *, links: Collection[str] | None = None, locked: bool = False) -> dict[Row, dict]:
    """What is stored of each row by the name of the field, links as sorted keys; nothing of a row that is not there.

    `links` names those that are asked for, of all models, if not all are; `locked` rows nobody else changes before this
    transaction ends.
    """
    found: dict[Row, dict] = {}
    for model, keys in by_model(rows).items():
        for some in slices(keys):
            found |= _columns(model, some, locked)
            for link in links_of(model):
                if links is None or link.name in links:
                    _add_links(model, link, some, found)
    return found


def difference(old: dict | None, new: dict | None) -> tuple[str, dict, dict] | None:
    """What was done to a row whose states these are, with what it said and says; of a changed one where they differ."""
    if old is None or new is None:
        kind = ADDED if old is None else DELETED
        return None if old == new else (kind, old or {}, new or {})
    changed = [name for name, value in new.items() if value != old[name]]
    found = ({name: state[name] for name in changed} for state in (old, new))
    return (CHANGED, *found) if changed else None


def by_model(rows: Iterable[Row]) -> dict[type, list[int]]:
    found = defaultdict(list)
    for model, key in rows:
        found[model].append(key)
    return found


def slices(keys: list) -> Iterable[list]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def on_file(rows: Iterable[Row]) -> set[Row]:
    """Those of some rows that are stored."""
    found = set()
    for model, keys in by_model(rows).items():
        for some in slices(keys):
            stored = model._base_manager.order_by().filter(pk__in=some).values_list("pk", flat=True)
            found |= {(model, key) for key in stored}
    return found


def _columns(model, keys: list[int], locked: bool) -> dict[Row, dict]:
    columns, stored = columns_of(model), model._base_manager.order_by().filter(pk__in=keys)
    rows = (stored.select_for_update() if locked else stored).values_list("pk", *(c.attname for c in columns))
    return {
        (model, key): {column.name: plain(column, value) for column, value in zip(columns, values, strict=True)}
        for key, *values in rows
    }


def plain(column: models.Field, value):
    """A value as the database keeps it, as JSON gives it back."""
    value = column.get_prep_value(value)
    simple = value is None or isinstance(value, str | int | float)
    return value if simple else json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def revived(column: models.Field, value):
    """What `plain` made of a value, as the column's field takes it: of a printed text also one that nothing reads."""
    return column.from_stored(value) if hasattr(column, "from_stored") else column.to_python(value)


def _add_links(model, link, keys: list[int], found: dict[Row, dict]) -> None:
    own, other = f"{link.m2m_field_name()}_id", f"{link.m2m_reverse_field_name()}_id"
    linked = defaultdict(list)
    rows = link.remote_field.through._base_manager.filter(**{f"{own}__in": keys})
    for key, target in rows.values_list(own, other):
        linked[key].append(target)
    for key in keys:
        if (model, key) in found:
            found[model, key][link.name] = sorted(linked[key])
