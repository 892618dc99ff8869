"""What robots ask for: site maps of all that is public and nothing else, what to leave alone, the icon."""

import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from fengtai.lists.site import site_lists
from fengtai.pages.open_data import sitemaps
from tests import factories

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def locations(client, address: str) -> list[str]:
    root = ElementTree.fromstring(client.get(address).content)
    return [found.text for found in root.iterfind("*/s:loc", NAMES)]


def mapped(client) -> list[str]:
    files = locations(client, "/sitemap.xml")
    return [found for file in files for found in locations(client, file.removeprefix("http://testserver"))]


def test_every_public_page_stands_in_it_once_in_each_language(client):
    rows = [factories.LIST_ROWS[page.name]() for page in site_lists() if page.detail]
    factories.organisation(state="draft")
    factories.observation(indicator=factories.indicator(state="withdrawn"))
    pages = [reverse(name) for name in ("home", "data", "api")]
    # What the rows are made with is public too, and stands there as well.
    named = {*pages, *(page.address for page in site_lists()), *(row.get_absolute_url() for row in rows)}
    found = mapped(client)
    assert len(found) == len({*found})
    assert {f"http://testserver{prefix}{path}" for prefix in ("", "/en") for path in named} - {*found} == set()
    assert {client.get(address.removeprefix("http://testserver")).status_code for address in found} == {200}


def test_an_entry_names_its_other_languages_and_when_it_changed(client):
    row = factories.organisation()
    root = ElementTree.fromstring(client.get("/sitemap-organisations.xml").content)
    entry = root[0]
    links = {link.get("hreflang"): link.get("href") for link in entry.iterfind("x:link", NAMES)}
    path = row.get_absolute_url()
    chinese, english = f"http://testserver{path}", f"http://testserver/en{path}"
    assert links == {"zh-hans": chinese, "en": english, "x-default": chinese}
    assert entry.findtext("s:lastmod", namespaces=NAMES) == localdate(row.changed_at).isoformat()


def test_many_rows_go_on_to_further_files(client, monkeypatch):
    monkeypatch.setattr(sitemaps.SitePages, "limit", 4)
    for _row in range(5):
        factories.organisation()
    files = [file for file in locations(client, "/sitemap.xml") if "organisations" in file]
    assert [file.partition(".xml")[2] for file in files] == ["", "?p=2", "?p=3"]
    found = [locations(client, file.removeprefix("http://testserver")) for file in files]
    assert [len(part) for part in found] == [4, 4, 2]
    assert len({address for part in found for address in part}) == 10


def test_there_is_no_other_file(client):
    for address in ("/sitemap-nowhere.xml", "/sitemap-organisations.xml?p=9", "/sitemap-organisations.xml?p=x"):
        assert client.get(address).status_code == 404


def test_the_setting_says_where_the_pages_stand(client, settings):
    settings.SITE_URL = "https://partners.example.gov.cn"
    factories.organisation()
    assert {found.partition(".cn/")[0] for found in locations(client, "/sitemap.xml")} == {
        "https://partners.example.gov"
    }
    assert {found[:31] for found in locations(client, "/sitemap-pages.xml")} == {"https://partners.example.gov.cn"}


def test_robots_are_kept_off_sign_in_and_files_and_led_to_the_map(client):
    lines = client.get("/robots.txt").text.split("\n")
    assert lines[0] == "User-agent: *"
    paths = [line.partition(": ")[2] for line in lines if line.startswith("Disallow")]
    closed = [re.compile(re.escape(path).replace(r"\*", ".*")) for path in paths]
    shut = ["/admin/", "/en/admin/x/", "/partners/?format=csv", "/en/partners/?q=a&format=xlsx"]
    assert [address for address in shut if not any(rule.match(address) for rule in closed)] == []
    assert [address for address in ("/", "/partners/?level=x", "/data/") if any(r.match(address) for r in closed)] == []
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_old_browsers_find_the_icon(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/x-icon")
    assert b"".join(answer.streaming_content)[:4] == b"\x00\x00\x01\x00"
