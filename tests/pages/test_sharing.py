"""How pages are told elsewhere: no two alike, each with its address in each language, and data blocks that end late."""

import json
import re
from html import unescape

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from fengtai.lists.site import site_lists
from tests import factories

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
LISTS = {page.name: page for page in site_lists()}
OTHERS = ("home", "data", "api")
TITLE, DESCRIPTION = re.compile(r"<title>(.*?)</title>", re.DOTALL), re.compile(r'name="description"\s+content="(.*?)"')
CANONICAL = re.compile(r'rel="canonical"\s+href="(.*?)"')
ALTERNATE = re.compile(r'rel="alternate" hreflang="(.*?)" href="(.*?)"')
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def head(client, address: str) -> str:
    return client.get(address).content.decode().partition("</head>")[0]


def told(client, address: str) -> tuple[str, str]:
    """The title and the description."""
    found = head(client, address)
    return " ".join(TITLE.search(found)[1].split()), DESCRIPTION.search(found)[1]


def things(client, address: str) -> list[dict]:
    return json.loads(DATA.search(head(client, address))[1])["@graph"]


def own_pages() -> list[str]:
    """Every list, some of its questions, two records of each that are called alike, and the pages of no list."""
    records = [factories.LIST_ROWS[name]() for name in LISTS for _twice in range(2) if LISTS[name].detail]
    asked = [f"{page.address}?{query}" for page in LISTS.values() for query in ("doubt=yes", "q=示例")]
    further = ["/organisations/?kind=firm", "/organisations/?kind=firm&doubt=yes", "/organisations/?sort=name"]
    pages = [*map(reverse, OTHERS), *(page.address for page in LISTS.values())]
    return [*pages, *asked, *further, *(record.get_absolute_url() for record in records)]


def test_no_two_pages_are_called_or_described_alike(client):
    for _row in range(30):
        factories.organisation(name="示例同名")
    addresses = [*own_pages(), "/organisations/?page=2"]
    titles, descriptions = zip(*(told(client, address) for address in addresses), strict=True)
    assert sorted(titles) == sorted(set(titles))
    assert sorted(descriptions) == sorted(set(descriptions))


def test_a_filtered_list_says_what_was_asked(client):
    factories.organisation(kind="firm")
    kind = LISTS["organisations"].ask(QueryDict("kind=firm")).chips()[0].value
    assert told(client, "/organisations/?kind=firm")[0].startswith(f"{kind} · 单位 ·")


def test_every_page_names_itself_in_each_language(client):
    for address in own_pages():
        path, _mark, query = address.partition("?")
        with translation.override("en"):
            shown = head(client, f"/en{path}?{query}" if query else f"/en{path}")
        canonical = unescape(CANONICAL.search(shown)[1])
        alternates = {code: unescape(found) for code, found in ALTERNATE.findall(shown)}
        kept = canonical.partition("?")[2]
        asked = f"?{kept}" if kept else ""
        assert canonical == f"http://testserver/en{path}{asked}"
        chinese = f"http://testserver{path}{asked}"
        assert alternates == {"zh-Hans": chinese, "en": canonical, "x-default": chinese}


def test_the_canonical_address_holds_what_is_shown_and_not_how(client):
    factories.organisation(kind="firm")
    shown = head(client, "/organisations/?sort=name&per_page=50&doubt=no&kind=firm&q=")
    assert unescape(CANONICAL.search(shown)[1]) == "http://testserver/organisations/?kind=firm&doubt=no"
    assert CANONICAL.search(head(client, "/organisations/?page=1"))[1] == "http://testserver/organisations/"


def test_the_setting_says_where_the_site_stands(client, settings):
    settings.SITE_URL = "https://partners.example.gov.cn/"
    row = factories.organisation()
    path = row.get_absolute_url()
    assert CANONICAL.search(head(client, path))[1] == f"https://partners.example.gov.cn{path}"
    assert client.get(f"{path}?format=json").json()["record"]["record_url"] == f"https://partners.example.gov.cn{path}"


def test_an_error_has_no_address_of_its_own(client):
    assert CANONICAL.findall(head(client, "/nowhere/")) == []


def test_another_hosts_name_is_refused_on_a_page_that_names_none(client):
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert (answer.status_code, "elsewhere.example" in answer.text) == (400, False)


def test_a_name_ends_no_data_block(client):
    name = "示例</script><script>alert(1)</script>&"
    found = things(client, factories.organisation(name=name).get_absolute_url())
    assert [thing["name"] for thing in found if thing["@type"] == "Organization"] == [name]


def test_records_and_lists_are_told_in_the_words_of_search_engines(client):
    held = factories.conference(held="2024年4月23日", venue="示例会场")
    [event, crumbs] = things(client, held.get_absolute_url())
    assert (event["@type"], event["startDate"], event["endDate"]) == ("Event", "2024-04-23", "2024-04-23")
    assert event["location"] == "示例会场"
    assert [step["item"] for step in crumbs["itemListElement"]] == [
        f"http://testserver{path}" for path in ("/", "/conferences/", held.get_absolute_url())
    ]
    [dataset, _crumbs] = things(client, "/conferences/")
    files = {one["encodingFormat"]: one["contentUrl"] for one in dataset["distribution"]}
    assert files["text/csv"] == "http://testserver/conferences/?format=csv"
    assert len(things(client, "/data/")[0]["dataset"]) == len(LISTS)
