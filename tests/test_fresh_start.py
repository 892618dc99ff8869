"""A site from nothing, as a server runs it: its files are its own, and one form sent twice at once makes one record."""

import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError

import pytest
from django.db import connection

from tests.downloads.test_download_server import serving
from tests.own_database import own_database
from tests.sites import UMASK, copy

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def started(request, tmp_path_factory):
    """Where its data lie, what it is started with, and what was told; on SQLite of the one all tests begin with."""
    folder = tmp_path_factory.mktemp("fresh") / "data"
    with own_database(
        connection.vendor, folder, "db" if connection.vendor == "sqlite" else f"fresh_{os.getpid()}"
    ) as url:
        own = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "fengtai.settings"}
        if connection.vendor == "sqlite":
            yield folder, own, copy(request.getfixturevalue("begun_site"), folder)
            return
        command = [sys.executable, "manage.py", "start", "--prepare-only"]
        done = subprocess.run(command, cwd=ROOT, env=own, check=True, capture_output=True, text=True, umask=UMASK)
        yield folder, own, done.stdout


@pytest.fixture(scope="module")
def accounts(started) -> dict[str, str]:
    """The passwords that were shown once, by name."""
    return dict(re.findall(r"user (\w+), password (\S+)", started[2]))


@pytest.fixture(scope="module")
def site(started, accounts):
    return *started[:2], accounts["staff"]


class Browser:
    """Signs in and sends forms, without a page to look at."""

    def __init__(self, port: int):
        self.address = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        return self.opener.open(self.address + path).read().decode()

    def post(self, path: str, form: dict) -> tuple[int, str]:
        request = urllib.request.Request(self.address + path, urllib.parse.urlencode(form).encode())
        request.add_header("Referer", self.address + path)
        answer = self.opener.open(request)
        return answer.status, answer.url

    def form(self, path: str) -> dict:
        page = self.get(path)
        hidden = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page)
        return dict(hidden)


@pytest.fixture(scope="module")
def found(site) -> dict:
    """What six at once brought, and the files that the site has written by then."""
    folder, own, password = site
    with serving(own) as (port, _server):
        staff = signed_in(port, password)
        sent = {**staff.form("/admin/partners/conference/add/"), "name": "示例大会甲", "state": "draft"}
        with ThreadPoolExecutor(6) as several:
            answers = list(several.map(lambda _time: staff.post("/admin/partners/conference/add/", sent), range(6)))
        forms = [
            {**staff.form("/admin/partners/industry/add/"), "name": "示例产业甲", "state": "draft"}
            for _time in range(6)
        ]
        with ThreadPoolExecutor(6) as several:
            rivals = list(several.map(lambda form: staff.post("/admin/partners/industry/add/", form), forms))
        listed = staff.get(f"/admin/partners/conference/?q={urllib.parse.quote('示例大会甲')}")
        return {
            "answers": answers,
            "rivals": sorted("/add/" in where for _status, where in rivals),
            "records": len({*re.findall(r"/conference/(\d+)/change/", listed)}),
            "open to others": [str(path) for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077],
            "names": {path.name for path in folder.iterdir()},
        }


def test_what_a_fresh_site_writes_is_readable_by_its_own_account_alone(site, found):
    assert found["open to others"] == []
    assert "secret_key" in found["names"]
    if site[1]["DATABASE_URL"].startswith("sqlite"):
        assert {"db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm"} <= found["names"]


def test_one_form_sent_by_six_at_once_makes_one_record(found):
    assert found["records"] == 1
    assert {status for status, _where in found["answers"]} == {200}
    led = {where.partition("/admin/partners/conference/")[2] for _status, where in found["answers"]}
    assert len([where for where in led if where.endswith("/change/")]) == 1


def test_of_six_who_give_one_name_at_once_five_are_told(found):
    assert found["rivals"] == [False, True, True, True, True, True]


def signed_in(port: int, password: str, name: str = "staff") -> Browser:
    staff = Browser(port)
    form = staff.form("/admin/login/")
    staff.post("/admin/login/", {**form, "username": name, "password": password})
    return staff


def test_an_account_of_each_role_can_sign_in_with_its_own_rights(site, accounts):
    with serving(site[1]) as (port, _server):
        opened = {name: _adds_and_releases(signed_in(port, password, name)) for name, password in accounts.items()}
    assert opened == {
        "staff": (True, True),
        "office": (True, False),
        "workgroup": (False, False),  # no work group is on file yet, and the account belongs to none
        "statistics": (False, False),
        "reviewer": (False, True),
        "reader": (False, False),
        "administrator": (False, False),
    }


def _adds_and_releases(browser) -> tuple[bool, bool]:
    adds = "/admin/partners/organisation/add/" in browser.get("/admin/partners/organisation/")
    try:
        browser.get("/admin/desk/to-review/")
    except HTTPError as error:
        assert error.code == 404
        return adds, False
    return adds, True


# What an editor and a reviewer do, in few lines: a firm moves, two seconds from now.
SCHEDULED = """
import datetime
import django

django.setup()
from django.contrib.auth.models import User
from django.utils import timezone
from fengtai.review.actions import submit
from fengtai.review.holding import Held
from fengtai.review.releasing import release
from fengtai.review.terms import Terms
from partners.models import Organisation

editor, reviewer = (User.objects.get(username=name) for name in ("office", "reviewer"))
firm = Organisation.objects.filter(state="published").order_by("pk").first()
with Held(by=editor) as held:
    firm.region = "示例定时区"
    firm.save()
[change] = held.changes
at = timezone.now() + datetime.timedelta(seconds=2)
release(submit(change, by=editor), Terms(by=reviewer, accepted=True, at=at))
print(firm.get_absolute_url())
"""


def test_two_servers_release_what_is_due_within_a_minute(site):
    with serving(site[1]) as (port, _server), serving(site[1]) as (other, _second):
        command = [sys.executable, "-c", SCHEDULED]
        told = subprocess.run(command, cwd=ROOT, env=site[1], check=True, capture_output=True, text=True)
        pages, until = [Browser(port), Browser(other)], time.monotonic() + 62
        while "示例定时区" not in pages[0].get(told.stdout.strip()) and time.monotonic() < until:
            time.sleep(1)
        assert all("示例定时区" in page.get(told.stdout.strip()) for page in pages)


@pytest.mark.one_database
def test_a_later_start_says_how_to_set_a_new_password_in_both_languages(site):
    _folder, own, _password = site
    told = _started(own, "--prepare-only")
    assert told.returncode == 0
    assert "后台账号是 staff。重设密码：manage.py changepassword staff" in told.stdout
    assert "The staff account is staff. For a new password: manage.py changepassword staff" in told.stdout


@pytest.mark.one_database
def test_a_port_that_is_taken_is_told_and_no_second_server_starts(site):
    _folder, own, _password = site
    with serving(own) as (port, _server):
        told = _started(own, "--port", str(port))
    assert (told.returncode, told.stdout) == (1, "")
    assert f"端口 {port} 不能使用" in told.stderr
    assert f"Port {port} cannot be used" in told.stderr
    assert "make run PORT=8080" in told.stderr


def test_a_database_that_is_missing_is_told_with_the_command_that_creates_it(site):
    address = "postgres://nobody@127.0.0.1:1/example_missing"
    told = _started(site[1] | {"DATABASE_URL": address}, "--prepare-only")
    assert (told.returncode, told.stdout) == (1, "")
    assert "Traceback" not in told.stderr
    for line in told.stderr.strip().splitlines():
        assert "example_missing" in line
        assert "onnection refused" in line
        assert "createdb -h 127.0.0.1 -p 1 -U nobody example_missing" in line


def _started(own: dict, *arguments: str):
    command = [sys.executable, "manage.py", "start", *arguments]
    return subprocess.run(command, cwd=ROOT, env=own, check=False, capture_output=True, text=True, timeout=120)
