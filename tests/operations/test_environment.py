"""Settings as the environment says them: an empty value is none, and what cannot be read is refused by its name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from fengtai.operations.backups.contents import connected
from fengtai.operations.backups.marks import Mark
from fengtai.operations.environment import Environment
from fengtai.operations.reaching import refuse_missing_database
from fengtai.operations.telling import Refused

pytestmark = pytest.mark.one_database
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def env(monkeypatch):
    """Reads one setting that stands in the environment as told."""

    def read(text: str) -> Environment:
        monkeypatch.setenv("ASKED", text)
        return Environment()

    return read


@pytest.mark.parametrize("text", ["yess", "开", "2", "y e s"])
def test_what_is_neither_on_nor_off_is_refused(env, text):
    with pytest.raises(ImproperlyConfigured, match=f"设置 ASKED 的值“{text}”.* / ASKED is"):
        env(text).flag("ASKED", True)


def test_an_empty_value_is_none(env):
    for text in ("", " "):
        found = env(text)
        assert (found.flag("ASKED", True), found.flag("ASKED", False)) == (True, False)
        assert (found.number("ASKED", 5), found.text("ASKED", "x"), found.names("ASKED", ["a"])) == (5, "x", ["a"])
        assert found.one_of("ASKED", ("a", "b"), "b") == "b"


@pytest.mark.parametrize(("text", "is_on"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("No", False)])
def test_words_for_on_and_off(env, text, is_on):
    assert env(text).flag("ASKED", not is_on) is is_on


@pytest.mark.parametrize("text", ["-1", "0", "x", "1.5", "٣", "1e3"])
def test_what_is_no_number_or_too_small_is_refused(env, text):
    with pytest.raises(ImproperlyConfigured, match="ASKED"):
        env(text).number("ASKED", 5, least=1)


def test_addresses_networks_and_words_are_read_or_refused(env):
    assert env("10.1.0.0/16, ::1").networks("ASKED") == ["10.1.0.0/16", "::1"]
    assert env("https://a.example").address("ASKED") == "https://a.example"
    for read in ("networks", "address"):
        with pytest.raises(ImproperlyConfigured, match="ASKED"):
            getattr(env("a.example"), read)("ASKED")
    with pytest.raises(ImproperlyConfigured, match="json"):
        env("xml").one_of("ASKED", ("plain", "json"), "plain")


def test_an_address_of_a_database_that_is_none_is_refused_without_what_it_holds(env):
    with pytest.raises(ImproperlyConfigured, match="ASKED") as refusal:
        env("secret").database("ASKED", "sqlite:///x")
    assert "password@" in str(refusal.value) and "secret" not in str(refusal.value)
    assert env("").database("ASKED", "sqlite:///x")["NAME"] == "x"


def served(folder: Path, **own: str) -> str:
    """What a server of WSGI says that loads the site."""
    clean = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")}
    own = {**clean, "DATA_DIR": str(folder), "RELEASE_DUE": "0", **own}
    run = subprocess.run(
        [sys.executable, "-c", "import fengtai.wsgi"], cwd=ROOT, env=own, capture_output=True, text=True
    )
    return run.stderr if run.returncode else ""


def test_what_must_not_be_served_is_refused_by_the_server_as_well(tmp_path, settings):
    assert served(tmp_path) == ""
    assert "TRAIL_DAYS is 30" in served(tmp_path, TRAIL_DAYS="30")
    settings.DATA_DIR = tmp_path
    Mark.here().path.write_text('{"backup": "/b/fengtai-1"}', "utf-8")
    assert "manage.py restore /b/fengtai-1" in served(tmp_path)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_in_production_nothing_starts_without_key_and_names(tmp_path, missing):
    own = {"PRODUCTION": "1", "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "a.example", "WARM_UP": "0"}
    assert served(tmp_path, **own) == ""
    assert f"{missing} is empty" in served(tmp_path, **{**own, missing: ""})


def test_what_only_the_machine_knows_is_in_no_image_and_no_commit():
    """`docker build` and podman leave out what stands here; a link to another file would be one name of one line."""
    kept_out = {*(ROOT / ".dockerignore").read_text("utf-8").split()}
    assert {
        ".git",
        "var",
        ".venv*",
        "**/.env",
        *(f"deploy/containers/{name}" for name in ("environment", "tls")),
    } <= kept_out
    unknown = {*(ROOT / ".gitignore").read_text("utf-8").split()}
    assert {f"deploy/containers/{name}" for name in ("environment", "tls/", ".env")} <= unknown


@pytest.mark.django_db
def test_a_folder_of_data_that_is_not_there_yet_is_made_and_a_lost_one_told(tmp_path, settings, monkeypatch):
    settings.DATA_DIR = tmp_path / "new" / "data"
    with monkeypatch.context() as patched:
        patched.setattr(connection, "ensure_connection", lambda: None)
        refuse_missing_database()
    assert settings.DATA_DIR.is_dir()
    lost = connected(Environment().db_url_config(f"sqlite:///{tmp_path}/nowhere/db.sqlite3"))
    monkeypatch.setattr("fengtai.operations.reaching.connection", lost)
    with pytest.raises(Refused, match=f"mkdir -p {tmp_path}/nowhere"):
        refuse_missing_database()
