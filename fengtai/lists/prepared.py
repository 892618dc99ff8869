"""Statements whose text never changes: PostgreSQL plans them once per connection, not each time they are asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

AT_ONCE = 0  # executions before a statement is prepared


@contextmanager
def prepared_cursor() -> Iterator:
    """A cursor that hands parameters over beside the text and has it prepared; elsewhere one like any other.

    Django binds parameters into the text, which then is another one for each question, and prepares nothing.
    """
    if connection.vendor != "postgresql" or not settings.PREPARED_STATEMENTS:
        with connection.cursor() as cursor:
            yield cursor
        return
    from django.db.backends.postgresql.base import ServerBindingCursor  # needs psycopg, which SQLite does not

    connection.ensure_connection()
    raw = connection.connection
    usual = raw.cursor_factory, raw.prepare_threshold
    raw.cursor_factory, raw.prepare_threshold = ServerBindingCursor, AT_ONCE
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        raw.cursor_factory, raw.prepare_threshold = usual
