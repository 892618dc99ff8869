"""Publication as staff see it: states in words, the acts of a list, parts that are held back, histories in words."""

import re
from datetime import datetime

import pytest
from django.contrib.auth.models import Permission, User

from fengtai.records.record import EMBARGOED
from fengtai.review.pending import PendingChange
from partners.models import Membership, Organisation
from tests import factories
from tests.admin.admin_pages import MODELS, address, formset_of

pytestmark = pytest.mark.django_db
LIST = "/admin/partners/organisation/"
WAITS = "定时公开 2999-12-01 09:00"


def embargoed(**given):
    return factories.organisation(state="published", publish_at="2999-12-01T01:00:00Z", **given)


def acted(client, action: str, rows, **more):
    sent = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return client.post(LIST, sent, follow=True)


def states(*rows) -> list[str]:
    return [Organisation.objects.get(pk=row.pk).publication_state for row in rows]


def changes(client, row) -> list[tuple[str, str, str]]:
    """What the newest line of its history says."""
    return client.get(address(type(row), "history", row.pk)).context["page_obj"][0].changes


def test_an_embargoed_record_reads_so_in_the_list_the_form_and_the_history(admin_client):
    row = factories.organisation(state="draft")
    row.state, row.publish_at = "published", datetime.fromisoformat("2999-12-01T01:00:00+00:00")
    row.save()
    for page in (LIST, address(Organisation, "change", row.pk), address(Organisation, "history", row.pk)):
        assert WAITS in admin_client.get(page).content.decode(), page
    assert changes(admin_client, row) == [("发布状态", "草稿", WAITS), ("公开时间", "", "2999-12-01 09:00")]


def test_a_history_tells_an_embargo_put_on_what_was_published(admin_client):
    row = factories.organisation(state="published")
    row.publish_at = datetime.fromisoformat("2999-12-01T01:00:00+00:00")
    row.save()
    assert changes(admin_client, row) == [("发布状态", "已发布", WAITS), ("公开时间", "", "2999-12-01 09:00")]


def test_states_and_doubts_stand_in_lists_as_marks_not_as_code(admin_client):
    for found in (
        factories.organisation(),
        factories.organisation(doubt="示例疑点"),
        factories.membership(held_back=True),
    ):
        text = admin_client.get(address(type(found), "changelist")).content.decode()
        assert ('<span class="state state-' in text, "&lt;span" in text) == (True, False)


def test_the_list_is_filtered_by_the_state_as_it_reads(admin_client):
    rows = {EMBARGOED: embargoed()}
    rows |= {state: factories.organisation(state=state) for state in ("draft", "review", "published", "withdrawn")}
    for state, row in rows.items():
        assert admin_client.get(f"{LIST}?state={state}").context["window"].keys == [row.pk], state


def test_the_acts_move_records_with_their_parts_and_say_what_they_left(admin_client, admin_user, client):
    draft, waiting = factories.organisation(state="draft"), embargoed(name="示例乙")
    public = factories.organisation(name="示例丙", state="published")
    part = factories.membership(organisation=draft)
    answer = acted(admin_client, "submit_for_review", [draft, waiting], why="示例理由")
    assert states(draft, waiting) == ["review", EMBARGOED]
    told = [str(message) for message in answer.context["messages"]]
    assert told == ["提交审核：1 条记录。", f"示例乙（{WAITS}）: 目前不能这样做：{WAITS}。"]
    last = draft.history.first()
    assert (last.history_user, last.history_change_reason, draft.history.count()) == (admin_user, "示例理由", 2)
    acted(admin_client, "release", [draft, waiting])
    assert states(draft, waiting, public) == ["published"] * 3
    assert Membership.objects.get(pk=part.pk).is_public
    assert draft.history.first().history_change_reason == "已发布"
    acted(admin_client, "withdraw", [public])  # waits for a second person
    assert states(draft, waiting, public) == ["published"] * 3
    assert PendingChange.objects.get().record == public


def test_an_act_is_closed_to_those_without_its_right(client):
    draft, waiting = factories.organisation(state="draft"), factories.organisation(name="示例乙", state="review")
    person = User.objects.create(username="示例员工", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename="view_organisation"))
    client.force_login(person)
    acted(client, "submit_for_review", [draft])
    acted(client, "release", [waiting])
    assert states(draft, waiting) == ["draft", "review"]
    person.user_permissions.add(*Permission.objects.filter(codename="change_organisation"))
    acted(client, "submit_for_review", [draft])
    acted(client, "release", [waiting])
    assert states(draft, waiting) == ["review", "review"]
    person.user_permissions.add(*Permission.objects.filter(codename="release"))
    acted(client, "release", [waiting])
    assert states(draft, waiting) == ["review", "published"]


def test_a_part_shows_whether_it_is_held_back_and_no_state(admin_client):
    owner = embargoed()
    part = factories.membership(organisation=owner, held_back=True)
    listed = admin_client.get(address(Membership, "changelist"))
    assert "state-held-back" in listed.content.decode()
    assert {"release", "withdraw", "submit_for_review"}.isdisjoint(
        dict(listed.context["action_form"].fields["action"].choices)
    )
    form = admin_client.get(address(Membership, "change", part.pk))
    assert [name for name in form.context["adminform"].form.fields if name in ("state", "publish_at", "held_back")] == [
        "held_back"
    ]
    assert WAITS not in form.content.decode() + listed.content.decode()
    rows = formset_of(admin_client.get(address(Organisation, "change", owner.pk)), Membership)
    assert [row["held_back"].value() for row in rows.forms] == [True]


def test_histories_tell_choices_days_and_yes_or_no_in_words(admin_client):
    row = factories.membership()
    row.held_back = True
    row.save()
    assert changes(admin_client, row) == [("暂不公开", "否", "是")]
    firm = factories.organisation(kind="firm")
    firm.kind, firm.credit_code = "alliance", "91110000600037341L"
    firm.save()
    assert {*changes(admin_client, firm)} == {("类型", "企业", "联盟"), ("统一社会信用代码", "", "91110000600037341L")}
    raw = re.compile(r">\s*(draft|review|published|withdrawn|True|False|None)\s*<")
    for model in MODELS:
        pages = [address(model, "history", found.pk) for found in model.objects.all()[:1]]
        assert [page for page in pages if raw.search(admin_client.get(page).content.decode())] == []
