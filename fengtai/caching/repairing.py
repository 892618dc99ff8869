"""Sets of many rows that are kept: after a write to a few of them only these are looked at again."""

from collections.abc import Callable, Iterable
from functools import cache

from django.apps import apps
from django.db.models import Model

from fengtai.caching.changes import Touched, touched_since
from fengtai.caching.generation_triggers import noted_columns
from fengtai.caching.reading import also_read, made_now
from fengtai.caching.store import Generations, Kept, closing_time, generations, keep, last_known, remembered

MOST = 200  # rows that are looked at again; of more, everything is made anew
CITED = "object_id"  # names the cited row, of whatever model
LED_ON = "merged_into_id"  # tells where a merged record leads, and nothing of who holds what


def repaired(name: str, model: type[Model], make: Callable, again: Callable, *, closed=False, may_make=lambda: True):
    """What `make` tells of the rows of a model, kept; `again` tells it anew from what is kept and the touched rows.

    A row of another table touches the rows that it links to by itself; any other write has everything made anew, if
    `may_make` says so, else it is None.
    """
    current, kept = generations(), last_known(name)
    lasts = kept is not None and kept.lasts()
    if current is not None and lasts and kept.is_of(current):
        also_read(kept.made_from)
        return kept.value
    found = _touched(model, kept, current) if current is not None and lasts else None
    if found is None:
        return remembered(name, make, closed=closed) if may_make() else None
    until, (now, keys) = min(kept.until, closing_time(current)), found
    with made_now(closed=closed) as made:
        value = again(kept.value, keys) if keys else kept.value
    made_from = {table: current[table] for table in made.tables if table in current} | kept.made_from | now
    keep(name, made_from, until, value, made_from)
    also_read(made_from)
    return value


def _touched(model, kept: Kept, current: Generations) -> tuple[Generations, frozenset[int]] | None:
    """The generations of the tables that were written since, and the keys of the rows touched."""
    written = [table for table, token in kept.made_from.items() if current.get(table) != token]
    if model._meta.db_table in written and _leads_back(model, kept.made_from):
        return None
    found = touched_since(kept.made_from, written)
    if found is None:
        return None
    keys = _keys(model, found[1])
    return (found[0], keys) if keys is not None and len(keys) <= MOST else None


def _keys(model, touched: Touched) -> frozenset[int] | None:
    keys: set[int] = set()
    for table, rows in touched.items():
        writer = _models()[table]
        places, links = _places(model, writer), _links(model, writer)
        if rows and not places and not links:
            return None
        keys |= {int(row[place]) for row in rows for place in places if row[place]}
        for link in links if len(rows) <= 2 * MOST else ():
            linked = model._base_manager.filter(**{f"{link}__in": {row[0] for row in rows}})
            keys.update(linked.values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST or len(rows) > 2 * MOST:
            return None
    return frozenset(keys)


def _leads_back(model, tables: Iterable[str]) -> bool:
    """Whether a row may depend on another of its model by way of a table that links both, as sources cite sources."""
    writers = (_models().get(table) for table in tables)
    return any(writer not in (None, model) and len(_places(model, writer)) > 1 for writer in writers)


def _places(model, writer) -> list[int]:
    """Where among its noted columns a row that was written names rows of the model."""
    if writer is model:
        return [0]
    links = {field.column for field in writer._meta.local_concrete_fields if field.related_model is model}
    return [place for place, column in enumerate(noted_columns(writer)) if column in links or column == CITED]


def _links(model, writer) -> list[str]:
    """By which rows of the model link to what was written, rows of their own kind among it."""
    fields = [field for field in model._meta.local_concrete_fields if field.related_model is writer]
    return [field.attname for field in fields if field.column != LED_ON]


@cache
def _models() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
