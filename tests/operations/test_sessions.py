"""Sessions end some hours after the sign-in and some minutes after their last use, at once where rights end, and
whatever was typed meanwhile goes on."""

from datetime import timedelta

import pytest
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fengtai.records.batches import ImportBatch
from fengtai.records.models import Source
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.accounts.first_passwords import give_password
from fengtai.review.accounts.keeping import Said, keep
from fengtai.review.roles import ADMINISTRATOR, PROGRAMME_OFFICE, READER
from partners.models import Organisation
from tests import factories
from tests.admin.admin_pages import address, form_data
from tests.review.people import person

pytestmark = pytest.mark.django_db
INDEX, LOGIN, OWN = reverse("admin:index"), reverse("admin:login"), reverse("password_change")
MINUTE, IDLE = timedelta(minutes=1), timedelta(minutes=30)
NEW = "示例暗语-8362"


@pytest.fixture
def user():
    return person("示例员工", PROGRAMME_OFFICE)


def came_in(user, password="x") -> Client:
    client = Client()
    answer = client.post(LOGIN, {"username": user.username, "password": password})
    assert answer.status_code == 302
    return client


@pytest.mark.parametrize("named", [{}, {"next": "//x.example/"}, {"next": "/\\x.example/"}, {"next": "javascript:1"}])
def test_a_sign_in_that_leads_nowhere_else_leads_to_the_desk(user, named):
    answer = Client().post(LOGIN, {"username": user.username, "password": "x", **named})
    assert answer["Location"] == INDEX


def row(client) -> Session:
    return Session.objects.get(session_key=client.cookies[site.SESSION_COOKIE_NAME].value)


def pass_time(wait: timedelta) -> None:
    """As the row sees it: both its ends come nearer."""
    for one in Session.objects.all():
        store = one.get_decoded()
        store["_session_expiry"] = (timezone.datetime.fromisoformat(store["_session_expiry"]) - wait).isoformat()
        one.session_data = Session.get_session_store_class()().encode(store)
        one.expire_date -= wait
        one.save()


def is_in(client) -> bool:
    """Of a page that asks little."""
    return client.get(OWN).status_code == 200


def writes(asked) -> list[str]:
    return [one["sql"] for one in asked if (one["sql"] or "").startswith(("UPDATE", "INSERT", "DELETE"))]


def test_half_an_hour_without_use_ends_a_session_and_use_keeps_it(user):
    client = came_in(user)
    for _time in range(3):
        pass_time(IDLE - MINUTE)
        assert is_in(client)
    pass_time(IDLE + MINUTE)
    answer = client.get(INDEX)
    assert (answer.status_code, answer["Location"].startswith(LOGIN)) == (302, True)


def test_eight_hours_end_it_however_busy_somebody_is(user):
    client = came_in(user)
    for _time in range(17):
        pass_time(timedelta(minutes=28))
        assert is_in(client)
    pass_time(3 * MINUTE)
    assert is_in(client)
    pass_time(2 * MINUTE)
    assert not is_in(client)


def test_a_session_that_keeps_something_does_not_outlive_its_hours(user):
    """What is written into it is saved anew, and with it the end."""
    client = came_in(user)
    pass_time(timedelta(hours=7, minutes=50) - IDLE)  # as if it had been in use
    Session.objects.update(expire_date=timezone.now() + 5 * MINUTE)
    source = factories.source()
    client.post(reverse("current_source"), {"q": source.title, "next": INDEX})
    kept = row(client)
    assert kept.get_decoded()["current_source"] == source.pk
    assert kept.expire_date <= timezone.now() + IDLE
    client.get(INDEX)
    pass_time(29 * MINUTE)
    assert is_in(client)
    pass_time(12 * MINUTE)
    assert not is_in(client)


def test_the_last_use_is_written_once_a_minute_and_the_session_is_not(user):
    client = came_in(user)
    client.get(INDEX)
    with CaptureQueriesContext(connection) as asked:
        for _time in range(5):
            client.get(OWN)
    assert [sql for sql in writes(asked) if "django_session" in sql] == []
    pass_time(2 * MINUTE)
    kept = row(client).session_data
    with CaptureQueriesContext(connection) as asked:
        for _time in range(5):
            client.get(OWN)
    [written] = [sql for sql in writes(asked) if "django_session" in sql]
    assert "session_data" not in written and row(client).session_data == kept


def test_public_pages_ask_for_no_session(user):
    factories.organisation(state="published")
    client, stranger = came_in(user), Client()
    for path in ("/organisations/", "/", "/organisations/?format=json"):
        stranger.get(path), client.get(path)
        for browser in (stranger, client):
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(path).status_code == 200
            assert [one["sql"] for one in asked if "django_session" in (one["sql"] or "") and browser is stranger] == []
            assert writes(asked) == []


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(user):
    client = came_in(user)
    batch = ImportBatch.objects.create(
        list_name="organisations", file_name="示例.csv", by=user, sha256="0" * 64, state="previewed"
    )
    progress = reverse("admin:import_progress", args=[batch.uuid])
    for _time in range(5):
        assert client.get(progress).status_code == 200
        pass_time(timedelta(minutes=7))
    assert client.get(progress).status_code == 302
    assert not is_in(client)


def test_a_form_and_its_file_go_on_after_an_idle_end(user):
    client = came_in(user)
    path = address(Source, "add")
    data = form_data(client.get(path)) | {"title": "示例来源甲", "kind": "news"}
    pass_time(IDLE + MINUTE)
    kept = client.post(path, data | {"attachment": ContentFile(b"%PDF-1.4", "示例附件.pdf")})
    assert (kept.status_code, 'value="示例来源甲"' in kept.text, "示例附件.pdf" in kept.text) == (403, True, True)
    signed = {"sign_in-username": user.username, "sign_in-password": "x"}
    assert client.post(path, data | signed).status_code == 302
    assert Source.objects.get().title == "示例来源甲" and is_in(client)


def test_a_sign_in_makes_a_new_key_and_the_old_one_opens_nothing(user):
    client = came_in(user)
    first = client.cookies[site.SESSION_COOKIE_NAME].value
    client.post(LOGIN, {"username": user.username, "password": "x"})
    second = client.cookies[site.SESSION_COOKIE_NAME].value
    assert first != second and not Session.objects.filter(session_key=first).exists()
    other = Client()
    other.cookies[site.SESSION_COOKIE_NAME] = first
    assert not is_in(other)
    pass_time(timedelta(hours=7))
    Session.objects.update(expire_date=timezone.now() + IDLE)
    client.post(LOGIN, {"username": user.username, "password": "x"})
    assert row(client).get_decoded()["_session_expiry"] > (timezone.now() + timedelta(hours=7)).isoformat()


def test_a_key_that_somebody_made_up_is_not_taken(user):
    client = Client()
    client.cookies[site.SESSION_COOKIE_NAME] = "0" * 32
    client.post(LOGIN, {"username": user.username, "password": "x"})
    assert client.cookies[site.SESSION_COOKIE_NAME].value != "0" * 32 and is_in(client)


def test_disabled_means_out_at_the_next_request_and_a_role_taken_does_not_hold(user):
    """Both are read from the database by each request, so it does not matter which node answers."""
    office, client = person("示例管理员", ADMINISTRATOR), came_in(user)
    firm, path = factories.organisation(name="示例公司"), address(Organisation, "add")
    assert client.get(path).status_code == 200
    keep(user, Said("示例员工", user.username, [READER]), by=office)
    assert client.get(path).status_code == 403
    assert client.post(address(Organisation, "change", firm.pk), {"name": "示例另名"}).status_code == 403
    keep(user, Said("示例员工", user.username, [PROGRAMME_OFFICE]), by=office)
    assert client.get(path).status_code == 200
    keep(user, Said("示例员工", user.username, [PROGRAMME_OFFICE], is_active=False), by=office)
    assert client.get(path)["Location"].startswith(LOGIN)
    refused = client.post(path, {"name": "示例新公司"})
    assert (refused.status_code, Organisation.objects.filter(name="示例新公司").exists()) == (403, False)
    assert site.SESSION_ENGINE == "fengtai.operations.sessions.store"


def test_a_new_password_ends_all_other_sessions(user):
    here, elsewhere = came_in(user), came_in(user)
    here.post(OWN, {"old_password": "x", "new_password1": NEW, "new_password2": NEW})
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    password = give_password(user, by=user)
    assert not is_in(here)
    assert came_in(user, password).get(INDEX)["Location"] == OWN


def test_sign_out_everywhere_ends_all_sessions_of_one_person_alone(user):
    here, elsewhere, colleague = came_in(user), came_in(user), came_in(person("示例同事", READER))
    assert "sign-out-everywhere" in here.get(OWN).content.decode()
    where = reverse("sign_out_everywhere")
    assert (here.get(where).status_code, is_in(here)) == (405, True)
    assert here.post(where)["Location"] == LOGIN
    assert (is_in(here), is_in(elsewhere), is_in(colleague)) == (False, False, True)
    entries = TrailEntry.objects.filter(act="signed-out").order_by("pk")
    assert [(entry.by, bool(entry.why)) for entry in entries] == [(user, True), (user, False)]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert (strict.post(where).status_code, is_in(strict)) == (403, True)


def test_a_request_that_comes_with_the_sign_out_brings_nothing_back(user):
    client = came_in(user)
    store = client.session
    store["known"] = 1
    Session.objects.all().delete()
    store.used()
    assert not Session.objects.exists()
