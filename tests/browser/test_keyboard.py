"""The keyboard alone: what has the focus is seen, it goes in the order of the page, and nothing holds it."""

from itertools import groupby

import pytest

from tests.browser.hands import MOST
from tests.browser.site_pages import record_of
from tests.browser.visits import DESK, PHONE
from tests.conftest import BROWSER

pytestmark = pytest.mark.needs(*BROWSER)
# Where the focus is: its place in the page, whether it can be seen there, and whether something marks it.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const place = [...document.querySelectorAll("*")].indexOf(one);
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const seen = box.width > 1 && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth;
  const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return { place, name: `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 20)}`, seen, marked };
}"""


def walked(page) -> list[dict]:
    """All that the tabulator reaches, until it leaves the page."""
    found = []
    for _press in range(MOST):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or (found and focused["place"] == found[0]["place"]):
            return found
        found.append(focused)
    raise AssertionError(f"the focus never leaves the page: {found[-1]}")


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", ["/", "/partners/?level=chain-leader", "/search/?q=示例轨道", "observations"])
def test_the_focus_is_seen_goes_in_order_and_is_never_held(visit, path, width):
    page = visit.window(width)
    page.goto(path if path.startswith("/") else record_of(visit.site, path, "zh-hans"))
    found = walked(page)
    assert [one["name"] for one in found if not (one["seen"] and one["marked"])] == []
    # Year, month, day and calendar of a day are stops of one field.
    places = [place for place, _stops in groupby(one["place"] for one in found)]
    assert places == sorted(set(places))
    assert found[-1]["place"] > page.evaluate(
        "[...document.querySelectorAll('*')].indexOf(document.querySelector('footer'))"
    )


@pytest.mark.parametrize("path", ["/", "/partners/", "/admin/login/"])
def test_the_first_press_offers_to_skip_the_frame(visit, path):
    page = visit.window()
    page.goto(path)
    if path.startswith("/admin"):
        page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Shift+Tab") if path.startswith("/admin") else None
    page.locator("body").press("Tab") if not path.startswith("/admin") else page.locator("a").first.focus()
    skip = page.evaluate_handle("document.activeElement").as_element()
    assert skip.get_attribute("href").startswith("#content")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
