"""What every test starts from: the embedded settings, plain static files, no leftovers of the site's cache of lists."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from fengtai.records.batches import ImportBatch
from fengtai.workbooks import child_process
from tests import browsers
from tests import own_database as databases
from tests.emptying import empty
from tests.report_rows import load_report
from tests.sites import START, begun, known_site, shared_by_workers
from tests.warm_readers import Readers

GIT, REDIS = "git", "redis-server"
BROWSER = browsers.PROGRAMS
OFFICE = ("soffice", "libreoffice")
NGINX, ANALYSIS, CLOCK, NAMESPACES = "nginx", "systemd-analyze", "faketime", "unshare"
SYSTEM = "/usr/sbin"  # on the path of administrators alone, where Debian puts what others run as well
ROOT = Path(__file__).parent
# Whole folders of tests that no database changes: marked as `one_database`, like single files elsewhere.
ONE_DATABASE = ("browser", "admin/imports", "pages/charts", "values", "workbooks")


@pytest.fixture(autouse=True)
def chinese():
    """A request for an English page leaves its language behind."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True, scope="session")
def tables_are_emptied():
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(autouse=True, scope="session")
def warm_readers():
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(child_process, "started", Readers())
        yield


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Hashed file names need a collected directory; tests serve files by their own names."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """A good password hash takes a third of a second, and nearly every test of the admin makes somebody."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture
def report(db):
    """The rows of the report of 2024."""
    load_report()


@pytest.fixture
def own_files(settings, tmp_path, monkeypatch):
    """Files and progress of the test's own; a model's field keeps the storage that it was made with."""
    monkeypatch.setattr(ImportBatch._meta.get_field("file"), "storage", FileSystemStorage(tmp_path / "imports"))
    progress = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "progress"}
    settings.CACHES = {**settings.CACHES, "progress": progress}


def pytest_configure(config):
    """On SQLite tests run in memory; pytest-django knows that of Django's own engine alone."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = ":memory:"


def pytest_collection_modifyitems(items):
    for item in items:
        path = item.path.relative_to(ROOT).as_posix()
        if path.startswith(ONE_DATABASE) or path.endswith("_in_browser.py"):
            item.add_marker("one_database")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A test marked `needs("soffice", "libreoffice")` runs where one of these programs is installed."""
    for mark in item.iter_markers("needs"):
        program(*mark.args)


def program(*names: str) -> str:
    """The first of these that is installed. Without any its tests are skipped, but never where everything is tested."""
    path = os.environ.get("PATH", "")
    path = f"{path}:{SYSTEM}" if "/usr/bin" in path.split(":") else path
    found = next(filter(None, (shutil.which(name, path=path) for name in names)), None)
    if found is None and os.environ.get("TEST_EVERYTHING"):
        pytest.fail(f"{names[0]} is not installed, and its tests must run here")
    return found or pytest.skip(f"{names[0]} is not installed")


@pytest.fixture
def own_database(tmp_path):
    """The address of an empty database of the test's own."""
    with databases.own_database(connection.vendor, tmp_path, f"own_{os.getpid()}") as address:
        yield address


@pytest.fixture(scope="session")
def begun_site(tmp_path_factory, worker_id):
    """The folder of a site with the report's data and an account of each role, to be copied."""
    return begun(shared_by_workers(tmp_path_factory, worker_id), START)


@pytest.fixture(scope="module")
def browser():
    with browsers.begun(program(*BROWSER)) as browser:
        yield browser


@pytest.fixture(scope="module")
def site(tmp_path_factory, begun_site):
    """A site of this module's own."""
    with known_site(tmp_path_factory.mktemp("site"), begun_site) as site:
        yield site


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory):
    """The address of a Redis of our own, which nobody else keeps anything in."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program(REDIS), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(command, cwd=tmp_path_factory.mktemp("redis"), stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int):
    until = time.monotonic() + 20
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
