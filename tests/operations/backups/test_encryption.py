"""An encrypted backup tells nothing without its key, and is never made without one that was asked for."""

import os
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.operations.backups.conftest import KEY, files_of, rows_of
from tests.operations.backups.test_backing_up import told

pytestmark = pytest.mark.one_database


@pytest.fixture
def key(sites, settings) -> str:
    """The file of a new key, named in the settings."""
    path = sites.folder / "key"
    call_command("backup_key", path)
    assert path.stat().st_mode & 0o077 == 0
    settings.BACKUP_KEY_FILE = str(path)
    return str(path)


def recipient(key: str) -> str:
    """What encrypts for a key, as its first line says."""
    return Path(key).read_text().splitlines()[0].removeprefix("# ")


@pytest.fixture
def backup(sites, site, key):
    return sites.backed_up(site)


def test_nothing_of_the_site_can_be_read_without_the_key(sites, site, backup):
    lying = [path for path in backup.rglob("*") if path.is_file()]
    for secret in (KEY, "示例公报", "示例 公报", "名录", "fengtai_source", "attachments", "PGDMP", "SQLite format 3"):
        assert not [path for path in lying if secret.encode() in path.read_bytes() or secret in path.name], secret
    assert {path.suffix for path in lying} == {".age", ".json"}
    assert list(site.data.rglob("*unfinished*")) == [], "an unencrypted copy was left"


def test_with_the_key_it_is_proved_and_restored(sites, site, backup, settings):
    there = sites.new("there")
    with sites.at(site):
        call_command("verify", backup, site=True)
    sites.restored(backup, there)
    assert (rows_of(there), files_of(there)) == (rows_of(site), files_of(site))
    # A key in the environment is the same key.
    settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = Path(settings.BACKUP_KEY_FILE).read_text(), ""
    with sites.at(site):
        call_command("verify", backup)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "name its key"),
        ("# nothing else\n", "empty"),
        ("letmein", "neither age1"),
        ("AGE-SECRET-KEY-1LETMEIN", "neither age1"),
        ("of another", "does not open"),
        ("for writing", "encrypts only"),
    ],
)
def test_without_the_right_key_it_is_refused_and_nothing_is_restored(sites, backup, key, settings, text, said):
    if text == "of another":
        call_command("backup_key", sites.folder / "other")
        text = (sites.folder / "other").read_text()
    elif text == "for writing":
        text = recipient(key)
    settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = text, ""
    there = sites.new("there")
    for command in ("restore", "verify"):
        refusal = sites.refused(there, command, backup)
        assert said in refusal
        assert "LETMEIN" not in refusal.upper()
    assert rows_of(there) == {}
    assert not (there.data / "restore-unfinished").exists()


def test_a_key_that_cannot_be_read_makes_no_unencrypted_backup(sites, site, settings):
    settings.BACKUP_KEY_FILE = str(sites.folder / "missing")
    assert "missing" in sites.refused(site, "backup", sites.folder / "backups")
    assert not (sites.folder / "backups").exists()


@pytest.mark.parametrize("mark", ["", "# "])
def test_a_server_may_hold_the_recipient_alone(sites, site, key, settings, mark):
    """Also as it stands in the file of the key."""
    settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = mark + recipient(key), ""
    backup = sites.backed_up(site)
    settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = "", key
    with sites.at(site):
        call_command("verify", backup)


@pytest.mark.parametrize("how", ["cut", "turned", "gone", "added", "swapped"])
def test_what_happened_to_the_files_is_found(sites, site, backup, how):
    seal = told(backup / "backup.json")
    name = "000001.age"
    data = bytearray((backup / name).read_bytes())
    if how == "cut":
        (backup / name).write_bytes(data[:-1])
    elif how == "turned":
        data[-20] ^= 1
        (backup / name).write_bytes(data)
    elif how == "gone":
        (backup / name).unlink()
    elif how == "added":
        name = "000009.age"
        (backup / name).write_bytes(data)
    else:
        os.replace(backup / "000002.age", backup / name)
    assert name in sites.refused(site, "verify", backup)
    assert name in seal["stored"] or how == "added"
    there = sites.new("there")
    assert name in sites.refused(there, "restore", backup)
    assert rows_of(there) == {}
    assert files_of(there).keys() <= {"secret_key"}


def test_an_unencrypted_one_in_its_place_is_refused_unless_it_is_meant(sites, site, key, settings):
    settings.BACKUP_KEY_FILE = ""
    plain = sites.backed_up(site)
    settings.BACKUP_KEY_FILE = key
    there = sites.new("there")
    for place, command in ((site, "verify"), (there, "restore")):
        refusal = sites.refused(place, command, plain)
        assert "is not encrypted" in refusal and "--unencrypted" in refusal
    assert (rows_of(there), files_of(there)) == ({}, {})
    with sites.at(site):
        call_command("verify", plain, unencrypted=True)
    sites.restored(plain, there, unencrypted=True)
    assert rows_of(there) == rows_of(site)


def test_a_key_file_is_never_written_over(sites, key):
    before = Path(key).read_text()
    with pytest.raises(Exception, match="key"):
        call_command("backup_key", key)
    assert Path(key).read_text() == before
