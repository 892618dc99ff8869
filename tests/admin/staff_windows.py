"""Windows of staff on a site that runs, and what is wrong with a page as it stands in one."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

from tests.operations.whole import is_whole
from tests.sites import Site

WIDTHS = (1280, 390)


def signed_in(browser, site: Site, name: str = "staff", **options):
    """`complaints` are errors of scripts and of the content policy."""
    page = browser.new_context(base_url=site.address, locale="zh-CN", **options).new_page()
    page.complaints = []
    page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto("/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", site.passwords[name])
    page.click("input[type=submit]")
    return page


def faults(page) -> list[str]:
    """In both languages and widths; axe reads one width of each language, or all where the whole is asked."""
    found, here = [], page.url
    path = here.removeprefix("{0.scheme}://{0.netloc}".format(urlsplit(here)))
    for at, prefix in enumerate(("", "/en")):
        page.goto(f"{here.removesuffix(path)}{prefix}{path}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            place = f"{page.url} at {width}"
            wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found += [f"{place}: {wider} pixels wider than the screen"] if wider > 0 else []
            if is_whole() or width == WIDTHS[at]:
                answer = Axe().run(page).response
                found += [f"{place}: {each['id']} {each['nodes'][0]['html'][:200]}" for each in answer["violations"]]
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(here)
    return found
