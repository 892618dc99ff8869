"""What a database holds, asked through a connection to it: rows of every table, files that rows name, migrations."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.db.models import FileField
from django.db.utils import ConnectionHandler

from fengtai.operations.backups.places import stores


@dataclass(frozen=True)
class Contents:
    """Of one moment."""

    server: str  # the version of the database
    tables: dict[str, int]  # rows by table
    migrations: list[str]  # as app.name
    named: list[str]  # the files that rows name, as a backup names them


def contents(connection) -> Contents:
    """All of it from one connection: a copy of a database, or one transaction that sees one moment."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return Contents(
            server=".".join(map(str, connection.get_database_version())),
            tables={name: _rows(cursor, name) for name in names},
            migrations=_migrations(cursor) if "django_migrations" in names else [],
            named=sorted(set(_named(cursor, names))),
        )


def summed(connection) -> dict[str, str]:
    """By table the number of its rows and a sum of all that stands in them, in whatever order they lie. Reads all."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return {name: _sum(connection, name) for name in names}


def connected(settings: dict):
    """A connection of its own, which knows what the site's connections know."""
    return ConnectionHandler({"default": settings})["default"]


def _rows(cursor, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {cursor.db.ops.quote_name(table)}")
    return cursor.fetchone()[0]


def _sum(connection, table: str) -> str:
    count = total = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        for row in cursor:
            values = [bytes(value) if isinstance(value, memoryview) else value for value in row]
            count += 1
            total += int.from_bytes(sha256(repr(values).encode(errors="surrogatepass")).digest(), "big")
    return f"{count} ({total % (1 << 128):032x})"


def _migrations(cursor) -> list[str]:
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [f"{app}.{name}" for app, name in cursor.fetchall()]


def _named(cursor, tables: list[str]) -> Iterator[str]:
    folders = {str(path): name for name, path in stores().items()}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            folder = folders.get(_location(field)) if isinstance(field, FileField) else None
            if folder and model._meta.db_table in tables:
                yield from (f"{folder}/{name}" for name in _values(cursor, model._meta.db_table, field.column))


def _location(field: FileField) -> str:
    location = getattr(field.storage, "location", None)
    return str(Path(location)) if location else ""


def _values(cursor, table: str, column: str) -> list[str]:
    quoted = cursor.db.ops.quote_name(column)
    cursor.execute(f"SELECT DISTINCT {quoted} FROM {cursor.db.ops.quote_name(table)} WHERE {quoted} <> ''")
    return [value for (value,) in cursor.fetchall()]
