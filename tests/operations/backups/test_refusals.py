"""Backups that were changed, that mean harm or that are of another release; what else a restore keeps and tells."""

import json
import shutil

import pytest
from django.db import connection

from fengtai.operations.backups.stores import measured
from tests.operations.backups.conftest import files_of, resealed, rows_of
from tests.operations.backups.test_backing_up import told

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("broken", ["database", "file", "count"])
def test_a_backup_that_was_changed_is_refused_and_leaves_an_empty_place(sites, site, broken):
    backup = sites.backed_up(site)
    manifest = told(backup / "manifest.json")
    if broken == "count":
        del manifest["files"]["files/imports/2024/05/名录\n甲.xlsx"]["sha256"]
        (backup / "manifest.json").write_text(json.dumps(manifest))
    else:
        name = next(name for name in manifest["files"] if name.startswith(broken))
        data = bytearray((backup / name).read_bytes())
        data[len(data) // 2] ^= 1
        (backup / name).write_bytes(data)
    there = sites.new("there")
    assert "backup" in sites.refused(there, "restore", backup)
    assert rows_of(there) == {}
    assert files_of(there).keys() <= {"secret_key"}
    assert not (there.data / "restore-unfinished").exists()
    sites.refused(site, "verify", backup)


@pytest.mark.parametrize(
    "name",
    [
        "files/default/../../outside",
        "files/other/outside",
        "files/default/",
        "/etc/outside",
        "x",
        "files/default/outside/../sources/2024/示例 公报.txt",
        "files/default/sources/2024/示例 公报.txt/outside",
    ],
)
def test_a_backup_cannot_write_outside_of_its_places(sites, site, name):
    backup = sites.backed_up(site)
    files = told(backup / "manifest.json")["files"]
    resealed(backup, files={**files, name: files["secret_key"]})
    there = both_refuse(sites, site, backup, name.removeprefix("files/default/"))
    assert not list(there.data.parent.glob("**/outside*"))


@pytest.mark.parametrize("lies", ["../other", "missing"])
def test_a_backup_cannot_read_outside_of_itself(sites, site, lies):
    backup = sites.backed_up(site)
    shutil.copy(backup / "secret_key", backup.parent / "other")
    files = told(backup / "manifest.json")["files"]
    files["secret_key"]["stored"] = lies
    resealed(backup, files=files)
    both_refuse(sites, site, backup, "secret_key")
    seal = told(backup / "backup.json")
    seal["stored"][lies] = seal["stored"].pop("secret_key")
    (backup / "secret_key").unlink()
    (backup / "backup.json").write_text(json.dumps(seal))
    both_refuse(sites, site, backup, lies)


def test_a_file_that_only_the_seal_was_adjusted_to_is_refused(sites, site):
    backup = sites.backed_up(site)
    (backup / "secret_key").write_text("a key of somebody else")
    resealed(backup)
    both_refuse(sites, site, backup, "secret_key")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("foreign", "notes.txt"),
        ("unnamed", "notes.txt"),
        ("database", "database."),
        ("key", "secret_key"),
        ("counts", "fengtai_source"),
        ("migrations", "migrations"),
        ("rows", "sources/2024"),
    ],
)
def test_what_is_not_whole_is_not_restored(sites, site, how, said):
    """`verify` and `restore` ask the same question."""
    backup = sites.backed_up(site)
    manifest = told(backup / "manifest.json")
    if how in ("foreign", "unnamed"):
        (backup / "notes.txt").write_text("of somebody")
    if how == "unnamed":
        seal = told(backup / "backup.json")
        seal["stored"]["notes.txt"] = vars(measured(backup / "notes.txt"))
        (backup / "backup.json").write_text(json.dumps(seal))
    elif how in ("database", "key", "rows"):
        name = next(one for one in manifest["files"] if said in one)
        lying = manifest["files"].pop(name)["stored"]
        (backup / lying).unlink()
        seal = told(backup / "backup.json")
        del seal["stored"][lying]
        (backup / "backup.json").write_text(json.dumps(seal))
    elif how == "counts":
        manifest["tables"]["fengtai_source"] += 1
    elif how == "migrations":
        del manifest["migrations"]["sessions.0001_initial"]
    if how != "foreign":
        resealed(backup, **manifest)
    both_refuse(sites, site, backup, said)


def both_refuse(sites, site, backup, said: str):
    there = sites.new(f"there {sites.databases.count}")
    for place, command in ((site, "verify"), (there, "restore")):
        assert said in sites.refused(place, command, backup)
    assert rows_of(there) == {}
    assert files_of(there).keys() <= {"secret_key"}
    assert not (there.data / "restore-unfinished").exists()
    return there


ODD = [
    {"tables": [1]},
    {"tables": {"a": "1"}},
    {"made": 1},
    {"made": "2024-01-01"},
    {"missing": [None]},
    {"migrations": {"a": 1}},
    {"files": {"a\0b": {"size": 1, "sha256": "", "stored": "a"}}},
    {"files": {"secret_key": {"size": 1, "sha256": "", "stored": 1}}},
    {"secret_key": None},
]


def test_odd_manifests_are_told(sites, site):
    backup = sites.backed_up(site)
    before = told(backup / "manifest.json")
    for odd in ODD:
        resealed(backup, **before | odd)
        both_refuse(sites, site, backup, "manifest.json")
    (backup / "manifest.json").write_text("[" * 200_000)
    seal = told(backup / "backup.json")
    seal["stored"]["manifest.json"] = vars(measured(backup / "manifest.json"))
    (backup / "backup.json").write_text(json.dumps(seal))
    both_refuse(sites, site, backup, "manifest.json")


def test_tables_of_another_release_are_refused_unless_they_are_wanted(sites, site, capsys):
    backup = sites.backed_up(site)
    migrations = told(backup / "manifest.json")["migrations"]
    resealed(backup, migrations={**migrations, "fengtai.0001_initial": "0" * 64})
    there = sites.new("there")
    assert "fengtai.0001_initial" in sites.refused(there, "restore", backup)
    assert rows_of(there) == {}
    sites.restored(backup, there, other_schema=True)
    assert "another release" in capsys.readouterr().err
    assert rows_of(there) == rows_of(site)


def test_an_older_backup_is_told_to_need_migrating(sites, site, capsys):
    with sites.at(site), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    sites.restored(sites.backed_up(site), sites.new("there"))
    assert "sessions.0001_initial" in capsys.readouterr().err


def test_a_backup_of_the_other_kind_of_database_is_told(sites, site):
    backup = sites.backed_up(site)
    resealed(backup, engine="oracle")
    for command in ("restore", "verify"):
        assert "oracle" in sites.refused(sites.new(command), command, backup)


def test_invented_rows_stay_marked_as_such(sites, site):
    (site.data / "demo").write_text("示例")
    there = sites.restored(sites.backed_up(site), sites.new("there"))
    assert (there.data / "demo").read_text() == "示例"
