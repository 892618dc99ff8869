"""The index behind the search column: FTS5 on SQLite, a stored tsvector with GIN on PostgreSQL.

Keeping the index to the column is the database's own work. A migration that lets Django make a table anew on SQLite
drops its triggers: it ends with IndexSearch again, and `manage.py rebuild_search` puts everything right.
"""

from collections.abc import Iterator

from django.db.migrations.operations.base import Operation

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
SQLITE_BACK = SQLITE[:4]  # what stood before goes first
POSTGRESQL = (
    # The tokens as they are: to_tsvector would cut them once more by rules of its own.
    "ALTER TABLE {table} ADD COLUMN IF NOT EXISTS search_vector tsvector GENERATED ALWAYS AS"
    " (array_to_tsvector(array_remove(string_to_array(search, ' '), ''))) STORED",
    "CREATE INDEX IF NOT EXISTS {table}_search ON {table} USING gin (search_vector)",
)
POSTGRESQL_BACK = ("ALTER TABLE {table} DROP COLUMN IF EXISTS search_vector",)
# Letters and blanks in the order of their codes, as on SQLite; a language's collation would pass over blanks.
PLAIN_ORDER = 'ALTER TABLE {table} ALTER COLUMN sort_key TYPE text COLLATE "C"'
STATEMENTS = {"sqlite": (SQLITE, SQLITE_BACK), "postgresql": (POSTGRESQL, POSTGRESQL_BACK)}


class IndexSearch(Operation):
    """Lets a model's rows be found by their search column, and sorts by its sort key as by plain text."""

    reduces_to_sql = True

    def __init__(self, *models: str):
        self.models = models

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self._models(app_label, to_state):
            for statement in index_statements(schema_editor.connection, model):
                schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in self._models(app_label, from_state):
            for statement in STATEMENTS[schema_editor.connection.vendor][1]:
                schema_editor.execute(statement.format(table=model._meta.db_table))

    def describe(self):
        return f"Index the search of {', '.join(self.models)}"

    def _models(self, app_label, state):
        return [state.apps.get_model(app_label, name) for name in self.models]


def index_statements(connection, model) -> Iterator[str]:
    """What makes or remakes the index of a model's table."""
    names = {field.name for field in model._meta.local_concrete_fields}
    if "search" in names:
        yield from (sql.format(table=model._meta.db_table) for sql in STATEMENTS[connection.vendor][0])
    if "sort_key" in names and connection.vendor == "postgresql":
        yield PLAIN_ORDER.format(table=model._meta.db_table)


def pause_statements(connection, model) -> tuple[str, ...]:
    """What keeps a row that is written from being taken out of an index that may not hold it."""
    statements = SQLITE[:3] if connection.vendor == "sqlite" else ()
    return tuple(statement.format(table=model._meta.db_table) for statement in statements)


def tidy_statements(connection, model) -> list[str]:
    """What keeps a much changed index small and its use well planned."""
    table = model._meta.db_table
    searched = any(field.name == "search" for field in model._meta.local_concrete_fields)
    if connection.vendor == "postgresql":
        return [f"SELECT gin_clean_pending_list('{table}_search')"] * searched + [f"ANALYZE {table}"]
    return [f"INSERT INTO {table}_search({table}_search) VALUES ('optimize')"] * searched + [f"ANALYZE {table}"]
