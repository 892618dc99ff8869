"""Which citations the public may read: those of fields that pages show, and of links that lead to nothing hidden."""

import json

import pytest

from fengtai.lists.site import site_lists
from fengtai.lists.tables import COMMON
from fengtai.records.proving import provable_fields
from tests import factories

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
WORDS = "示例原话"
PAGES = {page.table.__name__: page for page in site_lists()}


def answers(client, record) -> list[str]:
    """The page, the list's files with their notes, and what the source's page says."""
    page = f"/{record.list_name}/"
    shown = [client.get(record.get_absolute_url()), client.get(page), client.get(f"{page}?format=json")]
    texts = [response.content.decode() for response in shown[:2]]
    return [*texts, b"".join(shown[2]).decode(), b"".join(client.get(f"{page}?format=csv")).decode()]


def is_read(client, record) -> set[bool]:
    return {WORDS in text for text in answers(client, record)}


@pytest.mark.parametrize("field", ["remark", "work_group", "nonsense", "state"])
def test_what_proves_a_field_for_staff_is_for_staff(client, field):
    record = factories.project()
    source = factories.source(title="示例来源")
    factories.citation(record, source=source, field=field, words=WORDS)
    assert is_read(client, record) == {False}
    assert json.loads(b"".join(client.get(f"/projects/?source={source.pk}&format=json")))["rows"] == []
    assert record.get_absolute_url() not in client.get(source.get_absolute_url()).content.decode()


@pytest.mark.parametrize("field", ["", "summary", "project", "place", "industries", "parties"])
def test_what_proves_a_public_field_is_read(client, field):
    record = factories.project(place=factories.place())
    record.industries.add(factories.industry())
    factories.party(project=record)
    factories.citation(record, field=field, words=WORDS)
    assert is_read(client, record) == {True}


@pytest.mark.parametrize("state", ["draft", "review", "withdrawn"])
def test_what_proves_a_link_is_as_public_as_what_it_leads_to(client, state):
    place, industry = factories.place(name="示例密地", state=state), factories.industry(state=state)
    record = factories.project(place=place)
    record.industries.add(factories.industry(), industry)
    factories.party(project=record, organisation=factories.organisation(state=state))
    for field in ("place", "industries", "parties"):
        factories.citation(record, field=field, words=WORDS)
    assert is_read(client, record) == {False}


def test_a_full_text_is_quoted_by_no_citation(client):
    source = factories.source()
    factories.citation(source, source=source, field="full_text", words=WORDS)
    assert is_read(client, source) == {False}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_column_of_a_list_can_be_proved(page):
    counted = {"on_file", "not_yet_named", "code"}  # by the platform itself
    if page.name == "indicators":
        counted |= {"latest", "growth", "period", "scope", "line"}  # proved with the figures that hold them
    if page.name == "observations":
        counted |= {"superseded_by"}  # proved with the figure that replaces it
    columns = {name for name in page.table.declared() if name not in COMMON} - counted
    assert columns - provable_fields(page.table.model()).keys() == set()
