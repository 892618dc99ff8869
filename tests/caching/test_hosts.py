"""Pages are kept whatever host they are asked by, and name none but the site's; without SITE_URL for some alone."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from fengtai.caching import hosts
from fengtai.lists.site import site_lists
from fengtai.operations.seeing.costs import is_kept
from tests import factories

pytestmark = [pytest.mark.one_database, pytest.mark.django_db(transaction=True)]
LIST, SITE = "/organisations/", "https://partners.example.gov.cn"
ASKED_BY = re.compile(rb"first\.example|(?::|%3A)7001\b")  # a moment's microseconds may hold the digits alone
OTHERS = ("/", "/search/?q=x", "/map/", "/data/", "/api/", "/feed.atom", "/sitemap.xml", "/robots.txt", "/corrections/")


@pytest.fixture(autouse=True)
def nothing_kept(settings):
    settings.ALLOWED_HOSTS = ["testserver", "first.example", "second.example"]
    cache.clear()


def asked(client, host: str, address: str = LIST) -> tuple[bool, str]:
    """Whether the page was kept, and the page."""
    answer = client.get(address, headers={"Host": host})
    assert answer.status_code == 200
    return is_kept(answer.wsgi_request), answer.text


def test_with_a_name_of_the_site_a_page_is_kept_once_for_all_hosts(settings):
    settings.SITE_URL = SITE
    client = Client()
    _made, first = asked(client, "first.example:7001")
    for host in ("first.example:7002", "second.example"):
        assert asked(client, host) == (True, first)
    assert client.get(LIST, headers={"Host": "elsewhere.example"}).status_code == 400


def test_with_a_name_of_the_site_nothing_in_any_page_comes_of_the_host(settings, client):
    settings.SITE_URL = SITE
    records = [factories.LIST_ROWS[page.name]().get_absolute_url() for page in site_lists() if page.detail]
    ways = ("", "chart.svg", "?format=json", "?format=csv")
    lists = [page.address + way for page in site_lists() for way in ways]
    for address in (*OTHERS, *lists, *records, *(f"{one}?format=json" for one in records)):
        answer = client.get(address, headers={"Host": "first.example:7001"})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert ASKED_BY.search(body) is None, address


def test_without_one_a_page_names_the_host_it_was_asked_by(client):
    for _time in range(2):
        for host, other in (("first.example:7001", "second.example"), ("second.example", "first.example")):
            kept, page = asked(client, host)
            assert f'href="http://{host}{LIST}"' in page and other not in page
    assert kept


def test_hosts_that_anybody_invents_push_no_page_out(client, monkeypatch):
    asked(client, "first.example")
    for port in range(7000, 7020):
        asked(client, f"first.example:{port}")
    assert [asked(client, host)[0] for host in ("first.example", "first.example:7000")] == [True, True]
    assert [asked(client, "first.example:7019")[0] for _time in range(2)] == [False, False]
    monkeypatch.setattr(hosts, "IDLE", 0)
    assert [asked(client, "first.example:7019")[0] for _time in range(2)] == [False, True]
