"""Accounts: made, used, given a new password, locked and unlocked, ended; nobody is locked out of the office."""

import re

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core import serializers
from django.test import Client
from django.urls import reverse

from fengtai.records.trail.entries import TrailEntry
from fengtai.review.accounts.first_passwords import LETTERS, give_password
from fengtai.review.accounts.keeping import Said, keep
from fengtai.review.accounts.lockouts import locked_out
from fengtai.review.actions import Refused
from fengtai.review.roles import (
    ADMINISTRATOR,
    PROGRAMME_OFFICE,
    READER,
    REVIEWER,
    ROLES,
    STATISTICS,
    WORK_GROUP,
    group_of,
)
from partners.models import WorkGroup
from tests import factories
from tests.admin.admin_pages import form_data
from tests.review.people import person, signed_in

pytestmark = pytest.mark.django_db
ADD, INDEX, OWN = reverse("admin:auth_user_add"), reverse("admin:index"), reverse("password_change")
OWN_WORDS = "春风暗语-8362"


@pytest.fixture
def office():
    """An administrator's browser."""
    return signed_in(person("示例管理员", ADMINISTRATOR))


def change(user) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def reset(client, user):
    where = reverse("admin:auth_user_password_change", args=[user.pk])
    return client.post(where, {"seen": client.get(where).context["seen"]})


def shown(answer) -> str:
    return re.search(r'<code class="password">([^<]*)</code>', answer.content.decode())[1]


def said(user, **others) -> dict:
    return {"first_name": "示例某某", "username": user.username, "roles": [READER], "is_active": "on"} | others


def acts() -> list[tuple]:
    found = TrailEntry.objects.filter(act__in=("account", "rights", "password", "unlocked")).order_by("pk")
    return [(entry.by_name, entry.act, entry.record_label) for entry in found]


def test_an_account_is_made_used_given_a_new_password_and_ended(office):
    group = factories.work_group(name="示例工作营")
    form = office.get(ADD)
    assert [*form.context["adminform"].form.fields] == ["first_name", "username", "roles", "work_groups"]
    sent = {"first_name": "示例王芳", "username": "示例.wf", "roles": [WORK_GROUP], "work_groups": [group.pk]}
    made = office.post(ADD, sent)
    password, user = shown(made), User.objects.get(username="示例.wf")
    assert (len(password), {*password} - {*LETTERS, "-"}) == (19, set())
    assert "no-store" in made["Cache-Control"]
    assert (user.get_full_name(), user.is_staff, user.is_superuser) == ("示例王芳", True, False)
    assert [*user.groups.all()] == [group_of(WORK_GROUP)]
    assert [*WorkGroup.objects.get().staff.all()] == [user]
    kept = [*User.objects.all(), *TrailEntry.objects.all(), *LogEntry.objects.all()]
    assert password not in serializers.serialize("json", kept)

    person_at_work = Client()
    person_at_work.post(reverse("admin:login"), {"username": "示例.wf", "password": password})
    closed = {
        INDEX: "GET",
        reverse("admin:partners_organisation_add"): "POST",
        reverse("admin:partners_organisation_changelist") + "?format=xlsx": "GET",
        reverse("autocomplete"): "GET",
        reverse("review"): "GET",
        "/en" + INDEX: "GET",
    }
    for path, method in closed.items():
        answer = person_at_work.generic(method, path)
        assert (answer.status_code, answer["Location"].removeprefix("/en")) == (302, OWN), path
    again = {"old_password": password, "new_password1": password, "new_password2": password}
    assert "choose another" in person_at_work.post("/en" + OWN, again).content.decode()
    person_at_work.post(OWN, again | {"new_password1": OWN_WORDS, "new_password2": OWN_WORDS})
    assert person_at_work.get(INDEX).status_code == 200

    second = shown(reset(office, user))
    assert second != password and person_at_work.get(INDEX).status_code == 302  # its session ended
    person_at_work.post(reverse("admin:login"), {"username": "示例.wf", "password": second})
    assert person_at_work.get(INDEX)["Location"] == OWN
    edited = office.post(change(user), said(user, roles=[REVIEWER, READER]))
    assert edited.status_code == 302 and {*user.groups.all()} == {group_of(REVIEWER), group_of(READER)}
    assert not user.work_groups.exists()
    office.post(change(user), {name: value for name, value in said(user).items() if name != "is_active"})
    assert person_at_work.get(INDEX)["Location"].startswith(reverse("admin:login"))
    told = office.post(reverse("admin:auth_user_delete", args=[user.pk]), {"post": "yes"}, follow=True)
    assert "账号不能删除" in told.content.decode() and User.objects.filter(pk=user.pk).exists()

    keeper, name = "示例管理员", "示例.wf"
    assert acts() == [
        (keeper, "account", name),
        (keeper, "rights", name),
        (keeper, "password", name),
        ("示例王芳", "password", name),
        (keeper, "password", name),
        (keeper, "account", name),
        (keeper, "rights", name),
        (keeper, "account", name),
        (keeper, "rights", name),
    ]
    last = TrailEntry.objects.filter(act="account").latest("pk")
    assert (last.old, last.new) == ({"is_active": True}, {"is_active": False})


def test_what_an_account_may_not_be_is_told_at_the_field(office):
    group, other = factories.work_group(name="示例营"), person("示例员工", READER)
    sent = {"first_name": "示例王芳", "username": "示例员工", "roles": [WORK_GROUP]}
    taken = office.post(ADD, sent).context["adminform"].form.errors
    assert taken == {"username": ["已存在一位使用该名字的用户。"], "work_groups": ["请选择此人负责的工作营。"]}
    refused = office.post(ADD, sent | {"username": "示例丙"}).context["adminform"].form.errors
    assert [*refused] == ["work_groups"]
    refused = office.post(ADD, sent | {"username": "示例丙", "roles": [READER], "work_groups": [group.pk]})
    assert [*refused.context["adminform"].form.errors] == ["work_groups"]
    assert [*office.post(ADD, sent | {"username": "", "roles": ["x"]}).context["adminform"].form.errors] == [
        "username",
        "roles",
    ]
    assert User.objects.count() == 2 and not other.work_groups.exists()
    stale = office.post(reverse("admin:auth_user_password_change", args=[other.pk]), {"seen": "x"})
    assert (stale.status_code, 'class="password"' in stale.content.decode()) == (400, False)


def test_a_password_too_short_is_told_in_chinese(office):
    sent = {"old_password": "x", "new_password1": "示例暗语", "new_password2": "示例暗语"}
    told = office.post(OWN, sent).context["form"].errors["new_password2"]
    assert told[0] == "密码太短，至少需要 8 个字符。" and not any("password" in text for text in told)


def test_administrators_cannot_lock_themselves_out_nor_make_superusers(office):
    keeper, owner = User.objects.get(), person("示例所有者")
    alone = said(keeper, roles=[ADMINISTRATOR])
    without = {name: value for name, value in alone.items() if name != "is_active"}
    for sent, field in ((without, "is_active"), (alone | {"roles": [READER]}, "roles")):
        assert [*office.post(change(keeper), sent).context["adminform"].form.errors] == [field]
    with pytest.raises(Refused):
        keep(keeper, Said("示例", keeper.username, [READER]), by=owner)  # the last one, whoever asks
    second = person("示例副手", ADMINISTRATOR)
    for sent, field in ((without, "is_active"), (alone | {"roles": [READER]}, "roles")):
        assert [*office.post(change(keeper), sent).context["adminform"].form.errors] == [field]
    everything = said(second, roles=[ADMINISTRATOR], is_superuser="on", user_permissions=["1", "2"], is_staff="")
    office.post(change(second), everything)
    second.refresh_from_db()
    assert (second.is_superuser, second.is_staff, second.user_permissions.count()) == (False, True, 0)
    assert office.post(change(owner), said(owner)).status_code == 403
    assert office.get(reverse("admin:auth_user_password_change", args=[owner.pk])).status_code == 403
    assert office.get(reverse("admin:auth_user_password_change", args=[keeper.pk])).status_code == 403
    assert office.get(change(owner)).status_code == 200  # to be looked at
    assert office.get("/admin/auth/group/").status_code == 404
    owner.refresh_from_db()
    assert (owner.is_active, owner.is_superuser, owner.check_password("x")) == (True, True, True)


def test_a_lock_is_shown_and_lifted_by_administrators_alone(office, settings):
    user, login = person("示例员工", READER), reverse("admin:login")
    settings.ACCOUNTS_CONTACT = "示例办公室 010-00000000"
    assert "请联系：示例办公室 010-00000000" in Client().get(login).content.decode()
    for _time in range(5):
        locked = Client().post(login, {"username": user.username, "password": "错"})
    assert locked.status_code == 429 and "请联系：示例办公室 010-00000000" in locked.content.decode()
    [lock] = locked_out()
    assert (lock.name, lock.address, lock.user, lock.failures) == (user.username, "127.0.0.1", user, 5)
    listed = office.get(reverse("admin:auth_user_changelist"), {"standing": "locked"})
    assert [one.username for one in listed.context["cl"].result_list] == [user.username]
    page, sent = reverse("admin:auth_user_locked"), {"kind": "pair", "name": lock.name, "address": lock.address}
    assert signed_in(person("示例同事", PROGRAMME_OFFICE)).post(page, sent).status_code == 403
    assert user.username in office.get(page).content.decode()
    assert f'href="{page}"' in office.get(change(user)).content.decode()
    office.post(page, sent | {"address": "10.0.0.1"})
    assert locked_out() == [lock]
    office.post(page, sent)
    assert locked_out() == [] and acts() == [("示例管理员", "unlocked", user.username)]
    assert Client().post(login, {"username": user.username, "password": "x"}).status_code == 302


def test_a_kept_form_waits_for_a_password_of_ones_own(office):
    user = person("示例员工", PROGRAMME_OFFICE)
    password = give_password(user, by=user)
    kept = {"name": "示例大会", "sign_in-username": user.username, "sign_in-password": password}
    refused = Client().post(reverse("admin:partners_conference_add"), kept)
    assert refused.status_code == 403 and 'value="示例大会"' in refused.content.decode()
    assert "另一个窗口" in refused.content.decode()


def test_an_administrator_acts_alone_in_an_emergency_and_writes_nothing(office, published):
    firm = factories.organisation(name="示例甲公司", address="示例路1号")
    path, withdraw = (
        reverse("admin:partners_organisation_change", args=[firm.pk]),
        reverse("review_withdraw", args=["partners.organisation", firm.pk]),
    )
    assert office.post(path, {"name": "示例乙公司"}).status_code == 403
    assert withdraw in office.get(path).content.decode()
    assert office.post(withdraw, {"why": "示例理由"}).status_code == 400  # alone, or not at all
    redact = reverse("admin:partners_organisation_redact", args=[firm.pk, firm.history.first().pk])
    assert office.post(redact, {"field": "address", "why": "示例理由"}).status_code == 302
    assert office.post(withdraw, {"why": "示例理由", "emergency": "on"}).status_code == 302
    firm.refresh_from_db()
    assert (firm.name, firm.state, firm.history.last().address) == ("示例甲公司", "withdrawn", "")
    clerk = signed_in(person("示例员工", PROGRAMME_OFFICE))
    assert clerk.post(redact, {"field": "address", "why": "示例理由"}).status_code == 403


WRITE = {"add", "change", "delete"}
KEPT_BY_THE_PLATFORM = ("_addedonce", "_importbatch", "_importmemory", "_importrow", "_importwrite", "_binentry")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_rights_and_no_others(role):
    codes = group_of(role).permissions.values_list("content_type__app_label", "codename")
    held = {f"{app}.{code}" for app, code in codes}
    every = {
        f"{p.content_type.app_label}.{p.codename}"
        for p in Permission.objects.select_related("content_type").exclude(codename__contains="historical")
        if p.content_type.app_label in settings.SUBJECTS and not p.codename.endswith(KEPT_BY_THE_PLATFORM)
    }
    views = {code for code in every if ".view_" in code and "view_contact" not in code}
    writes = {code for code in every if code.partition(".")[2].partition("_")[0] in WRITE}
    contacts, groups = {"partners.view_contact"}, {code for code in writes if code.endswith("_workgroup")}
    figures = {code for code in writes if code.startswith("indicators.")}
    figures |= {f"fengtai.{action}_{model}" for action in WRITE for model in ("source", "citation")}
    accounts = {"auth.view_user", "auth.add_user", "auth.change_user"}
    assert (
        held
        == {
            PROGRAMME_OFFICE: views | contacts | writes,
            WORK_GROUP: views | contacts | writes - groups,
            STATISTICS: views | figures,
            REVIEWER: views | {"fengtai.release"},
            READER: views,
            ADMINISTRATOR: views | contacts | accounts | {"fengtai.administer", "fengtai.redact"},
        }[role]
    )


def test_nobody_reads_a_password_letter_by_letter_through_the_list(office):
    where = reverse("admin:auth_user_changelist")
    for asked in ("password__startswith", "password", "last_login__gt", "is_superuser"):
        assert office.get(where, {asked: "1"}).status_code == 400
    assert office.get(where, {"role": "1", "standing": "active", "q": "示例"}).status_code == 200


def test_work_groups_that_are_no_keys_are_told_at_the_field(office):
    for key in ("9" * 40, "²", "示例"):
        sent = {"first_name": "示例", "username": "示例.a", "roles": [WORK_GROUP], "work_groups": [key]}
        answer = office.post(ADD, sent)
        assert answer.status_code == 200 and "work_groups" in answer.context["adminform"].form.errors
    assert not User.objects.filter(username="示例.a").exists()


def test_an_account_that_may_sign_in_again_finds_no_old_session_open():
    user = person("示例某某", READER)
    theirs = signed_in(user)
    assert theirs.get(INDEX).status_code == 200
    other = person("示例管理员二", ADMINISTRATOR)
    for may_sign_in in (False, True):
        keep(user, Said("示例某某", user.username, [READER], is_active=may_sign_in), by=other)
    assert theirs.get(INDEX).status_code == 302


def test_a_form_that_was_open_meanwhile_does_not_let_an_ended_account_in_again(office):
    user = person("示例某", READER)
    other = person("示例管理员二", ADMINISTRATOR)
    keep(user, Said("示例某", user.username, [READER]), by=other)
    page = form_data(office.get(change(user)))
    keep(user, Said("示例某", user.username, [READER], is_active=False), by=other)
    answer = office.post(change(user), page | {"first_name": "示例另名"})
    told = "其他人已在此期间保存了这个账号，现为：示例某、示例某、查阅人员、已停用。再次保存，则以此处所填为准。"
    assert answer.context["adminform"].form.non_field_errors() == [told]
    user.refresh_from_db()
    assert (user.is_active, user.first_name) == (False, "示例某")
    assert office.post(change(user), form_data(answer)).status_code == 302  # after it was told
    user.refresh_from_db()
    assert (user.is_active, user.first_name) == (True, "示例另名")


def test_a_name_of_any_length_is_counted_and_one_that_nobody_has_not_kept_in_the_trail(office):
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        answer = Client().post(reverse("admin:login"), {"username": "示例" * 200, "password": "x"})
    [locked] = locked_out()
    assert (answer.status_code, locked.name) == (429, "示例" * 75)
    sent = {"kind": "pair", "name": locked.name, "address": locked.address}
    office.post(reverse("admin:auth_user_locked"), sent)
    assert (locked_out(), acts()) == ([], [("示例管理员", "unlocked", "")])  # maybe a password in the wrong box
