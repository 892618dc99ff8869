"""An office of an editor and a reviewer at work, in the browser: how many presses an act takes, and how pages look."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.admin.staff_windows import WIDTHS, faults, signed_in
from tests.conftest import BROWSER

pytestmark = pytest.mark.needs(*BROWSER)
MOST_FOR_ONE, MOST_FOR_TWENTY = 3, 5


class Presses:
    """Counts what a person presses, from the admin's first page on."""

    def __init__(self, page):
        self.page, self.count = page, 0
        page.goto("/admin/")

    def press(self, selector: str):
        self.page.locator(selector).first.click()
        self.count += 1


def entered(page, name: str):
    page.goto("/admin/partners/organisation/add/")
    page.fill("#id_name", name)
    page.click("[name=_submit]")
    expect(page.locator(".messagelist")).to_contain_text("已提交审核")


def test_an_editor_enters_and_a_reviewer_releases_in_few_presses(browser, site):
    editor, reviewer = (signed_in(browser, site, name) for name in ("office", "reviewer"))
    for number in range(20):
        entered(editor, f"示例{number:02}号科技有限公司")
    one = Presses(reviewer)
    one.press("text=示例00号科技有限公司")
    assert faults(reviewer) == []
    if reviewer.locator("[name=accepted]").count():
        one.press(".decide [name=accepted]")
    one.press("button[value=release]")
    expect(reviewer.locator(".messagelist .success")).to_contain_text("已发布")
    assert one.count <= MOST_FOR_ONE
    entered(editor, "示例20号科技有限公司")
    reviewer.goto("/admin/review/")
    assert faults(reviewer) == []
    many = Presses(reviewer)
    many.press("a.waits")
    many.press("text=全选本页")
    many.press("button[value=release]")
    if reviewer.locator("[name=accepted]").count():
        many.press("[name=accepted]")
    many.press("button[value=release]")
    expect(reviewer.locator(".messagelist .success")).to_contain_text("20 条记录")
    assert many.count <= MOST_FOR_TWENTY
    expect(reviewer.locator(".nothing-waits")).to_be_visible()
    assert (editor.complaints, reviewer.complaints) == ([], [])


def faults_of_band(page) -> list[str]:
    """Of what stands above the form; the form is looked at elsewhere."""
    found = [*page.complaints]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{width}: {wider} pixels wider than the screen"] if wider > 0 else []
        answer = Axe().run(page, context=".standing-band").response
        found += [f"{width}: {each['id']} {each['nodes'][0]['html'][:200]}" for each in answer["violations"]]
    page.complaints.clear()  # of what looked at the page, not of the page
    return found


def test_a_change_goes_to_review_and_back_and_every_page_is_whole(browser, site):
    editor, reviewer = (signed_in(browser, site, name) for name in ("office", "reviewer"))
    editor.goto("/admin/partners/organisation/?state=published")
    editor.locator("#result_list tbody td a").first.click()
    editor.wait_for_url("**/change/**")
    form = editor.url
    editor.fill("#id_region", "示例区")
    editor.click("[name=_save]")
    editor.goto(form)
    expect(editor.locator(".standing-band ins")).to_have_text("示例区")
    assert faults_of_band(editor) == []
    editor.locator(".standing-band button[value=submit]").press("Enter")
    reviewer.goto("/admin/review/")
    reviewer.locator(".queue tbody th a").first.click()
    assert faults(reviewer) == []
    reviewer.locator("summary:has-text('退回')").press("Enter")
    reviewer.fill(".decide textarea", "请核对地区")
    reviewer.locator("button[value=return]").press("Enter")
    editor.goto(form)
    expect(editor.locator(".standing-comment")).to_contain_text("请核对地区")
    assert faults_of_band(editor) == []
    editor.click("text=撤回…")
    assert faults(editor) == []
    editor.goto(form)
    editor.click("button[value=drop]")
    expect(editor.locator("#id_region")).not_to_have_value("示例区")
    assert (editor.complaints, reviewer.complaints) == ([], [])
