"""A site with rows, files and a key of its own, that each test may back up, break and restore elsewhere."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connections

from fengtai.operations.backups.contents import connected
from fengtai.operations.backups.stores import measured
from fengtai.operations.environment import Environment
from fengtai.operations.parts import database_in
from fengtai.records.batches import ImportBatch
from tests.bench.databases import SERVER
from tests.conftest import program
from tests.operations.backups.under_writing import Place

KEY = "示例密钥 of a test, long enough to be taken for one"


@dataclass
class Databases:
    """Databases of the tests' own, each named once; copies of one that was begun."""

    vendor: str
    folder: Path
    begun: Path | str
    static: Path  # what was collected of the code
    count: int = 0

    def empty(self) -> str:
        self.count += 1
        if self.vendor == "sqlite":
            return f"sqlite:///{self.folder / str(self.count)}.sqlite3"
        return self._created("")

    def filled(self) -> str:
        if self.vendor == "postgresql":
            self.count += 1
            return self._created(f' TEMPLATE "{self.begun}"')
        url = self.empty()
        shutil.copy(self.begun, url.removeprefix("sqlite:///"))
        return url

    def _created(self, template: str) -> str:
        name = f"fengtai_backups_{os.getpid()}_{self.count}"
        on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"{template}')
        return f"{SERVER.rpartition('/')[0]}/{name}"

    def gone(self, since: int = 0):
        """Drops those that were made after the first so many."""
        if self.vendor == "postgresql":
            numbers = range(since + 1, self.count + 1)
            on_server(
                *(f'DROP DATABASE IF EXISTS "fengtai_backups_{os.getpid()}_{one}" WITH (FORCE)' for one in numbers)
            )


def on_server(*statements: str):
    with psycopg.connect(SERVER, autocommit=True) as server:
        for statement in statements:
            server.execute(statement)


@pytest.fixture(scope="session")
def databases(tmp_path_factory, request) -> Iterator[Databases]:
    """Of the kind that the tests run on."""
    folder = tmp_path_factory.mktemp("databases")
    if django_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        begun = request.getfixturevalue("begun_site")
        yield Databases("sqlite", folder, begun / "db.sqlite3", begun / "static")
        return
    program("pg_dump")
    found = Databases("postgresql", folder, f"fengtai_backups_{os.getpid()}_1", folder / "begun" / "static")
    made = Place(folder / "begun", found.empty())
    made.run("manage.py", "start", "--prepare-only", check=True)
    yield found
    found.gone()


@dataclass
class Sites:
    """Sites in folders of a test's own; `at` makes the commands of this process speak of one."""

    databases: Databases
    folder: Path
    settings: object
    patches: pytest.MonkeyPatch
    blocker: object

    def new(self, name: str, *, filled: bool = False) -> Place:
        place = Place(self.folder / name, self.databases.filled() if filled else self.databases.empty())
        place.data.mkdir()
        if filled:
            (place.data / "secret_key").write_text(KEY, "utf-8")
        return place

    @contextmanager
    def at(self, place: Place) -> Iterator[Place]:
        """As a command started there would find it."""
        self.settings.DATA_DIR, self.settings.MEDIA_ROOT = place.data, place.data / "attachments"
        self.settings.SECRET_KEY = KEY
        self.settings.MIGRATION_MODULES = {}  # the tests of this process are made without
        imports = {**self.settings.STORAGES["imports"], "OPTIONS": {"location": place.data / "imports"}}
        self.settings.STORAGES = {**self.settings.STORAGES, "imports": imports}
        self.patches.setattr(ImportBatch._meta.get_field("file"), "storage", storages["imports"])
        before, own = connections["default"], connected(_database(place.url))
        connections["default"] = own
        try:
            with self.blocker.unblock():
                yield place
        finally:
            own.close()
            connections["default"] = before

    def backed_up(self, place: Place, **options) -> Path:
        """The folder of a new backup."""
        folder = self.folder / "backups"
        before = set(folder.glob("*"))
        with self.at(place):
            call_command("backup", folder, **options)
        [made] = set(folder.glob("fengtai-*")) - before
        return made

    def restored(self, backup: Path, place: Place, **options) -> Place:
        with self.at(place):
            call_command("restore", backup, **options)
        return place

    def refused(self, place: Place, *command, **options) -> str:
        """What a command that must be refused says."""
        with self.at(place), pytest.raises(CommandError) as refusal:
            call_command(*command, **options)
        return str(refusal.value)


def _database(url: str) -> dict:
    """As the settings make it of this address."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATABASE_URL", url)
        return database_in(Environment(), Path()) | {"CONN_MAX_AGE": 0}


def rows_of(place: Place) -> dict[str, list]:
    """Every row of every table, asked past Django."""
    if place.url.startswith("sqlite"):
        database = sqlite3.connect(place.url.removeprefix("sqlite:///"))
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    else:
        database = psycopg.connect(place.url)
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with closing(database):
        tables = [name for (name,) in database.execute(names).fetchall()]
        return {one: sorted(map(repr, database.execute(f'SELECT * FROM "{one}"').fetchall())) for one in tables}


def files_of(place: Place) -> dict[str, bytes]:
    """What a site keeps beside its database."""
    kept = [*(place.data / "attachments").rglob("*"), *(place.data / "imports").rglob("*"), place.data / "secret_key"]
    return {str(path.relative_to(place.data)): path.read_bytes() for path in kept if path.is_file()}


def resealed(backup: Path, **manifest):
    """With other words in its manifest, and a seal of what lies there now: what whoever can write there may do."""
    path = backup / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | manifest))
    seal = json.loads((backup / "backup.json").read_text())
    seal["stored"] = {name: vars(measured(backup / name)) for name in seal["stored"]}
    (backup / "backup.json").write_text(json.dumps(seal))


@pytest.fixture
def sites(databases, tmp_path, settings, monkeypatch, django_db_blocker):
    before = databases.count
    yield Sites(databases, tmp_path, settings, monkeypatch, django_db_blocker)
    databases.gone(before)


@pytest.fixture
def site(sites) -> Place:
    """A site with the report's data, an attachment that a row names and a file that none does."""
    from fengtai.records.models import Source

    place = sites.new("site", filled=True)
    for name in ("attachments/sources/2024/示例 公报.txt", "imports/2024/05/名录\n甲.xlsx"):
        (place.data / name).parent.mkdir(parents=True)
        (place.data / name).write_text(f"示例 {name}", "utf-8")
    with sites.at(place):
        Source.objects.create(title="示例公报", kind="news", attachment="sources/2024/示例 公报.txt")
    return place
