"""The site on its own SQLite file, held by somebody or with no room left: readers go on, writers are told."""

import resource
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.downloads.test_download_server import serving
from tests.operations.whole import is_whole
from tests.sites import copy, environment, passwords_in
from tests.test_fresh_start import Browser

TIMEOUT = 2  # seconds that SQLite waits for whoever holds the file, here
SMALL = 8192  # bytes that a file may have for a server that is limited
ROOM = "24m"  # of a disk that fills up


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def password(folder, begun_site) -> str:
    return passwords_in(copy(begun_site, folder))["staff"]


@contextmanager
def site(folder):
    own = environment(folder) | {"DJANGO_SETTINGS_MODULE": "fengtai.settings"}
    own["DATABASE_URL"] = f"sqlite:///{folder / 'db.sqlite3'}?timeout={TIMEOUT}"
    with serving(own) as (port, server):
        yield Browser(port), server


def signs_in(browser, password: str) -> int:
    """The status of the answer; a sign-in writes a session and the trail."""
    form = browser.form("/admin/login/")
    try:
        return browser.post("/admin/login/", {**form, "username": "staff", "password": password})[0]
    except HTTPError as error:
        page = error.read().decode()
        assert error.headers["Retry-After"] == "10", page
        assert "暂时" in page
        return error.code


def test_who_cannot_write_is_told_readers_go_on_and_nothing_is_half_written(folder, password):
    with site(folder) as (browser, server):
        before = _counts(folder)
        with closing(sqlite3.connect(folder / "db.sqlite3", isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            start = time.monotonic()
            assert signs_in(browser, password) == 503
            assert TIMEOUT * 0.9 < time.monotonic() - start < TIMEOUT * 3 + 10
            assert "<h1" in browser.get("/organisations/")
        _limit(server.pid, SMALL)
        assert signs_in(browser, password) == 503
        assert "<h1" in browser.get("/organisations/?per_page=50")
        _limit(server.pid, resource.RLIM_INFINITY)
        assert _counts(folder) == before
        assert signs_in(browser, password) == 200, "it comes back by itself"
    assert _integrity(folder) == "ok"


@pytest.mark.skipif(not is_whole(), reason="mounts a small disk, which needs the rights of root")
def test_a_disk_that_is_full(tmp_path, begun_site):
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", tmp_path], check=True)
    try:
        password = passwords_in(copy(begun_site, tmp_path))["staff"]
        with site(tmp_path) as (browser, _server):
            filler = tmp_path / "filler"
            with pytest.raises(OSError, match="No space"), filler.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(4096))
            before = _counts(tmp_path)
            assert signs_in(browser, password) == 503
            assert "<h1" in browser.get("/organisations/?per_page=50")
            assert _counts(tmp_path) == before
            filler.unlink()
            assert signs_in(browser, password) == 200
        assert _integrity(tmp_path) == "ok"
    finally:
        subprocess.run(["umount", "-l", tmp_path], check=True)


def _limit(pid: int, size: int) -> None:
    """How large the files may be that a server and its processes write, as on a disk that is full."""
    for process in (pid, *_children(pid)):
        hard = resource.prlimit(process, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(process, resource.RLIMIT_FSIZE, (size, hard))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _counts(folder) -> list:
    with sqlite3.connect(f"file:{folder / 'db.sqlite3'}?mode=ro", uri=True) as file:
        tables = ("django_session", "fengtai_trailentry", "axes_accesslog")
        return [file.execute(f"SELECT count(*) FROM {table}").fetchone() for table in tables]


def _integrity(folder) -> str:
    with sqlite3.connect(folder / "db.sqlite3") as file:
        return file.execute("PRAGMA integrity_check").fetchone()[0]
