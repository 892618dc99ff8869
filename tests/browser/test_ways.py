"""The main ways through the site: with the mouse, with the keyboard alone, and without a script."""

import re

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from tests.browser.hands import Keyboard, Mouse
from tests.browser.visits import DESK, PHONE
from tests.conftest import BROWSER

pytestmark = pytest.mark.needs(*BROWSER)
WAYS = {
    "mouse": (Mouse, {"width": DESK}),
    "keyboard": (Keyboard, {"width": DESK}),
    "no script": (Mouse, {"width": DESK, "java_script_enabled": False}),
    "phone": (Mouse, {"width": PHONE}),
}
every_way = pytest.mark.parametrize("way", WAYS)


def opened(visit, way: str, path: str = "/"):
    """A window and the hands that use it."""
    hands, options = WAYS[way]
    page = visit.window(**options)
    page.goto(path)
    return page, hands(page)


def staff(visit, way: str, name: str):
    hands, options = WAYS[way]
    page = visit.signed_in(name, **options)
    return page, hands(page)


@every_way
def test_from_a_search_to_a_record_and_to_its_source(visit, way):
    page, hands = opened(visit, way)
    hands.fill("main input[name=q]", "示例链长单位")
    hands.send("main input[name=q]")
    page.wait_for_url("**/search/?q=*")
    hands.press("main td a[href^='/rosters/']")
    page.wait_for_url(re.compile(r"/rosters/\d+/$"))
    expect(page.locator("h1")).to_contain_text("示例链长单位")
    hands.press("a.citation[href^='/sources/']")
    page.wait_for_url(re.compile(r"/sources/\d+/"))
    expect(page.locator("h1")).to_contain_text("示例")


@every_way
def test_from_a_filter_to_its_chip_and_to_the_file(visit, way):
    page, hands = opened(visit, way, "/partners/")
    if not page.locator("select[name=level]").is_visible():
        hands.press(".filters > summary")
    hands.choose("select[name=level]", "chain-leader")
    hands.press(".filters button[type=submit]")
    page.wait_for_url("**/partners/?*level=chain-leader*")
    expect(page.locator(".chips .chip")).to_have_count(1)
    total = page.locator(".total strong").inner_text()
    assert 65 <= int(total) < 100  # leaders of today, and those of earlier editions
    with page.expect_download() as coming:
        hands.press(".downloads a[href*='format=csv']")
    assert re.fullmatch(rf"示例_发展伙伴名录_\d{{4}}-\d\d-\d\d_{total}条\.csv", coming.value.suggested_filename)
    hands.press(".chips .chip")
    expect(page.locator(".total strong")).not_to_have_text(total)
    assert "level=chain-leader" not in page.url


@every_way
def test_the_language_is_changed_on_the_same_page(visit, way):
    page, hands = opened(visit, way, "/partners/?level=chain-leader")
    total = page.locator(".total strong").inner_text()
    hands.press("a.language")
    page.wait_for_url("**/en/partners/?level=chain-leader")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".total strong")).to_have_text(total)
    hands.press("a.language")
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")


@every_way
def test_the_menu_opens_and_leads_on(visit, way):
    page, hands = opened(visit, way)
    menu = ".menu-small" if way == "phone" else ".menu-wide"
    folded = ".menu-small summary" if way == "phone" else ".menu-wide summary"
    hands.press(folded)
    last = f"{menu} details li:last-child a" if way != "phone" else ".menu-small li:last-child a"
    expect(page.locator(last)).to_be_visible()
    if way != "no script":
        page.keyboard.press("Escape")
        expect(page.locator(last)).to_be_hidden()
        hands.press(folded)
    address = page.locator(last).get_attribute("href")
    hands.press(last)
    page.wait_for_url(f"**{address}")


@every_way
def test_a_clerk_signs_in_and_saves_a_change(visit, way):
    page, hands = staff(visit, way, "office")
    page.goto("/admin/partners/policy/")
    hands.press("#result_list a[href*='/change/']")
    page.wait_for_url("**/change/")
    hands.fill("#id_number", f"示例发〔2024〕{len(way)}号")
    hands.press("input[name=_continue]")
    expect(page.locator(".messagelist")).to_be_visible()
    expect(page.locator("#id_number")).to_have_value(f"示例发〔2024〕{len(way)}号")


@every_way
def test_a_file_is_brought_and_previewed(visit, way, tmp_path):
    book, path = Workbook(), tmp_path / f"示例名录{len(way)}.xlsx"
    book.active.append(["单位名称", "坐落何处"])
    book.active.append([f"示例来路{len(way)}科技有限公司", "示例区"])
    book.save(path)
    page, hands = staff(visit, way, "office")
    page.goto("/admin/fengtai/importbatch/new/organisations/")
    page.set_input_files("input[type=file]", path)
    hands.press("#content form button[type=submit]")
    expect(page.locator("h1")).to_have_text(path.name)
    expect(page.locator(".decisions legend").first).to_have_text("无法识别的列")
