"""Older backups that nothing keeps are deleted: never the last good one, never what is no backup of this site."""

import json
import shutil
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


def odd(text: str) -> dict:
    """Seals that no release writes, by what is odd of them."""
    seal = json.loads(text)
    stored = seal["stored"]
    return {
        "number": seal | {"made": 20240101},
        "naive": seal | {"made": "2024-01-01T00:00:00"},
        "word": seal | {"made": "yesterday"},
        "nul": seal | {"stored": {**stored, "a\0b": {"size": 1, "sha256": ""}}},
        "long": seal | {"stored": {**stored, "a" * 300: {"size": 1, "sha256": ""}}},
        "half": seal | {"stored": {**stored, "\ud800": {"size": 1, "sha256": ""}}},
        "size": seal | {"stored": {**stored, "secret_key": {"size": "1", "sha256": ""}}},
        "sha": seal | {"stored": {**stored, "secret_key": {"size": 1, "sha256": [1]}}},
        "encrypted": seal | {"encrypted": "no"},
        "more": seal | {"more": 1},
        "list": [seal],
        "stored": seal | {"stored": [1]},
    }


def test_odd_old_ones_are_told_and_end_nothing(sites, site, capsys):
    good = _dated(sites.backed_up(site), 99)
    seal = (good / "backup.json").read_text()
    texts = {how: json.dumps(one) for how, one in odd(seal).items()} | {"deep": "[" * 200_000, "digits": "9" * 5000}
    left = {}
    for number, (how, text) in enumerate(texts.items()):
        left[how] = shutil.copytree(good, good.with_name(f"fengtai-20240101T0000{number:02}Z"))
        (left[how] / "backup.json").write_text(text)
    sites.backed_up(site, keep=1)
    said, there = capsys.readouterr().err, sites.new("there")
    assert not good.exists()
    for how, path in left.items():
        assert path.exists() and f"{path.name} is no whole backup; it is not counted" in said, how
        for place, command in ((site, "verify"), (there, "restore")):
            assert "backup.json" in sites.refused(place, command, path), how


@pytest.mark.parametrize("name", ["my-notes.txt", "files/default/sources/my-notes.txt"])
def test_one_that_somebody_put_files_into_stays(sites, site, folder, capsys, name):
    oldest = min(folder.iterdir())
    (oldest / name).write_text("of somebody")
    sites.backed_up(site, keep=1)
    assert (oldest / name).exists()
    assert ages(folder) == [0, 6]
    assert oldest.name in capsys.readouterr().err


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
