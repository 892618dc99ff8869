"""What every list promises, tested once over the site map: a new list is covered from its first minute."""

import csv
import html
import io
import json
import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import translation
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from fengtai.lists.site import site_lists
from fengtai.lists.tables import COMMON
from fengtai.pages.question_form import fields
from fengtai.records.doors import public_links
from fengtai.records.models import Record
from tests.factories import LIST_ROWS, citation
from tests.pages.marked_rows import hidden_states

pytestmark = pytest.mark.django_db
LISTS = {page.name: page for page in site_lists()}
every_list = pytest.mark.parametrize("name", LISTS)

HOSTILE = [
    "?nonsense=1",
    "?q=%00",
    "?q=" + "9" * 5000,
    "?page=0",
    "?page=-1",
    "?page=abc",
    "?page=999999999999999999999999",
    "?page=7",
    "?per_page=100000",
    "?sort=nonsense",
    "?sort=-version",
    "?sort=citations",
    "?source=99999999999999999999999999",
    "?source=abc",
    "?doubt=perhaps",
    "?q=a&q=b",
    "?q=%ED%A0%80",
]

NONSENSE = ["-1", "0", "10000", "1e999", "%00", "nan", "9" * 40, "2024-02-30", "'%22<>", "not-stated", "%F0%9F"]


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows_of(client, page, query="") -> list[dict]:
    response = client.get(f"{page.address}?format=json{query}")
    assert response.status_code == 200, body(response)
    return json.loads(body(response))["rows"]


@every_list
def test_an_empty_list_says_so_and_offers_nothing_to_page_through(client, name):
    response = client.get(LISTS[name].address)
    assert response.status_code == 200
    assert response.context["rows"] == ""
    assert response.context["pages"] == []


@every_list
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_list_and_its_records_have_a_page_in_both_languages(client, name, language):
    row = LIST_ROWS[name]()
    with translation.override(language):
        address = LISTS[name].address
        listed = client.get(address)
        detail = client.get(row.get_absolute_url())
    assert (listed.status_code, detail.status_code) == (200, 200)
    assert f'lang="{language}"'.lower() in listed.content.decode().lower()
    assert listed.context["rows"].count("<tr>") == 1
    assert detail.context["record"] == row


@every_list
def test_only_what_is_public_is_on_pages_and_in_files(client, name):
    page = LISTS[name]
    row = LIST_ROWS[name]()
    for state in hidden_states(type(row)).values():
        type(row).objects.filter(pk=row.pk).update(**state)
        assert client.get(page.address).context["rows"] == ""
        assert rows_of(client, page) == []
        assert client.get(row.get_absolute_url()).status_code == 404


@every_list
def test_a_record_is_hidden_with_what_it_is_public_through(client, name):
    row = LIST_ROWS[name]()
    parents = [parent for link in public_links(type(row)) if (parent := getattr(row, link)) is not None]
    for parent in parents:
        for state in hidden_states(type(parent)).values():
            type(parent).objects.filter(pk=parent.pk).update(**state)
            assert rows_of(client, LISTS[name]) == []
        type(parent).objects.filter(pk=parent.pk).update(state=Record.State.PUBLISHED, publish_at=None)
        assert len(rows_of(client, LISTS[name])) == 1


@every_list
def test_what_cannot_be_asked_is_refused_by_its_name_and_finds_nothing(name):
    LIST_ROWS[name]()
    for query in HOSTILE:
        question = LISTS[name].ask(QueryDict(query[1:]))
        assert question.window.keys == [], query
        assert question.errors.keys() & {*QueryDict(query[1:])}, query


@every_list
def test_a_mistake_is_shown_by_its_field_with_no_rows(client, name):
    LIST_ROWS[name]()
    response = client.get(f"{LISTS[name].address}?doubt=perhaps&nonsense=1&page=abc")
    assert response.status_code == 400
    assert response.context["rows"] == ""
    shown = html.unescape(response.content.decode())
    for problems in response.context["question"].errors.values():
        assert problems[0] in shown
    assert 'aria-invalid="true" aria-describedby="filter-doubt-error"' in shown
    assert '<a href="#filter-doubt">' in shown and "<code>nonsense</code>" in shown
    assert re.search(r"<title>\s*错误 · ", shown)


@every_list
@pytest.mark.parametrize("extension", ["xlsx", "csv", "json", "jsonl"])
def test_a_download_that_cannot_be_given_is_refused_with_its_reason(client, name, extension):
    LIST_ROWS[name]()
    for query in ("?nonsense=1", "?q=%00", "?sort=-version"):
        response = client.get(f"{LISTS[name].address}{query}&format={extension}")
        assert response.status_code == 400, query
        assert body(response) != b""
    assert client.get(f"{LISTS[name].address}?format=exe").status_code == 400


@every_list
def test_every_filter_takes_nonsense_without_failing(name):
    LIST_ROWS[name]()
    for parameter in LISTS[name].filterset.declared():
        for value in NONSENSE:
            question = LISTS[name].ask(QueryDict(f"{parameter}={value}"))
            assert isinstance(question.window.keys, list), (parameter, value)


@every_list
def test_every_choice_offered_answers_with_as_many_rows_as_it_promised(client, name):
    citation(LIST_ROWS[name]())
    LIST_ROWS[name]()
    context = client.get(LISTS[name].address).context
    for field in fields(context["question"]):
        for option in field.options:
            if option.rows is None:
                continue
            found = LISTS[name].ask(QueryDict(urlencode({field.name: option.value})))
            assert found.errors == {}, (field.name, option.value)
            assert str(found.count) == str(option.rows), (field.name, option.value)
    assert context["question"].count == 2


@every_list
def test_every_sortable_column_sorts_and_says_so(client, name):
    LIST_ROWS[name]()
    question = client.get(LISTS[name].address).context["question"]
    assert question.table.sortable()
    for column in question.table.sortable():
        for sort, direction in ((column, "ascending"), (f"-{column}", "descending")):
            response = client.get(LISTS[name].address, {"sort": sort})
            assert response.context["rows"].count("<tr>") == 1
            assert f'aria-sort="{direction}"' in response.content.decode()


@every_list
def test_the_three_formats_hold_the_same_rows_under_stable_keys(client, name):
    page = LISTS[name]
    row = LIST_ROWS[name](doubt="待核：=1+1")
    citation(row, words="2.13万家")
    [record] = rows_of(client, page)
    assert list(record) == ["id", "record_url", *page.table.declared()]
    assert record["record_url"] == f"http://testserver{row.get_absolute_url()}"
    assert record["doubt"] == "待核：=1+1"
    assert record["sources"][0]["words"] == "2.13万家"

    sheet = load_workbook(io.BytesIO(body(client.get(f"{page.address}?format=xlsx")))).worksheets[0]
    heading, *cells = sheet.iter_rows(values_only=True)
    assert len(cells) == 1
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.endswith("2")

    text = body(client.get(f"{page.address}?format=csv"))
    assert text.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert tuple(table[0]) == heading
    assert len(table) == 2


@every_list
def test_a_workbook_tells_where_it_comes_from_and_other_readers_open_it(client, name):
    row = LIST_ROWS[name]()
    citation(row)
    content = body(client.get(f"{LISTS[name].address}?format=xlsx&q="))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert len(book.sheet_names) == 2
    notes = dict(line[:2] for line in book.get_sheet_by_index(1).to_python())
    assert any("示例来源" in str(text) for text in notes.values())
    assert any(LISTS[name].address in str(text) for text in notes.values())


@every_list
def test_a_page_costs_as_many_queries_for_three_rows_as_for_one(client, name):
    def queries(address) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    citation(LIST_ROWS[name]())
    for address in (LISTS[name].address, f"{LISTS[name].address}?format=csv"):
        body(client.get(address))
    one = queries(LISTS[name].address)
    for _row in range(2):
        citation(LIST_ROWS[name]())
    assert queries(LISTS[name].address) == one


def test_downloads_hold_only_filtered_rows(client):
    LIST_ROWS["organisations"](name="示例甲", kind="firm")
    LIST_ROWS["organisations"](name="示例乙", kind="alliance")
    rows = rows_of(client, LISTS["organisations"], "&kind=alliance")
    assert [row["name"]["name"] for row in rows] == ["示例乙"]


def test_the_menu_and_the_site_map_agree(client):
    names = [getattr(pattern, "name", None) for pattern in get_resolver().url_patterns[0].url_patterns]
    listed = [name for name in names if name in LISTS]
    assert [page.name for page in client.get("/").context["site_lists"]] == listed


def test_lists_answer_only_to_reading(client):
    for page in LISTS.values():
        assert client.post(page.address).status_code == 405


def test_common_columns_end_every_list():
    for page in LISTS.values():
        assert list(page.table.declared())[-len(COMMON) :] == COMMON
