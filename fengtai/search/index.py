"""The index behind the search column: FTS5 on SQLite, a stored tsvector with GIN on PostgreSQL.

Keeping the index to the column is the database's own work. It is no part of a migration: the step after migrating
makes what is missing, also where Django made a table anew on SQLite and its triggers went with the old one.
`manage.py rebuild_search` makes the tokens anew as well.
"""

from collections.abc import Iterator

SQLITE = (
    "DROP TRIGGER IF EXISTS {table}_search_insert",
    "DROP TRIGGER IF EXISTS {table}_search_delete",
    "DROP TRIGGER IF EXISTS {table}_search_update",
    "DROP TABLE IF EXISTS {table}_search",
    # Only which rows hold a token: that they stand in a row is told by the column itself, and the index stays small.
    "CREATE VIRTUAL TABLE {table}_search USING fts5"
    "(search, content='{table}', content_rowid='id', tokenize='ascii', detail=none, columnsize=0)",
    "INSERT INTO {table}_search({table}_search) VALUES ('rebuild')",
    "CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} BEGIN"
    " INSERT INTO {table}_search(rowid, search) VALUES (new.id, new.search); END",
    "CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} BEGIN"
    " INSERT INTO {table}_search({table}_search, rowid, search) VALUES ('delete', old.id, old.search); END",
    "CREATE TRIGGER {table}_search_update AFTER UPDATE OF search ON {table} WHEN old.search <> new.search BEGIN"
    " INSERT INTO {table}_search({table}_search, rowid, search) VALUES ('delete', old.id, old.search);"
    " INSERT INTO {table}_search(rowid, search) VALUES (new.id, new.search); END",
)
POSTGRESQL = (
    # The tokens as they are: to_tsvector would cut them once more by rules of its own.
    "ALTER TABLE {table} ADD COLUMN IF NOT EXISTS search_vector tsvector GENERATED ALWAYS AS"
    " (array_to_tsvector(array_remove(string_to_array(search, ' '), ''))) STORED",
    "CREATE INDEX IF NOT EXISTS {table}_search ON {table} USING gin (search_vector)",
)
# Letters and blanks in the order of their codes, as on SQLite; a language's collation would pass over blanks.
PLAIN_ORDER = 'ALTER TABLE {table} ALTER COLUMN sort_key TYPE text COLLATE "C"'
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
# What PostgreSQL makes of a column that is complete, as the query below names it.
MADE = {"search": "search_vector", "sort_key": "sort_key C"}
COMPLETE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT table_name || '.' || column_name || CASE collation_name WHEN 'C' THEN ' C' ELSE '' END"
    " FROM information_schema.columns WHERE column_name IN ('search_vector', 'sort_key')",
}


def missing_index(cursor, models: list) -> Iterator[str]:
    """The statements that index the tables of these models where their index is not complete."""
    connection = cursor.db
    cursor.execute(COMPLETE[connection.vendor])
    complete = {name for (name,) in cursor.fetchall()}
    for model in models:
        if any(name not in complete for name in _complete(connection, model)):
            yield from index_statements(connection, model)


def _complete(connection, model) -> Iterator[str]:
    """What is there if a model's index is complete: its triggers on SQLite, its columns on PostgreSQL."""
    table, names = model._meta.db_table, _columns(model)
    if connection.vendor == "sqlite":
        yield from (f"{table}_search_{event}" for event in ("insert", "delete", "update") if "search" in names)
    else:
        yield from (f"{table}.{made}" for name, made in MADE.items() if name in names)


def _columns(model) -> set[str]:
    return {field.name for field in model._meta.local_concrete_fields}


def index_statements(connection, model) -> Iterator[str]:
    """What makes or remakes the index of a model's table."""
    names = _columns(model)
    if "search" in names:
        yield from (sql.format(table=model._meta.db_table) for sql in STATEMENTS[connection.vendor])
    if "sort_key" in names and connection.vendor == "postgresql":
        yield PLAIN_ORDER.format(table=model._meta.db_table)


def pause_statements(connection, model) -> tuple[str, ...]:
    """What stops the triggers of SQLite while rows are written: the index may lack a row that they would take out."""
    statements = SQLITE[:3] if connection.vendor == "sqlite" else ()
    return tuple(statement.format(table=model._meta.db_table) for statement in statements)


def tidy_statements(connection, model) -> list[str]:
    """What makes the index small again after many changes, and tells the database how it is filled."""
    table = model._meta.db_table
    searched = "search" in _columns(model)
    if connection.vendor == "postgresql":
        return [f"SELECT gin_clean_pending_list('{table}_search')"] * searched + [f"ANALYZE {table}"]
    return [f"INSERT INTO {table}_search({table}_search) VALUES ('optimize')"] * searched + [f"ANALYZE {table}"]
