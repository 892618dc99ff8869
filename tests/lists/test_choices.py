"""Filters with choices: what each would leave is true for few rows, and never more than true for many."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from fengtai.lists import choices
from fengtai.lists.choices import Rows
from fengtai.lists.questions import Question
from fengtai.lists.site import site_lists
from fengtai.pages.question_form import fields
from tests.factories import citation, event, industry, level, membership, organisation, project, roster, source
from tests.lists.limits import count_to

pytestmark = pytest.mark.django_db
LISTS = {page.name: page for page in site_lists()}
ORGANISATIONS = LISTS["organisations"]


def ask(address: str, name: str = "organisations"):
    return LISTS[name].ask(QueryDict(address))


def offered(field: str, address: str = "") -> dict[str, str]:
    """What the choices of a filter say, by their codes; nothing of a filter that is not shown, as it has none."""
    found = [option for shown in fields(ask(address)) if shown.name == field for option in shown.options]
    return {option.value: option.rows_shown for option in found if option.value}


@pytest.fixture
def few(monkeypatch):
    """From four rows on, rows are many, and two are counted; however long that takes."""
    count_to(monkeypatch, 2)
    monkeypatch.setattr(Question, "most", None)


def test_few_rows_are_counted_exactly_under_the_other_filters():
    leader, other = level(code="leader", name="示例链长"), level(code="partner", name="示例伙伴")
    first, second = organisation(name="示例甲", kind="firm"), organisation(name="示例乙", kind="institute")
    for found, edition in ((first, "示例一"), (first, "示例二"), (second, "示例一")):
        membership(organisation=found, level=leader, roster=roster(title=edition))
    membership(organisation=second, level=other)
    assert offered("level") == {"leader": "2", "partner": "1"}
    assert offered("level", "kind=firm") == {"leader": "1"}, "what would leave nothing is not offered"
    assert offered("kind", "level=partner")["institute"] == "1"
    assert offered("kind", "kind=firm") == offered("kind"), "a filter is not counted under itself"
    assert offered("industry")["not-stated"] == "2"


def test_a_link_that_names_nothing_hides_no_other_link():
    row = organisation()
    membership(organisation=row, roster=roster(title="示例名单"))
    membership(organisation=row, level=level(code="leader", name="示例链长"), roster=None)
    assert offered("roster") == {str(row.memberships.first().roster_id): "1"}


def test_of_many_rows_no_choice_promises_more_than_it_leaves(few, monkeypatch):
    for number in range(5):
        organisation(name=f"示例{number}", kind="firm" if number < 4 else "institute")
    assert offered("kind") == {"firm": "4", "institute": "1"}, "kept as bits, they are exact however many they are"
    monkeypatch.setattr("fengtai.lists.bits.LARGEST_KEY", 0)  # keys too large to be kept so
    cache.clear()
    assert offered("kind") == {"firm": "4+", "institute": "1"}
    assert ask("kind=firm").count_label == "2+"
    assert len(ask("kind=firm").window.keys) == 4
    assert len(ask("kind=institute").window.keys) == 1


def test_words_that_very_many_rows_hold_are_not_counted_as_if_these_were_all(monkeypatch):
    count_to(monkeypatch, 3)
    monkeypatch.setattr(Question, "most", None)
    for number in range(8):
        organisation(name=f"示例{number}", kind="firm" if number % 2 else "institute")
    shown = offered("kind", "q=示例")
    assert {shown["firm"], shown["institute"]} == {"2+"}, "four of each, of which the search found four in all"
    assert offered("kind", "q=示例1")["firm"] == "1"


def test_of_very_many_records_the_first_that_rows_hold_are_offered(client, monkeypatch):
    monkeypatch.setattr("fengtai.lists.linked_record_choices.OFFERED", 2)
    parties = [organisation(name=f"示例{number}") for number in range(5)]
    for party in parties[1:4]:
        project(title=f"示例项目{party.pk}").organisations.add(party, through_defaults={"role": "investor"})
    context = client.get(f"/projects/?party={parties[3].pk}").context
    [field] = [field for field in fields(ask(f"party={parties[3].pk}", "projects")) if field.name == "party"]
    offered = [(option.label, option.chosen) for option in field.options if option.value]
    assert offered == [("示例1", False), ("示例2", False), ("示例3", True)], "what is not stated would leave nothing"
    assert "2" in field.hint
    assert [chip.value for chip in context["question"].chips()] == ["示例3"]
    assert len(ask(f"party={parties[4].pk}", "projects").window.keys) == 0
    assert ask(f"party={parties[4].pk + 1}", "projects").errors


def test_what_was_not_looked_at_promises_nothing():
    assert (str(Rows(0)), str(Rows(0, more=True)), str(Rows(7, more=True))) == ("0", "", "7+")
    assert (str(Rows(1001)), str(Rows(1001, more=True))) == ("1,001", "1,001+")


def test_many_rows_are_found_by_every_pair_of_filters(few):
    found, trade = [], industry(name="示例产业")
    for number in range(8):
        row = organisation(name=f"示例{number}", kind="firm" if number % 2 else "institute")
        found.append(row)
        if number < 6:
            row.industries.add(trade)
            membership(organisation=row)
    address = f"kind=firm&industry={trade.pk}&level=partner"
    assert set(ask(address).window.keys) == {row.pk for row in found[:6] if row.kind == "firm"}
    assert set(ask(f"kind=firm&industry={choices.UNSTATED}").window.keys) == {found[7].pk}


def test_a_link_that_is_not_public_lets_no_filter_find_what_it_belongs_to():
    row = organisation()
    leader = level(code="leader", name="示例链长")
    membership(organisation=row, level=leader, held_back=True)
    hidden = industry(state="draft")
    row.industries.add(hidden)
    citation(row, source=source(state="draft"))
    assert ask("level=leader").errors and offered("level") == {}  # of what nobody public has
    assert ask(f"industry={choices.UNSTATED}").window.keys == [row.pk]
    assert ask(f"industry={hidden.pk}").errors
    membership(organisation=organisation(name="示例乙"), level=leader)
    assert row.pk not in ask("level=leader").window.keys
    assert offered("level") == {"leader": "1"}


def test_what_a_page_shows_as_not_stated_is_found_as_not_stated():
    hidden, shown = industry(name="示例甲", state="draft"), industry(name="示例乙")
    rows = [event(title=f"示例{number}", industry=found) for number, found in enumerate((hidden, shown, None))]
    not_stated = next(field for field in fields(ask("", "events")) if field.name == "industry").options
    assert {option.value: option.rows_shown for option in not_stated if option.value} == {
        choices.UNSTATED: "2",
        str(shown.pk): "1",
    }
    assert set(ask(f"industry={choices.UNSTATED}", "events").window.keys) == {rows[0].pk, rows[2].pk}


def test_equal_values_stand_in_the_order_of_names():
    for name in ("示例重庆", "示例长沙", "示例厦门"):
        organisation(name=name, kind="firm")
    names = dict(ORGANISATIONS.table.rows().values_list("pk", "name"))
    assert [names[key] for key in ask("sort=kind").window.keys] == ["示例长沙", "示例重庆", "示例厦门"]
    assert [names[key] for key in ask("sort=-kind").window.keys] == ["示例厦门", "示例重庆", "示例长沙"]


OWN_SORTS = [(name, sort) for name in ("organisations", "places", "projects") for sort in LISTS[name].table.sortable()]


def _is_indexed(name: str, sort: str) -> bool:
    """Figures are sorted by two columns, and what is derived, such as a project's stage, by none."""
    columns = {field.name for field in LISTS[name].table.model()._meta.concrete_fields}
    paths = LISTS[name].table.sortable()[sort]
    return columns.issuperset(paths) and not any(path.endswith(("_unit", "_value")) for path in paths)


INDEXED = [pair for pair in OWN_SORTS if _is_indexed(*pair)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by the number of rows, and here are none")
@pytest.mark.parametrize(("name", "sort"), INDEXED)
@pytest.mark.parametrize("turned", ["", "-"])
def test_a_column_of_its_own_is_sorted_by_an_index(name, sort, turned):
    rows = ask(f"sort={turned}{sort}", name).rows.values_list("pk")[:26]
    assert "TEMP B-TREE" not in rows.explain()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reads one index both ways")
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("turned", ["", "-"])
def test_codes_are_sorted_by_an_index_wherever_those_without_stand(turned, backwards):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_incremental_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    question = ask(f"sort={turned}credit_code")
    rows = question.order.apply(question.matching, backwards=backwards)
    assert "Sort" not in rows.values_list("pk")[:26].explain()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by the number of rows, and here are none")
@pytest.mark.parametrize("turned", ["", "-"])
def test_a_cursor_enters_the_index(turned):
    for number in range(30):
        organisation(name=f"示例{number:02d}")
    following = ask(f"sort={turned}name").window.following
    question = ask(following.lstrip("?"))
    plan = question.order.beyond(question.matching, question.params["after"], backwards=False)[:26].explain()
    assert "SEARCH partners_organisation USING INDEX organisation_order (sort_key" in plan
    assert len(question.window.keys) == 5


@pytest.mark.django_db(transaction=True)
def test_a_page_costs_three_queries_once_its_answer_is_known(client):
    organisation()
    address = "/organisations/?kind=not-stated"
    client.cookies["sessionid"] = "x" * 32  # not answered from the pages kept for everybody
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).content.decode().count("<tr>") == 2
    assert len(captured) == 3, [query["sql"][:80] for query in captured]
    organisation(name="示例乙")
    assert client.get(address).content.decode().count("<tr>") == 3, "a write is visible in the next request"
