"""A short form of `python -m tests.hostile`, whose requests go to every address, and of what it puts on a socket."""

import threading
import time
import urllib.request

import pytest

from tests.hostile import running, sockets
from tests.hostile.asking import Answer, Sent
from tests.hostile.forms import forms_of
from tests.hostile.judging import faults
from tests.hostile.kinds import HISTORY, KINDS
from tests.hostile.running import Report
from tests.hostile.world import make_small_world
from tests.sites import site_with

NOSNIFF = [("X-Content-Type-Options", "nosniff"), ("Content-Type", "text/html; charset=utf-8")]


def answer(body: bytes = b"", status: int = 200, **headers: str) -> Answer:
    return Answer(status, [*NOSNIFF, *headers.items()], body, 0.1)


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files")
def test_no_hostile_request_comes_to_a_fault(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    make_small_world()
    report = running.run(2, 1, 13, Report(), one_in=6)
    assert report.faults == []
    assert min(report.sent[kind] for kind in KINDS) > 5
    assert {*running.run(1, 1, 13, Report(), one_in=12, kinds=[HISTORY]).sent} == {HISTORY}, "a part was asked for"


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files")
def test_it_is_told_when_only_the_page_to_sign_in_is_asked(settings, monkeypatch):
    """As after half an hour of public addresses, which end a session of staff."""
    settings.ALLOWED_HOSTS = ["testserver"]
    make_small_world()
    monkeypatch.setattr(running, "cookies_of", lambda user: "sessionid=ended")
    report = running.run(1, 1, 13, Report(), one_in=60)
    assert report.faults and {*report.faults} == {"staff do not come in: 302"}


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (answer(status=500), "status 500"),
        (answer(b"<p>zqa<zqb></p>"), "holds b'<zqb'"),
        (answer(b'<a title="zqc"zqd">'), "holds b'zqc\"zqd'"),
        (answer(b'<a href="JavaScript:zqalert(1)">'), "runs b'href="),
        (answer(b"<pre>Traceback (most recent call last)"), "holds b'Traceback"),
        (answer(status=302, Location="//evil.example"), "leads to"),
        (answer(status=302, Location="/\\evil.example"), "leads to"),
        (answer(status=302, Location="https:evil.example"), "leads to"),
        (answer(b'<a href="//evil.zqhost.example/">'), "links to"),
        (answer(b'<form action="/&#9;/evil.zqhost.example/">'), "links to"),
        (answer(**{"X-Zq-Injected": "1"}), "header"),
        (answer(**{"X-A": "1\r\nX-B: 2"}), "header"),
        (Answer(200, NOSNIFF, b"", 3.1), "3.1 s"),
        (Answer(200, NOSNIFF[1:], b"", 0), "no nosniff"),
    ],
)
def test_what_must_not_be_is_seen(told, found):
    assert [fault[: len(found)] for fault in faults(Sent("/partners/?q=1"), told)] == [found]


def test_what_may_be_is_no_fault():
    escaped = answer(b"<p>zqa&lt;zqb&gt;zqc&quot;zqd&#x27;zqe")
    within = answer(b'<a href="/en///evil.zqhost.example"><a href="/%2Fevil.zqhost.example/">')
    for told in (escaped, within, answer(status=302, Location="/admin/?next=//evil")):
        assert faults(Sent("/partners/?q=1"), told) == []


def test_a_form_is_read_as_a_browser_reads_it():
    html = """<form method=post action="?a"><input name=a value=1><input type=checkbox name=b><textarea name=c>
x</textarea><select name=d><option value=1><option value=2 selected></select><button name=e value=f></form>
<form></form>"""
    [form] = forms_of(html, "/x/")
    assert (form.action, form.fields, form.buttons) == ("/x/?a", [("a", "1"), ("c", "x"), ("d", "2")], [("e", "f")])


@pytest.mark.one_database
def test_no_bytes_on_the_socket_come_to_a_fault(tmp_path, begun_site):
    """Sent by several at once; afterwards the server answers as before."""
    with site_with(tmp_path / "site", copied=begun_site) as (address, _told):
        found, began = [], time.monotonic()
        threads = [
            threading.Thread(target=lambda raw=raw: found.extend(sockets.faults(raw, sockets.said(address, raw))))
            for raw in sockets.RAW
        ]
        for start in range(0, len(threads), 10):
            for thread in threads[start : start + 10]:
                thread.start()
            for thread in threads[start : start + 10]:
                thread.join()
        assert found == []
        assert urllib.request.urlopen(f"{address}/partners/", timeout=10).status == 200
        assert time.monotonic() - began < 120
