"""How a page comes: how much is sent on a first visit, what it waits for, and that it stays where it is.

How soon it shows is measured by `make loading`.
"""

import pytest

from tests.browser.site_pages import FIRST_SEEN, path_of
from tests.conftest import BROWSER

pytestmark = pytest.mark.needs(*BROWSER)
FIRST_LOAD, HTML = 50_000, 15_000  # bytes sent, headers and all
MOVED = 0.01  # share of the window
WATCH = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.moved += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""
# The files that the first drawing of a page waited for.
WAITED_FOR = """
() => performance.getEntriesByType("resource")
  .filter((one) => one.renderBlockingStatus === "blocking").map((one) => new URL(one.name).pathname)
"""


@pytest.mark.parametrize("page", FIRST_SEEN)
def test_a_first_visit_sends_little(visit, page):
    window, sent = visit.window(), {}
    asked = window.context.new_cdp_session(window)
    asked.send("Network.enable")
    kinds = {}
    asked.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    asked.on("Network.loadingFinished", lambda told: sent.update({told["requestId"]: told["encodedDataLength"]}))
    window.goto(path_of(visit.site, page), wait_until="networkidle")
    pages = [size for key, size in sent.items() if kinds.get(key) == "Document"]
    assert len(pages) == 1 and len(sent) >= 3
    assert pages[0] <= HTML
    assert sum(sent.values()) <= FIRST_LOAD


@pytest.mark.parametrize("page", FIRST_SEEN)
def test_a_page_waits_for_its_stylesheet_alone_and_stays_where_it_is(visit, page):
    window = visit.window()
    window.add_init_script(WATCH)
    window.goto(path_of(visit.site, page), wait_until="networkidle")
    waited = window.evaluate(WAITED_FOR)
    assert [path.rpartition(".")[2] for path in waited] == ["css"], waited
    assert window.evaluate("window.moved") <= MOVED
