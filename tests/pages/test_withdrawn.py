"""The address of a withdrawn record says since when, or leads on; of what was never public it tells nothing."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from fengtai.lists.site import site_lists
from fengtai.records.doors import public_links
from fengtai.records.models import Record
from fengtai.records.redactions import redact
from fengtai.review.actions import submit, withdraw
from fengtai.review.releasing import release
from fengtai.review.terms import Terms
from tests import factories
from tests.pages.marked_rows import MARK, forget_hubs, marked

pytestmark = pytest.mark.django_db
BOTH = ("", "/en")
PAGES = [page for page in site_lists() if page.detail and issubclass(page.table.model(), Record)]


@pytest.fixture(autouse=True)
def no_hubs_of_other_tests():
    forget_hubs()


def owner() -> User:
    return User.objects.filter(username="示例主管").first() or User.objects.create_superuser("示例主管")


def take_off(record):
    withdraw(record, by=owner(), why="示例", emergency=True)


def put_on(record):
    submit(record, by=owner())
    release(type(record).objects.get(pk=record.pk), Terms(by=owner(), why="示例", emergency=True))


def withdrawn(record, on: str = "2025-03-04 23:30"):
    """Withdrawn at a time in Beijing."""
    take_off(record)
    version = record.history.latest()
    version.history_date = timezone.make_aware(datetime.strptime(on, "%Y-%m-%d %H:%M"))
    before = version.history_date - timedelta(days=1)
    record.history.exclude(pk=version.pk).update(history_date=before)
    for link in public_links(type(record)):
        getattr(record, link).history.update(history_date=before - timedelta(days=1))
    version.save()
    return record


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_withdrawn_record_says_when_and_nothing_of_itself(client, page):
    record = marked(page.table.model(), state="published")
    path = record.get_absolute_url()
    assert client.get(path).status_code == 200
    withdrawn(record)
    for start, word in zip(BOTH, ("已撤回", "Withdrawn"), strict=True):
        for asked in ("", "?format=json", "?page=1"):
            answer = client.get(f"{start}{path}{asked}")
            assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-cache")
            assert (word in answer.text, "2025-03-04" in answer.text) == (True, True)
            assert MARK.findall(answer.text.replace(path, "")) == []  # an address that was asked for is told
        ways = {f'href="{start}/{page.name}/"', f'href="{start}/search/"'}
        assert {way for way in ways if way in answer.text} == ways
    assert client.head(path).status_code == 410


def test_nothing_is_told_of_what_was_never_public(client):
    later = timezone.now() + timedelta(days=30)
    never = [
        factories.organisation(state="draft"),
        factories.organisation(state="review"),
        factories.organisation(state="withdrawn"),
        factories.organisation(publish_at=later),
    ]
    embargoed = factories.organisation(publish_at=later)
    take_off(embargoed)
    drafted = factories.organisation(state="draft")
    drafted.state = "withdrawn"
    drafted.save()
    below = factories.observation(indicator=factories.indicator(state="draft"))
    take_off(below)
    found = {
        record: client.get(record.get_absolute_url()).status_code for record in (*never, embargoed, drafted, below)
    }
    assert {*found.values()} == {404}
    assert client.get("/organisations/999999/").status_code == 404
    assert client.get(f"/organisations/{2**63}/").status_code == 404


def test_an_embargo_that_had_ended_was_public(client):
    found = factories.organisation(publish_at=timezone.now() - timedelta(days=1))
    take_off(found)
    assert client.get(found.get_absolute_url()).status_code == 410


def test_the_date_is_that_of_the_last_withdrawal(client):
    found = withdrawn(factories.organisation(), on="2024-01-01 08:00")
    found.refresh_from_db()
    found.remark = "示例"
    found.save()
    assert "2024-01-01" in client.get(found.get_absolute_url()).text
    put_on(found)
    assert client.get(found.get_absolute_url()).status_code == 200
    take_off(found)
    assert str(timezone.localdate()) in client.get(found.get_absolute_url()).text


def test_what_waits_for_review_again_is_not_there(client):
    found = withdrawn(factories.organisation())
    found.refresh_from_db()
    found.state = "review"
    found.save()
    assert client.get(found.get_absolute_url()).status_code == 404


def test_a_redacted_record_says_the_same(client):
    found = factories.organisation(introduction="示例秘密")
    version = found.history.latest()
    withdrawn(found)
    redact(version=version, field="introduction", by=User.objects.create_superuser("示例管理员"), why="示例原因")
    answer = client.get(found.get_absolute_url())
    assert (answer.status_code, "示例秘密" in answer.text, "示例单位" in answer.text) == (410, False, False)


def revised(old, **given):
    same = {"indicator": old.indicator, "scope": old.scope, "period": "2023年"}
    return factories.observation(**{**same, "supersedes": old, "reason": "示例修订", **given})


def test_a_replaced_observation_leads_on_to_the_public_one(client):
    old = factories.observation()
    new = revised(old)
    assert client.get(old.get_absolute_url()).status_code == 200
    take_off(old)
    paths = [record.get_absolute_url() for record in (old, new)]
    for start in reversed(BOTH):
        answer = client.get(f"{start}{paths[0]}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{start}{paths[1]}")
        assert answer.headers["Cache-Control"] == "no-cache"  # it may be published again
    last = revised(new)
    take_off(new)
    assert client.get(old.get_absolute_url()).headers["Location"] == last.get_absolute_url()
    take_off(last)
    assert {client.get(each.get_absolute_url()).status_code for each in (old, new, last)} == {410}


@pytest.mark.parametrize("state", ["draft", "review"])
def test_a_replacement_that_is_not_public_is_not_told(client, state):
    old = factories.observation()
    new = revised(old, state=state)
    take_off(old)
    answer = client.get(old.get_absolute_url())
    assert (answer.status_code, new.get_absolute_url() in answer.text) == (410, False)


def test_what_was_never_public_leads_nowhere(client):
    old = factories.observation(state="withdrawn")
    revised(old)
    assert client.get(old.get_absolute_url()).status_code == 404


def test_the_former_address_of_a_published_figure_leads_to_its_new_one(client):
    found = factories.observation(state="published")
    for prefix in ("", "/en"):
        answer = client.get(f"{prefix}/indicators/{found.pk}/")
        assert (answer.status_code, answer["Location"]) == (301, f"{prefix}/observations/{found.pk}/")
