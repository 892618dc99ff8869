"""A backup names all that the site holds and lets nobody take less for it; what is told and what is refused."""

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from fengtai.records.models import Source
from tests.conftest import NAMESPACES
from tests.operations.backups.conftest import KEY, rows_of
from tests.operations.backups.under_writing import ROOT

ON_POSTGRESQL = django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
FILES = {"files/default/sources/2024/示例 公报.txt", "files/imports/2024/05/名录\n甲.xlsx"}
MOMENTS = 3 if ON_POSTGRESQL else 8  # at which something is killed
COPY = "database.dump" if ON_POSTGRESQL else "database.sqlite3"


def told(path: Path) -> dict:
    return json.loads(path.read_text())


def test_a_backup_counts_every_row_and_measures_every_file(sites, site):
    backup = sites.backed_up(site)
    manifest, seal = told(backup / "manifest.json"), told(backup / "backup.json")
    rows = {table: len(found) for table, found in rows_of(site).items() if table != "sqlite_sequence"}
    assert rows.items() <= manifest["tables"].items()
    assert rows["fengtai_source"] > 1
    assert set(manifest["files"]) == FILES | {COPY, "secret_key"}
    lying = {str(path.relative_to(backup)) for path in backup.rglob("*") if path.is_file()}
    assert lying == {*seal["stored"], "backup.json"} == {*manifest["files"], "manifest.json", "backup.json"}
    for name, measure in seal["stored"].items():
        data = (backup / name).read_bytes()
        assert measure == {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert (backup / "secret_key").read_text() == KEY
    assert [path for path in (backup, *backup.rglob("*")) if path.stat().st_mode & 0o077] == []


def test_a_file_that_a_row_names_and_the_disk_lacks_is_told_and_ends_nothing(sites, site, capsys):
    with sites.at(site):
        Source.objects.create(title="示例公报二", kind="news", attachment="sources/2024/gone.pdf")
    backup = sites.backed_up(site)
    assert told(backup / "manifest.json")["missing"] == ["files/default/sources/2024/gone.pdf"]
    assert "files/default/sources/2024/gone.pdf" in capsys.readouterr().err
    with sites.at(site):
        call_command("verify", backup)


# The room is looked at first; here it goes away only afterwards, as when another fills the disk meanwhile.
FILLED = """
import django

django.setup()
from django.core.management import call_command
from fengtai.operations.backups import making

making.refuse_small = lambda folder, needed: None
call_command("backup", "{full}")
"""


@pytest.mark.needs(NAMESPACES)
@pytest.mark.parametrize("looked", [False] if ON_POSTGRESQL else [True, False])
def test_a_full_disk_is_told_and_leaves_no_half_of_a_backup(site, tmp_path, looked):
    full = tmp_path / "full"
    full.mkdir()
    (site.data / "attachments" / "large").write_bytes(os.urandom(3_000_000))
    program = [sys.executable, "manage.py", "backup", str(full)]
    program = program if looked else [sys.executable, "-c", FILLED.format(full=full)]
    script = f'mount -t tmpfs -o size=2m none "{full}" && {{ "$@"; ended=$?; ls -A "{full}"; exit $ended; }}'
    command = [NAMESPACES, "--map-root-user", "--mount", "sh", "-c", script, "sh", *program]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert str(full) in done.stderr.strip().splitlines()[-1]
    assert ("has room for 2 MB" in done.stderr) is looked
    assert ("no room left" in done.stderr) is not looked


@pytest.mark.skipif(ON_POSTGRESQL, reason="a file is what can be copied")
def test_a_plain_copy_of_a_live_file_passes_its_check_and_lacks_rows(sites, site, tmp_path):
    """What docs/operations.md warns of."""
    with sites.at(site):
        Source.objects.create(title="示例最后一份", kind="news")  # lies in the journal beside the file
        live = Path(site.url.removeprefix("sqlite:///"))
        (tmp_path / "cp.sqlite3").write_bytes(live.read_bytes())
        call_command("backup", sites.folder / "backups")
    [backup] = (sites.folder / "backups").iterdir()
    assert _found(tmp_path / "cp.sqlite3") == ("ok", 0, 0)
    assert _found(backup / "database.sqlite3") == ("ok", 1, 1)


def _found(path: Path) -> tuple[str, int, int]:
    """What SQLite says of a file, and how often it holds the last source and its history."""
    database = sqlite3.connect(path)
    counts = [
        database.execute(f"SELECT count(*) FROM {table} WHERE title = '示例最后一份'").fetchone()[0]
        for table in ("fengtai_source", "fengtai_historicalsource")
    ]
    return database.execute("PRAGMA integrity_check").fetchone()[0], *counts


@pytest.mark.skipif(ON_POSTGRESQL, reason="a file is what can be damaged")
def test_a_damaged_database_is_found_by_the_backup_or_by_its_proof(sites, site):
    live = Path(site.url.removeprefix("sqlite:///"))
    data = bytearray(live.read_bytes())
    data[len(data) // 3 : len(data) // 3 + 40_000] = os.urandom(40_000)
    live.write_bytes(data)
    with sites.at(site), pytest.raises(CommandError):
        call_command("backup", sites.folder / "backups")
        call_command("verify", *(sites.folder / "backups").iterdir())


@pytest.mark.skipif(not ON_POSTGRESQL, reason="of PostgreSQL's own programs")
@pytest.mark.parametrize(("program", "said"), [("", "not installed"), ("echo pg_dump 9.6.1", "of version 9")])
def test_a_pg_dump_that_is_missing_or_old_is_told(sites, site, tmp_path, monkeypatch, program, said):
    (tmp_path / "bin").mkdir()
    if program:
        (tmp_path / "bin" / "pg_dump").write_text(f"#!/bin/sh\n{program}\n")
        (tmp_path / "bin" / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin" if program else str(tmp_path / "bin"))
    told_then = sites.refused(site, "backup", tmp_path / "backups")
    assert "pg_dump" in told_then and said in told_then
    assert list((tmp_path / "backups").iterdir()) == []


def test_backups_that_are_killed_leave_none_that_could_be_taken_for_one(sites, site):
    """At many moments: what bears a backup's name is whole, and the next backup clears away what does not."""
    folder = sites.folder / "backups"
    with sites.at(site):
        started = time.monotonic()
        call_command("backup", folder)
        whole = time.monotonic() - started
        for moment in range(MOMENTS):
            killed_after(whole * (moment + 1) / MOMENTS, "backup", folder)
        call_command("backup", folder)
        made = sorted(folder.iterdir())
        for backup in made:
            assert backup.name.startswith("fengtai-")
            call_command("verify", backup)
    assert 2 <= len(made) <= 2 + MOMENTS


def killed_after(seconds: float, *command):
    """Runs a command in a child that is killed (-9) so many seconds later; whether it ended before."""
    from django.db import connection

    connection.close()
    if not (child := os.fork()):
        try:
            call_command(*command, stdout=io.StringIO(), stderr=io.StringIO())
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, 9)
    _pid, status = os.waitpid(child, 0)
    return not os.WIFSIGNALED(status)
