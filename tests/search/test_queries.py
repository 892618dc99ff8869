"""What readers type is found: sixty queries of every kind, and every figure printed on the page of the conference."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.search.asking import context_of, first_rows, offered
from tests.search.queries import ASKED_OTHERWISE, SAID_OTHERWISE, SIXTY

pytestmark = pytest.mark.django_db


def is_found(client, query: str, name: str, label: str) -> bool:
    words = query.removeprefix("~")
    if query != words:
        assert first_rows(client, words).get(name, []) == []  # never silently replaced
        words = next(iter(offered(client, words)), words)
    return any(label in shown for shown in first_rows(client, words).get(name, []))


def test_there_are_sixty_queries_and_no_two_alike():
    assert len({query for query, _name, _label in SIXTY}) == 60


def test_the_right_record_stands_among_the_first_three(client, report):
    assert [query for query, name, label in SIXTY if not is_found(client, query, name, label)] == []


def test_what_is_said_otherwise_than_printed_is_found(client, report):
    asked = [*SAID_OTHERWISE, *ASKED_OTHERWISE]
    assert [query for query, name, label in asked if not is_found(client, query, name, label)] == []


@pytest.mark.parametrize(
    "typed", ["187.5亿元", "84.9亿元", "9.6%", "2.2%", "77家", "8万家", "65%", "58%", "1.9%", "-6.5%"]
)
def test_a_figure_is_not_found_within_another(client, report, typed):
    context = context_of(client, typed)
    assert (context["found"], context["meant"], context["told"]) == ([], [], [])


def test_every_figure_on_the_page_of_the_conference_is_found(client, report):
    page = client.get(reverse("conferences-detail", args=[1])).content.decode()
    figures = {unescape(figure) for figure in re.findall(r"<data[^>]*>([^<]+)</data>", page)}
    assert len(figures) >= 30
    missed = [figure for figure in figures if not stated_in_first(client, figure)]
    assert missed == []


def stated_in_first(client, figure: str) -> bool:
    """Whether one of the first three rows of the first three lists states it."""
    found = client.get(reverse("search"), {"q": figure}).context["found"][:3]
    rows = (row for result in found for row in str(result["rows"]).split("<tr>")[1:4])
    return any(figure in unescape(re.sub(r"<[^>]*>", "", row)) for row in rows)
