"""Many clerks save at once at one SQLite file and none is told that it is locked: the short form of `make writers`."""

import pytest

from tests.load.writers import write_all
from tests.sites import copy, passwords_in

pytestmark = pytest.mark.one_database
WRITERS, TIMES = 4, 4
MOST = 30.0  # seconds: how quick it is `make writers` measures, on a machine that does nothing else


def test_many_writers_at_one_sqlite_file_lose_nothing(begun_site, tmp_path):
    password = passwords_in(copy(begun_site, tmp_path / "data"))["staff"]
    outcome = write_all(tmp_path / "data", password, WRITERS, TIMES)
    assert outcome.is_good(WRITERS * TIMES, MOST), outcome
