"""Backs a site up while others write to it, restores it elsewhere and looks at what came back; says what it cost.

`python -m tests.operations.backups.under_writing --rows 100000 --writers 8` does so on both databases, on rows made by
tests.bench.generator; `DATABASE_URL=…` on a database that is filled already, which the writers then write to.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.bench.databases import SERVER

ROOT = Path(__file__).resolve().parents[3]
ENOUGH = 5  # states that each writer has committed before the backup begins
WRONG = ("half", "files", "lost", "ahead")  # what must be empty of what `tried` finds


@dataclass(frozen=True)
class Place:
    """A site: its folder and its database."""

    data: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        own = {"DATABASE_URL": self.url, "DATA_DIR": str(self.data), "DJANGO_SETTINGS_MODULE": "fengtai.settings"}
        return {**os.environ, "PYTHONUNBUFFERED": "1", **own}

    def run(self, *arguments: str, **given) -> subprocess.CompletedProcess:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, **given)


@dataclass(frozen=True)
class Cost:
    """Of a command: seconds on the clock and of CPU, megabytes that its largest process held."""

    seconds: float
    cpu: float
    megabytes: float


def costing(place: Place, *arguments: str) -> Cost:
    """Runs a command of the site, with all that it starts itself."""
    started = time.monotonic()
    child = subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=place.environment)
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, arguments
    return Cost(
        round(time.monotonic() - started, 1), round(used.ru_utime + used.ru_stime, 1), round(used.ru_maxrss / 1000)
    )


@contextmanager
def writing(place: Place, logs: Path, writers: int) -> Iterator[None]:
    """So many processes that write, each with what it committed told in a file; they end what they began."""
    logs.mkdir()
    command = [sys.executable, "-m", "tests.operations.backups.writers", "write", str(writers), str(logs)]
    running = subprocess.Popen(command, cwd=ROOT, env=place.environment, stdin=subprocess.PIPE)
    try:
        _wait_for(logs, running, writers)
        yield
    finally:
        running.stdin.close()
        assert running.wait(120) == 0


def _wait_for(logs: Path, running: subprocess.Popen, writers: int):
    until = time.monotonic() + 120
    while sum(len(path.read_text().splitlines()) >= ENOUGH for path in logs.iterdir()) < writers:
        assert time.monotonic() < until and running.poll() is None, "the writers do not write"
        time.sleep(0.1)


def told(logs: Path) -> dict[str, int]:
    """The last state of each row that its writer told to be committed."""
    lines = [line.rsplit(" ", 1) for path in logs.iterdir() for line in path.read_text().splitlines(keepends=True)]
    return {name: int(state) for name, state in lines if state.endswith("\n")}


def tried(place: Place, elsewhere: Place, folder: Path, writers: int) -> dict:
    """What came back of the writing, in words and figures; the backup lies in folder/backups."""
    logs = folder / "logs"
    with writing(place, logs, writers):
        before = told(logs)
        costs = {"backup": costing(place, "backup", str(folder / "backups"))}
        meanwhile = told(logs)
    [backup] = (folder / "backups").iterdir()
    costs["verify"] = costing(place, "verify", str(backup))
    costs["restore"] = costing(elsewhere, "restore", str(backup))
    looked = elsewhere.run("-m", "tests.operations.backups.writers", "look", check=True)
    found = json.loads(looked.stdout)
    states = found.pop("states")
    return found | {
        "costs": {name: vars(cost) for name, cost in costs.items()},
        "megabytes": round(sum(path.stat().st_size for path in backup.rglob("*")) / 1e6, 1),
        "committed before": len(before),
        "committed meanwhile": sum(meanwhile[name] != before.get(name) for name in meanwhile),
        "came back": len(states),
        "lost": [name for name, state in before.items() if states.get(name, 0) < state],
        "ahead": [name for name, state in states.items() if state > told(logs).get(name, 0)],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--databases", default="sqlite,postgresql")
    arguments = parser.parse_args()
    for vendor in arguments.databases.split(","):
        with tempfile.TemporaryDirectory() as name, own_databases(vendor, Path(name)) as (url, other):
            filled = os.environ.get("DATABASE_URL") or _filled(url, arguments.rows)
            place, elsewhere = Place(Path(name) / "site", filled), Place(Path(name) / "elsewhere", other)
            found = tried(place, elsewhere, Path(name), arguments.writers)
            print(vendor, json.dumps(found, indent=1), flush=True)
            if any(found[wrong] for wrong in WRONG):
                sys.exit("what came back is not what was committed")


def _filled(url: str, rows: int) -> str:
    command = [sys.executable, "-m", "tests.bench.generator", f"--rows={rows}"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=True)
    return url


@contextmanager
def own_databases(vendor: str, folder: Path) -> Iterator[tuple[str, str]]:
    """The addresses of two empty databases, gone afterwards."""
    if vendor == "sqlite":
        (folder / "elsewhere").mkdir()
        yield f"sqlite:///{folder / 'filled.sqlite3'}", f"sqlite:///{folder / 'elsewhere' / 'db.sqlite3'}"
        return
    names = [f"fengtai_backups_{os.getpid()}_{number}" for number in (1, 2)]
    with psycopg.connect(SERVER, autocommit=True) as server:
        for name in names:
            server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield tuple(f"{SERVER.rpartition('/')[0]}/{name}" for name in names)
        finally:
            for name in names:
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


if __name__ == "__main__":
    main()
