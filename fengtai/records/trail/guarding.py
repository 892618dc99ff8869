"""Triggers that let nobody change or delete an entry of the trail.

They are no part of a migration: the step after migrating (apps.py) puts on what is missing. Two things are let
through: a value that disappears for good, with the moment at which it did, and the deletion of an entry that is older
than the trail is kept. `keeping_days` is part of a trigger's name, so another number puts on another trigger.
"""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import Error

TABLE = "fengtai_trailentry"  # by its name: this is read before there are models
LEAST = 180  # days for which the trail is kept, by rule
FIXED = (
    *("id", "at", "by_id", "by_name", "way", "act", "content_type_id", "object_id"),
    *("record_type_id", "record_id", "batch_id"),
)
TEXTS = ("old", "new", "label", "record_label", "why")  # may only become shorter
TOLD = "entries of the trail are never changed or deleted"
NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'trail\\_%' ESCAPE '\\'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'trail\\_%'",
}
SAME = {"sqlite": "NEW.{0} IS OLD.{0}", "postgresql": "NEW.{0} IS NOT DISTINCT FROM OLD.{0}"}
AS_TEXT = {"sqlite": "{0}", "postgresql": "{0}::text"}
OLD_ENOUGH = {
    "sqlite": "OLD.at < datetime('now', '-{days} days')",
    "postgresql": "OLD.at < now() - interval '{days} days'",
}


def days_kept() -> int:
    return max(settings.TRAIL_DAYS, LEAST)


def enough_days(app_configs, **kwargs) -> list:
    """A check of the settings as the site starts."""
    told = f"TRAIL_DAYS is {settings.TRAIL_DAYS}: the trail is kept for at least {LEAST} days."
    return [Error(told, id="fengtai.E001")] if settings.TRAIL_DAYS < LEAST else []


def missing_guards(cursor, tables: list[str]) -> Iterator[str]:
    """The statements that put on what is missing, and take off what another number of days left."""
    if TABLE not in tables:
        return
    cursor.execute(NAMES[cursor.db.vendor])
    present = {name for (name,) in cursor.fetchall()}
    wanted = guards(cursor.db.vendor, days_kept())
    for name in present - wanted.keys():
        yield drop_guard(cursor.db.vendor, name)
    for name, statements in wanted.items():
        yield from statements if name not in present else ()


def drop_guards(cursor) -> Iterator[str]:
    """What takes all of them off: for tests alone, whose tables are emptied between them."""
    cursor.execute(NAMES[cursor.db.vendor])
    yield from [drop_guard(cursor.db.vendor, name) for (name,) in cursor.fetchall()]


def drop_guard(vendor: str, name: str) -> str:
    where = f" ON {TABLE}" if vendor == "postgresql" else ""
    return f"DROP TRIGGER {name}{where}"


def guards(vendor: str, days: int) -> dict[str, tuple[str, ...]]:
    """By the name of the trigger what makes it."""
    made = _on_sqlite if vendor == "sqlite" else _on_postgresql
    allowed = {"update": _blanks(vendor), "delete": OLD_ENOUGH[vendor].format(days=days)}
    return {
        "trail_changed": made("trail_changed", "update", allowed["update"]),
        f"trail_kept_{days}": made(f"trail_kept_{days}", "delete", allowed["delete"]),
        **_beside(vendor),
    }


def _beside(vendor: str) -> dict[str, tuple[str, ...]]:
    """What would pass the others: to write one entry in the place of another, or to empty the table."""
    if vendor == "sqlite":
        taken = f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)"
        return {"trail_replaced": _raising("trail_replaced", "insert", taken)}
    function = _function("trail_emptied", f"RAISE EXCEPTION '{TOLD}';")
    trigger = f"CREATE TRIGGER trail_emptied BEFORE TRUNCATE ON {TABLE} EXECUTE FUNCTION trail_emptied()"
    return {"trail_emptied": (function, trigger)}


def _blanks(vendor: str) -> str:
    """Nothing else changes, every text that does becomes shorter, and the moment is new; or none does, and only the
    tokens by which an entry is found are made anew.
    """
    same, as_text = SAME[vendor], AS_TEXT[vendor]
    fixed = [same.format(column) for column in FIXED]
    length = f"length({as_text.format('{1}.{0}')})"
    shorter = [
        f"({same.format(column)} OR {length.format(column, 'NEW')} < {length.format(column, 'OLD')})"
        for column in TEXTS
    ]
    moment = "NEW.redacted_at IS NOT NULL AND (OLD.redacted_at IS NULL OR NEW.redacted_at > OLD.redacted_at)"
    unchanged = [same.format(column) for column in (*TEXTS, "redacted_at")]
    return f"{' AND '.join(fixed)} AND (({' AND '.join(shorter)} AND {moment}) OR ({' AND '.join(unchanged)}))"


def _on_sqlite(name: str, event: str, allowed: str) -> tuple[str, ...]:
    return _raising(name, event, f"NOT ({allowed})")


def _raising(name: str, event: str, condition: str) -> tuple[str, ...]:
    body = f"SELECT RAISE(ABORT, '{TOLD}') WHERE {condition};"
    return (f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {TABLE} BEGIN {body} END",)


def _on_postgresql(name: str, event: str, allowed: str) -> tuple[str, ...]:
    answer = "NEW" if event == "update" else "OLD"
    body = f"IF NOT ({allowed}) THEN RAISE EXCEPTION '{TOLD}'; END IF; RETURN {answer};"
    trigger = f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {name}()"
    return _function(name, body), trigger


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
