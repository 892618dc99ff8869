"""Every kind of page in both languages: by axe in light and dark, on phones, without a complaint of the browser."""

from itertools import product

import pytest

from tests.browser import site_pages
from tests.browser.checks import axe, faults
from tests.browser.site_pages import DETAILS, LANGUAGES, LISTS, QUESTIONS, address_of, fetch, home, record_of
from tests.conftest import BROWSER
from tests.operations.whole import is_whole

pytestmark = pytest.mark.needs(*BROWSER)
every_language = pytest.mark.parametrize("language", LANGUAGES)
SAMPLE = "示例数据"


def in_turn(names) -> list[tuple[str, str]]:
    """Pages of one kind, in the languages by turns; all in both where everything is looked at (WHOLE=1)."""
    if is_whole():
        return [*product(names, LANGUAGES)]
    return [(name, LANGUAGES[place % len(LANGUAGES)]) for place, name in enumerate(names)]


def looked_at(visit, path: str, language: str) -> dict[str, list[str]]:
    page = visit.window()
    page.goto(path)
    assert page.locator(f".demonstration:has-text('{SAMPLE}')").count() == visit.site.is_sample
    return faults(page, language)


@pytest.mark.parametrize(("name", "language"), in_turn(LISTS))
def test_a_list(visit, name, language):
    assert looked_at(visit, address_of(name, language), language) == {}


@pytest.mark.parametrize(("name", "language"), in_turn(DETAILS))
def test_a_record(visit, name, language):
    assert looked_at(visit, record_of(visit.site, name, language), language) == {}


@pytest.mark.parametrize(("name", "language"), in_turn(site_pages.plain_pages()))
def test_a_page_of_no_list(visit, name, language):
    path = address_of(name, language)
    if "html" in fetch(visit.site.address + path)[1]["content-type"]:
        assert looked_at(visit, path, language) == {}


@pytest.mark.parametrize(("question", "language"), in_turn(QUESTIONS))
def test_an_answer_or_a_mistake(visit, question, language):
    assert looked_at(visit, home(language) + question, language) == {}


def test_a_record_that_was_withdrawn(visit):
    assert looked_at(visit, site_pages.withdrawn(visit.site), LANGUAGES[0]) == {}


@every_language
@pytest.mark.parametrize("name", ["conferences", "observations", "sources"])
def test_a_record_of_the_report(visit_report, name, language):
    assert looked_at(visit_report, record_of(visit_report.site, name, language), language) == {}


def test_the_first_page_of_the_report(visit_report):
    assert looked_at(visit_report, "/", LANGUAGES[0]) == {}


@every_language
def test_the_page_where_staff_sign_in(visit, language):
    page = visit.window()
    page.goto(f"{home(language)}admin/login/")
    assert page.locator(f".demonstration:has-text('{SAMPLE}')").count() == 1
    assert axe(page) == []
