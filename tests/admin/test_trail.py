"""The page of the trail: who sees what of it, what signing in leaves, and a record's life with its parts."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from fengtai.records.trail.entering import Act, Way, enter
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.roles import ADMINISTRATOR, PROGRAMME_OFFICE, READER, REVIEWER, WORK_GROUP
from partners.models import Contact, Organisation
from tests import factories
from tests.admin.admin_pages import address
from tests.review.people import edited, person, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/trail/"


def listed(user, **asked) -> list[dict]:
    answer = signed_in(user).get(PAGE, {**asked, "format": "json"})
    assert answer.status_code == 200
    return json.loads(b"".join(answer.streaming_content))["rows"]


def test_everybody_sees_what_is_theirs_to_see():
    people = {role: person(role, role) for role in (ADMINISTRATOR, PROGRAMME_OFFICE, REVIEWER, WORK_GROUP, READER)}
    firm = factories.organisation()
    Contact.objects.create(organisation=firm, name="示例人", phone="13812345678")
    for user in people.values():
        signed_in(user)
    seen = {role: {(row["act"], row["by"]) for row in listed(user)} for role, user in people.items()}
    written, signed = {("added", None)}, {role: ("signed-in", user.username) for role, user in people.items()}
    for role in (PROGRAMME_OFFICE, REVIEWER):
        assert seen[role] - {("exported", people[role].username)} == written | {signed[role]}
    for role in (WORK_GROUP, READER):
        assert seen[role] - {("exported", people[role].username)} == {signed[role]}
    assert seen[ADMINISTRATOR] >= written | {*signed.values()}
    assert "13812345678" not in str(listed(people[ADMINISTRATOR]))
    assert Client().get(PAGE).status_code == 302


def test_what_changed_this_week_is_asked_by_one_link():
    user, firm = person("示例员工"), factories.organisation(state="draft")
    edited(user, firm, name="示例新名", told_name="示例新名")
    day = timezone.localdate().isoformat()
    for asked in ({"when": "week"}, {"when": "today"}, {"since": day, "until": day}, {"q": "示例新名"}):
        rows = listed(user, act="changed", **asked)
        assert [(row["by"], row["changes"]) for row in rows] == [("示例员工", "单位名称：示例单位 → 示例新名")], asked
    one = {"record": f"partners.organisation-{firm.pk}"}
    assert [row["act"] for row in listed(user, **one)] == ["changed", "added"]
    assert listed(user, when="last-week", **one) == []
    for wrong in ("?record=auth.user-1", f"?record=partners.organisation-{10**30}"):
        assert "示例新名" not in signed_in(user).get(PAGE + wrong).content.decode()
    assert signed_in(user).get(f"{PAGE}?when=never").context["question"].errors.keys() == {"when"}


def test_sign_ins_are_entered_and_no_name_that_nobody_has():
    user = person("示例员工", READER)
    user.set_password("示例密码示例")
    user.save()
    client, told = Client(), {"username": "mypassword123", "password": "x"}
    client.post("/admin/login/", told)
    for _time in range(7):
        client.post("/admin/login/", {"username": user.username, "password": "x"})
    other = Client(REMOTE_ADDR="10.0.0.7")
    other.post("/admin/login/", {"username": user.username, "password": "示例密码示例"})
    other.post("/admin/logout/")
    acts = [(entry.act, entry.by_name, entry.way) for entry in TrailEntry.objects.order_by("pk")]
    failed = ("sign-in-failed", user.username, Way.SIGN_IN)
    assert acts == [
        ("sign-in-failed", "", Way.SIGN_IN),
        *[failed] * 4,
        ("locked-out", user.username, Way.SIGN_IN),
        ("signed-in", user.username, Way.SIGN_IN),
        ("signed-out", user.username, Way.SIGN_IN),
    ]
    assert "mypassword123" not in str([*TrailEntry.objects.values()])
    enter(Act.REVEALED, by=user, label="示例")
    assert TrailEntry.objects.latest("pk").way == Way.CONTACTS


def test_files_of_staff_are_entered_and_public_ones_are_not():
    user = person("示例员工")
    factories.organisation()
    b"".join(Client().get("/organisations/?format=csv").streaming_content)
    b"".join(signed_in(user).get(address(Organisation, "changelist") + "?format=csv").streaming_content)
    found, page = TrailEntry.objects.get(act=Act.EXPORTED), address(Organisation, "changelist")
    assert (found.by, found.way, found.new) == (user, Way.EXPORT, {"address": f"{page}?format=csv"})


def test_a_history_is_the_life_of_the_record_with_its_parts():
    user, reader = person("示例员工"), person("示例读者", READER)
    firm = factories.organisation(state="draft")
    Organisation.history.filter(id=firm.pk).update(history_date="2020-01-01T00:00:00Z")  # from before the trail
    factories.organisation_name(organisation=firm, name="示例别名")
    Contact.objects.create(organisation=firm, name="示例人", phone="13812345678")
    edited(user, firm, name="示例新名", told_name="示例新名")
    lines = signed_in(user).get(address(Organisation, "history", firm.pk)).context["page_obj"]
    assert [(line.act, line.part, bool(line.version)) for line in lines] == [
        ("修改", "", True),
        ("新增", "联系人 ****", False),
        ("新增", "别名 示例别名", False),
        ("新增", "", False),
        ("已创建", "", True),
    ]
    newest = signed_in(user).get(lines[0].version)
    assert newest.status_code == 200 and "示例新名" in newest.content.decode()
    parts = [line.part for line in signed_in(reader).get(address(Organisation, "history", firm.pk)).context["page_obj"]]
    assert [part for part in parts if part.startswith("联系人")] == []
