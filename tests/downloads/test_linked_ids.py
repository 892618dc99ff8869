"""In JSON a linked record is told by its own number, so that rows of two lists can be joined."""

import json

import pytest

from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.site import site_lists
from fengtai.records.paths import linked_model
from indicators.models import Observation
from partners.models import Membership
from tests import factories

pytestmark = pytest.mark.django_db
LISTS = {page.name: page for page in site_lists()}


def links(page) -> dict:
    """The columns of linked records, with the model whose rows they name."""
    table = page.table
    columns = {name: one for name, one in table.declared().items() if isinstance(one, RecordColumn)}
    return {name: linked_model(one.target(table.model(), name), one.show) for name, one in columns.items()}


def body(client, address: str) -> str:
    return b"".join(client.get(address)).decode()


def told(page, client) -> list[dict]:
    """Every row of a list, thrice: in one document, in lines, and at its own address."""
    rows = json.loads(body(client, f"{page.address}?format=json"))["rows"]
    lines = [json.loads(line) for line in body(client, f"{page.address}?format=jsonl").splitlines()]
    addresses = [row["record_url"] for row in rows[:5] if page.detail and page.name != "partners"]
    return rows + lines + [client.get(f"{address}?format=json").json()["record"] for address in addresses]


def test_every_number_is_that_of_the_record_it_names(report, client, subtests):
    """The report has nearly every link; numbers of its rows and of what they name hardly ever agree."""
    followed = set()
    for page in LISTS.values():
        rows = told(page, client)
        for name, model in links(page).items():
            with subtests.test(f"{page.name} {name}"):
                named = [row[name] for row in rows if row[name]]
                found = model.objects.in_bulk({one["id"] for one in named})
                known = {key: {str(row), getattr(row, "name_beside", "")} for key, row in found.items()}
                assert [one for one in named if one["name"] not in known.get(one["id"], ())] == []
                followed |= {(page.name, name)} if named else set()
    assert {("observations", "indicator"), ("memberships", "level"), ("rosters", "conference")} <= followed


def test_rows_of_two_lists_are_joined_by_it(client):
    factories.indicator()
    one = factories.observation()
    [row] = json.loads(body(client, "/observations/?format=json"))["rows"]
    indicators = {row["id"]: row for row in json.loads(body(client, "/indicators/?format=json"))["rows"]}
    assert one.pk != one.indicator_id
    assert indicators[row["indicator"]["id"]]["code"] == one.indicator.code == row["code"]


@pytest.mark.parametrize(("model", "link"), [(Observation, "indicator"), (Membership, "organisation")])
def test_lists_of_staff_tell_the_same(report, admin_client, model, link):
    address = f"/admin/{model._meta.label_lower.replace('.', '/')}/?format=json"
    rows = json.loads(body(admin_client, address))["rows"]
    assert {row["id"]: row[link]["id"] for row in rows} == dict(model.objects.values_list("pk", f"{link}_id"))


def test_the_description_says_with_which_list_it_is_joined(client, db):
    described = json.loads(client.get("/en/api/openapi.json").content)["components"]["schemas"]
    lists = {page.table.model() for page in LISTS.values()}
    for page in LISTS.values():
        for name, model in links(page).items():
            said = described[f"{page.name}-row"]["properties"][name]["description"]
            assert (f"`{getattr(model, 'list_name', '')}`" in said) == (model in lists), (page.name, name)
