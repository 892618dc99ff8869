"""Kills (-9) a process in every kind of write, at many moments, and tells whether anything was left half done.

`DATABASE_URL=… DATA_DIR=… python -m tests.operations.killed_writes --moments 50` prints one JSON object: for each kind
how often nothing and how often everything was on file, and whatever was neither. The database is made by the run.

Half of the moments are statements: the process ends itself before one of those that write. The others are told by the
clock, so that some lie within the commit. What is on file is told by the shape of the change: how many rows of each
table came, went and differ, which of a whole write is always the same.
"""

import argparse
import json
import os
import signal
import sys
import time

import django

from tests.moments import let_go_on, spread, until_alone

NOTHING, EVERYTHING, HALF = "nothing", "everything", "half"
# Kept beside what people write: sign-ins, and which pages that are kept are still true.
ASIDE = ("django_session", "axes_", "fengtai_generations", "fengtai_organisation_search", "sqlite_")
WRITES = ("INSERT", "UPDATE", "DELETE", "COMMIT", "RELEASE", "SAVEPOINT")
# An import says of itself that it is being taken; its worker, or whoever looks after a minute, takes that back.
BEGUN = {"fengtai_importbatch": (0, 0, 1)}
Shape = dict[str, tuple[int, int, int]]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--only", default="", help="some kinds, by words of their names, with commas between")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengtai.settings")
    django.setup()
    _make_ready()
    print(json.dumps(killed(arguments.moments, arguments.only), ensure_ascii=False))


def _make_ready() -> None:
    from django.apps import apps  # once Django is set up
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import override_settings, setup_test_environment
    from django.utils import translation

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(
        STORAGES=settings.STORAGES | {"staticfiles": plain},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        CORRECTIONS_PER_HOUR=1_000_000,
        MIGRATION_MODULES={app.label: None for app in apps.get_app_configs()},  # tables as they are now
    ).enable()
    setup_test_environment()
    translation.activate("zh-hans")
    call_command("migrate", verbosity=0, run_syncdb=True)


def killed(moments: int, only: str) -> dict:
    """Each kind is told on standard error as well, once it is through: all of them take a while."""
    from tests.operations.writes import KINDS

    found = {}
    for kind, ready in KINDS.items():
        if any(word in kind for word in only.split(",")):
            found[kind] = killed_in(ready, moments)
            print(kind, json.dumps(found[kind], ensure_ascii=False), file=sys.stderr, flush=True)
    return found


def killed_in(ready, moments: int) -> dict:
    """How one kind of write ended."""
    whole, seconds, statements = _whole(ready)
    found = {NOTHING: 0, EVERYTHING: 0, HALF: []}
    by_statement = moments // 2
    kills = [{"statement": int((moment + 0.5) * statements / by_statement)} for moment in range(by_statement)]
    kills += [{"seconds": seconds * times} for times in spread(moments - by_statement)]
    for at in kills:
        shape = _shape_left(ready, f"示例{os.urandom(4).hex()}", **at)
        outcome = NOTHING if shape in ({}, BEGUN) else EVERYTHING if shape == whole else HALF
        if outcome == HALF:
            found[HALF].append({"at": at, "left": shape, "whole": whole})
        else:
            found[outcome] += 1
    return found | {"statements": statements, "seconds": round(seconds, 3)}


def _whole(ready) -> tuple[Shape, float, int]:
    """What a whole write leaves, how long it takes, how many statements write; the first loads what it needs."""
    for _time in range(2):
        act, before = ready(f"示例{os.urandom(4).hex()}"), _rows()
        start = time.monotonic()
        written = _wait(_child(act, count=True))
        seconds = time.monotonic() - start
    shape = _difference(before, _rows())
    assert shape, "the write left nothing at all"
    return shape, seconds, written


def _shape_left(ready, name: str, *, seconds: float | None = None, statement: int | None = None) -> Shape:
    act, before = ready(name), _rows()
    pid = _child(act, statement=statement)
    if seconds is not None:
        let_go_on(pid, seconds)
        os.kill(pid, signal.SIGKILL)
    _wait(pid)
    until_alone()
    return _difference(before, _rows())


def _child(act, *, statement: int | None = None, count: bool = False) -> int:
    """A process of its own, with connections of its own, that writes; its status tells how many statements it took."""
    from django.db import connection, connections

    connections.close_all()
    if pid := os.fork():
        return pid
    status, written = 99, 0

    def before_each(execute, sql, *asked):
        nonlocal written
        if sql.lstrip().upper().startswith(WRITES):
            if written == statement:
                os.kill(os.getpid(), signal.SIGKILL)
            written += 1
        return execute(sql, *asked)

    try:
        with connection.execute_wrapper(before_each):
            act()
        status = min(written, 98) if count else 0
    finally:
        os._exit(status)


def _wait(pid: int) -> int:
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert status != 99, "the write failed by itself"
    return status


def _rows() -> dict[str, dict[str, str]]:
    """All rows of all tables, as texts."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(ASIDE) or "_search" in table:
                continue
            key = connection.introspection.get_primary_key_column(cursor, table)
            cursor.execute(f'SELECT * FROM "{table}"')
            at = [column.name if hasattr(column, "name") else column[0] for column in cursor.description].index(key)
            found[table] = {str(row[at]): repr(row) for row in cursor.fetchall()}
    return found


def _difference(before, after) -> Shape:
    """Per table how many rows came, went and differ."""
    shape = {}
    for table, rows in after.items():
        was = before[table]
        told = (
            len(rows.keys() - was.keys()),
            len(was.keys() - rows.keys()),
            sum(rows[key] != was[key] for key in rows.keys() & was.keys()),
        )
        if any(told):
            shape[table] = told
    return shape


if __name__ == "__main__":
    main()
