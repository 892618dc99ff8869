"""What stands around every page: its foot, its map, the size of its letters, and what paper says of it."""

import re

import pytest
from django.core.cache import cache

from fengtai.lists.site import site_lists
from fengtai.templatetags.once import _rendered
from tests.hostile.asking import Application, Sent
from tests.hostile.judging import leads_away

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
HREF = re.compile(r'<a href="([^"]+)"')
LEADS = re.compile(r'<(?:a|form|button)\s[^>]*?(?:href|action)="([^"]*)"')
SETTINGS = {
    "SITE_ORGANISER": "示例区发展和改革委员会",
    "SITE_OPERATOR": "示例中心",
    "SITE_ICP": "示例ICP备1号",
    "SITE_POLICE_RECORD": "示例公网安备2号",
    "SITE_CODE": "1100000000",
    "SITE_CONTACT": "示例办公室 <电话>",
}


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
    _rendered.cache_clear()
    yield
    _rendered.cache_clear()


def foot(client, address="/") -> str:
    return client.get(address).content.decode().partition("<footer")[2]


def test_the_foot_says_what_the_settings_say(client, settings):
    for name, text in SETTINGS.items():
        setattr(settings, name, text)
    told = foot(client)
    shown = re.findall(r"<dt>(.*?)</dt>\s*<dd>\s*(?:<a[^>]*>)?(.*?)(?:</a>)?\s*</dd>", told, re.DOTALL)
    assert [text for _label, text in shown] == [
        "示例区发展和改革委员会",
        "示例中心",
        "示例办公室 &lt;电话&gt;",
        "1100000000",
        "示例公网安备2号",
        "示例ICP备1号",
    ]
    assert re.findall(r'href="(https?:[^"]+)"', told) == ["https://beian.mps.gov.cn/", "https://beian.miit.gov.cn/"]


def test_what_is_not_set_is_not_shown(client):
    assert "<dl" not in foot(client)


@pytest.mark.parametrize("start", ["", "/en"])
def test_the_map_leads_to_every_list_and_every_page(client, start):
    page = client.get(f"{start}/map/").content.decode().partition("<main")[2].partition("</main>")[0]
    found = HREF.findall(page)
    assert [f"{start}/{entry.name}/" in found for entry in site_lists()] == [True] * len(site_lists())
    assert {f"{start}/", f"{start}/search/", f"{start}/accessibility/"} <= set(found)
    assert {client.get(address.partition("#")[0]).status_code for address in found} <= {200, 302}


def test_whoever_finds_a_barrier_is_told_whom_to_tell(client, settings):
    settings.SITE_CONTACT = "示例办公室 010"
    assert "示例办公室 010" in client.get("/accessibility/").content.decode().partition("<footer")[0]


def test_larger_text_is_kept_between_pages_and_leads_back(client):
    address = "/organisations/?q=%E7%A4%BA%E4%BE%8B"
    asked = client.get("/text/large/", headers={"Referer": f"http://testserver{address}"})
    assert (asked.status_code, asked["Location"], asked["Cache-Control"]) == (302, address, "no-store")
    assert [_is_large(client, page) for page in ("/", "/en/organisations/", "/map/")] == [True] * 3
    back = client.get("/text/standard/", headers={"Referer": "http://testserver/map/"})
    assert (back["Location"], _is_large(client, "/")) == ("/map/", False)


def test_the_cookie_of_larger_text_says_nothing_else(client):
    cookie = client.get("/text/large/").cookies["large_text"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["path"]) == ("1", True, "Lax", "/")


BACK = ["https://elsewhere.example/map/", "http://testserver.elsewhere/", "//x/", "http://testserver//x/"]


@pytest.mark.parametrize("elsewhere", ["", *BACK])
def test_it_never_leads_off_the_site(client, elsewhere):
    assert client.get("/text/large/", headers={"Referer": elsewhere})["Location"] == "/"


OTHER_HOSTS = ["//x.example/", "/%5Cx.example/", "//x.example/admin/", "/%2F/x.example/", "/%09/x.example/"]


@pytest.mark.parametrize("path", [*OTHER_HOSTS, "/en//x.example/", "/admin//x.example/", "//x.example/partners/?q=1"])
def test_no_page_takes_its_own_path_for_another_host(path):
    sent = Sent(path)
    page = Application().ask(sent)
    links = LEADS.findall(page.body.decode())
    assert "x.example" in "".join(links) or page.status == 302
    assert [link for link in links if leads_away(sent, link)] == []


def test_each_page_tells_paper_where_it_stands_and_when_it_was_made(client):
    for address in ("/organisations/?sort=name", "/en/map/"):
        page = client.get(address).content.decode()
        [line] = re.findall('<p class="on-paper">(.*?)</p>', page, re.DOTALL)
        assert f"http://testserver{address}" in line
        assert len(re.findall(r"<time>\d{4}-\d\d-\d\d \d\d:\d\d</time>", line)) == 1


def _is_large(client, address: str) -> bool:
    return '<html lang="zh-hans" class="large-text">' in (page := client.get(address).content.decode()) or (
        '<html lang="en" class="large-text">' in page
    )
