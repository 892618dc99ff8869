"""Failed sign-ins are limited by name and address, by name from wherever, and by address; nobody is out for ever."""

import re
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import timedelta
from functools import partial

import pytest
import requests
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.backends import ModelBackend
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fengtai.records.trail.entering import Act
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.accounts.first_passwords import give_password
from fengtai.review.accounts.lockouts import PLACE, Kind, locked_out, unlock_everywhere
from fengtai.review.roles import ADMINISTRATOR, READER
from tests.review.people import person, signed_in
from tests.sites import copy, served

pytestmark = pytest.mark.django_db
LOGIN, LOCKED, OWN = (reverse(name) for name in ("admin:login", "admin:auth_user_locked", "password_change"))
NEW = "示例暗语-8362"
RIGHT = "x"
IN, WRONG, SHUT = 302, 200, 429


@pytest.fixture
def user():
    return person("示例员工", READER)


def tries(address: str, name: str, password: str = "错误的密码", start: str = "") -> int:
    sent = {"username": name, "password": password}
    return Client().post(f"{start}{LOGIN}", sent, REMOTE_ADDR=address).status_code


def page(address: str, name: str, start: str = "") -> str:
    sent = {"username": name, "password": "错误的密码"}
    return Client().post(f"{start}{LOGIN}", sent, REMOTE_ADDR=address).content.decode()


def pass_time(wait: timedelta) -> None:
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - wait)


def test_twelve_addresses_against_one_name_are_limited_and_its_owner_still_comes_in(user, settings):
    assert tries("10.1.0.1", user.username, RIGHT) == IN  # where they work
    told = [tries(f"10.2.0.{number}", user.username) for number in range(1, 13)]
    assert told == [WRONG] * 9 + [SHUT] * 3
    assert tries("10.2.0.99", user.username, RIGHT) == SHUT  # a stranger who guessed it, too late
    assert tries("10.1.0.1", user.username, RIGHT) == IN
    assert tries("10.2.0.1", "示例别人") == WRONG  # neither the others nor their addresses are held
    [lock] = locked_out()
    assert (lock.kind, lock.name, lock.address, lock.user, lock.failures) == (Kind.NAME, user.username, "", user, 10)
    assert lock.until - lock.since == settings.AXES_COOLOFF_TIME


def test_a_known_address_is_held_to_its_own_five_failures(user):
    tries("10.1.0.1", user.username, RIGHT)
    for number in range(12):
        tries(f"10.2.0.{number}", user.username)
    assert [tries("10.1.0.1", user.username) for _time in range(5)] == [WRONG] * 4 + [SHUT]
    assert tries("10.1.0.1", user.username, RIGHT) == SHUT


def test_an_address_is_known_for_some_time_and_by_its_owner_alone(user):
    person("示例同事", READER)
    tries("10.1.0.1", user.username, RIGHT)
    tries("10.1.0.2", "示例同事", RIGHT)
    for number in range(12):
        tries(f"10.2.0.{number}", user.username)
    assert tries("10.1.0.2", user.username, RIGHT) == SHUT
    AccessLog.objects.update(attempt_time=timezone.now() - timedelta(days=91))
    assert tries("10.1.0.1", user.username, RIGHT) == SHUT
    call_command("trim_trail", verbosity=0)
    assert not AccessLog.objects.exists()


def test_nobody_keeps_a_lock_alive_by_trying_on(user, settings):
    for _time in range(5):
        tries("10.2.0.1", user.username)
    pass_time(settings.AXES_COOLOFF_TIME / 2)
    assert [tries("10.2.0.1", user.username) for _time in range(20)] == [SHUT] * 20
    pass_time(settings.AXES_COOLOFF_TIME / 2)
    assert tries("10.2.0.1", user.username, RIGHT) == IN


def test_an_address_that_tries_many_names_is_shut_for_all_and_no_other_is(user, settings):
    for number in range(settings.SIGN_IN_FAILURES_OF_ADDRESS - 1):
        assert tries("10.3.0.1", f"示例{number}") == WRONG
    assert tries("10.3.0.1", "示例末") == SHUT
    assert tries("10.3.0.1", user.username, RIGHT) == SHUT
    assert tries("10.3.0.2", user.username, RIGHT) == IN
    [lock] = locked_out()
    assert (lock.kind, lock.name, lock.address, lock.failures) == (Kind.ADDRESS, "", "10.3.0.1", 30)


def test_an_office_may_mistype_on_a_monday(user, settings):
    """Twenty people behind one address, each wrong once."""
    people = [person(f"示例员工{number}", READER).username for number in range(20)]
    assert {tries("10.4.0.1", name) for name in people} == {WRONG}
    assert tries("10.4.0.1", people[0], RIGHT) == IN


def test_a_network_of_the_new_addresses_counts_as_one(user):
    told = [tries(f"2001:db8:1:2::{number:x}", user.username) for number in range(5)]
    assert told == [WRONG] * 4 + [SHUT]
    assert tries("2001:db8:1:3::1", user.username, RIGHT) == IN
    assert tries("::ffff:10.5.0.1", user.username, RIGHT) == IN


@pytest.mark.parametrize("address", ["", "unknown", "10.0.0.1:8080", "示例", "1" * 300, "10.0.0.1\n10.0.0.2"])
def test_what_is_no_address_is_counted_without_one(user, settings, address):
    settings.TRUSTED_PROXIES = 1
    sent = {"username": user.username, "password": "错误的密码"}
    told = [Client().post(LOGIN, sent, HTTP_X_FORWARDED_FOR=address).status_code for _time in range(5)]
    assert told == [WRONG] * 4 + [SHUT]
    assert [lock.kind for lock in locked_out()] == [Kind.PAIR]


def test_the_page_says_what_is_locked_in_both_languages(user, settings):
    for number in range(10):
        tries(f"10.2.0.{number}", user.username)
    assert "来自多个地址" in page("10.2.0.50", user.username)
    told = page("10.2.0.50", user.username, "/en")
    assert "from several addresses" in told and "Other people" not in told
    settings.SIGN_IN_FAILURES_OF_ADDRESS = 3
    for number in range(3):
        tries("10.3.0.1", f"示例{number}")
    assert "from this address, with several user names" in page("10.3.0.1", "示例", "/en")
    assert "使用多个用户名" in page("10.3.0.1", "示例")


def test_each_kind_is_shown_and_lifted_and_in_the_trail(user, settings):
    settings.SIGN_IN_FAILURES_OF_ADDRESS = 12
    for number in range(9):
        tries(f"10.2.0.{number}", user.username)
    tries("10.2.0.9", user.username)
    for _time in range(5):
        tries("10.3.0.1", "没有此人")
    for number in range(7):
        tries("10.3.0.1", f"没有此人{number}")
    assert {lock.kind for lock in locked_out()} == {*Kind}
    office = signed_in(person("示例管理员", ADMINISTRATOR))
    shown = office.get(LOCKED).content.decode()
    assert [text in shown for text in (*(str(kind.label) for kind in Kind), "10.3.0.1", "没有此人")] == [True] * 5
    desk = office.get(reverse("desk_queue", args=["locked-out"])).content.decode()
    assert "10.3.0.1" in desk and user.username in desk
    for lock in locked_out():
        sent = {"kind": lock.kind.value, "name": lock.name, "address": lock.address}
        assert office.post(LOCKED, sent | {"kind": "x"}).status_code == 302
        assert lock.kind in [one.kind for one in locked_out()]
        office.post(LOCKED, sent)
        assert lock.kind not in [one.kind for one in locked_out()]
        if lock.kind == Kind.ADDRESS:
            break
    assert tries("10.3.0.1", "没有此人", RIGHT) == WRONG
    unlock_everywhere(user, by=person("示例另一位", ADMINISTRATOR))
    assert locked_out() == [] and tries("10.2.0.50", user.username, RIGHT) == IN


def test_the_trail_says_which_kind_was_locked_and_unlocked(user):
    for number in range(12):
        tries(f"10.2.0.{number}", user.username)
    office = signed_in(person("示例管理员", ADMINISTRATOR))
    office.post(LOCKED, {"kind": "name", "name": user.username, "address": ""})
    locked, unlocked = TrailEntry.objects.filter(act__in=("locked-out", "unlocked")).order_by("pk")
    assert (locked.by, locked.why, locked.new) == (user, Kind.NAME.label, {"address": "10.2.0.9"})
    assert (unlocked.by_name, unlocked.why, unlocked.record_label) == ("示例管理员", Kind.NAME.label, user.username)


def test_a_command_lifts_every_lock_and_the_trail_tells_it(user, capsys):
    for address in ("198.51.100.1", "198.51.100.2"):
        for _time in range(5):
            tries(address, user.username)
    assert len(locked_out()) >= 2
    call_command("unlock")
    assert locked_out() == []
    assert "Locks lifted" in capsys.readouterr().out
    assert TrailEntry.objects.filter(act=Act.UNLOCKED).count() >= 2


def test_a_new_first_password_lifts_the_lock_of_a_name(user):
    for number in range(10):
        tries(f"10.2.0.{number}", user.username)
    office = signed_in(person("示例管理员", ADMINISTRATOR))
    where = reverse("admin:auth_user_password_change", args=[user.pk])
    office.post(where, {"seen": office.get(where).context["seen"]})
    password = give_password(user, by=user)
    assert tries("10.2.0.60", user.username, password) == IN


def test_limits_are_settings(user, settings):
    settings.AXES_FAILURE_LIMIT, settings.SIGN_IN_FAILURES_OF_NAME = 2, 3
    assert [tries("10.2.0.1", user.username) for _time in range(2)] == [WRONG, SHUT]
    assert [tries(f"10.2.1.{number}", user.username) for number in range(2)] == [SHUT, SHUT]


def changes(client, old: str, new: str = NEW, start: str = ""):
    return client.post(f"{start}{OWN}", {"old_password": old, "new_password1": new, "new_password2": new})


def test_a_wrong_password_at_its_change_counts_as_a_failed_sign_in(user, settings):
    client = signed_in(user)
    told = [changes(client, f"错误{number}").status_code for number in range(5)]
    assert told == [WRONG] * 4 + [SHUT]
    shut = changes(client, RIGHT, start="/en")
    assert (shut.status_code, user.check_password(RIGHT)) == (SHUT, True)
    assert "15 minutes" in shut.text and reverse("admin:index") in shut.text
    user.refresh_from_db()
    assert user.check_password(RIGHT) and tries("127.0.0.1", user.username, RIGHT) == SHUT
    assert client.get(reverse("admin:index")).status_code == 200  # whoever works goes on working
    acts = TrailEntry.objects.filter(by=user).order_by("pk").values_list("act", "new__address")
    assert [*acts][1:] == [("sign-in-failed", "127.0.0.1")] * 4 + [("locked-out", "127.0.0.1")]
    pass_time(settings.AXES_COOLOFF_TIME)
    assert changes(client, RIGHT).status_code == IN


def test_failures_of_both_pages_count_together(user):
    assert [tries("127.0.0.1", user.username) for _time in range(4)] == [WRONG] * 4
    assert changes(signed_in(user), "错误").status_code == SHUT


def test_what_is_noted_of_a_wrong_password_holds_none(user):
    changes(signed_in(user), "错误的密码")
    noted = AccessAttempt.objects.get()
    assert [text in noted.post_data for text in ("错误", NEW)] == [False, False]


@pytest.mark.parametrize("old", ["", "错误"])
def test_nothing_tells_a_guess_from_the_password_in_the_place_of_the_new_one(user, old):
    """Neither that it is the present one nor that it was used."""
    client = signed_in(user)
    changes(client, RIGHT)
    client = signed_in(type(user).objects.get())
    shown = [changes(client, old, new).context["form"].errors for new in (NEW, "示例暗语-9473")]
    assert shown[0] == shown[1] and list(shown[0]) == ["old_password"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's memory, not its file")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("addresses", [1, 20])
def test_of_many_at_once_no_more_are_looked_at_than_one_by_one(user, settings, monkeypatch, addresses):
    """Each waits until all have come as far as they can."""
    met, looked = threading.Barrier(20, timeout=3), []

    def look(self, request, username=None, password=None, **more):
        looked.append(username)
        with suppress(threading.BrokenBarrierError):
            met.wait()

    def attempt(number: int) -> None:
        told.append(tries(f"10.6.0.{number % addresses}", user.username))
        connection.close()

    monkeypatch.setattr(ModelBackend, "authenticate", look)
    told, limit = [], 5 if addresses == 1 else 10
    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked) == limit
    assert sorted(told) == [WRONG] * (limit - 1) + [SHUT] * (21 - limit)
    assert [lock.failures for lock in locked_out()] == [limit]
    assert TrailEntry.objects.filter(act="locked-out").count() == 1


@pytest.mark.parametrize("name", ["示例员工", "示例无权"])
def test_a_right_password_leaves_nothing_in_the_counts(user, name):
    """Also of somebody whom the page does not let in."""
    person("示例无权", READER)
    type(user).objects.filter(username="示例无权").update(is_staff=False)
    told = [tries("10.6.1.1", name, RIGHT) for _time in range(7)]
    assert told == [IN if name == "示例员工" else WRONG] * 7
    assert not AccessAttempt.objects.exists()
    client = signed_in(user)
    assert [changes(client, "").status_code for _time in range(7)] == [WRONG] * 7
    assert not AccessAttempt.objects.exists()


def test_many_names_at_one_address_may_sign_in_at_the_same_moment(user, settings):
    """Whose passwords are right or wrong is not known yet: of an office nobody waits for that."""
    settings.SIGN_IN_FAILURES_OF_ADDRESS = 3
    for number in range(5):
        AccessAttempt.objects.create(
            username=f"示例{number}", ip_address="10.6.2.1", user_agent=f"{PLACE}{number}", failures_since_start=1
        )
    assert tries("10.6.2.1", user.username, RIGHT) == IN
    assert locked_out() == []


@pytest.mark.one_database
def test_of_many_at_once_no_more_are_looked_at_by_a_server_on_sqlite(tmp_path, begun_site):
    copy(begun_site, tmp_path)
    with served(tmp_path, tmp_path / "log", workers=2, threads=8) as address:
        forms = [_form(f"{address}{LOGIN}") for _number in range(16)]
        with ThreadPoolExecutor(16) as several:
            told = sorted(several.map(lambda form: form().status_code, forms))
    assert told == [WRONG] * 4 + [SHUT] * 12
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as kept:
        assert kept.execute("SELECT sum(failures_since_start) FROM axes_accessattempt").fetchone() == (5,)


def _form(address: str):
    """Ready to be sent: with the page's token, by a browser of its own."""
    browser = requests.Session()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', browser.get(address, timeout=60).text)[1]
    sent = {"csrfmiddlewaretoken": token, "username": "office", "password": "错误的密码"}
    return partial(browser.post, address, sent, headers={"Referer": address}, timeout=60, allow_redirects=False)
