"""A database of one's own for processes that really commit: made, filled from the models, and dropped afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SERVER = os.environ.get("DATABASE_URL") or os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")


@contextmanager
def own_database(vendor: str, folder: Path, name: str) -> Iterator[str]:
    """The address of an empty database, which is nobody else's."""
    if vendor == "sqlite":
        yield f"sqlite:///{folder / f'{name}.sqlite3'}"
        return
    server = SERVER.rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server}/{name}"
        finally:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class NoMigrations:
    """Tables are made from the models."""

    def __contains__(self, app):
        return True

    def __getitem__(self, app):
        return None


def set_up(**more) -> None:
    """Django on DATABASE_URL, whose tables are made if they are not there; answers as in the tests."""
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengtai.settings")
    django.setup()
    settings.MIGRATION_MODULES, settings.ALLOWED_HOSTS = NoMigrations(), ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    for name, value in more.items():
        setattr(settings, name, value)
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
