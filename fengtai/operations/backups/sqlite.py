"""The site's SQLite file: copied by SQLite's own online backup, put back as a file."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from fengtai.operations.backups.contents import Contents, connected, contents
from fengtai.operations.backups.folders import disk_told, written_out

FILE = "database.sqlite3"
BESIDE = ("-wal", "-shm", "-journal")


def copy_to(path: Path) -> Contents:
    """In one step, so that the copy is of one moment; the journal lets others write meanwhile. Counted in the copy."""
    connection.ensure_connection()
    with disk_told(path.parent), closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    with opened(path) as copied:
        return contents(copied)


def size() -> int:
    """Bytes that a copy takes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return cursor.fetchone()[0]


@contextmanager
def opened(path: Path) -> Iterator:
    """A connection to a copy, for reading."""
    options = {"init_command": "PRAGMA query_only=1"}
    copied = connected({"ENGINE": connection.settings_dict["ENGINE"], "NAME": str(path), "OPTIONS": options})
    try:
        yield copied
    finally:
        copied.close()


@contextmanager
def scratch(path: Path) -> Iterator:
    """A connection to the database of a backup: the file itself, which nobody else knows."""
    with opened(path) as copied:
        yield copied


def occupied_by() -> str:
    """One table, view or whatever else stands in it, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master LIMIT 1")
        found = cursor.fetchone()
    return found[0] if found else ""


def stop_left():
    """Nothing: a file is put back by the process itself, which is dead."""


def put_back(path: Path, prove: Callable):
    """The file takes the place of the site's empty one, whole or not at all; `prove` is asked of it before."""
    with opened(path) as copied:
        prove(copied)
    connection.close()
    place = Path(connection.settings_dict["NAME"])
    for ending in BESIDE:  # of an empty database, and it would be read as part of the new one
        Path(f"{place}{ending}").unlink(missing_ok=True)
    path.rename(place)
    written_out(place.parent)


def beside() -> Path:
    """Where a copy must lie so that `put_back` can rename it: on the database's own disk."""
    return Path(connection.settings_dict["NAME"]).parent


def faults(copied) -> list[str]:
    """What SQLite finds wrong in a copy: pages, indexes, foreign keys."""
    with copied.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        found = [told for (told,) in cursor.fetchall() if told != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        return found + [f"{table} {row} → {other}" for table, row, other, _key in cursor.fetchall()]
