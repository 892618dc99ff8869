"""A short form of `python -m tests.hostile.twice`: forms sent twice at once, to a server of two processes."""

import subprocess

import pytest
from django.db import connection

from tests.hostile.twice.__main__ import run


@pytest.mark.parametrize("kind", ["upload", "decide"])
def test_forms_sent_twice_at_once_make_one_record_each(kind):
    ended = run(connection.vendor, 3, kind, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr[-3000:]
    assert "one record each" in ended.stdout
