"""What a test committed is taken out again: only the rows that are there, and never what every test starts with.

Django truncates all tables, which costs PostgreSQL seconds, and then makes types, permissions and roles anew.
"""

from django.db import connection, transaction

from fengtai.records.trail.guarding import drop_guards, missing_guards

# What migrating and the step after it made.
STAYS = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions", "django_migrations"}


def empty(_case=None) -> None:
    """In the place of a transactional test's own teardown; the guards of the trail are off meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        _run(cursor, drop_guards(cursor))
        for table in _filled(cursor, set(tables) - STAYS):
            cursor.execute(f'DELETE FROM "{table}"')
        connection.check_constraints()  # now: guards are no tables with something left to check
        _run(cursor, missing_guards(cursor, tables))


def _filled(cursor, tables: set[str]) -> list[str]:
    cursor.execute(" UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in tables))
    return [name for (name,) in cursor.fetchall()]


def _run(cursor, statements) -> None:
    for statement in list(statements):
        cursor.execute(statement)
