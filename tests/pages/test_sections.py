"""What a record's page shows of other lists, and pages of records of which only what is required is known."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from fengtai.lists.site import site_lists
from fengtai.pages import detail_pages
from fengtai.pages.paragraphs import paragraphs_of
from tests import factories
from tests.pages.marked_rows import forget_hubs, hub, links_of, many_links_of, plain, records, site_models, values

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
PAGES = {page.name: page for page in site_lists() if page.detail}
PAIRS = [
    (target.name, listed.name, link)
    for target in PAGES.values()
    for listed in PAGES.values()
    if (link := detail_pages._link(listed.table.model(), target.table.model()))
]


@pytest.fixture(autouse=True)
def few_rows(monkeypatch):
    forget_hubs()
    monkeypatch.setattr(detail_pages, "SECTION_ROWS", 1)


def linked(model, link: str, target):
    """A row of the model that links to the target along the path."""
    first, *further = link.split("__")
    if further:
        entry = model._meta.get_field(first).related_model
        row = plain(model)
        plain(entry, **{model._meta.get_field(first).field.name: row, further[0]: target})
        return row
    if first in {field.name for field in many_links_of(model)}:
        row = plain(model)
        getattr(row, first).add(target)
        return row
    return plain(model, **{first: target})


@pytest.mark.parametrize(("target", "listed", "link"), PAIRS)
def test_a_section_shows_its_first_rows_and_leads_to_exactly_those_it_counts(client, target, listed, link):
    record, model = plain(PAGES[target].table.model()), PAGES[listed].table.model()
    most = 1 if getattr(model._meta.get_field(link.split("__")[0]), "unique", False) else 2
    rows = [linked(model, link, record) for _number in range(most)]
    plain(model)
    context = client.get(record.get_absolute_url()).context
    section = next(section for section in context["sections"] if section.page.name == listed)
    assert (section.count, len(section.records)) == (len(rows), 1)
    if section.address:
        _path, query = section.address.split("?")
        assert PAGES[listed].ask(QueryDict(query)).count == section.count
    else:
        assert len(rows) == 1, "a list of many rows knows no question for them"


@pytest.mark.parametrize("name", PAGES)
def test_what_a_source_states_is_counted_as_its_list_counts_it(name):
    source = factories.source()
    for _number in range(2):
        factories.citation(plain(PAGES[name].table.model()), source=source)
    [paragraph] = paragraphs_of(source)
    assert [len(kind.taken) for kind in paragraph.kinds if kind.title == PAGES[name].title] == [2]
    assert PAGES[name].ask(QueryDict(f"source={source.pk}&paragraph=1")).count == 2


def bare(model):
    """A row of which nothing is known but what must be; where one of several texts must be, the first that will do."""
    typed, columns = values(model, marked=False), {field.name: field for field in model._meta.concrete_fields}
    optional = [name for name in typed if columns[name].blank or columns[name].null]
    needed = {name: value for name, value in typed.items() if name not in optional or name == "state"}
    needed |= {link.name: hub(link.related_model) for link in links_of(model) if not link.null}
    for more in ({}, *({name: typed[name]} for name in optional)):
        try:
            with transaction.atomic():
                return model.objects.create(**needed, **more)
        except IntegrityError:
            continue
    raise AssertionError(f"{model.__name__} wants more than one text that its fields call optional")


@pytest.mark.parametrize("model", records(), ids=lambda model: model.__name__)
def test_every_page_and_file_answers_where_only_what_is_required_is_known(client, model):
    row = bare(model)
    if any(field.name == "headline" for field in model._meta.fields):
        model.objects.filter(pk=row.pk).update(headline=1)
    for start in ("", "/en"):
        addresses = [f"{start}/", f"{start}/search/?q=x"]
        if row.list_name:
            addresses += [f"{start}/{row.list_name}/", f"{start}{row.get_absolute_url()}"]
            addresses += [f"{start}/{row.list_name}/?format={name}" for name in ("xlsx", "csv", "json")]
        for address in addresses:
            response = client.get(address)
            assert response.status_code == 200, address
            assert b"".join(response) != b""


def test_a_headline_roster_without_a_day_of_its_own_has_that_of_a_public_conference(client):
    roster = factories.roster(headline=1, conference=factories.conference(held="2024年4月23日"))
    assert [str(headline.period) for headline in client.get("/").context["headlines"]] == ["2024年4月23日"]
    type(roster.conference).objects.update(state="draft")
    assert [headline.period for headline in client.get("/").context["headlines"]] == [None]
    type(roster).objects.update(conference=None)
    assert [headline.period for headline in client.get("/").context["headlines"]] == [None]


@pytest.mark.parametrize("name", PAGES)
def test_a_section_costs_as_many_queries_for_three_rows_as_for_one(name, monkeypatch):
    monkeypatch.setattr(detail_pages, "SECTION_ROWS", 50)
    page = PAGES[name]
    rows = [_with_links(page.table.model()) for _number in range(4)]
    costs = []
    for shown in (rows[:1], rows[:1], rows[1:]):  # the first finds what kinds of content there are
        with CaptureQueriesContext(connection) as captured:
            keys = [row.pk for row in shown]
            section = detail_pages._section(page, page.table.rows().filter(pk__in=keys))
        assert section.count == len(shown)
        costs.append(len(captured))
    assert costs[1] == costs[2]


def _with_links(model):
    """A public row with public rows of its own behind every link and every column of linked rows."""
    row = plain(model, **{link.name: plain(link.related_model) for link in links_of(model)})
    for link in many_links_of(model):
        if link.related_model in records():
            getattr(row, link.name).add(plain(link.related_model))
    for relation in model._meta.related_objects:
        if relation.one_to_many and relation.related_model in site_models():
            plain(relation.related_model, **{relation.field.name: row})
    factories.citation(row)
    return row
