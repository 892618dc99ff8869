"""Backups that were changed, that mean harm or that are of another release; what else a restore keeps and tells."""

import json
import shutil

import pytest

from fengtai.operations.backups.stores import measured
from tests.operations.backups.conftest import files_of, rows_of
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
    "name", ["files/default/../../outside", "files/other/a", "files/default/", "/etc/outside", "x"]
)
def test_a_backup_cannot_write_outside_of_the_site(sites, site, name):
    backup = sites.backed_up(site)
    manifest = told(backup / "manifest.json")
    manifest["files"][name] = manifest["files"]["secret_key"]
    (backup / "manifest.json").write_text(json.dumps(manifest))
    there = sites.new("there")
    assert name.removeprefix("files/default/") in sites.refused(there, "restore", backup)
    assert rows_of(there) == {}
    assert not list(there.data.parent.glob("**/outside*"))


def test_a_backup_cannot_read_outside_of_itself(sites, site):
    backup = sites.backed_up(site)
    manifest = told(backup / "manifest.json")
    shutil.copy(backup / "secret_key", backup.parent / "other")
    manifest["files"]["secret_key"]["stored"] = "../other"
    (backup / "manifest.json").write_text(json.dumps(manifest))
    assert "outside of its folder" in sites.refused(sites.new("there"), "restore", backup)


def test_tables_of_another_release_are_refused_unless_they_are_wanted(sites, site, capsys):
    backup = sites.backed_up(site)
    manifest = told(backup / "manifest.json")
    manifest["migrations"]["fengtai.0001_initial"] = "0" * 64
    manifest["migrations"]["fengtai.0999_later"] = ""
    (backup / "manifest.json").write_text(json.dumps(manifest))
    there = sites.new("there")
    said = sites.refused(there, "restore", backup)
    assert "fengtai.0001_initial, fengtai.0999_later" in said
    assert rows_of(there) == {}
    sites.restored(backup, there, other_schema=True)
    assert "another release" in capsys.readouterr().err
    assert rows_of(there) == rows_of(site)


def test_an_older_backup_is_told_to_need_migrating(sites, site, capsys):
    backup = sites.backed_up(site)
    manifest = told(backup / "manifest.json")
    del manifest["migrations"]["sessions.0001_initial"]
    (backup / "manifest.json").write_text(json.dumps(manifest))
    sites.restored(backup, sites.new("there"))
    assert "sessions.0001_initial" in capsys.readouterr().err


def test_a_backup_of_the_other_kind_of_database_is_told(sites, site):
    backup = sites.backed_up(site)
    manifest = told(backup / "manifest.json")
    manifest["engine"] = "oracle"
    (backup / "manifest.json").write_text(json.dumps(manifest))
    seal = told(backup / "backup.json")
    seal["stored"]["manifest.json"] = vars(measured(backup / "manifest.json"))
    (backup / "backup.json").write_text(json.dumps(seal))
    for command in ("restore", "verify"):
        assert "oracle" in sites.refused(sites.new(command), command, backup)


def test_invented_rows_stay_marked_as_such(sites, site):
    (site.data / "demo").write_text("示例")
    there = sites.restored(sites.backed_up(site), sites.new("there"))
    assert (there.data / "demo").read_text() == "示例"
