"""A record as JSON at its own address: as its list reads it, through the same door, and nothing guessed."""

import json

import pytest
from django.contrib.auth.models import User
from django.utils.timezone import localdate

from fengtai.lists.site import site_lists
from fengtai.review.actions import withdraw
from tests import factories

pytestmark = pytest.mark.django_db
LISTS = {page.name: page for page in site_lists() if page.detail}
OPEN, EXPOSED = "Access-Control-Allow-Origin", "Access-Control-Expose-Headers"


def asked(client, record, query="?format=json"):
    return client.get(f"{record.get_absolute_url()}{query}")


def take_off(record):
    owner = User.objects.create_superuser("示例主管")
    withdraw(record, by=owner, why="示例", emergency=True)


@pytest.mark.parametrize("name", LISTS)
def test_a_record_reads_as_its_list_reads_it(client, name):
    record = factories.LIST_ROWS[name]()
    factories.citation(record, words="2.13万家")
    answer = asked(client, record)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    [row] = json.loads(client.get(f"/{name}/?format=json").getvalue())["rows"]
    found = answer.json()
    assert found["record"] == row
    assert found["address"] == row["record_url"] == f"http://testserver{record.get_absolute_url()}"
    assert (found["list"], found["title"], found["revisions"]) == (name, str(record), [])


def test_it_names_the_lists_that_are_linked_to_it(client):
    record = factories.organisation()
    factories.honour(organisation=record)
    linked = {one["list"]: one["address"] for one in asked(client, record).json()["linked"]}
    [row] = json.loads(client.get(linked["honours"]).getvalue())["rows"]
    assert row["organisation"]["id"] == record.pk


def test_it_tells_its_revisions(client):
    record = factories.observation(value="300家")
    record.value = "456家"
    record.save()
    [revision] = asked(client, record).json()["revisions"]
    assert [(change["old"], change["new"]) for change in revision["changes"]] == [("300家", "456家")]


@pytest.mark.parametrize("query", ["?format=xml", "?format=json&x=1", "?format=json&format=json", "?format=%00"])
def test_what_cannot_be_asked_is_refused_by_its_name(client, query):
    answer = asked(client, factories.organisation(), query)
    assert (answer.status_code, [*answer.json()["errors"]]) == (400, ["x" if "x=1" in query else "format"])


@pytest.mark.parametrize("state", ["draft", "review", "withdrawn"])
def test_what_was_never_public_is_not_there(client, state):
    record = factories.organisation(state=state)
    answer = asked(client, record)
    assert (answer.status_code, [*answer.json()]) == (404, ["errors"])
    assert client.get(f"/organisations/{2**63}/?format=json").status_code == 404


def test_a_withdrawn_record_says_since_when(client):
    record = factories.organisation(name="示例秘密")
    take_off(record)
    answer = asked(client, record)
    since = localdate(record.history.latest().history_date).isoformat()
    assert (answer.status_code, answer.json()["withdrawn"], "示例秘密" in answer.text) == (410, since, False)


def test_a_replaced_one_leads_on_in_the_same_form(client):
    old = factories.observation()
    new = factories.observation(
        indicator=old.indicator, scope=old.scope, period=old.period.printed, supersedes=old, reason="示例修订"
    )
    take_off(old)
    answer = asked(client, old)
    assert (answer.status_code, answer["Location"]) == (302, f"{new.get_absolute_url()}?format=json")


def test_public_data_is_open_to_any_site_and_nothing_else_is(client, admin_client):
    record = factories.organisation()
    path = record.get_absolute_url()
    files = [f"/organisations/?format={name}" for name in ("json", "csv", "jsonl", "xlsx")]
    data = [f"{path}?format=json", f"{path}?format=xml", "/organisations/?format=json&x=1", "/feed.atom", *files]
    assert {client.get(address)[OPEN] for address in [*data, "/api/openapi.json"]} == {"*"}
    closed = ["/", "/organisations/", path, "/search/?q=示例", "/admin/login/"]
    assert [address for address in closed if client.get(address).has_header(OPEN)] == []
    staff = [*data, "/admin/", "/admin/partners/organisation/?format=json"]
    assert [address for address in staff if admin_client.get(address).has_header(OPEN)] == []
    assert client.get(data[0]).has_header("Access-Control-Allow-Credentials") is False
