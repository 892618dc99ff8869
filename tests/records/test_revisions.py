"""Old versions: only what was wholly public is shown, and a value can be blanked for good."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from fengtai.importing.taking.undoing import left_as_they_are, take_back
from fengtai.records.batches import ImportBatch, ImportRow, ImportWrite
from fengtai.records.models import Redaction
from fengtai.records.redactions import redact
from fengtai.records.trail.entries import TrailEntry
from tests import factories
from tests.admin.admin_pages import form_data

pytestmark = pytest.mark.django_db
HIDDEN = ["draft", "review", "withdrawn"]


def saved(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    return record


def revisions(client, record) -> list[list[tuple[str, str]]]:
    shown = client.get(record.get_absolute_url()).context["revisions"]
    return [[(change.old, change.new) for change in revision.changes] for revision in shown]


def test_what_was_public_is_shown_with_what_replaced_it(client):
    record = saved(factories.organisation(address="甲路"), address="乙路")
    saved(record, address="丙路")
    assert revisions(client, record) == [[("乙路", "丙路")], [("甲路", "乙路")]]


@pytest.mark.parametrize("state", HIDDEN)
def test_what_was_typed_while_hidden_and_replaced_before_it_was_public_is_not(client, state):
    record = saved(factories.organisation(address="甲路"), state=state)
    saved(record, address="暗路")
    saved(record, address="乙路", state="published")
    assert revisions(client, record) == [[("甲路", "乙路")]]


def test_a_wording_replaced_before_its_embargo_ended_was_never_public(client):
    record = factories.organisation(address="暗路", publish_at=timezone.now() + timedelta(hours=1))
    saved(record, address="明路", publish_at=None)
    saved(record, address="新路")
    assert revisions(client, record) == [[("明路", "新路")]]


def test_a_wording_whose_embargo_ended_before_it_was_replaced_is_shown_from_then_on(client):
    ended = timezone.now() - timedelta(hours=1)
    record = factories.organisation(address="甲路")
    saved(record, address="乙路", publish_at=ended)
    saved(record, address="丙路")
    record.history.filter(address="甲路").update(history_date=ended - timedelta(hours=3))
    record.history.filter(address="乙路").update(history_date=ended - timedelta(hours=2))
    shown = client.get(record.get_absolute_url()).context["revisions"]
    assert [(revision.at, revision.changes[0].new) for revision in shown][1] == (ended, "乙路")


def test_a_version_that_linked_to_what_was_hidden_then_or_is_hidden_now_is_not_shown(client):
    hidden, public = factories.place(name="暗楼"), factories.place(name="明楼")
    record = saved(factories.place(parent=hidden), parent=public)
    assert revisions(client, record) == [[("暗楼", "明楼")]]
    saved(hidden, state="withdrawn")
    assert revisions(client, record) == []
    saved(hidden, state="published")  # it is public again, and was when the version stood
    assert revisions(client, record) == [[("暗楼", "明楼")]]


def test_a_version_that_linked_to_a_draft_is_not_shown_once_the_draft_is_public(client):
    draft, public = factories.place(name="暗楼", state="draft"), factories.place(name="明楼")
    record = saved(factories.place(parent=draft), parent=public)
    saved(draft, state="published")
    assert revisions(client, record) == []


def test_a_version_is_as_public_as_what_it_was_public_through(client):
    roster = factories.roster(state="draft")
    record = saved(factories.honour(roster=roster, category="暗类"), category="明类")
    saved(roster, state="published")
    saved(record, category="新类")
    assert revisions(client, record) == [[("明类", "新类")]]


def test_a_redacted_value_is_gone_from_the_page_and_named_as_such(client, admin_user):
    record = saved(factories.organisation(introduction="电话13800000000"), introduction="")
    version = record.history.last()
    redact(version=version, field="introduction", by=admin_user, why="个人信息")
    assert revisions(client, record) == [[("已涂去", "")]]
    assert "13800000000" not in client.get(record.get_absolute_url()).content.decode()
    kept = Redaction.objects.get()
    assert (kept.object_id, kept.history_id, kept.field, kept.by, kept.why) == (
        record.pk,
        version.pk,
        "introduction",
        admin_user,
        "个人信息",
    )


def test_a_redaction_touches_one_value_of_one_version(admin_user):
    record = saved(factories.roster(note="甲", stated="600家"), stated="601家")
    redact(version=record.history.last(), field="stated", by=admin_user, why="错录")
    newer, older = record.history.all()
    assert (str(newer.stated), newer.note) == ("601家", "甲")
    assert (older.stated, older.stated_value, older.stated_unit, older.note) == (None, None, "", "甲")
    assert str(type(record).objects.get().stated) == "601家"


def test_what_imports_keep_of_a_redacted_value_goes_with_it(admin_user):
    record = saved(factories.organisation(introduction="电话1380"), introduction="电话")
    kind = ContentType.objects.get_for_model(record)
    batch = ImportBatch.objects.create(list_name="organisations", file_name="示例.xlsx", sha256="0" * 64)
    values = {"before": {"introduction": "电话1380", "region": "甲"}, "after": {"version": 2}}
    batch.writes.create(content_type=kind, object_id=record.pk, created=False, **values)
    changes = [["简介", "电话1380", "电话"], ["地区", "甲", "乙"]]
    batch.rows.create(sheet="甲", number=2, outcome="changed", object_id=record.pk, changes=changes)
    redact(version=record.history.last(), field="introduction", by=admin_user, why="个人信息")
    assert ImportWrite.objects.get().before == {"region": "甲"}
    assert ImportWrite.objects.get().redacted == ["introduction"]
    assert ImportRow.objects.get().changes == [["简介", None, "电话"], ["地区", "甲", "乙"]]


@pytest.mark.parametrize(("field", "why"), [("introduction", " "), ("state", "x"), ("nonsense", "x"), ("region", "x")])
def test_a_redaction_names_a_value_and_a_reason(admin_user, field, why):
    record = factories.organisation(introduction="电话1380")
    with pytest.raises(ValidationError):
        redact(version=record.history.first(), field=field, by=admin_user, why=why)
    assert Redaction.objects.count() == 0


def address(record) -> str:
    return f"/admin/partners/organisation/{record.pk}/history/{record.history.last().pk}/redact/"


@pytest.mark.parametrize(
    ("rights", "status"),
    [((), 403), (("change_organisation",), 403), (("redact",), 403), (("view_organisation", "redact"), 403)],
)
def test_who_may_not_change_the_record_and_redact_may_do_neither(client, rights, status):
    record = saved(factories.organisation(introduction="电话1380"), introduction="")
    user = User.objects.create_user("示例", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    assert client.get(address(record)).status_code == status
    assert client.post(address(record), {"field": "introduction", "why": "x"}).status_code == status
    assert record.history.last().introduction == "电话1380"


def test_a_value_is_blanked_from_the_page_of_its_version(client):
    record = saved(factories.organisation(introduction="电话1380"), introduction="")
    user = User.objects.create_user("示例", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=("change_organisation", "redact")))
    client.force_login(user)
    assert f'href="{address(record)}"' in client.get(address(record).removesuffix("redact/")).content.decode()
    assert client.get(address(record)).status_code == 200
    assert client.post(address(record), {"field": "introduction", "why": ""}).status_code == 200
    assert record.history.last().introduction == "电话1380"
    done = client.post(address(record), {"field": "introduction", "why": "个人信息"})
    assert done.url == f"/admin/partners/organisation/{record.pk}/history/"
    assert record.history.last().introduction == ""
    assert client.get(done.url).status_code == 200


def test_a_version_of_another_record_is_not_there(admin_client):
    record, other = factories.organisation(), factories.organisation(name="示例乙")
    version = other.history.last().pk
    for wrong in (f"{record.pk}/history/{version}", f"{record.pk}/history/{2**70}", f"{2**70}/history/{version}"):
        assert admin_client.get(f"/admin/partners/organisation/{wrong}/redact/").status_code == 404


def test_the_command_redacts_and_says_what_is_left(capsys, admin_user):
    record = saved(factories.organisation(introduction="电话1380"), region="甲")
    first = record.history.last().pk
    asked = ("partners.organisation", str(record.pk), "--version-id", str(first), "--field", "introduction")
    with pytest.raises(CommandError):
        call_command("redact", *asked, "--by", "nobody", "--why", "x")
    call_command("redact", *asked, "--by", admin_user.username, "--why", "个人信息")
    assert re.findall(r"\d+", capsys.readouterr().out) == ["2"]
    assert [version.introduction for version in record.history.all()] == ["", ""]


def test_every_version_that_says_the_same_is_blanked_and_counted(client, admin_client, admin_user):
    record = saved(factories.organisation(address="电话1380"), region="南")
    saved(record, address="示例路")
    form = admin_client.get(address(record)).context["form"]
    assert re.findall(r"\d+", dict(form.fields["field"].choices)["address"]) == ["2"]
    admin_client.post(address(record), {"field": "address", "why": "个人信息"})
    assert [version.address for version in record.history.all()] == ["示例路", "", ""]
    assert Redaction.objects.count() == 2
    assert "电话1380" not in client.get(record.get_absolute_url()).content.decode()


def test_bringing_a_version_back_leaves_what_was_redacted_as_it_stands(admin_client, admin_user):
    record = saved(
        factories.organisation(address="电话1380", region="甲", state="draft"), address="示例路", region="乙"
    )
    version = record.history.last()
    redact(version=version, field="address", by=admin_user, why="个人信息")
    page = admin_client.get(address(record).removesuffix("redact/"))
    assert "涂去" in page.content.decode()
    assert admin_client.post(address(record).removesuffix("redact/"), form_data(page)).status_code == 302
    record.refresh_from_db()
    assert (record.address, record.region) == ("示例路", "甲")


def test_what_was_redacted_comes_back_by_no_form_that_showed_it(admin_client, admin_user):
    record = factories.organisation(address="电话1380", region="甲", state="draft")
    change = f"/admin/partners/organisation/{record.pk}/change/"
    form = form_data(admin_client.get(change))
    saved(record, address="")
    redact(version=record.history.last(), field="address", by=admin_user, why="个人信息")
    assert admin_client.post(change, {**form, "region": "乙"}).status_code == 302
    record.refresh_from_db()
    assert (record.address, record.region) == ("", "乙")


def test_the_trail_forgets_a_redacted_value_everywhere_and_says_that_it_did(admin_client, admin_user):
    record = factories.organisation(name="示例甲", state="draft")
    change = f"/admin/partners/organisation/{record.pk}/change/"
    for name in ("示例13700002222", "示例乙"):
        admin_client.post(change, {**form_data(admin_client.get(change)), "name": name, "told_name": name})
    [version] = record.history.filter(name="示例13700002222")
    redact(version=version, field="name", by=admin_user, why="个人信息")
    found = TrailEntry.objects.of(record).order_by("pk")
    assert [(entry.act, entry.record_label, entry.old.get("name"), entry.new.get("name")) for entry in found] == [
        ("added", "示例甲", None, "示例甲"),
        ("changed", "…", "示例甲", ""),
        ("changed", "示例乙", "", "示例乙"),
        ("redacted", "示例乙", None, None),
    ]
    assert [entry.redacted_at is not None for entry in found] == [False, True, True, False]
    assert (found[3].by, found[3].why, found[3].new) == (admin_user, "个人信息", {"field": "单位名称"})
    assert "13700002222" not in str([*TrailEntry.objects.values()])
    assert "13700002222" not in admin_client.get(f"/admin/partners/organisation/{record.pk}/history/").content.decode()


def test_undoing_an_import_leaves_what_was_redacted_as_it_stands(admin_user):
    firm = factories.organisation(introduction="电话1380", region="甲", state="draft")
    record = saved(firm, introduction="电话", region="乙")
    batch = ImportBatch.objects.create(list_name="organisations", file_name="示例.xlsx", sha256="0" * 64)
    batch.writes.create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        created=False,
        before={"introduction": "电话1380", "region": "甲"},
        after={"version": record.version},
    )
    redact(version=record.history.last(), field="introduction", by=admin_user, why="个人信息")
    take_back(batch, admin_user)
    record.refresh_from_db()
    assert (record.introduction, record.region) == ("电话", "甲")
    assert left_as_they_are(batch) == [("示例单位", "简介")]
