"""The database that DATABASE_URL names, as backups know it."""

from types import ModuleType

from django.db import connection

from fengtai.operations.backups import postgresql, sqlite

KINDS = {"sqlite": sqlite, "postgresql": postgresql}


def database() -> ModuleType:
    """Both kinds have FILE, size, copy_to, stop_left, put_back, beside, scratch and faults."""
    return KINDS[connection.vendor]


def is_empty() -> bool:
    """No table at all: not even one that `manage.py migrate` makes."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)
