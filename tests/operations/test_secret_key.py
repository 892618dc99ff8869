"""The secret key of an embedded site: whole or absent, however its first start ended."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from fengtai.operations.parts import kept_secret

pytestmark = pytest.mark.one_database


def test_it_is_made_once_for_its_owner_alone(tmp_path):
    made = kept_secret(tmp_path / "site")
    assert len(made) >= 50
    assert kept_secret(tmp_path / "site") == made == (tmp_path / "site" / "secret_key").read_text()
    assert (tmp_path / "site" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["secret_key"]


def test_it_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    """Whatever ends its making leaves nothing that could be taken for a key."""

    def fsync(_descriptor):
        assert not (tmp_path / "secret_key").exists()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(os, "fsync", fsync)
        kept_secret(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", ["", "\n"])
def test_an_empty_one_is_made_anew_where_nothing_else_lies(tmp_path, left):
    (tmp_path / "secret_key").write_text(left)
    (tmp_path / ".secret_key-cut").write_text("")
    assert len(kept_secret(tmp_path)) >= 50


def test_an_empty_one_of_a_site_that_was_used_is_told(tmp_path):
    (tmp_path / "secret_key").touch()
    (tmp_path / "db.sqlite3").write_text("示例")
    with pytest.raises(ImproperlyConfigured, match="from a backup"):
        kept_secret(tmp_path)
    assert (tmp_path / "secret_key").read_text() == ""


def test_several_that_start_at_once_have_one_key(tmp_path):
    code = "from pathlib import Path; from fengtai.operations.parts import kept_secret; print(kept_secret(Path({!r})))"
    command = [sys.executable, "-c", code.format(str(tmp_path))]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).resolve().parents[2]) for _time in range(4)
    ]
    assert len({one.communicate(timeout=60)[0] for one in running}) == 1
