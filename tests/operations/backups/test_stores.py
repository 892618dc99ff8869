"""Which files a backup takes, and where it may lie."""

import os

import pytest

from tests.operations.backups.test_backing_up import COPY, FILES, told

pytestmark = pytest.mark.one_database


def test_a_pipe_among_the_files_does_not_hold_a_backup_up(sites, site):
    os.mkfifo(site.data / "attachments" / "pipe")
    (site.data / "attachments" / "round").symlink_to(site.data / "attachments", target_is_directory=True)
    assert set(told(sites.backed_up(site) / "manifest.json")["files"]) == FILES | {COPY, "secret_key"}


def test_files_of_a_folder_that_lies_elsewhere_are_kept(sites, site, tmp_path):
    (tmp_path / "large disk").mkdir()
    (tmp_path / "large disk" / "示例.pdf").write_text("示例")
    (site.data / "attachments" / "2023").symlink_to(tmp_path / "large disk", target_is_directory=True)
    assert "files/default/2023/示例.pdf" in told(sites.backed_up(site) / "manifest.json")["files"]


def test_backups_do_not_lie_among_the_files_that_are_backed_up(sites, site):
    said = sites.refused(site, "backup", site.data / "attachments" / "backups")
    assert str(site.data / "attachments" / "backups") in said
    assert not (site.data / "attachments" / "backups").exists()


def test_an_empty_database_is_no_site(sites):
    assert "nothing to back up" in sites.refused(sites.new("empty"), "backup", sites.folder / "backups")


def test_a_key_in_the_environment_is_told_to_be_kept_as_well(sites, site, capsys):
    (site.data / "secret_key").write_text("another one, which no setting names")
    backup = sites.backed_up(site)
    assert not (backup / "secret_key").exists()
    assert told(backup / "manifest.json")["secret_key"] == "environment"
    assert "SECRET_KEY" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_told(sites, site, tmp_path):
    (tmp_path / "file").write_text("")
    said = sites.refused(site, "backup", tmp_path / "file" / "backups")
    assert str(tmp_path / "file" / "backups") in said
