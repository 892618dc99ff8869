"""What every admin page promises, tested once over the registry: a new model is covered from its first minute."""

import hashlib
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from fengtai.admin.record_admin import RecordAdmin
from fengtai.records.fields import PrintedField
from fengtai.records.models import Kept, Record, Source
from fengtai.records.trail.entries import TrailEntry
from tests import factories
from tests.admin.admin_pages import MODELS, address, form_data, row
from tests.pages.marked_rows import records

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
RECORDS = [model for model in MODELS if issubclass(model, Kept)]
every_record = pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label_lower)


@pytest.fixture
def staff(client):
    user = get_user_model().objects.create_superuser("示例员工", password="x")
    client.force_login(user)
    return client


def test_every_record_has_an_admin_page():
    assert [model for model in records() if model not in MODELS] == []


@every_model
def test_lists_and_forms_open_for_staff(staff, model):
    found = row(model)
    assert staff.get(address(model, "changelist")).status_code == 200
    assert staff.get(address(model, "changelist"), {"q": "示例"}).status_code == 200
    assert staff.get(address(model, "add")).status_code == 200
    assert staff.get(address(model, "change", found.pk)).status_code == 200
    assert staff.get(address(model, "history", found.pk)).status_code == 200


@every_model
def test_search_history_and_filters_are_there(rf, model):
    page = MODELS[model]
    assert page.get_search_fields(rf.get("/"))
    assert isinstance(page, SimpleHistoryAdmin)
    if issubclass(model, Kept):
        assert isinstance(page, RecordAdmin)


@every_model
def test_nobody_but_staff_comes_in(client, model):
    found = row(model)
    for page, args in (("changelist", ()), ("add", ()), ("change", (found.pk,)), ("history", (found.pk,))):
        response = client.get(address(model, page, *args))
        assert response.status_code == 302
        assert reverse("admin:login") in response["Location"]


@every_model
def test_a_form_saved_unchanged_writes_nothing(staff, model):
    found = row(model)
    entered = TrailEntry.objects.writes().count()
    before = {field.name: field.value_to_string(found) for field in model._meta.concrete_fields}
    response = staff.get(address(model, "change", found.pk))
    saved = staff.post(address(model, "change", found.pk), form_data(response))
    assert saved.status_code == 302, saved.context["errors"]
    found = model.objects.get(pk=found.pk)
    assert before == {field.name: field.value_to_string(found) for field in model._meta.concrete_fields}
    assert (found.history.count(), TrailEntry.objects.writes().count()) == (1, entered)


@every_record
def test_a_figure_or_period_that_cannot_be_read_is_refused_by_its_field(staff, model):
    found = row(model)
    printed = [field.name for field in model._meta.fields if isinstance(field, PrintedField) and field.editable]
    data = form_data(staff.get(address(model, "change", found.pk)))
    for name in printed:
        refused = staff.post(address(model, "change", found.pk), {**data, name: "若干"})
        assert refused.status_code == 200
        assert name in refused.context["adminform"].form.errors


def test_the_reading_stands_under_the_field_and_follows_typing(staff):
    found = factories.amount(figure="约3.5亿元")
    page = staff.get(address(type(found), "change", found.pk)).content.decode()
    assert re.search(r'<output class="reading"[^>]*>[^<]*≈ 350,000,000 元</output>', page)
    reading = staff.get(reverse("reading", args=["figure"]), {"text": "2.13万家"}).json()
    assert reading["reading"].endswith("= 21,300 家")
    problem = staff.get(reverse("reading", args=["period"]), {"text": "今年"}).json()["problem"]
    assert "今年" in problem
    assert staff.get(reverse("reading", args=["nonsense"]), {"text": "1"}).status_code == 404
    assert Client().get(reverse("reading", args=["figure"]), {"text": "1家"}).status_code == 302


def test_view_on_site_only_where_there_is_something_to_see(staff):
    found = factories.organisation(state=Record.State.PUBLISHED)
    link = f'href="{found.get_absolute_url()}"'
    assert link in staff.get(address(type(found), "change", found.pk)).content.decode()
    type(found).objects.update(state=Record.State.DRAFT)
    assert link not in staff.get(address(type(found), "change", found.pk)).content.decode()


def test_history_says_who_when_and_can_bring_a_version_back(staff):
    found = factories.organisation(name="示例旧名")
    found.name = "示例新名"
    found.save()
    first = found.history.last()
    form = staff.get(address(type(found), "simple_history", found.pk, first.pk))
    assert form.status_code == 200
    reverted = staff.post(address(type(found), "simple_history", found.pk, first.pk), form_data(form))
    assert reverted.status_code == 302
    assert type(found).objects.get(pk=found.pk).name == "示例旧名"
    assert found.history.first().history_user.username == "示例员工"


def test_an_attachment_is_sealed_and_only_for_staff_who_may_see_sources(staff, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    data = {**form_data(staff.get(address(Source, "add"))), "title": "示例", "kind": "news"}
    data["attachment"] = SimpleUploadedFile("示例.txt", "内容".encode())
    assert staff.post(address(Source, "add"), data).status_code == 302
    found = Source.objects.get()
    assert found.sha256 == hashlib.sha256("内容".encode()).hexdigest()
    assert (tmp_path / found.attachment.name).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / found.attachment.name).parent.stat().st_mode & 0o777 == 0o700
    link = found.attachment.url
    assert b"".join(staff.get(link).streaming_content) == "内容".encode()
    assert Client().get(link).status_code == 302
    other = Client()
    other.force_login(get_user_model().objects.create_user("示例无权", is_staff=True))
    assert other.get(link).status_code == 403


@pytest.mark.parametrize(
    "name", ["示例.html", "示例.svg", "示例.pdf", "a.xlsx\r\nX-B: 1", '"><b>.htm', "\u202elmth.exe"]
)
def test_no_attachment_is_shown_inside_the_site(staff, settings, tmp_path, name):
    settings.MEDIA_ROOT = tmp_path
    found = factories.source()
    found.attachment.save(name, ContentFile(b"<script>alert(1)</script>"))
    answer = staff.get(found.attachment.url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "\n" not in answer["Content-Disposition"]


def test_contacts_and_remarks_never_leave_the_staff_side(client):
    found = factories.partner(remark="内部备注甲")
    found.contacts.create(name="示例联系人", phone="13800000000")
    assert client.get("/partners/?q=内部备注甲").context["rows"] == ""
    for address_ in ("/partners/", found.get_absolute_url(), "/partners/?format=json"):
        response = client.get(address_)
        content = (b"".join(response.streaming_content) if response.streaming else response.content).decode()
        assert "示例联系人" not in content
        assert "13800000000" not in content
        assert "内部备注甲" not in content


def test_behind_a_proxy_a_lockout_is_of_the_address_it_saw(client, settings):
    settings.TRUSTED_PROXIES = 1
    get_user_model().objects.create_superuser("示例", password="right")

    def sign_in(address: str, password: str) -> int:
        form = {"username": "示例", "password": password}
        return client.post(reverse("admin:login"), form, HTTP_X_FORWARDED_FOR=f"198.51.100.9, {address}").status_code

    assert [sign_in("192.0.2.1", "wrong") for _time in range(6)][-1] == 429
    assert sign_in("192.0.2.1", "right") == 429
    assert sign_in("192.0.2.2", "right") == 302
