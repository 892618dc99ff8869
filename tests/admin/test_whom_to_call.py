"""Whom to call is masked for staff until they ask: on every page and in every file, for every role."""

import io
import re
import zipfile
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from fengtai.records.trail.entries import TrailEntry
from fengtai.review.holding import Held
from fengtai.review.pending import PendingChange
from fengtai.review.roles import PROGRAMME_OFFICE, READER, ROLES, WHO_MAY_CALL
from fengtai.values.masking import masked, masked_within
from partners.models import Contact, Organisation
from tests import factories
from tests.admin.admin_pages import address, form_data
from tests.admin.imports.test_import_pages import upload
from tests.review.people import person, signed_in

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
PHONE, MAIL, NEW = "13912345678", "shilimark@example.com", "13700009999"
MARKS = (PHONE, MAIL, "010-87654321", "13912340000")
FOLLOWED = re.compile(r'(?:href|action|data-page)="(/admin/[^"#]*)"')
# Ways to the same rows, empty forms, and what ends a session.
LEFT = re.compile(
    r"logout|jsi18n|/password/|[?&](o|p|page|sort|q|all|_facets|chosen|show|per)=|/en/|/add/$|/importbatch/(?:new|template)/|current-source|_popup"
)


@pytest.mark.parametrize(
    "value, shown",
    [
        ("13800001234", "138****1234"),
        ("010-63800000", "010****0000"),
        ("63800000", "63****00"),
        ("110", "****"),
        ("", ""),
        (None, ""),
        ("13800001234、13900005678", "138****1234、139****5678"),
        ("shili@example.com", "s****@example.com"),
        ("ab@example.com", "****@example.com"),
    ],
)
def test_the_middle_of_a_value_is_hidden(value, shown):
    assert masked(value) == shown


def test_numbers_and_addresses_within_a_sentence_are_hidden():
    said = "填报人：示例某某 13800001234，010-63800000，shili@example.com，2024年 91110106MA00000000 300余家"
    told = "填报人：示例某某 138****1234，010****0000，s****@example.com，2024年 91110106MA00000000 300余家"
    assert masked_within(said) == told


@pytest.fixture
def contact():
    firm = factories.organisation(name="示例甲公司")
    return factories.contact(organisation=firm, phone=PHONE, email=MAIL)


def test_a_value_left_masked_stays_and_a_new_one_replaces_it(contact):
    client, where = (
        signed_in(person("示例员工", PROGRAMME_OFFICE)),
        address(Organisation, "change", contact.organisation_id),
    )
    shown = form_data(client.get(where))
    assert (shown["contacts-0-phone"], shown["contacts-0-email"]) == (
        "139****5678",
        "s****@example.com".replace("s", "shi", 1),
    )
    client.post(where, shown | {"address": "示例路1号", "contacts-0-post": "示例职务"})
    contact.refresh_from_db()
    assert (contact.phone, contact.email, contact.post) == (PHONE, MAIL, "示例职务")
    refused = client.post(where, form_data(client.get(where)) | {"contacts-0-phone": "138****0000"})
    assert (refused.status_code, PHONE in refused.content.decode()) == (200, False)
    assert refused.context["inline_admin_formsets"][3].formset.errors == [
        {"phone": ["这是遮盖后的内容：请填写完整，或保持原样不改。"]}
    ]
    client.post(where, form_data(client.get(where)) | {"contacts-0-phone": NEW, "contacts-0-email": ""})
    contact.refresh_from_db()
    assert (contact.phone, contact.email) == (NEW, "")


def test_what_somebody_else_changed_meanwhile_is_kept_or_asked_without_showing_it(contact):
    client, where = (
        signed_in(person("示例员工", PROGRAMME_OFFICE)),
        address(Organisation, "change", contact.organisation_id),
    )
    read = form_data(client.get(where))
    Contact.objects.update(phone=NEW)
    client.post(where, read | {"contacts-0-post": "示例职务"})
    contact.refresh_from_db()
    assert (contact.phone, contact.post) == (NEW, "示例职务")
    asked = client.post(where, read | {"contacts-0-phone": "13600001111"}).content.decode()
    assert (NEW in asked, "137****9999" in asked, 'value="13600001111"' in asked) == (False, True, True)


def test_a_masked_value_is_stored_by_no_way_of_writing(contact):
    contact.phone = "139****5678"
    for write in (
        contact.save,
        lambda: Contact.objects.update(phone=contact.phone),
        lambda: Contact.objects.bulk_update([contact], ["phone"]),
        lambda: Contact.objects.bulk_create([Contact(organisation_id=1, name="示例", phone=contact.phone)]),
    ):
        with pytest.raises(ValidationError):
            write()
    assert Contact.objects.get().phone == PHONE


def test_whoever_may_see_whom_to_call_may_ask_and_the_trail_says_so(contact):
    firm = contact.organisation
    where = reverse("whole_values", args=["partners.organisation", firm.pk])
    for role in ROLES:
        client = signed_in(person(f"示例{role}", role))
        assert client.get(where).status_code == 405
        answer = client.post(where)
        assert (answer.status_code == 200, PHONE in answer.content.decode()) == (role in WHO_MAY_CALL,) * 2, role
        assert role not in WHO_MAY_CALL or "no-store" in answer["Cache-Control"]
    told = TrailEntry.objects.filter(act="revealed").order_by("pk")
    assert [(one.by_name, one.record_label) for one in told] == [(f"示例{role}", "示例甲公司") for role in WHO_MAY_CALL]
    client = signed_in(person("示例员工"))
    for kind in ("partners.contact", "auth.user", "partners.level", "x", "partners.organisation"):
        assert client.post(reverse("whole_values", args=[kind, 10**9])).status_code == 404, kind


@pytest.fixture
def everywhere(published, contact, own_files):
    """The marks in every place that holds a contact: rows, a bin, a pending change, an import by somebody else."""
    office = person("示例录入", PROGRAMME_OFFICE)
    firm, gone = contact.organisation, factories.organisation(name="示例乙公司", state="draft")
    factories.contact(organisation=gone, name="示例", phone=PHONE, email=MAIL)
    client = signed_in(office)
    client.post(address(Organisation, "delete", gone.pk), {"post": "yes"})
    with Held(by=office):
        firm.region = "示例区"
        firm.save()
    assert PendingChange.objects.exists()
    Contact.objects.create(organisation=firm, name="示例", phone=MARKS[2])
    columns = ["单位名称", "联系人", "电话", "邮箱", "备注"]
    upload(client, columns, ["示例甲公司", contact.name, MARKS[3], MAIL, "示例"], ["填报人：示例 " + PHONE])
    return firm


@pytest.mark.parametrize("role", [PROGRAMME_OFFICE, READER])  # one of those who may ask, one of those who may not
def test_no_page_and_no_file_of_staff_shows_whom_to_call(role, everywhere):
    client, seen, leaks = signed_in(person("示例某某", role)), set(), []
    files = [f"{address(Organisation, 'changelist')}?format={kind}" for kind in ("xlsx", "csv", "json", "jsonl")]
    ahead = [reverse("admin:index"), *files]
    while ahead:
        path = ahead.pop()
        answer = client.get(path)
        text = _text(answer)
        leaks += [(path, mark) for mark in MARKS if mark in text]
        found = {unescape(link) for link in FOLLOWED.findall(text)} if "html" in answer["Content-Type"] else ()
        fresh = {link for link in found if not LEFT.search(link)} - seen
        seen |= fresh
        ahead += sorted(fresh)
    assert leaks == []
    assert address(Organisation, "change", everywhere.pk) in seen
    assert len(seen) >= 30


def _text(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        workbook = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(workbook.read(name) for name in workbook.namelist())
    return content.decode("utf-8", "replace")
