"""In a worker: bytes of the organisations' table and of what searches it, and the making of tokens."""

from django.db import connection

from partners.models import Organisation

TABLE = Organisation._meta.db_table
SQLITE = """
SELECT (SELECT sum(pgsize) FROM dbstat WHERE name = %s),
       (SELECT sum(pgsize) FROM dbstat WHERE name LIKE %s || '\\_search\\_%%' ESCAPE '\\')
"""
POSTGRESQL = """
SELECT pg_table_size(%s::regclass),
       (SELECT coalesce(sum(pg_relation_size(indexrelid)), 0) FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam AND a.amname = 'gin'
        WHERE i.indrelid = %s::regclass)
"""


def table_and_index() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL, [TABLE, TABLE])
        table, index = cursor.fetchone()
    return int(table or 0), int(index or 0)


def names(count: int) -> list[str]:
    """Different ones, so that none is answered from what was made a moment ago."""
    return list(Organisation.objects.order_by("name").values_list("name", flat=True).distinct()[:count])


def tokens(names: list[str]):
    from fengtai.search.tokens import tokens as tokens_of  # not built yet where the index is not

    for name in names:
        tokens_of([name])
