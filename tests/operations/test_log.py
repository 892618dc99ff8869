"""The log: one line a request with an id that the answer and the page of an error carry, and nobody's words in it."""

import json
import logging
import re

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from fengtai.operations.requests import HEADER, RequestId, id_of
from fengtai.operations.seeing.formats import JsonLines, PlainFormatter, told_fault
from fengtai.operations.seeing.log_settings import logging_in
from fengtai.pages import views
from fengtai.records.models import Source
from fengtai.review.roles import PROGRAMME_OFFICE
from partners.models import Organisation
from tests import factories
from tests.admin.admin_pages import address, form_data
from tests.operations.logged import logged
from tests.review.people import person, signed_in

pytestmark = pytest.mark.django_db
OWN_ID = re.compile(r"[0-9a-f]{32}")
HOSTILE_IDS = (
    "a" * 65,
    "short",
    "abcdefgh\r\nSet-Cookie: x=1",
    "abcdefgh\n{}",
    "<script>alert(1)</script>",
    "示例示例示例",
)
HOSTILE_IDS += ("x" * 100_000, "../../etc/passwd", "abcdefgh ", "", "%0d%0aabcdefgh", "a\0bcdefgh")


def test_a_request_is_one_line_with_what_it_cost():
    firm = factories.organisation(name="示例公司", state="published")
    user = person("示例员工", PROGRAMME_OFFICE)
    client = signed_in(user)
    with logged() as log:
        answer = client.get(address(Organisation, "change", firm.pk))
    [line] = log.requests()
    assert OWN_ID.fullmatch(line["request_id"]) and line["request_id"] == answer[HEADER]
    assert (line["method"], line["status"], line["user"]) == ("GET", 200, user.pk)
    assert (line["path"], line["address"]) == (address(Organisation, "change", firm.pk), "127.0.0.1")
    assert line["view"] == "admin:partners_organisation_change"
    assert 0 < line["query_ms"] <= line["ms"] and line["queries"] > 3
    assert {*line} == {
        *("time", "level", "logger", "message", "request_id", "method", "path", "status", "ms", "queries", "query_ms"),
        *("view", "address", "user"),
    }


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_kept_says_so_and_which_it_is():
    factories.organisation(name="示例公司", state="published")
    with logged() as log:
        for _time in range(2):
            Client().get("/organisations/")
    made, kept = log.requests()
    assert [(line["view"], line["kept"]) for line in (made, kept)] == [
        ("organisations", False),
        ("organisations", True),
    ]
    assert made["queries"] > kept["queries"]
    assert made["request_id"] != kept["request_id"]
    with logged(kept=False) as log:
        Client().get("/organisations/")
        Client().get("/organisations/?q=示例")
    assert [line["kept"] for line in log.requests()] == [False]


def test_what_was_typed_into_an_address_is_not_in_the_log():
    user = person("示例员工", PROGRAMME_OFFICE)
    asked = {"q": "王芳 13800138000", "industry": "1", "示例": "x", "next": "/x?q=李雷"}
    with logged() as log:
        signed_in(user).get(address(Organisation, "changelist"), asked)
        Client().get("/organisations/", asked)
        Client().get("/organisations/王芳-13800138000/wang.fang@example.com/\r\n\u2028{}")
        Client().get("/search/", asked)
    text = log.getvalue()
    assert [secret in text for secret in ("王芳", "李雷", "13800138000", "wang.fang@", "%E7%8E%8B")] == [False] * 5
    assert log.requests()[1]["asked"] == ["q", "industry", "next"]
    assert len([*log.lines()]) == len(text.splitlines())


SECRETS = ("口令-Kx7!mq2Z", "13912345678", "fang@example.com", "示例联系人")


def test_no_password_cookie_or_contact_is_in_the_log():
    user = person("示例员工", PROGRAMME_OFFICE)
    client = signed_in(user)
    session = client.cookies["sessionid"].value
    path = address(Organisation, "add")
    contact = {"contacts-TOTAL_FORMS": 1, "contacts-0-name": "示例联系人", "contacts-0-telephone": "13912345678"}
    contact |= {"contacts-0-email": "fang@example.com", "contacts-0-id": ""}
    with logged() as log:
        Client().post(reverse("admin:login"), {"username": user.username, "password": SECRETS[0]})
        Client().post(reverse("admin:login"), {"username": SECRETS[0], "password": "x"})
        client.post(
            reverse("password_change"), {"old_password": SECRETS[0], "new_password1": "x", "new_password2": "y"}
        )
        client.post(path, form_data(client.get(path)) | {"name": "示例新公司"} | contact)
        Client().post(path, {"name": "示例新公司", "sign_in-username": "x", "sign_in-password": SECRETS[0]} | contact)
        client.post(address(Source, "add"), {"title": "x", "attachment": ContentFile(b"x", "示例联系人.pdf")})
        Client(enforce_csrf_checks=True).post(path, contact, HTTP_COOKIE=f"sessionid={session}")
        client.get("/admin/attachments/示例联系人.pdf")
    text = log.getvalue()
    assert len(log.requests()) == 9
    assert [secret for secret in (*SECRETS, session, user.password) if secret in text] == []


@pytest.mark.parametrize("plain", [False, True])
def test_a_fault_is_told_with_its_place_and_its_id_and_without_the_row(monkeypatch, plain):
    password, telephone, email, name = SECRETS

    def fails(request):
        try:
            raise IntegrityError(f"UNIQUE constraint failed\nDETAIL:  Key (name)=({name})\nexists: {telephone}")
        except IntegrityError as error:
            raise RuntimeError(f"{email}, password='{password}'; cookie: abc\nforged line") from error

    monkeypatch.setattr(views, "render", lambda request, *rest: fails(request))
    with logged(plain=plain) as log:
        answer = Client(raise_request_exception=False).get("/en/")
    text, number = log.getvalue(), answer[HEADER]
    assert answer.status_code == 500 and number in answer.content.decode()
    assert [secret for secret in SECRETS if secret in text] == []
    assert ("UNIQUE constraint failed" in text, "RuntimeError" in text, "in fails" in text) == (True, True, True)
    assert "\nforged" not in text
    if not plain:
        [line] = log.lines("django.request")
        assert (line["request_id"], line["path"], line["view"], line["level"]) == (number, "/en/", "home", "ERROR")
        assert "request" not in line
        assert log.requests()[0]["status"] == 500


def test_the_detail_of_postgresql_is_cut_off():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite quotes no rows")
    name = SECRETS[3]  # not written in the lines of the traceback
    User.objects.create_user(name)
    with pytest.raises(IntegrityError) as raised:
        User.objects.create_user(name)
    told = told_fault(raised.value)
    assert (name in str(raised.value), name in told, "duplicate key" in told) == (True, False, True)


@pytest.mark.parametrize("start", ["", "/en"])
def test_pages_of_errors_carry_the_number_in_both_languages(monkeypatch, start):
    words = "Number of this request" if start else "本次请求编号"
    refused = Client(enforce_csrf_checks=True).post(f"{start}/admin/login/", {"username": "x"})
    monkeypatch.setattr(views, "render", lambda *rest: 1 / 0)
    failed = Client(raise_request_exception=False).get(f"{start}/")
    for answer, status in ((refused, 403), (failed, 500)):
        page = answer.content.decode()
        assert (answer.status_code, words in page) == (status, True)
        assert f"<code>{answer[HEADER]}</code>" in page and answer["Cache-Control"] == "no-store"


def test_an_id_of_a_proxy_is_taken_only_behind_one_and_only_if_it_is_safe(settings):
    given = "5f0c2f0e-8a0b-4b8e-9d6c-0123456789ab"
    assert OWN_ID.fullmatch(Client().get("/api/openapi.json", HTTP_X_REQUEST_ID=given)[HEADER])
    settings.TRUSTED_PROXIES = 1
    assert Client().get("/api/openapi.json", HTTP_X_REQUEST_ID=given)[HEADER] == given
    for hostile in HOSTILE_IDS:
        answer = Client().get("/nowhere/", HTTP_X_REQUEST_ID=hostile)
        assert OWN_ID.fullmatch(answer[HEADER]), hostile
        assert answer.status_code == 404


def test_an_answer_that_is_sent_piece_by_piece_is_told_at_its_end():
    def pieces():
        yield b"one"
        Organisation.objects.count()
        logging.getLogger("fengtai.test").warning("within")
        yield b"two"

    closed = []
    with logged() as log:
        whole = sent_with_match(pieces, closed)
        assert (b"".join(whole.streaming_content), log.requests()) == (b"onetwo", [])
        whole.close()
        whole.close()
    [within] = log.lines("fengtai.test")
    [line] = log.requests()
    assert (line["queries"], "broken_off" in line, within["request_id"]) == (1, False, line["request_id"])
    with logged() as log:
        broken = sent_with_match(pieces, closed)
        next(iter(broken.streaming_content))
        broken.close()
        never = sent_with_match(pieces, closed)
        never.close()
    assert [line["broken_off"] for line in log.requests()] == [True, True]
    assert len(closed) >= 3


def sent_with_match(pieces, closed):
    def answer(request):
        request.resolver_match = resolve("/")
        made = StreamingHttpResponse(pieces())
        made._resource_closers.append(lambda: closed.append(True))
        return made

    return RequestId(answer)(RequestFactory().get("/"))


def test_a_download_is_told_once_with_all_its_statements():
    factories.organisation(name="示例公司", state="published")
    with logged() as log:
        answer = Client().get("/organisations/?format=csv")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    [line] = log.requests()
    assert "示例公司".encode() in body and line["status"] == 200 and line["asked"] == ["format"]


def test_a_slow_statement_is_told_without_its_values(settings):
    factories.organisation(name="示例联系人", state="published")
    with logged() as log:
        Client().get("/organisations/?q=示例联系人")
    assert log.lines("fengtai.slow") == []  # none takes a second
    settings.SLOW_QUERY_MS = 0
    with logged() as log:
        Client().get("/organisations/?q=联系人示例")
    assert log.lines("fengtai.slow") == []  # turned off
    settings.SLOW_QUERY_MS = 1e-6
    with logged() as log:
        Client().get("/organisations/?q=示例联系")
        user = person("示例员工", PROGRAMME_OFFICE)
        signed_in(user).get(address(Organisation, "changelist"), {"q": "示例联系人"})
    told = log.lines("fengtai.slow")
    assert len(told) > 5 and all(line["sql"] and line["ms"] >= 0 and line["request_id"] for line in told)
    assert {line["view"] for line in told} >= {"organisations"}
    assert "示例联" not in log.getvalue() and "params" not in log.getvalue()


def test_a_literal_in_a_statement_is_hidden(settings):
    settings.SLOW_QUERY_MS = 1e-6

    def asks(request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'it''s 示例联系人', 1")
        return views.bad_request(request, None)

    with logged() as log:
        RequestId(asks)(RequestFactory().get("/"))
    assert log.lines("fengtai.slow")[0]["sql"] == "SELECT '?', 1"


def test_plain_lines_are_for_people_and_no_value_begins_one(settings):
    with logged(plain=True) as log:
        Client().get("/nowhere/")
        logging.getLogger("fengtai.test").warning("one\ntwo\u2028%s", "three\r\nfour", extra={"path": "/x\ny"})
    request, refused, own = log.getvalue().splitlines()
    number = r"\[[0-9a-f]{32}\]"
    assert re.fullmatch(rf"WARNING django.request: {number} Not Found: /nowhere/", refused)
    assert re.fullmatch(rf"INFO fengtai.requests: {number} request method=GET path=/nowhere/ status=404 .*", request)
    assert own == "WARNING fengtai.test: one two three four path=/x y"


@pytest.mark.parametrize(
    ("headers", "status"), [({"HTTP_HOST": "evil.example\n"}, 400), ({"HTTP_USER_AGENT": "x" * 10**6}, 404)]
)
def test_hostile_headers_make_no_line_of_their_own(headers, status):
    with logged() as log:
        answer = Client().get("/nowhere/", **headers)
    assert answer.status_code == status and OWN_ID.fullmatch(answer[HEADER])
    assert max(len(line) for line in log.getvalue().splitlines()) < 20_000
    assert [line["status"] for line in log.requests()] == [status]


def test_half_a_character_breaks_no_line():
    """Asked of the formats themselves: the runner of tests would hand on what was logged, and fail on it."""
    record = logging.makeLogRecord({"msg": "half \ud800 a character", "levelno": logging.WARNING})
    for formatter in (PlainFormatter(), JsonLines()):
        assert "half ? a character" in formatter.format(record)


def test_nothing_is_read_for_the_log():
    """Nobody signed in is looked up, and no statement is asked, for the sake of a line."""
    factories.organisation(name="示例公司", state="published")
    client = signed_in(person("示例员工", PROGRAMME_OFFICE))
    client.get("/sources/")
    counts = []
    for is_logged in (False, True):
        logging.getLogger("fengtai.requests").setLevel(logging.INFO if is_logged else logging.ERROR)
        with CaptureQueriesContext(connection) as asked:
            client.get("/api/openapi.json"), Client().get("/organisations/?sort=name")
        counts.append(len(asked))
        factories.organisation(state="published")
    logging.getLogger("fengtai.requests").setLevel(logging.NOTSET)
    assert counts[0] == counts[1]


def test_the_settings_choose_the_format_and_the_lines():
    told = logging_in("json", level="WARNING", requests="made")
    assert told["handlers"]["console"]["formatter"] == "json" and told["loggers"]["fengtai.requests"]["level"] == "INFO"
    assert logging_in("plain", level="INFO", requests="none")["loggers"]["fengtai.requests"]["level"] == "WARNING"
    assert json.dumps(told)


def test_an_id_is_made_anew_each_time():
    request = RequestFactory().get("/")
    assert len({id_of(request) for _time in range(100)}) == 100
