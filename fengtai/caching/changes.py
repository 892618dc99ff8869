"""Which rows the last writes to some tables touched: what was made from many rows need not be made anew for a few."""

from django.db import connection

from fengtai.caching.generation_triggers import SEEN, TABLE, UNTOLD
from fengtai.caching.store import Generations, name_of

Touched = dict[str, list[list[str]]]  # by table, of each row its noted columns, as it was or as it is


def touched_since(before: Generations, tables: list[str]) -> tuple[Generations, Touched] | None:
    """The generations of these tables now, and the rows touched since; None where the writes are no longer told."""
    names = [name for table in tables for name in (table, table + SEEN)]
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, token, recent FROM {TABLE} WHERE name IN ({marks})", names)
        found = {name: told for name, *told in cursor.fetchall()}
    now, touched = {}, {}
    for table in tables:
        plain = found.get(table, ("", ""))
        token, recent = found.get(name_of(table, plain[0]), plain)
        rows = _told(recent, before[table]) if token != before[table] else []
        if rows is None:
            return None
        now[table], touched[table] = token, rows
    return now, touched


def _told(recent: str, until: str) -> list[list[str]] | None:
    """The rows of all writes back to the one that ended the generation `until`."""
    rows = []
    for write in recent.split(";")[:-1]:  # what follows the last is nothing, or cut off
        ended, _separator, notes = write.partition(":")
        for note in notes.split("/"):
            if note == UNTOLD:
                return None
            rows.append(note.split(","))
        if ended == until:
            return rows
    return None
