"""A file that breaks off while it is sent is not taken for a shorter one that is whole."""

import csv
import io
import json
import zipfile
from contextlib import suppress

import pytest
from django.db import connection

from tests import factories

SHORT = 300  # rows, of which the first hundred are read by themselves
BEGUN = {"csv": 2, "json": 2, "jsonl": 1, "xlsx": 1}  # chunks with these, and what stands before them


class Lost(Exception):
    """The database, in the middle of a file."""


def _asked(client, extension: str) -> bytes:
    """What is sent of a file whose database is lost in the middle."""
    answer = client.get(f"/organisations/?format={extension}", headers={"accept-encoding": "identity"})
    sent = []

    def lose(execute, *asked):
        if len(sent) >= BEGUN[extension]:
            raise Lost
        return execute(*asked)

    with connection.execute_wrapper(lose), suppress(Lost):
        for chunk in answer.streaming_content:
            sent.append(chunk)  # one by one: it is lost after some
    return b"".join(sent)


@pytest.fixture
def rows(db):
    for number in range(SHORT):
        factories.organisation(name=f"示例{number}号单位")


def test_lines_end_with_one_that_says_so(client, rows):
    lines = list(csv.reader(io.StringIO(_asked(client, "csv").decode("utf-8-sig"))))
    assert 100 < len(lines) < SHORT
    assert len(lines[-1]) == 1
    assert "不完整" in lines[-1][0]
    *whole, last = map(json.loads, _asked(client, "jsonl").splitlines())
    assert all("id" in row for row in whole)
    assert (last["error"], "id" in last) == ("incomplete", False)


def test_documents_cannot_be_opened(client, rows):
    with pytest.raises(json.JSONDecodeError):
        json.loads(_asked(client, "json"))
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(_asked(client, "xlsx")))
