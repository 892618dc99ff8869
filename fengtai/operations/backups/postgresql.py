"""The site's PostgreSQL database: by pg_dump and pg_restore, which must be as new as the server."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.utils.crypto import get_random_string
from psycopg import errors

from fengtai.operations.backups.contents import Contents, connected, contents
from fengtai.operations.telling import Refused
from fengtai.values.translatable import N_

FILE = "database.dump"
# Databases that are made, looked at and dropped; then the number of the site's own and random letters. Sites may share
# a server, and a lock is known within one database alone: what another site is looking at would seem to be left behind.
SCRATCH = "fengtai_verify_{of}_"
RESTORE = "fengtai restore"  # as the server lists who is connected
OWN = "nspname <> 'information_schema' AND NOT starts_with(nspname, 'pg_')"  # schemas that are not the server's
RELATIONS = f"FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE {OWN}"
KINDS = {"r": "TABLE", "p": "TABLE", "f": "FOREIGN TABLE", "v": "VIEW", "m": "MATERIALIZED VIEW", "S": "SEQUENCE"}
# Owners and rights are those of the server that a dump is restored to.
ANYONES = ("--no-owner", "--no-privileges")


def copy_to(path: Path) -> Contents:
    """The rows that are counted are those of the dump: both look through one exported snapshot."""
    _refuse_old("pg_dump")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        # Neither a long count nor the wait for pg_dump may end it.
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        found = contents(connection)
        _run("pg_dump", "--format=custom", *ANYONES, f"--snapshot={snapshot}", f"--file={path}")
    return found


def size() -> int:
    """Bytes that a copy takes: not known before, since it is compressed."""
    return 0


def occupied_by() -> str:
    """One table, view, sequence or whatever else holds or shows rows, of any schema but the server's own; or nothing.

    What a connection has for itself alone (pg_temp_…) is among the server's own.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nspname || '.' || relname {RELATIONS} ORDER BY 1 LIMIT 1")
        found = cursor.fetchone()
    return found[0] if found else ""


def stop_left():
    """Ends what a killed restore left at work: pg_restore outlives it, and would commit in the midst of the next."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = %s",
            [RESTORE],
        )


def put_back(path: Path, prove: Callable):
    """In one transaction: all of it or nothing. `prove` is asked of it afterwards; what that refuses is taken out."""
    _refuse_old("pg_restore")
    before = set(_routines())
    _restored(path, connection)
    try:
        prove(connection)
    except Exception:
        _empty(before)
        raise


def _empty(before: set[str]):
    """Drops every relation, of which there was none, and all functions but those from before."""
    kinds = " ".join(f"WHEN '{letter}' THEN '{kind}'" for letter, kind in KINDS.items())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT format('DROP %%s IF EXISTS %%I.%%I CASCADE', CASE relkind {kinds} END, nspname, relname)"
            f" {RELATIONS} AND relkind::text = ANY(%s) ORDER BY relkind = 'S'",  # most of these go with their tables
            [[*KINDS]],
        )
        drops = [drop for (drop,) in cursor.fetchall()]
        drops += [f"DROP ROUTINE IF EXISTS {routine} CASCADE" for routine in _routines() if routine not in before]
        for drop in drops:
            cursor.execute(drop)


def _routines() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_proc.oid::regprocedure::text FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace"
            f" WHERE {OWN}"
        )
        return [routine for (routine,) in cursor.fetchall()]


@contextmanager
def scratch(path: Path) -> Iterator:
    """A connection to a database that is made from the dump, and dropped afterwards."""
    _refuse_old("pg_restore")
    with _own_database() as name:
        copied = connected(connection.settings_dict | {"NAME": name, "CONN_MAX_AGE": 0})
        try:
            _restored(path, copied)
            yield copied
        finally:
            copied.close()


def beside() -> Path:
    """Where a dump lies before it is restored."""
    return settings.DATA_DIR


def faults(copied) -> list[str]:
    """Nothing: PostgreSQL proves keys, checks and uniqueness as it restores them."""
    return []


@contextmanager
def _own_database() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        ours = SCRATCH.format(of=cursor.fetchone()[0])
        _drop_left(cursor, ours)
        name = ours + get_random_string(12, "abcdefghijklmnopqrstuvwxyz")
        # Held until this process ends: a database whose lock is free was left by one that was killed.
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        try:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        except ProgrammingError as error:
            if not isinstance(error.__cause__, errors.InsufficientPrivilege):
                raise
            raise _not_allowed() from error
        try:
            yield name
        finally:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def _drop_left(cursor, ours: str):
    cursor.execute(
        "SELECT datname FROM pg_database WHERE datname ~ %s AND pg_catalog.pg_get_userbyid(datdba) = current_user",
        [f"^{ours}[a-z]{{12}}$"],
    )
    for (name,) in cursor.fetchall():
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
        if cursor.fetchone()[0]:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def _not_allowed() -> Refused:
    told = N_(
        "%(user)s may not make a database, in which a backup is looked at: let it (ALTER ROLE … CREATEDB), or verify it"
        " with a server in DATABASE_URL where it may."
    )
    return Refused(told, user=connection.settings_dict["USER"])


def _restored(path: Path, target):
    _run("pg_restore", "--single-transaction", "--exit-on-error", *ANYONES, str(path), target=target)
    with target.cursor() as cursor:
        cursor.execute("ANALYZE")  # a dump carries no statistics, and without them plans are poor


def _run(tool: str, *arguments: str, target=connection):
    """The password goes through the environment, as Django gives it to psql."""
    flags, own = target.client.settings_to_cmd_args_env(target.settings_dict, [])
    command = [tool, *flags[1:-1], "--no-password", f"--dbname={target.settings_dict['NAME']}", *arguments]
    environment = os.environ | (own or {}) | {"LC_ALL": "C", "PGAPPNAME": RESTORE if tool == "pg_restore" else tool}
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip()
        raise Refused(N_("%(tool)s failed: %(reason)s"), tool=tool, reason=reason[:1000])


def _refuse_old(tool: str):
    connection.ensure_connection()
    server = connection.pg_version // 10_000
    try:
        told = subprocess.run([tool, "--version"], capture_output=True, text=True).stdout
    except FileNotFoundError as error:
        told = N_("%(tool)s is not installed: the client programs of PostgreSQL %(server)d or newer are needed.")
        raise Refused(told, tool=tool, server=server) from error
    version = int(re.search(r"\d+", told)[0])
    if version < server:
        told = N_("%(tool)s is of version %(version)d, the server of %(server)d: it must be as new as the server.")
        raise Refused(told, tool=tool, version=version, server=server)
