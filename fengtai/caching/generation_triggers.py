"""Triggers that give the write generation a new name with every write, however it is made.

They are no part of a migration: the step after migrating (apps.py) puts on what is missing, also where Django made a
table anew on SQLite and its triggers went with the old one.
"""

from collections.abc import Iterator

# A random name, not a count: one that was rolled back, or lost with a restored backup, never comes again. Its table is
# no model: no flush empties it, no fixture carries an old name over.
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
WATCH_SQLITE = {
    f"{{table}}_generation_{event}": f"CREATE TRIGGER {{table}}_generation_{event} AFTER {event} ON {{table}} BEGIN"
    " UPDATE fengtai_generation SET token = lower(hex(randomblob(16))) WHERE id = 1; END"
    for event in ("insert", "update", "delete")
}
WATCH_POSTGRESQL = {
    "{table}_generation": "CREATE TRIGGER {table}_generation AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION fengtai_generation_mark()",
}
NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def missing_triggers(cursor, tables: list[str]) -> Iterator[str]:
    """The statements that put on what these tables lack."""
    sqlite = cursor.db.vendor == "sqlite"
    if "fengtai_generation" not in cursor.db.introspection.table_names(cursor):
        yield from SQLITE if sqlite else POSTGRESQL
    cursor.execute(NAMES[cursor.db.vendor])
    present = {name for (name,) in cursor.fetchall()}
    for table in tables:
        for name, statement in (WATCH_SQLITE if sqlite else WATCH_POSTGRESQL).items():
            # PostgreSQL cuts a name after 63 characters.
            if name.format(table=table)[:63] not in present:
                yield statement.format(table=table)
