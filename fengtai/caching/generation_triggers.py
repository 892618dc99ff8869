"""Triggers that give the generation of a table a new name with every write to it, however it is made.

They are no part of a migration: the step after migrating (apps.py) puts on what is missing, also where Django made a
table anew on SQLite and its triggers went with the old one. Beside the name stands which rows the last writes touched:
each write leaves the name that it ended and, of every row, the columns noted (`noted_columns`) as they were and are.

A table of records has a second name, for what anybody may see: a write of rows that are drafts before and after it
(`unseen_states`) leaves that one as it is.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256

TABLE = "fengtai_generations"
LONGEST = 4000  # characters kept of the last writes
MOST = 60  # rows of one statement that are told one by one on PostgreSQL
UNTOLD = "*"  # what a write leaves that touched more
EVENTS = ("insert", "update", "delete")
SEEN = "/seen"  # what follows a table in the name of its generation for anybody
# Random names, not counts: one that was rolled back, or lost with a restored backup, never comes again. The table is
# no model: no flush empties it, no fixture carries an old name over.
MADE = f"CREATE TABLE {TABLE} (name text PRIMARY KEY, token text NOT NULL, recent text NOT NULL)"
KNOWING = "s"  # how a name begins that a trigger gave which knows the second ones: those of earlier releases do not
NEW_NAME = {
    "sqlite": f"'{KNOWING}' || lower(hex(randomblob(8)))",
    "postgresql": f"'{KNOWING}' || left(replace(gen_random_uuid()::text, '-', ''), 16)",
}
# A transaction leaves marks of its own as it writes and renames generations as it commits, in the order of their
# tables, so that no two lock each other out: a row is locked for that moment only, however long a transaction takes.
MARKS = (
    "CREATE TABLE fengtai_generation_marks (txid bigint, name text, notes text NOT NULL, PRIMARY KEY (txid, name))",
    "CREATE FUNCTION fengtai_generation_rename() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "CREATE CONSTRAINT TRIGGER fengtai_generation_rename AFTER INSERT ON fengtai_generation_marks"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fengtai_generation_rename()",
)
# The arguments of a trigger are the columns to note, behind "unseen", the states of rows that nobody sees and, of
# versions, the table of their records. Without these, as an earlier release puts them on, every write is seen.
FUNCTIONS = (
    f"""CREATE OR REPLACE FUNCTION fengtai_generation_notes(written jsonb[], columns text[]) RETURNS text
        LANGUAGE sql AS $$
        SELECT CASE WHEN cardinality(written) > {2 * MOST} THEN '{UNTOLD}' ELSE (SELECT string_agg(array_to_string(
            ARRAY(SELECT coalesce(one ->> c, '') FROM unnest(columns) WITH ORDINALITY AS named(c, place)
                ORDER BY place), ','), '/') FROM unnest(written) AS one) END $$""",
    f"""CREATE OR REPLACE FUNCTION fengtai_generation_note() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE written jsonb[]; told text := '{UNTOLD}'; columns text[] := TG_ARGV; states text[] := ARRAY[]::text[];
            seen boolean := true; unseen text := 'one ->> ''state'' = ANY ($2)';
        BEGIN
        IF TG_ARGV[0] = 'unseen' THEN
            columns := TG_ARGV[3:]; states := string_to_array(TG_ARGV[1], ',');
            IF TG_ARGV[2] <> '' THEN unseen := unseen || format(' AND EXISTS (SELECT 1 FROM %I AS record
                WHERE record.id = (one ->> ''id'')::bigint AND record.state = ANY ($2))', TG_ARGV[2]); END IF;
        END IF;
        IF TG_OP = 'INSERT' THEN
            written := ARRAY(SELECT to_jsonb(one) FROM added AS one LIMIT {2 * MOST + 1});
        ELSIF TG_OP = 'DELETE' THEN
            written := ARRAY(SELECT to_jsonb(one) FROM gone AS one LIMIT {2 * MOST + 1});
        ELSIF TG_OP = 'UPDATE' THEN
            written := ARRAY(SELECT to_jsonb(one) FROM (SELECT * FROM gone UNION ALL SELECT * FROM added) AS one
                LIMIT {2 * MOST + 1});
        END IF;
        IF TG_OP <> 'TRUNCATE' THEN
            IF cardinality(written) = 0 THEN RETURN NULL; END IF;
            told := fengtai_generation_notes(written, columns);
            IF states <> ARRAY[]::text[] AND told <> '{UNTOLD}' THEN
                EXECUTE 'SELECT EXISTS (SELECT 1 FROM unnest($1) AS one WHERE NOT (' || unseen || '))'
                    INTO seen USING written, states;
            END IF;
        END IF;
        INSERT INTO fengtai_generation_marks AS mark SELECT txid_current(), name, told
            FROM unnest(ARRAY[TG_TABLE_NAME::text, TG_TABLE_NAME || '{SEEN}']) WITH ORDINALITY AS one(name, place)
            WHERE seen OR place = 1
            ON CONFLICT (txid, name) DO UPDATE SET notes = left(mark.notes || '/' || EXCLUDED.notes, {LONGEST + 1});
        RETURN NULL; END $$""",
    f"""CREATE OR REPLACE FUNCTION fengtai_generation_rename() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM 1 FROM {TABLE} WHERE name IN (SELECT name FROM fengtai_generation_marks WHERE txid = NEW.txid)
            ORDER BY name FOR UPDATE;
        UPDATE {TABLE} AS one SET token = {NEW_NAME["postgresql"]},
            recent = left(one.token || ':' || mark.notes || ';' || one.recent, {LONGEST})
            FROM fengtai_generation_marks AS mark WHERE mark.txid = NEW.txid AND mark.name = one.name;
        DELETE FROM fengtai_generation_marks WHERE txid = NEW.txid; RETURN NULL; END $$""",
)
PRESENT = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%generation%%'",
    "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE NOT tgisinternal AND tgname LIKE '%%generation%%'",
}


def noted_columns(model) -> list[str]:
    """The columns by which a write tells whose row it touched: its key, the links from it, what it cites."""
    columns = {field.column for field in model._meta.local_concrete_fields}
    links = [field.column for field in model._meta.local_concrete_fields if field.is_relation and not field.primary_key]
    return [model._meta.pk.column, *links, *(name for name in ("object_id",) if name in columns)]


def _with_drafts(model) -> tuple[str, ...]:
    """The states in which nobody sees rows of a table of records, or of the versions of records."""
    return tuple(getattr(getattr(model, "instance_type", model), "unseen_states", ()))


def _unseen(model, event: str) -> tuple[tuple[str, ...], str]:
    """The states of rows that nobody saw if such a write touches them alone, and the table of the records of versions.

    A version is added with its record, and is unseen like it whatever it says of itself. One that is altered or taken
    away may be of a record published since.
    """
    states, record = _with_drafts(model), getattr(model, "instance_type", None)
    return (states if record is None or event == "insert" else ()), (record._meta.db_table if record else "")


def missing_triggers(cursor, models: Iterable) -> Iterator[str]:
    """The statements that put on what the tables of these models lack, and take off what they no longer need."""
    vendor = cursor.db.vendor
    if TABLE not in cursor.db.introspection.table_names(cursor):
        yield from (MADE, *(MARKS if vendor == "postgresql" else ()))
    cursor.execute(PRESENT[vendor])
    present = cursor.fetchall()
    statements = [one for model in models for one in _missing(vendor, model, present)]
    yield from (*(FUNCTIONS if statements and vendor == "postgresql" else ()), *statements)


def _missing(vendor: str, model, present: list[tuple[str, str]]) -> Iterator[str]:
    table = model._meta.db_table
    wanted = dict(_triggers(vendor, model))
    found = {name for name, of_table in present if of_table == table}
    yield from (_dropped(vendor, name, table) for name in sorted(found - wanted.keys()))
    if missing := [statement for name, statement in wanted.items() if name not in found]:
        yield from missing
        # What was written while they were missing nobody was told.
        for name in (table, table + SEEN) if _with_drafts(model) else (table,):
            yield (
                f"INSERT INTO {TABLE} VALUES ('{name}', {NEW_NAME[vendor]}, '')"
                f" ON CONFLICT (name) DO UPDATE SET token = {NEW_NAME[vendor]}, recent = ''"
            )


def _dropped(vendor: str, name: str, table: str) -> str:
    return f"DROP TRIGGER {name}" + (f" ON {table}" if vendor == "postgresql" else "")


def _triggers(vendor: str, model) -> Iterator[tuple[str, str]]:
    """By name, which changes with what is noted."""
    table, columns = model._meta.db_table, noted_columns(model)
    digest = sha256(",".join([*columns, "unseen", *_with_drafts(model)]).encode()).hexdigest()[:6]
    make = _on_sqlite if vendor == "sqlite" else _on_postgresql
    for event in (*EVENTS, *(("truncate",) if vendor == "postgresql" else ())):
        name = f"generation_{event}_{digest}_{table}"
        name = name[:63] if vendor == "postgresql" else name  # as far as it reads one
        yield name, make(name, event, model, columns)


def _on_sqlite(name: str, event: str, model, columns: list[str]) -> str:
    table, (unseen, records) = model._meta.db_table, _unseen(model, event)
    rows = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}[event]
    notes = " || '/' || ".join(" || ',' || ".join(f"coalesce({row}.{one}, '')" for one in columns) for row in rows)
    states = ", ".join(f"'{state}'" for state in unseen)
    seen = " OR ".join(f"{row}.state NOT IN ({states})" for row in rows) if unseen else "1"
    if unseen and records:
        seen += f" OR NOT EXISTS (SELECT 1 FROM {records} WHERE id = NEW.id AND state IN ({states}))"
    also = f" OR (name = '{table}{SEEN}' AND ({seen}))" if _with_drafts(model) else ""
    return (
        f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN UPDATE {TABLE} SET token = {NEW_NAME['sqlite']},"
        f" recent = substr(token || ':' || {notes} || ';' || recent, 1, {LONGEST}) WHERE name = '{table}'{also}; END"
    )


def _on_postgresql(name: str, event: str, model, columns: list[str]) -> str:
    tables = {"insert": "NEW TABLE AS added", "delete": "OLD TABLE AS gone"}
    tables["update"] = f"{tables['insert']} {tables['delete']}"
    referencing = f" REFERENCING {tables[event]}" if event in tables else ""
    states, records = _unseen(model, event)
    first = ("unseen", ",".join(states), records) if states else ()
    told = ", ".join(f"'{one}'" for one in (*first, *columns))
    return (
        f"CREATE TRIGGER {name} AFTER {event} ON {model._meta.db_table}{referencing}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION fengtai_generation_note({told})"
    )
