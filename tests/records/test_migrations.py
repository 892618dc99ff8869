"""The migrations say what the models say, name no module of ours, and leave the rest to the step after migrating."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from fengtai.apps import complete_tables
from partners.models import Organisation

OURS = tuple(f"{subject}_" for subject in settings.SUBJECTS)
ROOT = Path(__file__).resolve().parents[2]
SQLITE = connection.vendor == "sqlite"
KINDS = {  # of what stands beside the columns, by name; Django's own names hold a digest
    "sqlite": "SELECT type || ' ' || name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    "postgresql": "SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = 'public'"
    " UNION ALL SELECT 'trigger ' || t.tgname FROM pg_trigger t WHERE NOT tgisinternal"
    " UNION ALL SELECT 'constraint ' || conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
}


@pytest.fixture
def migrated(tmp_path, django_db_blocker):
    """A connection to a database that the migrations alone made."""
    with django_db_blocker.unblock():
        name = str(tmp_path / "migrated.sqlite3") if SQLITE else f"{connection.settings_dict['NAME']}_migrated"
        if not SQLITE:
            _outside(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
        command = [sys.executable, "-c", MIGRATE, name]
        subprocess.run(command, cwd=ROOT, env=os.environ, check=True, capture_output=True, text=True, timeout=300)
        connections.databases["migrated"] = {**connection.settings_dict, "NAME": name}
        try:
            yield connections["migrated"]
        finally:
            connections["migrated"].close()
            del connections["migrated"], connections.databases["migrated"]
            if not SQLITE:
                _outside(f'DROP DATABASE "{name}"')


MIGRATE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "fengtai.settings"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("migrate", verbosity=0, check_unapplied=True)
"""


def _outside(*statements: str):
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.django_db
def test_what_the_migrations_make_is_what_tests_run_on(migrated):
    """Tests make their tables from the models; this one proves that a site has the same."""
    assert _columns(migrated) == _columns(connection)
    assert _names(migrated) == _names(connection)


def _columns(made) -> dict:
    with made.cursor() as cursor:
        tables = [name for name in made.introspection.table_names(cursor) if name.startswith(OURS)]
        found = {}
        for table in tables:
            described = made.introspection.get_table_description(cursor, table)
            found[table] = {(c.name, c.type_code, c.internal_size, c.null_ok, c.collation) for c in described}
    return found


def _names(made) -> set[str]:
    with made.cursor() as cursor:
        cursor.execute(KINDS[made.vendor])
        return {name for (name,) in cursor.fetchall() if "django_migrations" not in name}


def test_migrations_name_no_module_of_ours():
    """They would freeze where a module lies: values are written plainly."""
    for subject in settings.SUBJECTS:
        paths = [path for path in (ROOT / subject / "migrations").glob("*.py") if path.name != "__init__.py"]
        assert len(paths) >= 1
        for path in paths:
            code = path.read_text("utf-8")
            modules = "|".join(settings.SUBJECTS)
            assert re.findall(rf"^(?:import|from) (?:{modules})\b.*", code, re.MULTILINE) == [], path.name
            assert re.findall(rf"(?<!['\"])\b(?:{modules})\.\w+\.\w+", code) == [], path.name


@pytest.mark.django_db
def test_the_step_after_migrating_finds_nothing_to_do_twice():
    complete_tables("default")
    with CaptureQueriesContext(connection) as asked:
        complete_tables("default")
    assert [query["sql"] for query in asked if re.match("CREATE|DROP|ALTER|INSERT", query["sql"])] == []


@pytest.mark.django_db
def test_what_a_table_lost_is_put_back():
    """Django makes a table anew on SQLite to alter it, and drops its triggers."""
    table = Organisation._meta.db_table
    lost = [f"DROP INDEX {table}_doubtful"]
    watches = [re.fullmatch(f"trigger (generation_insert_[0-9a-f]+_{table})", name) for name in _names(connection)]
    [watch] = [found[1] for found in watches if found]
    if SQLITE:
        lost += [f"DROP TRIGGER {table}_search_update", f"DROP TRIGGER {watch}"]
    else:
        lost += [f"ALTER TABLE {table} DROP COLUMN search_vector", f"DROP TRIGGER {watch} ON {table}"]
    before = _names(connection)
    with connection.cursor() as cursor:
        for statement in lost:
            cursor.execute(statement)
    assert _names(connection) != before
    complete_tables("default")
    assert _names(connection) == before
