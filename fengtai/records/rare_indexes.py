"""Indexes that no model can declare for all its children, or that one database alone needs."""

from collections.abc import Iterator

# Few records have an embargo or a doubt or wait for review: they are found without looking through the others. An index
# of all states would be taken for the way to the public ones, which are nearly all, and lose their order.
RARE = {
    "{table}_embargo": "CREATE INDEX {table}_embargo ON {table} (publish_at) WHERE publish_at IS NOT NULL",
    "{table}_doubtful": "CREATE INDEX {table}_doubtful ON {table} (doubt) WHERE doubt > ''",
    "{table}_unpublished": "CREATE INDEX {table}_unpublished ON {table} (state) WHERE state <> 'published'",
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
    table, columns = model._meta.db_table, {field.name for field in model._meta.local_concrete_fields}
    if "publish_at" in columns and "history_id" not in columns:
        yield from ((name.format(table=table), statement.format(table=table)) for name, statement in RARE.items())


def _turned_round(model) -> Iterator[tuple[str, str]]:
    """PostgreSQL cannot read an order that ends with the empty values backwards from an index."""
    for index in model._meta.indexes:
        columns = [model._meta.get_field(name).column for name in index.fields]
        if len(columns) > 1 and model._meta.get_field(index.fields[0]).null:
            first, *others = columns
            order = ", ".join([f"{first} DESC NULLS LAST", *(f"{name} DESC" for name in others)])
            yield f"{index.name}_back", f"CREATE INDEX {index.name}_back ON {model._meta.db_table} ({order})"
