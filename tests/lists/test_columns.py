"""Columns chosen in the address: the page and the files hold them in the order of the list, and nothing else does."""

import csv
import io
import json

import pytest
from django.http import QueryDict

from fengtai.lists.site import site_lists
from fengtai.pages.question_form import fields
from tests import factories
from tests.pages.crawling import text_of

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
LISTS = {page.name: page for page in site_lists()}


def headings(client, asked: str, name: str = "organisations") -> list[str]:
    question = client.get(f"{LISTS[name].address}?{asked}").context["question"]
    return [*question.columns]


def test_a_page_shows_the_columns_chosen_in_the_order_of_the_list(client):
    factories.organisation(name="示例银河", website="https://example.com/a")
    page = client.get("/organisations/?show=website,kind")
    assert page.context["question"].columns == ("name", "kind", "website")
    assert page.text.count("<th scope") == 3 and "https://example.com/a" in page.text
    assert headings(client, "show=") == headings(client, "") == [*LISTS["organisations"].table.names(detail=False)]
    assert headings(client, "show=name") == ["name"]


@pytest.mark.parametrize("name", LISTS)
def test_every_column_of_every_list_can_be_chosen(client, name):
    factories.LIST_ROWS[name]()
    names = LISTS[name].table.names()
    for one in names:
        page = client.get(f"{LISTS[name].address}?show={one}")
        assert (page.status_code, [*page.context["question"].columns]) == (200, [*dict.fromkeys([names[0], one])])


@pytest.mark.parametrize("asked", ["show=nonsense", "show=remark", "show=kind,state", "show=%00", "show=kind,kind,x"])
def test_a_column_that_a_list_has_not_is_refused(client, asked):
    for more in ("", "&format=csv", "&format=json"):
        assert client.get(f"/organisations/?{asked}{more}").status_code == 400, more


def test_files_hold_the_columns_chosen_and_all_where_none_is(client):
    found = factories.organisation(name="示例银河", kind="firm")
    [row] = json.loads(text_of(client.get("/organisations/?format=json&show=kind")))["rows"]
    address = f"http://testserver/organisations/{found.pk}/"
    name = {"id": found.pk, "name": "示例银河"}
    assert row == {"id": found.pk, "record_url": address, "name": name, "kind": "firm"}
    [heads, cells] = csv.reader(
        io.StringIO(text_of(client.get("/organisations/?format=csv&show=kind")).lstrip("\ufeff"))
    )
    assert (len(heads), cells) == (4, ["示例银河", "企业", address, str(found.pk)])
    [row] = json.loads(text_of(client.get("/organisations/?format=json")))["rows"]
    assert row.keys() == {"id", "record_url", *LISTS["organisations"].table.names()}


def test_the_form_sends_its_boxes_and_keeps_what_else_is_asked(client):
    for number in range(30):
        factories.organisation(name=f"示例{number:02}", kind="firm")
    page = client.get("/organisations/?show=kind&show=industries&kind=firm&sort=-name&per_page=50")
    assert page.context["question"].columns == ("name", "kind", "industries")
    for name, value in (("kind", "firm"), ("sort", "-name"), ("per_page", "50")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page.text
    assert '<input type="hidden" name="show" value="kind,industries">' in page.text
    question = page.context["question"]
    addresses = [question.address(sort="name"), question.address(format="csv"), question.chips()[0].without]
    assert [address for address in addresses if "show=kind%2Cindustries" not in address] == []


def test_a_choice_that_leaves_nothing_is_not_offered_unless_it_is_chosen():
    factories.organisation(kind="firm")
    factories.organisation(kind="institute")

    def offered(asked: str) -> dict[str, list[str]]:
        found = fields(LISTS["organisations"].ask(QueryDict(asked)))
        return {field.name: [option.value for option in field.options if option.value] for field in found}

    assert offered("")["kind"] == ["firm", "institute"]
    assert offered("kind=chamber")["kind"] == ["firm", "institute", "chamber"]
    assert "level" not in offered("")
    assert offered("level=nonsense")["kind"] != ["firm", "institute"], "nothing is counted of what cannot be asked"
