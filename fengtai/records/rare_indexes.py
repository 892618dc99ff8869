"""Indexes that no model can declare for all its children, or that one database alone needs."""

from collections.abc import Iterator

from fengtai.records.unread_rows import unread_sql
from fengtai.search.fields import SortKeyField

# Few rows have an embargo or a doubt, wait for review or are held back: they are found without looking through the
# others. An index of all states would be taken for the way to the public ones, nearly all, and lose their order.
RARE = {
    "embargo": ("publish_at", "publish_at IS NOT NULL"),
    "doubtful": ("doubt", "doubt > ''"),
    "unpublished": ("state", "state <> 'published'"),
    "held_back": ("held_back", "held_back"),
    "checked": ("checked_on", "checked_on IS NOT NULL"),
}
NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index'",
    "postgresql": "SELECT indexname FROM pg_indexes",
}


def missing_indexes(cursor, models: list) -> Iterator[str]:
    """The statements that make what these models' tables lack."""
    cursor.execute(NAMES[cursor.db.vendor])
    present = {name for (name,) in cursor.fetchall()}
    for model in models:
        wanted = dict(_rare(model))
        if cursor.db.vendor == "postgresql":
            wanted |= dict(_turned_round(model))
        yield from (statement for name, statement in wanted.items() if name not in present)


def _rare(model) -> Iterator[tuple[str, str]]:
    table, columns = model._meta.db_table, {field.column for field in model._meta.local_concrete_fields}
    if not hasattr(model, "public_condition"):
        return  # a history, or no row that pages show
    for ending, (column, condition) in RARE.items():
        if column in columns:
            name = f"{table}_{ending}"
            yield name, f"CREATE INDEX {name} ON {table} ({column}) WHERE {condition}"
    if unread := unread_sql(model):
        yield f"{table}_unread", f"CREATE INDEX {table}_unread ON {table} (id) WHERE {unread}"
    if "changed_at" in columns:  # staff ask what changed last
        named = [f"{field.column}, " for field in model._meta.local_concrete_fields if isinstance(field, SortKeyField)]
        yield f"{table}_changed", f"CREATE INDEX {table}_changed ON {table} (changed_at, {''.join(named)}id)"


def _turned_round(model) -> Iterator[tuple[str, str]]:
    """PostgreSQL cannot read an order that ends with the empty values backwards from an index."""
    for index in model._meta.indexes:
        columns = [model._meta.get_field(name).column for name in index.fields]
        if len(columns) > 1 and model._meta.get_field(index.fields[0]).null:
            first, *others = columns
            order = ", ".join([f"{first} DESC NULLS LAST", *(f"{name} DESC" for name in others)])
            yield f"{index.name}_back", f"CREATE INDEX {index.name}_back ON {model._meta.db_table} ({order})"
