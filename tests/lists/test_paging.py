"""Pages of long lists: every row once, in order, by number or by cursor, also while rows come and go."""

import base64
import json
import random

import pytest
from django.http import QueryDict

from fengtai.lists import paging
from fengtai.lists.site import site_lists
from partners.models import Organisation
from tests import factories
from tests.lists.limits import count_to

pytestmark = pytest.mark.django_db
LISTS = {page.name: page for page in site_lists()}


def window(name: str, address: str):
    question = LISTS[name].ask(QueryDict(address.lstrip("?")))
    found = question.window
    assert question.errors == {}, question.errors
    return found


def walk(name: str, address: str, direction: str, *, most=20) -> list[list[int]]:
    """The keys of all pages, one after the other by the links of the pages themselves."""
    keys = []
    for _number in range(most):
        found = window(name, address)
        keys.append(found.keys)
        address = getattr(found, direction)
        if not address:
            return keys
    raise AssertionError("the pages do not end")


@pytest.fixture
def observations():
    indicator, scope = factories.indicator(), factories.scope()
    texts = ["1家", "1家", "2家", "约2家", "12亿元", ""] * 10
    random.Random(4).shuffle(texts)
    for text in texts:
        period = "" if len(text) == 2 else "2023年"
        factories.observation(indicator=indicator, scope=scope, value=text, growth="1%", period=period)


@pytest.mark.parametrize("sort", ["", "value", "-value", "period", "-period", "indicator", "-indicator"])
def test_cursors_visit_every_row_once_in_the_order_of_the_list(observations, sort):
    address = f"per_page=25&sort={sort}"
    expected = list(LISTS["observations"].ask(QueryDict(address)).rows.values_list("pk", flat=True))
    assert [key for page in walk("observations", address, "following") for key in page] == expected
    backwards = walk("observations", f"{address}&before=end", "previous")
    assert [key for page in reversed(backwards) for key in page] == expected


def test_every_list_pages_forwards_and_backwards_in_every_order(subtests):
    for name in LISTS:
        for _row in range(27):
            factories.LIST_ROWS[name]()
    for name, page in LISTS.items():
        for sort in ["", *page.table.sortable()]:
            with subtests.test(f"{name} {sort}"):
                keys = [key for keys in walk(name, f"sort={sort}", "following") for key in keys]
                assert len(keys) == len(set(keys)) == page.table.rows().count() >= 27
                [*_, first] = walk(name, f"sort={sort}&before=end", "previous")
                assert keys[: len(first)] == first


def test_what_follows_a_row_stays_the_same_when_rows_are_added_before_it():
    for number in range(60):
        factories.organisation(name=f"示例m{number:03}")
    following = window("organisations", "").following
    expected = window("organisations", following).keys
    for number in range(10):
        factories.organisation(name=f"示例a{number:03}")
    assert window("organisations", following).keys == expected


def test_rows_are_counted_far_beyond_the_pages_that_have_numbers(client):
    Organisation.objects.bulk_create(
        Organisation(name=f"示例{number:05}", kind="firm", state="published") for number in range(2130)
    )
    asked = ("", "q=示例", "kind=firm", "kind=firm&q=示例", "kind=body")
    assert [client.get(f"/organisations/?{one}").context["question"].count_label for one in asked] == [
        *["2,130"] * 4,
        "0",
    ]
    for one in ("", "&q=示例"):
        name = client.get(f"/organisations/?format=csv{one}").headers["Content-Disposition"]
        assert "2%2C130%E6%9D%A1.csv" in name


def test_a_long_list_is_counted_no_further_than_promised(client, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 1020)
    Organisation.objects.bulk_create(
        Organisation(name=f"示例{number:05}", state="published") for number in range(paging.COUNTED + 10)
    )
    context = client.get("/organisations/").context
    assert context["question"].count_label == "1,020+"
    assert [label for label, _address, _said, _shown in context["pages"]][-2:] == ["…", "末页"]
    ordered = LISTS["organisations"].ask(QueryDict()).rows.values_list("pk", flat=True)
    assert window("organisations", "before=end").keys == list(ordered)[-25:]
    refused = client.get("/organisations/?page=41").context["question"]
    assert "40" in refused.errors["page"][0]


@pytest.mark.parametrize("counted", [1, 3, 7, 8, 30])
@pytest.mark.parametrize("asked", ["", "q=示例", "kind=firm", "kind=firm&q=示例", "q=示例 firm", "source=1"])
def test_however_far_rows_are_counted_the_number_is_true(monkeypatch, counted, asked):
    count_to(monkeypatch, counted)
    source = factories.source(pk=1)
    for number in range(8):
        row = factories.organisation(name=f"示例firm{number}", kind="firm")
        factories.citation(row, source=source)
    question = LISTS["organisations"].ask(QueryDict(asked))
    assert question.count_label == ("8" if counted >= 8 else f"{counted}+")
    assert question.count == min(8, counted + 1)


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%00",
        "end2",
        "W10",
        "WzFd",
        "bnVsbA",
        "e30",
        "W251bGwsbnVsbF0",
        "WyJhIixbXV0",
        "WyJhIiwxZTk5OV0",
        "9" * 150,
        "WyJcdTAwMDAiLDFd",
        "WyJcdWQ4MDAiLCAxXQ",
    ],
)
@pytest.mark.parametrize("side", ["after", "before"])
def test_a_cursor_the_list_did_not_give_out_is_refused(client, cursor, side):
    factories.organisation()
    response = client.get(f"/organisations/?{side}={cursor}")
    assert response.status_code == 400
    assert response.context["rows"] == ""
    assert response.context["question"].errors


NO_TEXT = [None, True, False, 0, -1, 1.5, 2**63, 10**400, float("nan"), float("inf"), [], [1], {}, {"a": 1}]
NUMBERS = ["1", "-1", "1e999", "NaN", "sNaN", "-Infinity", "0." + "1" * 60, "9" * 30]
TEXTS = ["", "甲", "\ud800", "\udfff\ud800", "\x00", "true", "null"]
DAYS = ["2024-04-23", "0001-01-01", "9999-12-31", "2024-02-30", "2024", "2024-04-23T00:00:00Z"]
VALUES = [*NO_TEXT, *NUMBERS, *TEXTS, *DAYS]


@pytest.mark.parametrize("page", LISTS.values(), ids=LISTS)
def test_whatever_stands_in_a_cursor_it_is_taken_or_refused(page):
    """Each kind of JSON value in each place of it, for every order of every list."""
    factories.LIST_ROWS[page.name]()
    for sort in ("", *page.table.sortable()):
        width = len(page.ask(QueryDict(f"sort={sort}")).order.keys)
        for value in VALUES:
            for position in range(width):
                values = ["1"] * width
                values[position] = value
                cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
                side = ("after", "before")[position % 2]
                question = page.ask(QueryDict(f"sort={sort}&{side}={cursor}"))
                assert question.window.keys == [] or not question.errors, (sort, values)


def test_the_longest_texts_make_no_cursor_that_is_refused():
    rows = [("claim", "𠮷" * 100), ("figure_of", "𠮷" * 50)]
    for number in range(27):
        factories.event(title=f"{'𠮷重庆装𰻝' * 19}{number:02}", **dict(rows))
    for sort in LISTS["events"].table.sortable():
        assert len(walk("events", f"sort={sort}", "following")) == 2, sort
        assert len(walk("events", f"sort={sort}&before=end", "previous")) == 2, sort


def test_nothing_follows_the_end(client):
    factories.organisation()
    assert "after" in client.get("/organisations/?after=end").context["question"].errors


def test_a_place_whose_rows_are_gone_leads_back_to_the_others(client):
    rows = [factories.organisation(name=f"示例{number:02}", kind="firm") for number in range(26)]
    following = window("organisations", "kind=firm").following
    rows[-1].delete()
    page = client.get(f"/organisations/{following}")
    assert page.context["rows"] == ""
    assert 'href="?kind=firm">回到第一页' in page.content.decode()
    assert len(client.get("/organisations/?kind=firm").context["window"].keys) == 25


def test_a_page_and_a_cursor_are_not_asked_for_at_once(client):
    factories.organisation()
    assert "page" in client.get("/organisations/?page=1&after=end").context["question"].errors
