"""/healthz and /readyz: quick, never kept, told in parts to those who run the site alone, and bounded in time."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from fengtai.operations.probes import asking, parts
from fengtai.operations.probes.asking import Probe
from tests.moments import until_alone

ALIVE, READY = "/healthz", "/readyz"
PARTS = {"database", "migrations", "queue", "cache", "disk", "folders"}
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
of_tables = pytest.mark.django_db(transaction=True)


def ready(**headers):
    """As a process that has just started is asked."""
    return Client().get(READY, **headers)


def state_of(part: str, **headers) -> dict:
    return ready(**headers).json()["parts"][part]


def test_that_the_process_lives_is_told_without_the_database():
    """This test may not touch one."""
    answer = Client().get(ALIVE)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert Client().head(ALIVE).content == b""


@of_tables
def test_each_part_is_told_with_its_state_and_time():
    answer = ready()
    told = answer.json()
    assert (answer.status_code, told["status"], {*told["parts"]}) == (200, "ok", PARTS)
    assert {one["state"] for one in told["parts"].values()} == {"ok"}
    assert all(0 <= one["ms"] < 2000 for one in told["parts"].values())
    assert told["parts"]["disk"]["free_mb"] > 0
    assert Client().head(READY).status_code == 200


@of_tables
@pytest.mark.parametrize("path", [ALIVE, READY])
def test_probes_are_not_kept_not_translated_not_led_to_tls_and_know_no_host(settings, path):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["partners.example"]
    for headers in ({}, {"HTTP_HOST": "10.0.0.7:8000"}, {"HTTP_HOST": "\r\n<>"}, {"HTTP_ACCEPT_LANGUAGE": "en"}):
        answer = Client().get(path, **headers)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert answer["Content-Type"] == "application/json" and not answer.cookies
    assert Client().post(path).status_code == 405
    assert Client().get(f"/en{path}", HTTP_HOST="partners.example", secure=True).status_code == 404


@of_tables
def test_strangers_are_told_one_word(settings):
    bare = {"status": "ok"}
    assert ready(REMOTE_ADDR="203.0.113.9").json() == bare
    assert {*ready(REMOTE_ADDR="::1").json()} == {*ready(REMOTE_ADDR="::ffff:127.0.0.1").json()} == {"status", "parts"}
    assert ready(HTTP_X_FORWARDED_FOR="127.0.0.1").json() == bare  # a proxy that nobody named
    settings.TRUSTED_PROXIES = 1
    assert ready(HTTP_X_FORWARDED_FOR="127.0.0.1, 203.0.113.9").json() == bare
    assert "parts" in ready(HTTP_X_FORWARDED_FOR="203.0.113.9, 127.0.0.1").json()
    assert "parts" in ready().json()  # asked on this machine, past the proxy
    settings.TRUSTED_PROXIES = 2
    assert ready(HTTP_X_FORWARDED_FOR="203.0.113.9").json() == bare
    settings.TRUSTED_PROXIES, settings.PROBE_NETWORKS = 0, ["10.1.0.0/16", "2001:db8::/32"]
    for address, is_told in (("10.1.2.3", True), ("10.2.2.3", False), ("2001:db8::7", True), ("nonsense", False)):
        assert ("parts" in ready(REMOTE_ADDR=address).json()) == is_told, address


@of_tables
def test_a_queue_that_no_worker_empties_is_degraded(settings):
    settings.TASKS = QUEUE
    assert state_of("queue")["waiting"] == 0
    row = DBTaskResult.objects.create(
        args_kwargs={}, task_path="x", backend_name="default", run_after=get_date_max(), exception_class_path=""
    )
    assert state_of("queue")["state"] == "ok"
    long_ago = timezone.now() - timezone.timedelta(seconds=settings.QUEUE_LATE_SECONDS + 5)
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=long_ago)
    answer = ready()
    told = answer.json()["parts"]["queue"]
    assert (answer.status_code, answer.json()["status"], told["waiting"]) == (200, "degraded", 1)
    assert told["oldest_seconds"] > settings.QUEUE_LATE_SECONDS
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=timezone.now() + timezone.timedelta(hours=9))
    assert state_of("queue")["oldest_seconds"] == 0  # a clock that was moved
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    assert state_of("queue") | {"ms": 0} == {"state": "ok", "waiting": 0, "oldest_seconds": 0, "ms": 0}


@of_tables
def test_a_release_ahead_of_its_database_is_not_ready(settings):
    settings.MIGRATION_MODULES = {}
    parts._on_disk.cache_clear()
    recorder, names = MigrationRecorder(connection), parts._on_disk()
    assert len(names) > 20
    recorder.ensure_schema()
    try:
        for app, name in names:
            recorder.record_applied(app, name)
        recorder.record_applied("projects", "9999_of_the_next_release")
        assert state_of("migrations")["state"] == "ok"
        recorder.record_unapplied("projects", "0001_initial")
        answer = ready()
        assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
        assert answer.json()["parts"]["migrations"]["pending"] == 1
    finally:
        parts._on_disk.cache_clear()
        recorder.migration_qs.all().delete()


@of_tables
def test_a_disk_nearly_full_and_a_folder_nobody_may_write_are_degraded(settings, tmp_path):
    settings.DISK_LOW_MB = 10**9
    assert (ready().status_code, ready().json()["status"], state_of("disk")["state"]) == (200, "degraded", "degraded")
    settings.DISK_LOW_MB = 0
    settings.MEDIA_ROOT = tmp_path / "attachments" / "not made yet"
    assert state_of("folders")["state"] == "ok"
    settings.MEDIA_ROOT = tmp_path / "file" / "attachments"  # where nobody can make one, root neither
    settings.MEDIA_ROOT.parent.touch()
    assert state_of("folders") | {"ms": 0} == {"state": "degraded", "not_writable": ["attachments"], "ms": 0}
    settings.DATA_DIR = tmp_path / "gone"
    assert state_of("disk")["error"] == "FileNotFoundError"
    assert ready(REMOTE_ADDR="203.0.113.9").json() == {"status": "degraded"}


@contextmanager
def silent_server() -> Iterator[int]:
    """The port of a server that takes connections and says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        yield listening.getsockname()[1]


@of_tables
def test_a_cache_that_is_gone_or_silent_is_degraded_in_time(settings):
    def kept_at(address: str) -> dict:
        backend = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address}
        return {**settings.CACHES, "default": backend}

    settings.CACHES = kept_at("redis://127.0.0.1:1/0")
    answer = ready()
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["parts"]["cache"]["error"] == "ConnectionError"
    with silent_server() as port:
        settings.CACHES = kept_at(f"redis://127.0.0.1:{port}/0")
        begun = time.monotonic()
        answer = ready()
        took = time.monotonic() - begun
    assert (answer.status_code, answer.json()["parts"]["cache"]) == (200, {"state": "degraded", "error": "silent"})
    assert answer.json()["parts"]["database"]["state"] == "ok" and took < asking.PATIENCE + 0.7


def test_a_cache_that_forgets_is_degraded(settings):
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert parts.cache() == {"state": "degraded"}


def test_a_part_that_is_silent_holds_one_thread_and_no_more(monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", 0.05)
    monkeypatch.setattr(asking, "KEPT", 0)
    come_back, begun = threading.Event(), []

    def database():
        begun.append(1)
        come_back.wait(20)
        return {"state": "ok"}

    probe = Probe({"database": {"database": (database, "down")}, "cache": {"cache": (lambda: {"state": "ok"}, "down")}})
    for _time in range(5):
        told = probe.states()
        assert told["database"] == {"state": "down", "error": "silent"} and told["cache"]["state"] == "ok"
    assert len(begun) == 1
    monkeypatch.setattr(asking, "GIVEN_UP", 0.2)
    time.sleep(0.2)
    assert probe.states()["database"]["error"] == "silent" and len(begun) == 2  # the first may never come back
    monkeypatch.setattr(asking, "GIVEN_UP", 60)
    come_back.set()
    probe.asked["database"].ended.wait(5)
    monkeypatch.setattr(asking, "PATIENCE", 5)
    assert probe.states()["database"]["state"] == "ok" and len(begun) == 3


def test_what_fails_is_told_by_its_kind_alone():
    def database():
        raise RuntimeError("password=口令 host=10.0.0.5")

    told = Probe({"database": {"database": (database, "down")}}).states()["database"]
    assert told | {"ms": 0} == {"state": "down", "error": "RuntimeError", "ms": 0}


def test_many_who_ask_at_once_ask_the_parts_once():
    asked, answers = [], []

    def database():
        asked.append(1)
        time.sleep(0.05)
        return {"state": "ok"}

    probe = Probe({"database": {"database": (database, "down")}})
    threads = [threading.Thread(target=lambda: answers.append(probe.states())) for _number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(asked) == 1 and len(answers) == 30 and all(one["database"]["state"] == "ok" for one in answers)


@of_tables
def test_a_look_leaves_no_connection_behind():
    if connection.vendor != "postgresql":
        pytest.skip("of SQLite no server counts")
    for _time in range(3):
        ready()
    until_alone(seconds=10)


@of_tables
def test_a_probe_is_no_line_of_the_log_and_asks_no_session():
    with CaptureQueriesContext(connection) as asked:
        answer = ready(HTTP_COOKIE="sessionid=" + "a" * 32)
    assert (answer.status_code, len(asked), answer.has_header("X-Request-ID")) == (200, 0, False)  # in its own thread


def test_networks_that_are_none_are_told_at_the_start(settings):
    settings.PROBE_NETWORKS = ["示例"]
    with pytest.raises(ValueError, match="示例"):
        Client().get(ALIVE)
