"""Older backups that nothing keeps are deleted: never the last good one, never what is no backup of this site."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.operations.backups.test_backing_up import told

pytestmark = pytest.mark.one_database


@pytest.fixture
def folder(sites, site) -> Path:
    """A folder with backups made 0, 2, 4 and 6 days ago by their own account."""
    for days in (6, 4, 2, 0):
        _dated(sites.backed_up(site), days)
    return sites.folder / "backups"


def _dated(backup: Path, days: int) -> Path:
    made = datetime.now(UTC) - timedelta(days=days)
    seal = told(backup / "backup.json") | {"made": made.isoformat()}
    (backup / "backup.json").write_text(json.dumps(seal))
    return backup.rename(backup.with_name(made.strftime("fengtai-%Y%m%dT%H%M%SZ")))


def ages(folder: Path) -> list[int]:
    """In days, of what is still there."""
    made = [datetime.fromisoformat(told(path / "backup.json")["made"]) for path in folder.glob("fengtai-*")]
    return sorted((datetime.now(UTC) - one).days for one in made)


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ({}, [0, 0, 2, 4, 6]),
        ({"keep": 1}, [0]),
        ({"keep": 3}, [0, 0, 2]),
        ({"keep": 9}, [0, 0, 2, 4, 6]),
        ({"keep_days": 3}, [0, 0, 2]),
        ({"keep_days": 5, "keep": 1}, [0, 0, 2, 4]),
        ({"keep_days": 1, "keep": 4}, [0, 0, 2, 4]),
    ],
)
def test_what_number_or_days_keep_stays(sites, site, folder, options, left):
    sites.backed_up(site, **options)
    assert ages(folder) == left


def test_the_last_good_one_and_what_is_no_backup_stay(sites, site, folder):
    """Damaged ones do not count, so that three of them cannot push the good one out."""
    good, *damaged = sorted(folder.iterdir())
    (damaged[0] / "backup.json").unlink()
    (damaged[1] / "manifest.json").unlink()
    (damaged[2] / "secret_key").write_text("cut")
    for name in ("notes", "fengtai-2024", "fengtai-20240423T000000Z.old", "of others"):
        (folder / name).mkdir()
    (folder / "fengtai-20240423T000000Z").write_text("a file")
    (folder / "fengtai-20240424T000000Z").symlink_to(folder / "notes", target_is_directory=True)
    before = set(folder.iterdir())
    with sites.at(site):
        call_command("backup", folder, keep=2)
        assert before < set(folder.iterdir())
        [second] = set(folder.iterdir()) - before
        call_command("backup", folder, keep=2)
    assert before - set(folder.iterdir()) == {good}
    assert second.exists()


def test_backups_of_another_site_stay(sites, site, folder, settings, monkeypatch):
    monkeypatch.setattr("tests.operations.backups.conftest.KEY", "a key of another site, as long as this one is")
    sites.backed_up(site, keep=1)
    assert ages(folder) == [0, 0, 2, 4, 6]


def test_a_clock_that_was_ahead_deletes_no_new_backup(sites, site, folder):
    for path in sorted(folder.glob("fengtai-*"))[-1:]:
        _dated(path, -400)
    new = sites.backed_up(site, keep=1)
    assert new.exists()
    assert ages(folder) == [-400, 0]
