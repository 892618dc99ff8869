"""Pages on paper: everything a reader wants of them is there, and nothing that only works on a screen."""

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader

from tests.browser.site_pages import record_of
from tests.conftest import BROWSER

pytestmark = pytest.mark.needs(*BROWSER)
A4 = (595, 842)  # points


def paper(visit, path: str) -> PdfReader:
    page = visit.window()
    page.goto(path)
    return PdfReader(io.BytesIO(page.pdf(format="A4", print_background=False, prefer_css_page_size=True)))


def words(pdf: PdfReader) -> str:
    return plain("".join(sheet.extract_text() for sheet in pdf.pages))


def plain(text: str) -> str:
    """Without blanks, since where a line breaks on paper says nothing; a font may give 示 as the radical ⽰."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def test_a_list_is_printed_with_all_its_rows_and_columns_and_no_form(visit):
    pdf = paper(visit, "/rosters/")
    text = words(pdf)
    assert [int(edge) for edge in pdf.pages[0].mediabox[2:]] == list(A4)
    for printed in ("名单", "原文数量", "示例推介重大项目（2024）", "65家", "600家"):
        assert plain(printed) in text
    for screen in ("站内搜索", "每页条数", "下载Excel", "筛选示例"):
        assert screen not in text


def test_a_record_is_printed_with_its_proofs(visit):
    page = visit.window()
    path = record_of(visit.site, "rosters", "zh-hans")
    page.goto(path)
    stated = page.locator(".tally dd, .number-large").first.inner_text().strip()
    text = words(paper(visit, path))
    assert plain(stated) in text
    assert plain(page.locator("h1").inner_text()) in text
    assert "第" in text and "段" in text


@pytest.mark.parametrize("path", ["/", "/conferences/3/", "/partners/"])
def test_nothing_is_cut_off_at_the_edge_of_the_paper(visit, path):
    """A sheet of A4 within its margins is as wide as this window."""
    page = visit.window({"width": 687, "height": 1000})
    page.goto(path)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 687


@pytest.mark.parametrize(("path", "says"), [("/partners/", "示例数据"), ("/en/partners/", "Sampledata")])
def test_every_sheet_of_the_sample_says_so_at_its_head(visit, path, says):
    sheets = [plain(sheet.extract_text()) for sheet in paper(visit, path).pages]
    assert len(sheets) > 1
    assert [sheet[:90] for sheet in sheets if says not in sheet[:90]] == []  # the number of the page may come first


def test_what_is_folded_is_not_printed_and_which_page_of_a_list_it_is_is_said(visit):
    text = words(paper(visit, "/partners/?page=2"))
    assert re.search("第2.丰台发展伙伴平台", text)  # a font may give 页 as the radical
    assert [folded for folded in ("选择列", "引用") if folded in text] == []
