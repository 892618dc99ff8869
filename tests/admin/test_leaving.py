"""Leaving a form in which something was typed asks, as a person meets it: in the browser."""

import pytest
from django.contrib.auth.models import User

from partners.models import Contact, Organisation
from tests import browsers, factories
from tests.admin.admin_pages import address
from tests.conftest import BROWSER, program

SECRET = "示例密码-9274"
pytestmark = [pytest.mark.one_database, pytest.mark.django_db(transaction=True), pytest.mark.needs(*BROWSER)]


@pytest.fixture(scope="module")
def browser():
    with pytest.MonkeyPatch.context() as patched, browsers.begun(program(*BROWSER)) as browser:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright runs its loop in the test's own thread
        yield browser


@pytest.fixture
def page(browser, live_server):
    """Somebody who is signed in; `asked` counts how often leaving was asked about, and stays on the page."""
    User.objects.create_superuser("示例编辑", password=SECRET)
    page = browser.new_context(base_url=live_server.url).new_page()
    page.asked, page.complaints = [], []
    page.on("dialog", lambda dialog: (page.asked.append(dialog.type), dialog.dismiss()))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    sign_in(page)
    yield page
    assert page.complaints == []


def sign_in(page):
    page.goto("/admin/login/")
    page.fill("#id_username", "示例编辑")
    page.fill("#id_password", SECRET)
    page.click("input[type=submit]")
    page.wait_for_url("**/admin/")


def opened(page, found) -> str:
    path = address(type(found), "change", found.pk)
    page.goto(path)
    page.locator("#id_introduction").click()  # a browser asks nobody who has not touched the page
    return path


def leave(page) -> bool:
    """Whether leaving asked; who is asked stays."""
    before = len(page.asked)
    page.evaluate("document.querySelector('#site-name a').click()")
    page.wait_for_timeout(300)
    asked = len(page.asked) > before
    if not asked:
        page.wait_for_url("**/admin/")
    return asked


def test_a_form_that_was_only_read_is_left_without_a_question(page):
    opened(page, factories.organisation())
    assert not leave(page)


def test_what_was_typed_asks_and_what_was_taken_back_does_not(page):
    opened(page, factories.organisation())
    page.fill("#id_introduction", "示例简介")
    assert leave(page)
    assert page.input_value("#id_introduction") == "示例简介"
    page.fill("#id_introduction", "")
    assert not leave(page)


def test_a_row_that_was_added_asks(page):
    opened(page, factories.organisation())
    page.click("#contacts-group .add-row a")
    page.fill("#id_contacts-0-name", "示例某某")
    assert leave(page)


def test_a_choice_from_a_list_to_type_in_asks(page):
    factories.industry(name="示例产业甲")
    opened(page, factories.organisation())
    page.click(".field-industries .select2-selection")
    page.click(".select2-results__option:has-text('示例产业甲')")
    assert leave(page)


def test_saving_asks_nothing_and_saves(page):
    found = factories.organisation()
    opened(page, found)
    page.fill("#id_introduction", "示例简介")
    page.click("input[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    assert page.asked == []
    assert Organisation.objects.get(pk=found.pk).introduction == "示例简介"
    assert not leave(page)


def test_logging_out_asks_too(page):
    opened(page, factories.organisation())
    page.fill("#id_introduction", "示例简介")
    page.click("#logout-form button", no_wait_after=True)
    page.wait_for_timeout(500)
    assert page.asked == ["beforeunload"]
    assert page.input_value("#id_introduction") == "示例简介"


def test_a_form_that_was_refused_asks_also_before_more_is_typed(page):
    opened(page, factories.organisation())
    page.fill("#id_name", "")
    page.fill("#id_introduction", "示例简介")
    page.evaluate("document.querySelector('#organisation_form').noValidate = true")
    page.click("input[name=_save]")
    page.wait_for_selector(".errornote")
    page.locator("#id_introduction").click()
    assert leave(page)


def test_a_list_and_the_login_page_ask_nothing(page):
    factories.organisation()
    page.goto(address(Organisation, "changelist"))
    page.locator(".action-select").first.check()
    assert not leave(page)
    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.fill("#id_username", "示例")
    page.goto("/admin/login/?next=/admin/")
    assert page.asked == []


def test_a_session_that_ended_asks_before_it_loses_the_form_and_goes_on_after_the_sign_in(page):
    found = factories.organisation()
    opened(page, found)
    page.click("#contacts-group .add-row a")
    page.fill("#id_contacts-0-name", "示例某某")
    page.context.clear_cookies(name="sessionid")
    page.click("input[name=_continue]")
    page.wait_for_selector("#id_sign_in-username")
    page.locator("#id_sign_in-username").fill("示例编辑")
    assert leave(page)
    page.fill("#id_sign_in-password", SECRET)
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist .success")
    assert Contact.objects.get().organisation_id == found.pk


def test_a_form_opened_before_a_sign_in_in_another_window_is_saved(page):
    found = factories.organisation()
    opened(page, found)
    page.fill("#id_introduction", "示例简介")
    page.context.clear_cookies(name="sessionid")
    other = page.context.new_page()
    sign_in(other)
    page.click("input[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    assert Organisation.objects.get(pk=found.pk).introduction == "示例简介"
