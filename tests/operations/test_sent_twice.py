"""A short form of `python -m tests.hostile.twice`: forms sent twice at once, to a server of two processes."""

import subprocess

from django.db import connection

from tests.hostile.twice.__main__ import run

KINDS = ("decide about a pair", "upload a workbook")


def test_forms_sent_twice_at_once_make_one_record_each():
    ended = run(connection.vendor, 3, ",".join(KINDS), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr[-3000:]
    told = [f"{connection.vendor}: {kind}: 3 pairs; one record each" for kind in KINDS]
    assert sorted(ended.stdout.splitlines()) == told
