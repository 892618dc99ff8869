"""A session that ended: what was sent is kept on a sign-in page, and goes on from there as if nothing had happened."""

import re
from html import unescape

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from fengtai.admin.signing_in_again import FILES, NAME, PASSWORD
from fengtai.records.models import Source
from partners.models import Contact, Organisation
from tests import factories
from tests.admin.admin_pages import address, errors_of, form_data

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
SECRET = "示例密码-9274"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def editor():
    return User.objects.create_superuser("示例编辑", password=SECRET)


@pytest.fixture
def visitor():
    """A browser whose session has ended; the site looks for the sign that a form is its own, as it does outside."""
    browser = Client(enforce_csrf_checks=True)
    browser.get(reverse("admin:login"))
    return browser


def typed(editor, path: str) -> dict:
    browser = Client()
    browser.force_login(editor)
    shown = form_data(browser.get(path))
    return {name: value for name, value in shown.items() if value != "" or name != "industries"}  # none is chosen


def send(browser, path: str, data: dict):
    return browser.post(path, {**data, "csrfmiddlewaretoken": browser.cookies["csrftoken"].value})


def carried(page) -> list[tuple[str, str]]:
    found = [(unescape(name), unescape(value)) for name, value in HIDDEN.findall(page.text)]
    return [(name, value) for name, value in found if name != "csrfmiddlewaretoken"]


def sign_in(browser, page, name="示例编辑", password=SECRET):
    """What the page posts, to where it posts it."""
    sent = {}
    for field, value in carried(page):
        sent.setdefault(field, []).append(value)
    action = unescape(re.search(r'<form action="([^"]*)" method="post" enctype', page.text)[1])
    own = {NAME: name, PASSWORD: password, "csrfmiddlewaretoken": CSRF.search(page.text)[1]}
    return browser.post(action, {**sent, **own})


def test_a_form_goes_on_after_the_sign_in_with_all_its_rows(editor, visitor):
    found = factories.organisation()
    factories.membership(organisation=found)
    path = address(Organisation, "change", found.pk)
    industries = [factories.industry().pk, factories.industry().pk]
    hostile = "\"><script>alert(1)</script>\r\n第二行 &amp; '引号'"
    data = typed(editor, path) | {"introduction": hostile, "industries": industries, "_continue": "1"}
    data |= {"contacts-TOTAL_FORMS": 1, "contacts-0-name": "示例某某", "contacts-0-id": ""}
    page = send(visitor, path, data)
    assert (page.status_code, page.headers["Cache-Control"]) == (
        403,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert "<script>alert" not in page.text
    assert Organisation.objects.get().introduction == ""
    answer = sign_in(visitor, page)
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    saved = Organisation.objects.get()
    assert saved.introduction == hostile
    assert [*saved.industries.order_by("pk").values_list("pk", flat=True)] == industries
    assert Contact.objects.get().name == "示例某某"
    assert saved.history.latest().history_user == editor
    assert visitor.get(path).status_code == 200


def test_a_wrong_password_shows_the_page_again_with_everything(editor, visitor):
    path = address(Organisation, "add")
    first = send(visitor, path, typed(editor, path) | {"name": "示例新单位"})
    second = sign_in(visitor, first, password="错误")
    assert (second.status_code, carried(second)) == (403, carried(first))
    assert ("name", "示例新单位") in carried(second)
    assert "错误" not in second.text
    assert sign_in(visitor, second).status_code == 302
    assert Organisation.objects.get().name == "示例新单位"


def test_what_is_noted_of_a_failed_attempt_holds_neither_the_form_nor_the_password(editor, visitor):
    path = address(Organisation, "add")
    page = send(visitor, path, typed(editor, path) | {"name": "示例某某的单位"})
    sign_in(visitor, page, password="错误的密码")
    noted = AccessAttempt.objects.get()
    assert noted.username == "示例编辑"
    assert [text in noted.post_data for text in ("示例某某", "错误")] == [False, False]


def test_too_many_attempts_lock_as_on_the_login_page_and_keep_the_form(editor, visitor, settings):
    path = address(Organisation, "add")
    page = send(visitor, path, typed(editor, path) | {"name": "示例新单位", "username": "别人"})
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        page = sign_in(visitor, page, password="错误")
    assert (page.status_code, ("name", "示例新单位") in carried(page)) == (429, True)
    assert sign_in(visitor, page).status_code == 429
    assert (
        visitor.post(
            reverse("admin:login"),
            {"username": "示例编辑", "password": SECRET, "csrfmiddlewaretoken": visitor.cookies["csrftoken"].value},
        ).status_code
        == 429
    )
    assert Organisation.objects.count() == 0
    AccessAttempt.objects.all().delete()  # the wait is over
    assert sign_in(visitor, page).status_code == 302
    assert Organisation.objects.get().name == "示例新单位"


def test_attempts_on_the_login_page_and_on_a_kept_form_count_together(editor, visitor, settings):
    login = reverse("admin:login")
    for _attempt in range(settings.AXES_FAILURE_LIMIT - 1):
        send(visitor, login, {"username": "示例编辑", "password": "错误"})
    page = send(visitor, address(Organisation, "add"), {"name": "示例新单位"})
    assert sign_in(visitor, page, password="错误").status_code == 429


@pytest.mark.parametrize("sent", [{}, {NAME: "示例编辑", PASSWORD: SECRET}])
def test_without_the_sign_that_it_came_from_the_site_nothing_is_done(editor, visitor, sent):
    answer = visitor.post(address(Organisation, "add"), {"name": "示例新单位", **sent})
    assert (answer.status_code, "示例新单位" in answer.text) == (403, False)
    assert "sessionid" not in visitor.cookies
    assert Organisation.objects.count() == 0


def test_somebody_without_the_right_is_told_and_somebody_else_can_still_sign_in(editor, visitor):
    User.objects.create_user("示例同事", password=SECRET, is_staff=True)
    path = address(Organisation, "add")
    page = send(visitor, path, typed(editor, path) | {"name": "示例新单位"})
    refused = sign_in(visitor, page, name="示例同事")
    assert (refused.status_code, "示例同事" in refused.text) == (403, True)
    assert carried(refused) == carried(page)
    assert Organisation.objects.count() == 0
    assert sign_in(visitor, refused).status_code == 302
    assert Organisation.objects.get().history.get().history_user == editor


def test_rows_that_the_new_person_may_not_write_are_not_dropped_in_silence(editor, visitor):
    colleague = User.objects.create_user("示例同事", password=SECRET, is_staff=True)
    codes = ["add_organisation", "view_organisation", "change_organisation"]
    colleague.user_permissions.set(Permission.objects.filter(codename__in=codes))
    path = address(Organisation, "add")
    data = typed(editor, path) | {"name": "示例新单位"}
    data |= {"contacts-TOTAL_FORMS": 1, "contacts-0-name": "示例某某", "contacts-0-id": ""}
    refused = sign_in(visitor, send(visitor, path, data), name="示例同事")
    assert refused.status_code == 403
    assert ("contacts-0-name", "示例某某") in carried(refused)
    assert Organisation.objects.count() == 0
    assert sign_in(visitor, refused).status_code == 302
    assert Contact.objects.get().organisation.name == "示例新单位"


def test_who_is_no_staff_does_not_come_in(visitor):
    User.objects.create_user("示例路人", password=SECRET)
    page = sign_in(visitor, send(visitor, address(Organisation, "add"), {"name": "示例新单位"}), name="示例路人")
    assert (page.status_code, ("name", "示例新单位") in carried(page)) == (403, True)
    assert "sessionid" not in visitor.cookies


def test_a_file_is_asked_for_again_before_anything_is_saved(editor, visitor):
    path = address(Source, "add")
    file = ContentFile(b"%PDF-1.4", "示例附件.pdf")
    page = send(visitor, path, typed(editor, path) | {"title": "示例来源甲", "kind": "news", "attachment": file})
    assert ("示例附件.pdf" in page.text, (FILES, "示例附件.pdf") in carried(page)) == (True, True)
    page = sign_in(visitor, page, password="错误")
    shown = sign_in(visitor, page)
    assert (shown.status_code, Source.objects.count()) == (200, 0)
    assert "示例附件.pdf" in errors_of(shown)["__all__"][0]
    form = form_data(shown)
    assert form["title"] == "示例来源甲"
    again = ContentFile(b"%PDF-1.4", "示例附件.pdf")
    assert send(visitor, path, form | {"attachment": again}).status_code == 302
    kept = Source.objects.get().attachment
    assert kept.read() == b"%PDF-1.4"
    kept.delete()


def test_an_import_asks_for_its_file_again(editor, visitor):
    path = reverse("admin:import_upload", args=["organisations"])
    page = send(visitor, path, {"sheet": "名录", "file": ContentFile("单位名称\n甲".encode(), "名录.csv")})
    shown = sign_in(visitor, page)
    assert (shown.status_code, shown.context["form"]["sheet"].value()) == (400, "名录")
    assert [*shown.context["form"].errors] == ["file"]


def test_an_action_on_a_list_goes_on(editor, visitor):
    found = [factories.organisation(name=f"示例单位{number}", state="draft") for number in range(2)]
    path = f"{address(Organisation, 'changelist')}?sort=kind"
    marked = {"action": "submit_for_review", "_selected_action": [row.pk for row in found], "why": "示例"}
    assert sign_in(visitor, send(visitor, path, marked)).headers["Location"] == path
    assert {*Organisation.objects.values_list("state", flat=True)} == {"review"}


def test_passwords_are_never_carried(editor, visitor):
    path = reverse("admin:auth_user_add")
    typed_in = {"username": "示例新人", "password1": "新人密码", "password2": "新人密码", "usable_password": "true"}
    page = send(visitor, path, typed_in)
    assert ("新人密码" in page.text, carried(page)) == (False, [("username", "示例新人")])
    shown = sign_in(visitor, page)
    assert (shown.status_code, shown.context["adminform"].form["username"].value()) == (200, "示例新人")
    assert not User.objects.filter(username="示例新人").exists()


def test_the_page_posts_to_its_own_address_and_to_no_other(editor, visitor):
    path = f"{address(Organisation, 'add')}?next=//example.com/&_popup=1"
    data = typed(editor, address(Organisation, "add")) | {"name": "示例新单位", "next": "https://example.com/"}
    page = send(visitor, path, data)
    assert f'action="{path.replace("&", "&amp;")}"' in page.text
    answer = sign_in(visitor, page)
    assert answer.headers["Location"] == address(Organisation, "changelist")


@pytest.mark.parametrize("start", ["/admin/", "/en/admin/"])
def test_what_only_reads_is_led_to_the_login_as_before(client, start):
    answer = client.get(f"{start}partners/organisation/add/")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"{start}login/?next={start}partners/organisation/add/",
    )
    assert client.post(f"{start}logout/").headers["Location"] == start


def test_a_form_of_many_rows_is_carried_whole(editor, visitor, settings):
    rows = {f"row-{number}": "汉" * 100 for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS - 3)}
    path = address(Organisation, "changelist")
    page = send(visitor, path, rows)
    assert (page.status_code, len(carried(page))) == (403, len(rows))
    assert sign_in(visitor, page).headers["Location"] == path
