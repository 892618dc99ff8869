"""Measures: those of all processes of a machine on a port of their own, with bounded labels and nobody's words."""

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client, RequestFactory

from fengtai.operations.seeing import measures, serving
from fengtai.operations.seeing.costs import view_of
from fengtai.records.batches import ImportBatch
from tests.sites import ROOT, copy, environment, served

SAMPLE = re.compile(r"^(fengtai_\w+)(?:\{([^}]*)\})? (\S+)$", re.MULTILINE)


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read().decode()


def samples(text: str) -> dict[tuple[str, str], float]:
    return {(name, labels): float(value) for name, labels, value in SAMPLE.findall(text)}


@contextmanager
def told_beside(data, port: int):
    """The command beside the site, as it is run by hand."""
    command = [sys.executable, "manage.py", "metrics", "--port", str(port)]
    own = environment(data)
    process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout.readline().strip().endswith("/metrics")
        yield f"http://127.0.0.1:{port}/metrics"
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_site_that_is_measured_tells_it_beside_itself_and_nowhere_else(begun_site, tmp_path, monkeypatch):
    monkeypatch.setenv("METRICS", "1")
    monkeypatch.setenv("LOG_FORMAT", "json")
    monkeypatch.setenv("LOG_REQUESTS", "made")
    copy(begun_site, tmp_path)
    word = urllib.parse.quote("王芳13800138000")
    with served(tmp_path, tmp_path / "log") as site:
        for path in ("/organisations/", "/organisations/", f"/organisations/?q={word}", "/organisations/?format=csv"):
            read(f"{site}{path}")
        for number in range(5):
            with pytest.raises(urllib.error.HTTPError):
                read(f"{site}/{number}/{word}/")
        for path in ("/metrics", "/metrics/", "/en/metrics"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                read(f"{site}{path}")
            assert refused.value.code == 404
        assert '"pending": 0' in read(f"{site}/readyz")  # against migrations as they were really applied
        with told_beside(tmp_path, free_port()) as address:
            text = read(address)
            told = samples(text)
            assert samples(read(address))["fengtai_requests_total", 'status="200",view="organisations"'] == 4
    assert told["fengtai_requests_total", 'status="404",view="none"'] >= 5
    assert told["fengtai_request_seconds_count", 'view="organisations"'] == 4
    assert told["fengtai_queries_total", 'view="organisations"'] > 10
    assert told["fengtai_pages_total", 'kept="yes"'] == 1 and told["fengtai_pages_total", 'kept="no"'] >= 2
    assert told["fengtai_downloads_running", ""] == 0
    assert (told["fengtai_database_up", ""], told["fengtai_imports", 'state="received"']) == (1, 0)
    for name in ("queue_waiting", "queue_oldest_seconds", "reviews_pending", "corrections_open", "sign_in_locks"):
        assert told[f"fengtai_{name}", ""] == 0
    log = (tmp_path / "log").read_text("utf-8")
    assert [word in text or "13800138000" in text, "13800138000" in log] == [False, False]
    assert log.count('"logger": "fengtai.requests"') >= 8


def test_nothing_is_measured_unless_it_is_asked_for():
    assert measures.measures() is None
    measures.downloading(1)
    with pytest.raises(CommandError, match="METRICS=1"):
        call_command("metrics")


def test_a_port_that_is_taken_is_told(settings, monkeypatch, tmp_path):
    settings.METRICS = True
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="cannot be used"):
            call_command("metrics", port=taken.getsockname()[1])
    with pytest.raises(CommandError, match="cannot be used"):
        call_command("metrics", port=99999)


def test_a_process_that_was_killed_sends_nothing_any_more(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for number in (ended.pid, os.getpid()):
        (tmp_path / f"gauge_livesum_{number}.db").touch()
        (tmp_path / f"counter_{number}.db").touch()
    serving.forget_the_dead(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {f"gauge_livesum_{os.getpid()}.db", f"counter_{os.getpid()}.db", f"counter_{ended.pid}.db"}


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_read_from_the_database_and_a_lost_one_is_told(settings, tmp_path, monkeypatch):
    settings.METRICS_DIR = tmp_path
    for number in range(10):
        for _time in range(5):
            sent = {"username": f"示例{number % 2}", "password": "x"}
            Client().post("/admin/login/", sent, REMOTE_ADDR=f"10.0.0.{number}")
    ImportBatch.objects.create(list_name="organisations", file_name="示例.csv", sha256="0" * 64, state="previewed")
    found = {}
    for family in serving.Standing().collect():
        for sample in family.samples:
            found[sample.name, *sample.labels.values()] = sample.value
    assert found["fengtai_imports", "previewed"] == 1 and found["fengtai_sign_in_locks",] >= 2
    assert not re.search("示例|10[.]0", str(found))

    def lost():
        raise OperationalError("gone")

    monkeypatch.setattr(serving, "queue_standing", lost)
    told = [sample for family in serving.Standing().collect() for sample in family.samples]
    assert [(sample.name, sample.value) for sample in told] == [("fengtai_database_up", 0)]


def test_the_number_of_labels_is_bounded():
    """Addresses that nobody made have one name for all, whatever stands in them."""
    request = RequestFactory().get("/" + "x" * 500)
    assert (view_of(request), request.resolver_match) == ("", None)
