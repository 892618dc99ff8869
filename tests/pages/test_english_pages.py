"""Pages in English: whoever reads no Chinese is told every figure, whoever hears the page hears Chinese as Chinese."""

import re
from html.parser import HTMLParser

import pytest

from fengtai.lists.site import site_lists
from tests.pages.crawling import crawl

pytestmark = pytest.mark.one_database

HAN = re.compile("[\u3400-\u9fff]")
SPOKEN = {"alt", "aria-label", "placeholder", "title"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class Unmarked(HTMLParser):
    """Collects Chinese that nothing marks as Chinese, and figures without a gloss beside them."""

    def __init__(self):
        super().__init__()
        self.within, self.found, self.bare, self.figure = [], [], [], ""

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        is_chinese = (told.get("lang") or ("zh" if self._is_chinese() else "en")).startswith("zh")
        self.found += [told[name] for name in SPOKEN & told.keys() if HAN.search(told[name] or "") and not is_chinese]
        classes = (told.get("class") or "").split()
        if self.figure and tag not in ("a", "span"):
            self.bare.append(self.figure)
        if "gloss" in classes or "unread" in classes:
            self.figure = ""
        if tag in ("data", "time") and is_chinese:
            self.figure = "?"
        if tag not in VOID:
            self.within.append((tag, is_chinese))

    def handle_endtag(self, tag):
        while self.within and self.within.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.within and self.within[-1][0] == "script":  # read by machines, which are told no language
            return
        if HAN.search(data) and not self._is_chinese():
            self.found.append(data.strip())
        if self.figure == "?":
            self.figure = data

    def _is_chinese(self) -> bool:
        return bool(self.within) and self.within[-1][1]


def faults(page: str) -> tuple[list, list]:
    reader = Unmarked()
    reader.feed(page)
    return reader.found, reader.bare


def test_chinese_is_marked_and_every_figure_glossed_on_every_english_page(report, client):
    asked = (
        "/en/corrections/new/?about=/observations/1/",
        "/en/search/?q=丰台",
        "/en/organisations/?q=银河",
        "/en/partners/?source=丰台",
        "/en/nowhere/?q=丰台",
    )
    pages = {address: client.get(address).content.decode() for address in asked}
    found = crawl(client, "/en/", within="/en/", left_out=("/en/admin/", "/en/corrections/new/"))
    pages |= {address: text for address, text in found if _is_page(text) or "/proof/" in address}
    assert len(pages) > 100
    wrong = {address: found for address, text in pages.items() if any(found := faults(text))}
    assert wrong == {}


def _is_page(text: str) -> bool:
    return text.lstrip().startswith("<!DOCTYPE html>")


def test_a_chinese_page_carries_no_mark_of_its_own_language(report, client):
    for page in site_lists():
        text = client.get(page.address).content.decode()
        assert ('lang="zh"' in text, "gloss" in text) == (False, False), page.name


def test_the_reader_of_these_tests_finds_what_is_wrong():
    page = (
        '<html lang="en"><p title="丰台">Fengtai</p><p lang="zh">丰台</p>北京<data lang="zh">300余家</data><p>More</p>'
    )
    good = '<data lang="zh">300余家</data> <span class="gloss">more than 300 enterprises</span><p>More</p>'
    assert (faults(page), faults(good)) == ((["丰台", "北京"], ["300余家"]), ([], []))
