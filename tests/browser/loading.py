"""How soon a page of the demo shows with a processor slowed four times: `python -m tests.browser.loading`.

The time until the largest thing is drawn (Largest Contentful Paint), read by the browser itself. No test: on a busy
machine it says how busy the machine is. Ends with an error if the median of a page is over a second.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

import django

SLOWED, SHOWN = 4, 1000  # times; milliseconds
WATCH = """
window.shown = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shown = one.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=9, help="visits of each page")
    times = parser.parse_args().times
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengtai.settings")
    django.setup()
    from tests.browser.site_pages import FIRST_SEEN, path_of
    from tests.browser.visits import Visit
    from tests.browsers import begun
    from tests.sites import DEMO, Site, prepared, served

    slow = []
    with tempfile.TemporaryDirectory() as folder, begun() as browser:
        data = Path(folder) / "demo"
        prepared(data, DEMO)
        with served(data, Path(folder) / "log") as address:
            visit = Visit(browser, Site(address, {}, data))
            print(f"milliseconds until it shows, processor slowed {SLOWED} times, {times} visits: median, least, most")
            for page in FIRST_SEEN:
                path = path_of(visit.site, page)
                shown = [_shown(visit, path) for _visit in range(times)]
                median = statistics.median(shown)
                print(f"{path}  {median:.0f}  {min(shown):.0f}  {max(shown):.0f}", flush=True)
                slow += [path] * (median > SHOWN)
            visit.close()
    sys.exit(f"over {SHOWN} ms: {', '.join(slow)}" if slow else 0)


def _shown(visit, path: str) -> float:
    window = visit.window()
    window.context.new_cdp_session(window).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    window.add_init_script(WATCH)
    window.goto(path)
    while not (shown := window.evaluate("window.shown")):
        window.wait_for_timeout(20)  # Playwright's own waiting evaluates a text, which the content policy forbids
    window.context.close()
    visit.windows.remove(window.context)
    return shown


if __name__ == "__main__":
    main()
