"""What lists read is planned once per connection, where the database can."""

import pytest
from django.db import connection

from tests import factories

pytestmark = pytest.mark.django_db


def _prepared() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%partners_organisation%'")
        return [statement for (statement,) in cursor.fetchall()]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans in no time")
def test_only_what_lists_read_is_prepared(client, settings):
    factories.organisation(name="星河")
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    connection.connection._prepared.clear()
    settings.PREPARED_STATEMENTS = False
    without = client.get("/organisations/").context["rows"]
    assert _prepared() == []
    settings.PREPARED_STATEMENTS = True
    assert client.get("/organisations/").context["rows"] == without
    assert client.get("/organisations/").context["rows"] == without
    assert len(_prepared()) == 2
