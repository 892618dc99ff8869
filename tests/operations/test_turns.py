"""Threads that write at once to one SQLite file come to their turn in the order in which they asked."""

import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest
from django.db import OperationalError, connections

from fengtai.operations.backups.contents import connected
from fengtai.operations.sqlite3.turns import Turns, turn_at
from tests.sites import ROOT

pytestmark = pytest.mark.one_database


def test_turns_come_in_order_and_who_gives_up_loses_nobody_elses():
    turns, came = Turns(), []
    assert turns.take(1)

    def wait(name, seconds):
        came.append((name, turns.take(seconds)))
        if came[-1][1]:
            turns.end()

    threads = []
    for name, seconds in (("gives up", 0.05), ("first", 10), ("second", 10), ("third", 10)):
        threads.append(threading.Thread(target=wait, args=(name, seconds)))
        threads[-1].start()
        until = time.monotonic() + 5
        while len(turns.waiting) + len(came) < len(threads) and time.monotonic() < until:
            time.sleep(0.005)
    threads[0].join()
    turns.end()
    for thread in threads:
        thread.join()
    assert came == [("gives up", False), ("first", True), ("second", True), ("third", True)]
    assert turns.take(0), "a turn was left behind"


@pytest.fixture
def file(tmp_path, django_db_blocker):
    """Opens connections of their own to one file, as threads of a server have them."""
    path, opened = tmp_path / "db.sqlite3", []
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE one (n integer)")
    default = connections["default"].settings_dict

    def another():
        opened.append(connected({**default, "ENGINE": "fengtai.operations.sqlite3", "NAME": str(path)}))
        opened[-1].settings_dict["OPTIONS"] = {"timeout": 0.2, "transaction_mode": "IMMEDIATE"}
        return opened[-1]

    with django_db_blocker.unblock():
        yield another
        for each in opened:
            each.close()


def begin(connection):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def test_whoever_waits_too_long_is_told_what_sqlite_tells(file):
    one, other = file(), file()
    begin(one)
    started = time.monotonic()
    with pytest.raises(OperationalError, match="database is locked"):
        begin(other)
    assert time.monotonic() - started < 5
    one.rollback()
    one.set_autocommit(True)
    begin(other)
    other.commit()


def test_a_turn_ends_as_the_transaction_begins_and_as_it_cannot(file):
    one, other, third = file(), file(), file()
    begin(one)
    for each in (other, third):  # each waits for SQLite, not for a turn that was left behind
        with pytest.raises(OperationalError, match="database is locked"):
            begin(each)
    one.rollback()
    one.set_autocommit(True)
    begin(third)
    third.rollback()


HOLDER = """
import sys, time
from fengtai.operations.sqlite3.turns import turn_at

with turn_at(sys.argv[1], 5) as is_first:
    print(is_first, flush=True)
    sys.stdin.readline()
"""


def test_processes_stand_in_one_queue_and_a_killed_one_keeps_nobody_waiting(tmp_path):
    file = str(tmp_path / "db.sqlite3")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLDER, file], cwd=ROOT, text=True, **pipes) as other:
        assert other.stdout.readline() == "True\n"
        with turn_at(file, 0.05) as is_first:
            assert not is_first
        other.kill()
        with turn_at(file, 5) as is_first:
            assert is_first
    assert (tmp_path / "db.sqlite3-turns").stat().st_mode & 0o777 == 0o600


def test_where_no_file_can_be_made_there_is_no_queue(tmp_path):
    with turn_at(str(tmp_path / "none" / "db.sqlite3"), 1) as is_first:
        assert is_first
