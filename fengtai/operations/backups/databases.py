"""The database that DATABASE_URL names, as backups know it."""

from types import ModuleType

from django.db import connection

from fengtai.operations.backups import postgresql, sqlite

KINDS = {"sqlite": sqlite, "postgresql": postgresql}


def database() -> ModuleType:
    """Both kinds have FILE, size, copy_to, occupied_by, stop_left, put_back, beside, scratch and faults."""
    return KINDS[connection.vendor]


def lacks_tables() -> bool:
    """No table of a site: not even one that `manage.py migrate` makes. Others may have something there."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def is_empty() -> bool:
    """Nothing at all, whosever it is."""
    return not database().occupied_by()
