"""Nothing hidden shows: rows of every model in every hidden state carry marks, and no page or file holds one.

The models are read from the app registry, so that a new one is covered from its first minute.
"""

import json
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import TestCase
from django_filters import DateFilter

from fengtai.lists.linked_record_choices import RecordFilter
from fengtai.lists.site import site_lists
from fengtai.lists.value_filters import PeriodFilter
from fengtai.records.doors import public_links
from fengtai.records.models import Source
from tests.operations.whole import is_whole
from tests.pages.crawling import crawl, text_of
from tests.pages.hidden_world import is_public, make_hidden_world
from tests.pages.marked_rows import COMMON_WORD, MARK, forget_hubs, hidden_states, marked, plain, records, site_models

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
STARTS = ("/", "/en/")
LEFT_OUT = () if is_whole() else ("/en/", "/corrections/new/")  # English pages are made of the same rows
UNASKED = () if is_whole() else ("sort",)  # the same rows in another order; what orders them is a test's of its own
PLACES = ("value", "name", "figure")
OF_EACH = 3 if is_whole() else 2  # rows of a list: those made last link to what is hidden, and were hidden before
FORMATS = ("xlsx", "csv", "json", "jsonl")
JOINING = [model for model in site_models() if len(public_links(model)) > 1]


@pytest.fixture(autouse=True)
def no_hubs_of_other_tests():
    forget_hubs()


def marks(text: str) -> set[str]:
    """Figures are also shown with commas."""
    return {*MARK.findall(text), *MARK.findall(text.replace(",", ""))}


def rows_of(client, page, asked: str) -> list[dict]:
    return json.loads(text_of(client.get(f"{page.address}?{asked}&format=json")))["rows"]


def questions_for(target):
    """Every list, and the questions by which it can be asked for the records of a model."""
    for page in site_lists():
        for name, question in page.filterset.declared().items():
            if isinstance(question, RecordFilter) and question.asks_for is target:
                yield page, name


def pages_of_records() -> list:
    return [page for page in site_lists() if page.detail]


def some(rows) -> list:
    return [*rows.order_by("-pk")[:OF_EACH]]


def doors(row) -> list[str]:
    """Every address that begins with a record's own, or names it."""
    own = row.get_absolute_url()
    named = [f"{own}proof/{place}/" for place in PLACES]
    return [f"{own}?format=json", f"/en{own}?format=json", f"{own}chart.svg", f"/corrections/new/?about={own}", *named]


def lists_asked() -> list[str]:
    """Each list with all its columns, under the keys of its columns, drawn, and asked by paragraph."""
    sources = [source.pk for source in some(Source.objects.public())]
    asked = []
    for page in site_lists():
        shown = ",".join(page.table.names())
        asked += [f"{page.address}?show={shown}", f"{page.address}?format=csv&columns=keys", f"{page.address}chart.svg"]
        asked += [f"{page.address}?source={pk}&paragraph={number}" for pk in sources for number in (1, 2)]
    return asked


class HiddenWorld(TestCase):
    """One world for all of these, which only read it."""

    @classmethod
    def setUpTestData(cls):
        cls.hidden = make_hidden_world()

    def test_the_public_site_holds_no_mark_and_is_read_whole(self):
        assert [row for row in self.hidden if is_public(row)] == []
        paths = (f"search/?q={quote(COMMON_WORD)}", "api/openapi.json", "feed.atom", "data/", "data/api/")
        others = [f"{start}{path}" for start in STARTS for path in paths]
        others += [
            "/sitemap.xml",
            "/robots.txt",
            *(f"/sitemap-{page.name}.xml" for page in site_lists() if page.detail),
        ]
        read, leaks = set(), []
        for address, text in crawl(self.client, *STARTS, *others, left_out=LEFT_OUT, unasked=UNASKED):
            read.add(address)
            leaks += [(address, mark) for mark in sorted(marks(text))]
        assert leaks[:5] == []
        named = {page.name for page in site_lists() if page.detail}
        shown = [row for model in records() if model.list_name in named for row in model.objects.public()]
        assert {row.get_absolute_url() for row in shown} - {"", *read} == set()
        assert {f"{page.address}?format={name}" for page in site_lists() for name in FORMATS} - read == set()
        orders = {f"{page.address}?sort={name}" for page in site_lists() for name in page.table.sortable()}
        assert UNASKED or orders - read == set()

    def test_what_is_hidden_finds_nothing_and_cannot_be_asked_for(self):
        for page in site_lists():
            assert [rows_of(self.client, page, f"q={words}") for words in ("zqmark", "98765")] == [[], []], page.name
        assert [self.client.get(f"{start}search/?q=zqmark").context["found"] for start in STARTS] == [[], []]
        for model in records():
            rows = [row for row in self.hidden if type(row) is model]
            for page, name in questions_for(model):
                answers = [self.client.get(f"{page.address}?{name}={row.pk}&format=json") for row in rows]
                answers.append(self.client.get(f"{page.address}?{name}={rows[0].pk}"))
                assert {answer.status_code for answer in answers[:-1]} == {400}, (page.name, name)
                assert marks("".join(map(text_of, answers))) == set(), (page.name, name)
            for row in rows if model.list_name else ():
                assert self.client.get(row.get_absolute_url()).status_code == 404, row

    def test_no_question_for_a_day_tells_one_that_is_hidden(self):
        """All days of public rows are later: whatever is found of these years was found by what is hidden."""
        for page in site_lists():
            for name, question in page.filterset.declared().items():
                form = {DateFilter: "{}-12-31", PeriodFilter: "{}年"}.get(type(question))
                found = (
                    [rows_of(self.client, page, f"{name}={form.format(year)}") for year in range(1900, 1905)]
                    if form
                    else []
                )
                assert found == [[]] * len(found), (page.name, name)

    def test_what_is_hidden_orders_nothing_and_stands_in_no_cursor(self):
        for page in site_lists():
            for sort in ("", *page.table.sortable()):
                question = page.ask(QueryDict(f"sort={sort}"))
                cursors = [str(values) for values in question.rows.values_list(*question.order.paths)]
                assert cursors != []
                assert marks(" ".join(cursors)) == set(), (page.name, sort)

    def test_no_door_to_a_public_record_tells_what_is_hidden(self):
        rows = [row for page in pages_of_records() for row in some(page.table.model().objects.public())]
        told, leaks = 0, []
        for address in [*lists_asked(), *(door for row in rows for door in doors(row))]:
            response = self.client.get(address)
            assert response.status_code in (200, 302, 400, 404), (address, response.status_code)
            told += response.status_code == 200
            leaks += [(address, mark) for mark in sorted(marks(text_of(response)))]
        assert leaks[:5] == []
        assert told > 2 * len(rows)


@pytest.mark.parametrize("model", JOINING, ids=lambda model: model.__name__)
def test_a_hidden_entry_joins_its_two_ends_nowhere(client, model):
    """Both are public; that they belong together is not."""
    for state in hidden_states(model).values():
        ends = {name: plain(model._meta.get_field(name).related_model) for name in public_links(model)}
        marked(model, **ends, **state)
        for end in ends.values():
            others = [other for other in ends.values() if other is not end]
            page = text_of(client.get(end.get_absolute_url()))
            assert [other for other in others if str(other) in page] == []
            for listed, name in questions_for(type(end)):
                found = {row["id"] for row in rows_of(client, listed, f"{name}={end.pk}")}
                assert found.isdisjoint({other.pk for other in others if type(other) is listed.table.model()})


def test_the_row_makers_reach_every_model_of_the_site():
    """A model that they cannot make is not covered: the sentence here says which."""
    for model in site_models():
        assert plain(model).pk, f"tests/pages/marked_rows.py cannot make a row of {model.__name__}"
