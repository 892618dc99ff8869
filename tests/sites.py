"""Sites as people start them: begun once for all workers, then copied or served by each.

Starting one from nothing takes some ten seconds of CPU, most of it migrations.
"""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
START, DEMO = ("manage.py", "start"), ("-m", "tests.demo")
TOLD = "told"  # the file that keeps what was said while it was made
UMASK = 0o022  # as of most accounts: what a site keeps to itself it keeps by its own care


@dataclass(frozen=True)
class Site:
    """Where it answers, the accounts whose passwords were told, and where its files lie."""

    address: str
    passwords: dict[str, str]
    folder: Path

    @property
    def is_sample(self) -> bool:
        return (self.folder / "demo").exists()


def begun(shared: Path, command: tuple[str, ...]) -> Path:
    """A site's folder, made by whoever comes first; the others wait for it."""
    folder, told = shared / command[-1].rpartition(".")[2], shared / f"{command[-1]}.{TOLD}"
    with first_of(told) as is_first:
        if is_first:
            told.write_text(prepared(folder, command), "utf-8")
    return folder


@contextmanager
def first_of(made: Path) -> Iterator[bool]:
    """Whether nobody made this file before; others who want it wait until this one is done."""
    with made.with_name("making").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not made.exists()


def shared_by_workers(tmp_path_factory, worker_id: str) -> Path:
    """A folder of this run that all its workers know."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "sites"
    shared.mkdir(exist_ok=True)
    return shared


def prepared(data: Path, command: tuple[str, ...] = START) -> str:
    """Makes a site in an empty folder; returns what was said of it."""
    arguments = [sys.executable, *command, "--prepare-only"]
    own = environment(data)
    done = subprocess.run(arguments, cwd=ROOT, env=own, capture_output=True, text=True, umask=UMASK)
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment(data: Path) -> dict[str, str]:
    """Its own SQLite file, whatever the tests run on."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")}
    return kept | {"DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}


@contextmanager
def served(data: Path, log: Path, workers: int = 1, threads: int = 4) -> Iterator[str]:
    """The address of a server on a folder that was prepared."""
    own = environment(data) | {"DJANGO_SETTINGS_MODULE": "fengtai.settings"}
    with serving("fengtai.wsgi:application", own, log, workers=workers, threads=threads) as address:
        yield address


@contextmanager
def serving(application: str, own: dict[str, str], log: Path, *, workers: int = 1, threads: int = 4) -> Iterator[str]:
    """The address of a server with this environment; what it says is written to the log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    granian = Path(sys.executable).with_name("granian")
    work = ["--workers", str(workers), "--blocking-threads", str(threads)]
    arguments = ["--interface", "wsgi", "--port", str(port), *work]
    with log.open("w") as written:
        server = subprocess.Popen([granian, *arguments, application], cwd=ROOT, env=own, stdout=written, stderr=written)
    try:
        _wait_for(f"http://127.0.0.1:{port}/admin/login/", log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def copy(made: Path, data: Path) -> str:
    """Another site like one that was begun, its files as readable as they were; returns what was said of that one."""
    shutil.copytree(made, data, dirs_exist_ok=True)
    return made.with_name(f"{made.name}.{TOLD}").read_text("utf-8")


@contextmanager
def site_with(data: Path, copied: Path | None = None) -> Iterator[tuple[str, str]]:
    """A site in a folder of its own, from nothing or `copied` from one begun: its address, and what was told."""
    told = prepared(data) if copied is None else copy(copied, data)
    with served(data, data / "log") as address:
        yield address, told


@contextmanager
def known_site(folder: Path, copied: Path) -> Iterator[Site]:
    """A copy of one that was begun, of which each account of the first start is known."""
    with site_with(folder, copied) as (address, told):
        yield Site(address, passwords_in(told), folder)


def passwords_in(told: str) -> dict[str, str]:
    return dict(re.findall(r"user (\w+), password (\S+)", told))


def _wait_for(address: str, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the site did not start: {log.read_text()[-2000:]}")
