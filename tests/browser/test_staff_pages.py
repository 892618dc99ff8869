"""The pages where staff work, by axe: in both languages, in light and dark, without a complaint of the browser."""

import pytest

from tests.browser.checks import CONTRAST, RULES, axe
from tests.browser.site_pages import LANGUAGES, home
from tests.conftest import BROWSER

pytestmark = pytest.mark.needs(*BROWSER)
# Django's own field of many choices gives its parts no names; what stands around it is ours.
STOCK = (".select2-container",)
# Axe reads style sheets ahead for one rule, on turned screens; those of Django that import others it writes into the
# page, which the content policy refuses, as it should.
AS_IT_STANDS = {**RULES, "preload": False}
# The page, what leads on from it (nothing where it is the page itself), and who looks.
KINDS = {
    "desk": ("admin/", "", "office"),
    "queue": ("admin/desk/returned/", "", "office"),
    "list": ("admin/partners/organisation/", "", "office"),
    "form": ("admin/partners/organisation/", "#result_list a[href*='/change/']", "office"),
    "new record": ("admin/projects/project/add/", "", "office"),
    "reviews": ("admin/review/", "", "reviewer"),
    "review": ("admin/", "a[href*='/admin/review/change/']", "reviewer"),
    "imports": ("admin/fengtai/importbatch/", "", "office"),
    "import preview": ("admin/", "a[href*='/importbatch/']:not([href*='/new/']):not([href$='importbatch/'])", "office"),
    "corrections": ("admin/corrections/", "", "office"),
    "guide": ("admin/guide/", "", "office"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_staff(visit, kind):
    path, leading, who = KINDS[kind]
    page = visit.signed_in(who)
    found = {}
    for language in LANGUAGES:
        page.goto(home(language) + path)
        if leading:
            page.goto(page.locator(leading).first.get_attribute("href"))
        found[language] = axe(page, AS_IT_STANDS, STOCK)
    page.emulate_media(color_scheme="dark")
    found["dark"] = axe(page, CONTRAST, STOCK)
    assert {where: what for where, what in found.items() if what} == {}
