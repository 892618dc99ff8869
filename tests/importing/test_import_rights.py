"""What an import may write, undo and show follows from the rights of whoever asks, at the moment of asking."""

import json
import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from fengtai.importing.taking import steps
from fengtai.importing.taking.previews import preview_mark
from fengtai.importing.taking.tasks import commit_import
from fengtai.importing.taking.undoing import Touched
from fengtai.records.batches import ImportBatch
from fengtai.records.trail.entries import TrailEntry
from partners.models import Contact, Industry, Membership, Organisation, OrganisationName
from tests import factories
from tests.admin.imports.test_import_pages import READ_ONLY, decided, of, page, take, upload
from tests.admin.test_admin import staff  # noqa: F401
from tests.importing.import_steps import CREATE_ALL, received, saved

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
State = ImportBatch.State
ORGANISATIONS = ("add_organisation", "change_organisation")
PARTS = ("organisationname", "membership", "honour", "contact")  # what hangs on an organisation
NAME = "示例科技有限公司"


def user_called(name: str, *codes: str):
    user = get_user_model().objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return user


def in_browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def messages(response) -> list[str]:
    return [problem.message for problem in response.context["lacking"]]


@pytest.fixture
def rich(tmp_path):
    """A file that makes an organisation, another name, a membership and an industry."""
    factories.level(name="示例伙伴")
    rows = [["单位名称", "简称", "身份", "产业"], [NAME, "示科", "示例伙伴", "示例产业"]]
    return saved(tmp_path / "名录.xlsx", ("名录", rows))


def written() -> tuple:
    models = (Organisation, OrganisationName, Membership, Industry)
    return tuple(model.objects.count() for model in models)


def test_rights_on_organisations_alone_make_no_memberships_names_or_industries(staff, rich):  # noqa: F811
    colleague = in_browser(user_called("示例同事", *ORGANISATIONS))
    batch = upload(colleague, data=rich.read_bytes())
    decided(staff, batch, **{"missing:industry:示例产业": "create"})  # somebody who may create it decides that
    shown = page(colleague, batch)
    assert [(need["model"], need["positions"], need["headings"]) for need in shown.context["batch"].notes["needs"]] == [
        ("partners.membership", [["名录", 2]], ["身份"]),
        ("partners.organisation", [["名录", 2]], []),
        ("partners.industry", [["名录", 2]], ["产业"]),
        ("partners.organisationname", [["名录", 2]], ["简称"]),
    ]
    assert messages(shown) == [
        "您没有新增入选记录的权限，需要它的有 1 行：名录 2（身份）",
        "您没有新增产业的权限，需要它的有 1 行：名录 2（产业）",
        "您没有新增别名的权限，需要它的有 1 行：名录 2（简称）",
    ]
    assert "整份导入</button>" not in shown.content.decode()
    assert take(colleague, batch).status_code == 403
    assert written() == (0, 0, 0, 0)
    take(staff, batch)
    assert written() == (1, 1, 1, 1)


def test_a_right_that_was_taken_away_after_the_preview_stops_the_commit(rich):
    user = user_called("示例同事", *ORGANISATIONS, "add_organisationname", "add_membership", "add_industry")
    batch = received("organisations", rich, **CREATE_ALL)
    user.user_permissions.remove(Permission.objects.get(codename="add_membership"))
    steps.commit(batch, by=user)
    problems = [(each["code"], each["sheet"], each["row"]) for each in batch.notes["problems"]]
    assert (batch.state, problems) == (State.REFUSED, [("may_not_add", "名录", 2)])
    assert written() == (0, 0, 0, 0)
    user.user_permissions.add(Permission.objects.get(codename="add_membership"))
    steps.preview(batch)
    steps.commit(batch, by=user)
    assert (batch.state, batch.taken_by, written()) == (State.COMMITTED, user, (1, 1, 1, 1))


def test_a_worker_takes_nothing_for_a_user_who_is_gone_or_was_switched_off(rich):
    user = user_called("示例同事")
    get_user_model().objects.filter(pk=user.pk).update(is_superuser=True, is_active=False)
    for key in (user.pk, user.pk + 1000):
        batch = received("organisations", rich, **CREATE_ALL)
        commit_import.enqueue(batch.pk, key)
        batch.refresh_from_db()
        assert (batch.state, written()) == (State.REFUSED, (0, 0, 0, 0))


def test_a_worker_takes_only_the_preview_that_was_agreed_to(rich):
    batch = received("organisations", rich, **CREATE_ALL)
    seen = preview_mark(batch)
    steps.preview(batch)  # somebody decided anew while the commit waited for its turn
    steps.commit(batch, seen=seen)
    assert (batch.state, batch.notes["problems"][0]["code"], written()) == (State.REFUSED, "seen_another", (0, 0, 0, 0))


def test_a_change_needs_the_right_to_change(tmp_path):
    user = user_called("示例同事", *ORGANISATIONS)
    row = factories.organisation(name=NAME)
    factories.membership(organisation=row, level=factories.level(name="示例伙伴"))
    rows = [["单位名称", "身份", "加入时间"], [NAME, "示例伙伴", "2023年"]]
    batch = received("organisations", saved(tmp_path / "名录.xlsx", ("名录", rows)))
    steps.commit(batch, by=user)
    assert [each["code"] for each in batch.notes["problems"]] == ["may_not_change"]
    assert not Membership.objects.get().since


def test_the_command_asks_for_the_rights_of_the_user_it_names(rich):
    user_called("示例同事", *ORGANISATIONS)
    outcome, status = command(rich, "--by", "示例同事")
    assert (status, {each["code"] for each in outcome["problems"]}, written()) == (1, {"may_not_add"}, (0, 0, 0, 0))
    assert (command(rich)[1], written()) == (0, (1, 1, 1, 1))  # whoever runs commands may all


def command(path, *more):
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(
            "import_workbook", "organisations", str(path), "--create=all", "--commit", "--json", *more, stdout=out
        )
    return json.loads(out.getvalue()), ended.value.code


def test_an_import_is_undone_by_whoever_took_it_with_the_right_to_delete(tmp_path):
    path = saved(tmp_path / "名录.xlsx", ("名录", [["单位名称"], [NAME]]))
    taker = user_called("示例导入者", *ORGANISATIONS)
    other = user_called("示例同事", *ORGANISATIONS, "delete_organisation", *(f"view_{part}" for part in PARTS))
    batch = received("organisations", path)
    steps.commit(batch, by=taker)
    for user, reason in ((taker, "删除"), (other, "示例导入者")):
        client = in_browser(user)
        assert "撤销这次导入…" not in page(client, batch).content.decode()
        for method in (client.get, client.post):
            refused = method(of(batch, "undo"))
            assert (refused.status_code, reason in refused.context["against"][0]) == (403, True)
        with pytest.raises(PermissionDenied):
            steps.undo(batch, by=user)
    assert Organisation.objects.count() == 1
    taker.user_permissions.add(Permission.objects.get(codename="delete_organisation"))
    in_browser(taker).post(of(batch, "undo"))
    batch.refresh_from_db()
    assert (batch.state, Organisation.objects.count()) == (State.UNDONE, 0)


def test_what_was_changed_is_put_back_only_with_the_right_to_change(tmp_path):
    row = factories.organisation(name=NAME, region="丰台区", state="review")
    user = user_called("示例导入者", *ORGANISATIONS)
    rows = [["单位名称", "地区"], [NAME, "海淀区"]]
    batch = received("organisations", saved(tmp_path / "名录.xlsx", ("名录", rows)))
    steps.commit(batch, by=user)
    user.user_permissions.set([Permission.objects.get(codename="view_organisation")])
    assert in_browser(user).post(of(batch, "undo")).status_code == 403
    row.refresh_from_db()
    assert row.region == "海淀区"


def test_a_batch_is_seen_by_who_brought_it_and_by_those_who_may_see_all_that_it_says(staff):  # noqa: F811
    bringer = in_browser(user_called("示例导入者", *ORGANISATIONS, "add_contact"))
    batch = upload(bringer, ["单位名称", "联系人", "电话"], [NAME, "示例人", "010-00000000"])
    assert "010****0000" in page(bringer, batch).content.decode()
    curious = in_browser(user_called("示例同事", *ORGANISATIONS, *(f"view_{part}" for part in PARTS[:3])))
    reader = in_browser(user_called("示例读者", "view_organisation", *(f"view_{part}" for part in PARTS)))
    listed = reverse("admin:fengtai_importbatch_changelist")
    for step in READ_ONLY:
        assert curious.get(of(batch, step)).status_code == 403, step
        is_file = step in ("original", "returned")  # which may say whom to call: it is asked for
        assert reader.get(of(batch, step)).status_code in ((403,) if is_file else (200, 302)), step
        assert not is_file or reader.post(of(batch, step)).status_code == 200, step
    assert [entry.act for entry in TrailEntry.objects.filter(act="revealed")] == ["revealed", "revealed"]
    for step in ("start", "check", "take"):
        assert (curious.post(of(batch, step)).status_code, reader.post(of(batch, step)).status_code) == (403, 403), step
    assert list(curious.get(listed).context["cl"].result_list) == []
    assert list(reader.get(listed).context["cl"].result_list) == [batch]
    buttons = re.findall(r'action="([^"]*)"', page(reader, batch).content.decode().partition('id="content-main"')[2])
    assert buttons == [of(batch, "original")]
    assert not Contact.objects.exists()


def test_who_lost_the_right_to_the_list_sees_no_import_of_it_any_more():
    user = user_called("示例导入者", *ORGANISATIONS)
    client = in_browser(user)
    batch = upload(client, ["单位名称"], [NAME])
    user.user_permissions.clear()
    for step in READ_ONLY:
        assert client.get(of(batch, step)).status_code == 403, step
    for step in ("start", "check", "take", "undo"):
        assert client.post(of(batch, step)).status_code == 403, step
    assert client.get(reverse("admin:import_upload", args=["organisations"])).status_code == 403
    assert not Organisation.objects.exists()


def test_nobody_brings_a_file_to_a_list_that_they_may_not_add_to_and_change():
    for name, codes in (("示例甲", ORGANISATIONS[:1]), ("示例乙", ORGANISATIONS[1:])):
        client = in_browser(user_called(name, *codes))
        assert client.post(reverse("admin:import_upload", args=["organisations"])).status_code == 403
    assert not ImportBatch.objects.exists()


def test_an_import_that_nobody_is_named_for_is_not_everybody_s(tmp_path):
    batch = received("organisations", saved(tmp_path / "名录.xlsx", ("名录", [["单位名称"], [NAME]])))
    assert Client().get(reverse("admin:login")).status_code == 200
    assert Client().get(of(batch)).status_code == 302
    assert in_browser(user_called("示例同事", *ORGANISATIONS)).get(of(batch)).status_code == 403


def test_undo_does_not_name_what_its_user_may_not_see(tmp_path):
    user = user_called("示例导入者", *ORGANISATIONS, "delete_organisation")
    batch = received("organisations", saved(tmp_path / "名录.xlsx", ("名录", [["单位名称"], [NAME]])))
    steps.commit(batch, by=user)
    Contact.objects.create(organisation=Organisation.objects.get(), name="示例联系人")
    refused = in_browser(user).post(of(batch, "undo"))
    assert (refused.status_code, refused.context["touched"]) == (409, [("名录", 2, "联系人")])


def test_what_others_have_linked_since_is_not_taken_from_them(tmp_path):
    path = saved(tmp_path / "名录.xlsx", ("名录", [["单位名称", "产业"], [NAME, "示例产业"]]))
    batch = received("organisations", path, **CREATE_ALL)
    steps.commit(batch)
    other = factories.organisation(name="示例别家")
    other.industries.add(Industry.objects.get())
    with pytest.raises(Touched) as refused:
        steps.undo(batch)
    assert refused.value.rows == [("", 0, "单位 示例别家")]
    assert [str(row) for row in other.industries.all()] == ["示例产业"]


# What readers see changes by a release alone


def test_the_page_says_of_how_many_public_records_the_changes_will_wait(staff):  # noqa: F811
    factories.organisation(name=NAME, region="丰台区")
    factories.organisation(name="示例待审公司", state="review")
    rows = [["单位名称", "地区"], [NAME, "海淀区"], ["示例待审公司", "海淀区"], ["示例新公司", "海淀区"]]
    batch = upload(staff, *rows)
    shown = " ".join(page(staff, batch).content.decode().split())
    assert "1 条公开记录的改动将进入待审改动" in shown
    assert 'name="submit"' in shown


def test_another_name_changes_a_public_page_and_a_contact_does_not(staff):  # noqa: F811
    factories.organisation(name=NAME)
    named = upload(staff, ["单位名称", "简称"], [NAME, "示科"])
    called = upload(staff, ["单位名称", "联系人"], [NAME, "示例人"])
    assert (named.counts["waiting_records"], called.counts["waiting_records"]) == (1, 0)
    assert "没有公开记录会改动" in page(staff, called).content.decode()


def test_a_new_part_of_a_public_record_counts_as_a_change_of_it(tmp_path):
    """It has no publication of its own: readers would see it as soon as it is on file."""
    factories.level(name="发展伙伴")
    for name, state in ((NAME, "published"), ("示例待审公司", "review")):
        factories.organisation(name=name, state=state)
    rows = [["单位名称", "身份"], [NAME, "发展伙伴"], ["示例待审公司", "发展伙伴"]]
    batch = received("memberships", saved(tmp_path / "名单.xlsx", ("名单", rows)))
    assert batch.counts["waiting_records"] == 1
    steps.commit(batch)
    assert [(str(row.organisation), row.version) for row in Membership.objects.all()] == [("示例待审公司", 1)]
    assert [str(change) for change in batch.pending.all()] == [NAME]


def test_the_command_says_it_too(tmp_path):
    factories.organisation(name=NAME, region="丰台区")
    path = saved(tmp_path / "名录.xlsx", ("名录", [["单位名称", "地区"], [NAME, "海淀区"]]))
    assert command(path)[0]["waiting_records"] == 1


def test_no_page_names_a_file_that_may_not_be_opened(tmp_path):
    row = ["单位名称"], ["示例甲"]
    own = in_browser(user_called("示例甲", *ORGANISATIONS))
    batch = upload(own, *row, file="示例机密名录.xlsx")
    other = in_browser(user_called("示例乙", *ORGANISATIONS))
    assert other.get(of(batch)).status_code == 403
    upload_page = reverse("admin:import_upload", args=["organisations"])
    twin = upload(other, *row, data=ImportBatch.objects.get(pk=batch.pk).file.read(), file="示例乙的名录.xlsx")
    for address in (upload_page, of(twin)):
        assert "示例机密名录" not in other.get(address).text
    for address in (upload_page, of(batch)):
        assert "示例机密名录" in own.get(address).text
