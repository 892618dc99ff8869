"""How the staff side looks: every page within the site's content policy, and a login that locks with a clear word."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse

from fengtai.records.models import Kept
from tests.admin.test_admin import MODELS, address, every_model, row, staff  # noqa: F401

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
ATTEMPTS = 5  # AXES_FAILURE_LIMIT


class Inline(HTMLParser):
    """Collects what the content policy would block: style attributes, handlers, inline styles and scripts."""

    def __init__(self, html: str):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        is_data = names.get("type") in ("application/json", "application/ld+json")
        if tag == "style" or (tag == "script" and "src" not in names and not is_data):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]


def pages_of(model) -> list[str]:
    found = row(model)
    if issubclass(model, Kept):
        found.doubt = "示例疑点"
    found.save()
    old = found.history.last()
    return [
        address(model, "changelist"),
        address(model, "changelist") + "?q=示例",
        address(model, "add"),
        address(model, "change", found.pk),
        address(model, "history", found.pk),
        address(model, "simple_history", found.pk, old.pk),
        address(model, "delete", found.pk),
    ]


@every_model
def test_every_page_keeps_within_the_content_policy(staff, model):  # noqa: F811
    for page in pages_of(model):
        response = staff.get(page)
        assert response.status_code == 200, page
        assert Inline(response.content.decode()).found == [], page
        assert "default-src 'self'" in response["Content-Security-Policy"]


def test_pages_of_no_model_keep_within_the_content_policy(staff):  # noqa: F811
    apps = {model._meta.app_label for model in MODELS}
    pages = [
        "/admin/",
        "/en/admin/",
        "/admin/review/",
        reverse("admin:password_change"),
        reverse("admin:auth_user_add"),
    ]
    for page in [*pages, *(reverse("admin:app_list", args=[app]) for app in apps)]:
        assert Inline(staff.get(page).content.decode()).found == [], page
    assert Inline(Client().get(reverse("admin:login")).content.decode()).found == []


@every_model
def test_every_link_to_a_listed_model_is_chosen_by_typing(rf, model):
    page = MODELS[model]
    links = {
        field.name
        for field in model._meta.fields
        if isinstance(field, ForeignKey) and field.editable and field.related_model in admin.site._registry
    }
    assert links <= set(page.get_autocomplete_fields(rf.get("/")))


def test_the_history_form_leads_back_to_the_record(staff):  # noqa: F811
    model = next(model for model in MODELS if issubclass(model, Kept))
    found = row(model)
    page = staff.get(address(model, "simple_history", found.pk, found.history.last().pk)).content.decode()
    crumbs = page[page.index('class="breadcrumbs"') :].split("</div>")[0]
    assert re.findall(r'href="([^"]+)"', crumbs)[2:] == [
        address(model, "changelist"),
        address(model, "change", found.pk),
        address(model, "history", found.pk),
    ]
    assert "Historical" not in crumbs


@pytest.mark.parametrize("language", ["", "/en"])
def test_failed_logins_lock_one_name_at_one_address_and_say_until_when(language, django_user_model):
    django_user_model.objects.create_superuser("示例另一人", password="示例密码一二三")
    login = f"{language}/admin/login/"
    answers = [Client().post(login, {"username": "示例员工", "password": "x"}) for _ in range(ATTEMPTS)]
    assert [answer.status_code for answer in answers] == [200] * (ATTEMPTS - 1) + [429]
    locked = answers[-1]
    assert "admin/locked_out.html" in [template.name for template in locked.templates]
    assert re.search(r"<strong>15\s*(minutes|分钟)</strong>", locked.content.decode())
    assert Inline(locked.content.decode()).found == []
    other = Client().post(login, {"username": "示例另一人", "password": "示例密码一二三"})
    assert other.status_code == 302
