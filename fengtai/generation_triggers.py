"""Triggers that give the write generation a new name with every write, however it is made.

A migration that adds a model, or that lets Django make a table anew on SQLite, ends with Watch() again: a dropped
table takes its triggers along.
"""

from django.db.migrations.operations.base import Operation

# A random name, not a count: one that was rolled back, or lost with a restored backup, never comes again.
SQLITE = (
    "CREATE TABLE fengtai_generation (id integer PRIMARY KEY, token text NOT NULL)",
    "INSERT INTO fengtai_generation VALUES (1, lower(hex(randomblob(16))))",
)
# A transaction leaves a mark with its first write and renames the generation as it commits: the one row that all
# writers share is locked for that moment only, however long a transaction takes.
POSTGRESQL = (
    "CREATE TABLE fengtai_generation (id bigint PRIMARY KEY, token text NOT NULL)",
    "INSERT INTO fengtai_generation VALUES (1, gen_random_uuid()::text)",
    "CREATE FUNCTION fengtai_generation_mark() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " INSERT INTO fengtai_generation VALUES (txid_current(), '') ON CONFLICT DO NOTHING; RETURN NULL; END $$",
    "CREATE FUNCTION fengtai_generation_rename() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " DELETE FROM fengtai_generation WHERE id = NEW.id;"
    " UPDATE fengtai_generation SET token = gen_random_uuid()::text WHERE id = 1; RETURN NULL; END $$",
    "CREATE CONSTRAINT TRIGGER fengtai_generation_rename AFTER INSERT ON fengtai_generation"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fengtai_generation_rename()",
)
POSTGRESQL_BACK = (
    "DROP FUNCTION fengtai_generation_mark() CASCADE",
    "DROP TABLE fengtai_generation",
    "DROP FUNCTION fengtai_generation_rename()",
)
WATCH_SQLITE = tuple(
    statement
    for event in ("insert", "update", "delete")
    for statement in (
        f"DROP TRIGGER IF EXISTS {{table}}_generation_{event}",
        f"CREATE TRIGGER {{table}}_generation_{event} AFTER {event} ON {{table}} BEGIN"
        " UPDATE fengtai_generation SET token = lower(hex(randomblob(16))) WHERE id = 1; END",
    )
)
WATCH_POSTGRESQL = (
    "DROP TRIGGER IF EXISTS generation ON {table}",
    "CREATE TRIGGER generation AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION fengtai_generation_mark()",
)
# Few records have an embargo or a doubt or wait for review: they are found without looking through the others. An index
# of all states would be taken for the way to the public ones, which are nearly all, and lose their order.
RARE = (
    "CREATE INDEX IF NOT EXISTS {table}_embargo ON {table} (publish_at) WHERE publish_at IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS {table}_doubtful ON {table} (doubt) WHERE doubt > ''",
    "CREATE INDEX IF NOT EXISTS {table}_unpublished ON {table} (state) WHERE state <> 'published'",
)


class KeepGeneration(Operation):
    """The one row that names the state of all published tables."""

    reduces_to_sql = True

    def state_forwards(self, app_label, state):
        """Its table is no model: no flush empties it, no fixture carries an old name over."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        _execute(schema_editor, SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            _execute(schema_editor, POSTGRESQL_BACK)
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\\_generation\\_%' ESCAPE '\\'"
            )
            triggers = [name for (name,) in cursor.fetchall()]
        _execute(schema_editor, [*(f"DROP TRIGGER {name}" for name in triggers), "DROP TABLE fengtai_generation"])

    def describe(self):
        return "Keep the write generation"


class Watch(Operation):
    """Every write to a table of the app renames the generation."""

    reduces_to_sql = True

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        sqlite = schema_editor.connection.vendor == "sqlite"
        for model in to_state.apps.get_models(include_auto_created=True):
            if model._meta.app_label != app_label:
                continue
            statements = WATCH_SQLITE if sqlite else WATCH_POSTGRESQL
            names = {field.name for field in model._meta.local_concrete_fields}
            if "publish_at" in names and "history_id" not in names:
                statements = (*statements, *RARE)
            _execute(schema_editor, [sql.format(table=model._meta.db_table) for sql in statements])

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """The triggers stay until the generation itself goes: what still watches does no harm."""

    def describe(self):
        return "Watch every table of the app"


def _execute(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement)
