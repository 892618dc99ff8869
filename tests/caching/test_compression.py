"""What everybody may read goes out compressed, and nothing that could tell a secret by its length."""

import gzip
import re
import zlib

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import organisation

pytestmark = [pytest.mark.one_database, pytest.mark.django_db(transaction=True)]
LIST = "/organisations/"
MOMENT = re.compile(rb"\d\d:\d\d:\d\d[^\"]*")  # a file of JSON says when it was made
GZIP = {"Accept-Encoding": "br, gzip"}


@pytest.fixture(autouse=True)
def rows():
    cache.clear()
    return [organisation(name=f"示例{number}") for number in range(40)]


def told(response) -> tuple:
    return response.status_code, response.get("Content-Encoding", ""), response.get("Vary", "")


def test_a_page_is_the_same_compressed_and_plain(client):
    packed, plain = client.get(LIST, headers=GZIP), client.get(LIST)
    assert (told(packed), told(plain)) == (
        (200, "gzip", "Accept-Encoding, Cookie"),
        (200, "", "Accept-Encoding, Cookie"),
    )
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 3


def test_a_page_that_is_kept_is_kept_compressed(client):
    first = client.get(LIST, headers=GZIP)
    with CaptureQueriesContext(connection) as captured:
        again = client.get(LIST, headers=GZIP)
    assert (again.content, len(captured)) == (first.content, 1)  # the question whether anything was written


def test_each_form_of_a_page_has_a_tag_of_its_own(client):
    packed, plain = client.get(LIST, headers=GZIP)["ETag"], client.get(LIST)["ETag"]
    assert packed != plain
    answers = [
        client.get(LIST, headers={**accepted, "If-None-Match": tag}).status_code
        for accepted in (GZIP, {})
        for tag in (packed, plain)
    ]
    assert answers == [304, 200, 200, 304]


@pytest.mark.parametrize("refused", ["gzip;q=0", "br", "identity, gzip;q=0.0"])
def test_who_does_not_want_it_gets_it_plain(client, refused):
    response = client.get(LIST, headers={"Accept-Encoding": refused})
    assert told(response)[1] == ""


@pytest.mark.parametrize("format", ["csv", "json", "jsonl"])
def test_a_file_is_compressed_piece_by_piece(client, format):
    response = client.get(f"{LIST}?format={format}", headers=GZIP)
    pieces = list(response.streaming_content)
    unpacker = zlib.decompressobj(31)
    read = [unpacker.decompress(piece) for piece in pieces]
    assert told(response)[:2] == (200, "gzip")
    assert read[0] != b""  # nothing waits for what follows
    plain = b"".join(client.get(f"{LIST}?format={format}").streaming_content)
    assert MOMENT.sub(b"", b"".join(read)) == MOMENT.sub(b"", plain)


def test_a_workbook_is_compressed_already(client):
    assert told(client.get(f"{LIST}?format=xlsx", headers=GZIP))[1] == ""


def test_what_stands_behind_a_session_or_holds_a_token_is_not_compressed(client, django_user_model):
    sign_in = client.get("/admin/login/", headers=GZIP)
    client.force_login(django_user_model.objects.create_superuser("staff"))
    desk = client.get("/admin/", headers=GZIP)
    assert [told(sign_in)[:2], told(desk)[:2]] == [(200, ""), (200, "")]


def test_a_public_page_is_compressed_for_staff_too(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("staff"))
    page = client.get(LIST, headers=GZIP)
    assert (told(page)[:2], page["Cache-Control"]) == ((200, "gzip"), "private, no-cache")


def test_pages_in_large_letters_are_kept_apart_from_the_others(client):
    small = client.get(LIST).content
    client.cookies["large_text"] = "1"
    large = client.get(LIST).content
    with CaptureQueriesContext(connection) as captured:
        again = client.get(LIST).content
    del client.cookies["large_text"]
    assert (again == large, len(captured), small == large, client.get(LIST).content == small) == (True, 1, False, True)
