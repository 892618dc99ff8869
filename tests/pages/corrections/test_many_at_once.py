"""Fifty readers who all press twice: fifty reports, on a database that several write at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def own_database(tmp_path):
    """The address of an empty database of the test's own."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'pressed.sqlite3'}"
        return
    settings = connection.settings_dict
    name = f"{settings['NAME']}_pressed"
    server = f"{settings['USER']}@{settings['HOST']}:{settings['PORT'] or 5432}"
    with psycopg.connect(f"postgres://{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}"')
        yield f"postgres://{server}/{name}"
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_fifty_simultaneous_double_submits_make_fifty_reports(own_database, tmp_path):
    own = {"DATABASE_URL": own_database, "DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "tests.pages.corrections.pressed_twice"]
    run = subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, check=True, stdout=subprocess.PIPE, text=True)
    assert json.loads(run.stdout) == {"answers": 100, "statuses": [302], "places": 50, "each_once": True}
