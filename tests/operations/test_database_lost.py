"""The site without its PostgreSQL: refused, silent from the start or in the middle of a page; and with it again."""

import json
import time
from contextlib import closing

import pytest
from django.conf import settings as configured
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.test import Client

from fengtai.operations import failing
from fengtai.operations.postgresql import patient
from tests import factories
from tests.operations.silent import Proxy
from tests.operations.whole import is_whole
from tests.review.people import person

POSTGRESQL = configured.DATABASES["default"]["ENGINE"].endswith("postgresql")
on_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no server to lose")
REFUSED, SILENT = 1, 4  # seconds until an answer
SLACK = 1.5  # seconds more on a machine that tests share
ADDRESSES = ("/", "/en/", "/organisations/?kind=firm", "/admin/")


@pytest.fixture
def way(transactional_db):
    """The way to PostgreSQL, which a test may close or silence; the site's own connection goes by it."""
    server, before = connection.settings_dict, dict(connection.settings_dict)
    connection.close()
    with closing(Proxy(server["HOST"], int(server["PORT"] or 5432))) as proxy:
        server.update(HOST="127.0.0.1", PORT=proxy.port, CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
        yield proxy
        connection.close()
        server.update(before)


def visit(client, address: str, **headers):
    """As a server does it: connections that broke are dropped before each page."""
    close_old_connections()
    return client.get(address, headers=headers)


def timed(client, address: str):
    start = time.monotonic()
    answer = visit(client, address)
    return answer, time.monotonic() - start


@pytest.fixture
def reader(transactional_db):
    """Signed in, as those are whose pages ask the database most."""
    factories.organisation()
    client = Client(raise_request_exception=False)
    client.force_login(person("示例管理员"))
    return client


def assert_says_so(answer) -> None:
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    page = answer.content.decode()
    assert "暂时" in page
    assert "try again shortly" in page


@on_postgresql
@pytest.mark.parametrize("is_kept", [True, False])
def test_a_silent_server_is_given_up_within_seconds(way, reader, is_kept):
    assert visit(reader, "/admin/").status_code == 200
    for address in ADDRESSES if is_whole() else ADDRESSES[-1:]:
        if not is_kept:
            connection.close()
        way.silent = True
        answer, seconds = timed(reader, address)
        assert_says_so(answer)
        assert seconds < SILENT + SLACK
        again, seconds = timed(Client(raise_request_exception=False), "/")
        assert_says_so(again)
        assert seconds < 0.5 + SLACK, "one waits, not everybody"
        way.silent = False
        time.sleep(patient.AGAIN)
        assert visit(reader, address).status_code == 200, "it comes back by itself"


@on_postgresql
def test_a_server_that_ended_is_told_at_once(way, reader):
    assert visit(reader, "/").status_code == 200
    way.close()
    for address in ADDRESSES:
        answer, seconds = timed(reader, address)
        assert_says_so(answer)
        assert seconds < REFUSED + SLACK


@on_postgresql
def test_a_server_that_goes_silent_in_the_middle_of_a_page(way, reader):
    visit(reader, "/")
    asked = 0

    def silence(execute, sql, params, many, context):
        nonlocal asked
        asked += 1
        way.silent = way.silent or asked == 4
        return execute(sql, params, many, context)

    with connection.execute_wrapper(silence):
        answer, seconds = timed(reader, "/admin/")
    assert_says_so(answer)
    assert seconds < SILENT + SLACK
    again, seconds = timed(reader, "/")
    assert_says_so(again)
    assert seconds < 0.5 + SLACK, "nobody else waits"


@on_postgresql
def test_a_slow_statement_is_waited_for(way, reader):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [patient.SILENCE * 2.5])
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@on_postgresql
def test_programs_read_it_as_json(way, client):
    client.raise_request_exception = False
    way.close()
    for address in ("/organisations/?format=json", "/en/organisations/?per_page=50&format=jsonl"):
        answer = visit(client, address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        told = json.loads(answer.content)
        assert (told["error"], sorted(told["reasons"])) == ("unavailable", ["en", "zh-hans"])
    answer = visit(client, "/organisations/", accept="application/json")
    assert json.loads(answer.content)["retry_after"] == 10


@on_postgresql
def test_what_is_sent_meanwhile_is_told_to_be_looked_for(way, reader):
    way.close()
    close_old_connections()
    answer = reader.post("/admin/login/", {"username": "示例管理员", "password": "x"})
    assert_says_so(answer)
    assert "是否已经保存" in answer.content.decode()


def test_a_fault_of_ours_is_none_of_the_database(db):
    with pytest.raises(Exception) as raised, connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert not failing.is_lost(raised.value)
    assert not failing.is_lost(ValueError())
    assert not failing.is_lost(FileNotFoundError(2, "no such file"))
    assert failing.is_lost(OSError(28, "No space left on device"))
    assert failing.is_lost(OperationalError("the connection is lost"))
    assert failing.is_lost(InterfaceError("the connection is closed"))
