"""A commit that is killed leaves nothing or everything; one that is asked for by four at once is done once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = {"sqlite": 14, "postgresql": 12}  # fifty by hand: python -m tests.importing.killed_commits


@pytest.fixture
def own_database(tmp_path):
    """The address of an empty database of the test's own."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'killed.sqlite3'}"
        return
    settings = connection.settings_dict
    name = f"{settings['NAME']}_killed"
    server = f"{settings['USER']}@{settings['HOST']}:{settings['PORT'] or 5432}"
    with psycopg.connect(f"postgres://{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}"')
        yield f"postgres://{server}/{name}"
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_killed_commit_leaves_nothing_or_everything_and_is_done_once(own_database, tmp_path):
    moments = MOMENTS[connection.vendor]
    command = [sys.executable, "-m", "tests.importing.killed_commits", f"--moments={moments}", "--rows=200"]
    own = {"DATABASE_URL": own_database, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "fengtai.settings"}
    run = subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(run.stdout)
    assert found["half"] == []
    assert found["nothing"] + found["everything"] == moments
    assert found["nothing"] and found["everything"], "the moments were not spread over the commit"
    assert (found["taken_at_once"], found["on_file"]) == (1, 200), "four that commit at once take it once"
