"""The bench's own databases: made anew by each run, removed after it, never anybody else's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.bench.generator import HOME

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
MARK = "made by tests.bench"
# One backend does a query's whole work, so that its CPU time can be read; connections are kept, as a server does.
OPTIONS = {
    "sqlite": "?conn_max_age=3600",
    "postgresql": "?conn_max_age=3600&options=-c%20max_parallel_workers_per_gather=0",
}


class Databases:
    """The databases of one kind, all copies of one that was migrated."""

    def __init__(self, vendor: str):
        self.vendor, self.names = vendor, []

    def __enter__(self):
        HOME.mkdir(parents=True, exist_ok=True)
        self.empty = self._create("fengtai_bench_empty")
        run_module("django", "migrate", "--verbosity=0", url=self.url(self.empty))
        run_module("django", "collectstatic", "--noinput", "--verbosity=0", url=self.url(self.empty))
        return self

    def __exit__(self, *failure):
        for name in reversed(self.names):
            self._drop(name)

    def filled(self, role: str, rows: int) -> str:
        """The address of a database that holds so many organisations."""
        url = self.url(self._create(f"fengtai_bench_{role}", template=self.empty))
        run_module("tests.bench.generator", f"--rows={rows}", url=url)
        return url

    def url(self, name: str) -> str:
        start = f"sqlite:///{HOME / name}" if self.vendor == "sqlite" else SERVER.rpartition("/")[0] + f"/{name}"
        return start + OPTIONS[self.vendor]

    def _create(self, name: str, template: str = "") -> str:
        self._drop(name)
        if self.vendor == "postgresql":
            copied = f' TEMPLATE "{template}"' if template else ""
            _on_server(f'CREATE DATABASE "{name}"{copied}', f"COMMENT ON DATABASE \"{name}\" IS '{MARK}'")
        elif template:
            shutil.copy(HOME / template, HOME / name)
        self.names.append(name)
        return name

    def _drop(self, name: str):
        if self.vendor == "sqlite":
            for path in HOME.glob(f"{name}*"):
                path.unlink()
            return
        found = _on_server(f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{name}'")
        if found and found[0] != (MARK,):
            raise SystemExit(f"The database {name} was not made by the bench; it is left alone.")
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def environment(url: str) -> dict[str, str]:
    """The platform as anybody runs it, on the bench's data."""
    own = {"DATABASE_URL": url, "DATA_DIR": str(HOME), "DJANGO_SETTINGS_MODULE": "fengtai.settings"}
    return {**os.environ, **own}


def run_module(module: str, *arguments: str, url: str):
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, env=environment(url), check=True, stdout=2)


def _on_server(*statements: str) -> list[tuple]:
    with psycopg.connect(SERVER, autocommit=True) as server:
        for statement in statements:
            cursor = server.execute(statement)
        return cursor.fetchall() if cursor.description else []
