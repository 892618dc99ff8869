"""The data pages: every list with its files and a dictionary of what the files really hold, the API in words."""

import csv
import io
import re

import pytest
from django.utils import translation

from fengtai.downloads.exporting import FORMATS
from fengtai.lists.site import site_lists
from fengtai.pages.open_data.dictionary import dictionary
from tests import factories

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
LISTS = {page.name: page for page in site_lists()}
CODE = re.compile(r"<code>(.*?)</code>", re.DOTALL)


def headings(client, address: str) -> list[str]:
    text = client.get(address).getvalue().decode("utf-8-sig")
    return next(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("name", LISTS)
def test_the_dictionary_is_that_of_the_files(client, name):
    factories.LIST_ROWS[name]()
    described = dictionary(LISTS[name], "zh-hans")
    assert [column.key for column in described] == headings(client, f"/{name}/?format=csv&columns=keys")
    chinese, english = zip(*(column.headings for column in described), strict=True)
    assert [*chinese] == headings(client, f"/{name}/?format=csv")
    assert [*english] == headings(client, f"/en/{name}/?format=csv")


def test_stable_keys_are_alike_in_both_languages_and_name_no_column_twice(client):
    for name in LISTS:
        keys = headings(client, f"/{name}/?format=csv&columns=keys")
        assert keys == headings(client, f"/en/{name}/?format=csv&columns=keys")
        assert (len(keys), keys[-2:]) == (len({*keys}), ["record_url", "id"])


@pytest.mark.parametrize("query", ["columns=keys", "columns=keys&format=json", "columns=name&format=csv"])
def test_keys_are_headings_of_a_csv_alone(client, query):
    question = LISTS["organisations"].ask(client.get(f"/organisations/?{query}").wsgi_request.GET)
    assert [*question.errors] == ["columns"]


def test_files_say_in_words_how_exact_a_figure_is(client):
    factories.observation(value="300余家", growth="")
    for prefix, word in (("", "超过"), ("/en", "more than")):
        [row] = csv.DictReader(
            io.StringIO(client.get(f"{prefix}/observations/?format=csv&columns=keys").getvalue().decode("utf-8-sig"))
        )
        assert (row["value.printed"], row["value.value"], row["value.bound"]) == ("300余家", "300", word)


def test_the_page_leads_to_every_file(client):
    for prefix in ("", "/en"):
        page = client.get(f"{prefix}/data/").text
        wanted = [f'href="{prefix}/{name}/?format={form}"' for name in LISTS for form in FORMATS]
        assert [link for link in wanted if link not in page] == []


def test_publisher_and_licence_are_told_or_said_to_be_missing(client, settings):
    assert client.get("/data/").text.count('<span class="not-stated">未写明</span>') == 2
    settings.SITE_PUBLISHER, settings.SITE_LICENCE = "示例局", "https://example.com/licence"
    page = client.get("/data/").text
    assert ("示例局" in page, 'href="https://example.com/licence" rel="license"' in page) == (True, True)
    answer = client.get("/organisations/?format=json").getvalue().decode()
    assert '"publisher": "示例局", "licence": "https://example.com/licence"' in answer


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_api_page_tells_every_parameter_and_key(client, language):
    prefix = "/en" if language == "en" else ""
    told = {*CODE.findall(client.get(f"{prefix}/data/api/").text)}
    with translation.override(language):
        for page in LISTS.values():
            assert {*page.filterset.declared(), *page.table.declared()} - told == set()


def test_exactness_is_told_as_what_the_source_s_words_say(client, db):
    """2.13万家 is `exact` by its words and 21300 as a number; nobody is to take that for a count of single ones."""
    page = client.get("/data/").text
    assert "2.13万家在文件中为 21300，只说到百家" in page
    figure = client.get("/en/api/openapi.json").json()["components"]["schemas"]["Figure"]["properties"]
    assert "rounded or not" in figure["bound"]["description"]
    assert "as finely as it is printed" in figure["value"]["description"]
