"""Heavy downloads through the server itself: streams that go on, readers that go away, processes that are killed."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from django.db import connection

from fengtai.downloads.turns import LIFETIME
from tests.conftest import REDIS
from tests.own_database import own_database
from tests.sites import first_of, shared_by_workers

pytestmark = pytest.mark.needs(REDIS)
ROWS = 12_000  # some 5 MB of JSON: more than sockets keep for a reader who does not read
ADDRESS = "/organisations/?format=jsonl"


@pytest.fixture(scope="module")
def rows(tmp_path_factory, worker_id):
    """The address of a database of many rows, beside the one that other tests use, and the folder of its site."""
    if connection.vendor == "sqlite":
        folder = shared_by_workers(tmp_path_factory, worker_id) / "many_rows"
        folder.mkdir(exist_ok=True)
        address = f"sqlite:///{folder / 'db.sqlite3'}"
        with first_of(folder / "made") as is_first:
            if is_first:
                _generate(address, folder)
                (folder / "made").touch()
        yield address, folder
        return
    folder = tmp_path_factory.mktemp("site")
    with own_database(connection.vendor, folder, f"downloads_{os.getpid()}") as address:
        _generate(address, folder)
        yield address, folder


def _generate(address: str, folder: Path):
    own = {"DATABASE_URL": address, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "fengtai.settings"}
    command = [sys.executable, "-m", "tests.bench.generator", f"--rows={ROWS}"]
    subprocess.run(command, env=os.environ | own, check=True)


@pytest.fixture(scope="module")
def environment(rows, redis_server) -> dict[str, str]:
    """Of a site with many rows, and the cache that its processes share."""
    address, folder = rows
    own = {"DATABASE_URL": address, "DATA_DIR": str(folder), "CACHE_URL": redis_server}
    return os.environ | own | {"DJANGO_SETTINGS_MODULE": "fengtai.settings"}


@pytest.fixture(autouse=True)
def no_turns_in_use(redis_server):
    """A server that is stopped leaves the turns of its streams to expire."""
    with redis.from_url(redis_server) as server:
        server.flushdb()


@contextmanager
def serving(environment):
    """A site of one process; yields its port and the processes it consists of."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    granian = Path(sys.executable).with_name("granian")
    arguments = ["--interface", "wsgi", "--port", str(port), "--workers", "1", "--blocking-threads", "8"]
    server = subprocess.Popen(
        [granian, *arguments, "fengtai.wsgi:application"], env=environment, start_new_session=True
    )
    try:
        _until(lambda: _answers(port))
        yield port, server
    finally:
        if server.poll() is None:
            server.terminate()
        server.wait()


def ask(port: int, address: str = ADDRESS, method: str = "GET") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, address)
    answer = connection.getresponse()
    answer.connection = connection  # what closes the socket
    return answer


def leave(answer):
    """As a reader does who closes the page."""
    answer.connection.close()
    answer.close()


def test_two_streams_go_on_while_a_third_waits_for_one_of_them(environment):
    with serving(environment) as (port, _server):
        first, second = ask(port), ask(port)
        assert (first.status, second.status) == (200, 200)
        refused = ask(port)
        assert (refused.status, refused.headers["Retry-After"]) == (429, "30")
        small = ask(port, "/sources/?format=jsonl")
        assert (small.status, len(small.read().splitlines())) == (200, 5)
        assert len(first.read().splitlines()) == ROWS
        third = ask(port)
        assert third.status == 200
        assert len(second.read().splitlines()) == len(third.read().splitlines()) == ROWS


def test_a_reader_who_goes_away_makes_room(environment):
    with serving(environment) as (port, _server):
        held = [ask(port), ask(port)]
        assert ask(port).status == 429
        leave(held[0])
        _until(lambda: _given(port))
        leave(held[1])
        _until(lambda: _given(port))


def test_who_asks_for_the_head_alone_is_answered_at_once_and_holds_nothing(environment):
    with serving(environment) as (port, _server):
        heads = [ask(port, method="HEAD") for _ in range(4)]
        assert [head.status for head in heads] == [200] * 4
        assert [head.headers.get("Accept-Ranges") for head in heads] == [None] * 4
        assert _given(port)


def test_places_outlive_the_process_that_was_killed_only_until_they_expire(environment):
    with serving(environment) as (port, server):
        held = [ask(port), ask(port)]
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        for answer in held:
            leave(answer)
    with serving(environment) as (port, _server):
        assert ask(port).status == 429
        _expire(environment["CACHE_URL"])
        assert _given(port)


def test_a_file_whose_server_is_killed_breaks_the_connection_off(environment):
    with serving(environment) as (port, server):
        held = [ask(port, f"/organisations/?format={extension}") for extension in ("csv", "json")]
        assert [answer.headers.get("Content-Length") for answer in held] == [None] * 2
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        for answer in held:
            with pytest.raises((http.client.IncompleteRead, ConnectionError)):
                answer.read()
            leave(answer)


def _given(port: int) -> bool:
    answer = ask(port)
    leave(answer)
    return answer.status == 200


def _expire(address: str):
    """Two minutes pass for the places, each of which has its end."""
    with redis.from_url(address) as server:
        places = list(server.scan_iter("*download:*"))
        assert len(places) == 2
        for place in places:
            assert 0 < server.ttl(place) <= LIFETIME
            server.pexpire(place, 1)
    time.sleep(0.01)


def _answers(port: int) -> bool:
    try:
        return ask(port, "/api/openapi.json").status == 200
    except OSError:
        return False


def _until(condition):
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
