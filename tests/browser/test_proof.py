"""What proves a figure, opened beside it: found by axe to be fair, left with Escape, and held by a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import BEYOND, CONTRAST, axe
from tests.browser.site_pages import LANGUAGES, address_of
from tests.browser.visits import DESK, PHONE, SMALLEST
from tests.conftest import BROWSER

pytestmark = pytest.mark.needs(*BROWSER)
every_width = pytest.mark.parametrize("width", [DESK, PHONE, SMALLEST], ids=lambda width: f"{width['width']} px")


def opened(visit, path: str, width: dict = DESK):
    """A page whose first figure has its proof open, and that figure."""
    page = visit.window(width)
    page.goto(path)
    figure = page.locator("main a.proved").first
    figure.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".proof-panel")).to_be_visible()
    return page, figure


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_proof_is_fair_to_all(visit, language):
    page, _figure = opened(visit, address_of("observations", language))
    assert axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page, CONTRAST) == []


@every_width
def test_the_proof_stands_within_the_window_and_escape_leads_back(visit, width):
    page, figure = opened(visit, "/observations/", width)
    assert page.evaluate(BEYOND) == []
    box = page.locator(".proof-panel").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width["width"]
    assert page.evaluate("document.activeElement.className") == "proof-panel"
    page.keyboard.press("Escape")
    expect(page.locator(".proof-panel")).to_be_hidden()
    assert figure.evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("path", ["/indicators/", "/", "/conferences/3/"])
def test_a_figure_opens_its_proof_by_touch(visit, path):
    page = visit.window(PHONE, has_touch=True)
    page.goto(path)
    page.locator("main a.proved:visible").first.tap()
    expect(page.locator(".proof-panel .proof-printed")).to_be_visible()


def test_larger_text_fits_a_phone(visit):
    page = visit.window(SMALLEST)
    page.goto("/partners/")
    page.locator("a.language[href*='text']").first.click()
    expect(page.locator("html.large-text")).to_have_count(1)
    assert page.evaluate(BEYOND) == []
    assert axe(page) == []


def test_columns_are_chosen(visit):
    page = visit.window()
    page.goto("/partners/")
    page.locator(".columns summary").first.click()
    page.locator(".columns input[value=region]").uncheck()
    assert axe(page) == []
    page.locator(".columns button[type=submit]").click()
    expect(page.locator("thead th", has_text="地区")).to_have_count(0)


def test_a_record_is_cited(visit):
    page = visit.window()
    page.goto("/organisations/1/")
    page.locator(".cite summary").click()
    expect(page.locator(".cite pre").first).to_be_visible()
    assert axe(page) == []
