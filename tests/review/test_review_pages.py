"""What editors and reviewers see of review: the band above a form, the queue, the page of one, acts upon many."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fengtai.admin.review.queue import NUMBERED, counts, sections
from fengtai.admin.review.targets import seen_of
from fengtai.records.models import Record
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.actions import give_back, submit
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.terms import Terms
from partners.models import Membership, Organisation, OrganisationName
from tests import factories
from tests.admin.admin_pages import address, errors_of, form_data, formset_of
from tests.admin.test_admin_look import Inline
from tests.review import people
from tests.review.people import edited, review_of, signed_in

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
State = PendingChange.State
QUEUE, MANY = reverse("review"), reverse("review_many")


@pytest.fixture
def editor():
    return people.editor()


@pytest.fixture
def reviewer():
    return people.reviewer()


@pytest.fixture
def firm():
    return cited(factories.organisation(name="示例甲公司"))


def cited(firm, *fields: str):
    """With what a release asks for."""
    source = factories.source()
    for field in ("name", "address", "region", *fields):
        factories.citation(firm, field=field, source=source, words=f"示例{field}")
    return firm


def draft(user, name: str = "示例丙公司", **given):
    """Typed by somebody, and submitted."""
    made = Organisation(name=name, state=Record.State.DRAFT, **given)
    made._history_user = user
    made.save()
    submit(cited(made), by=user)
    made.refresh_from_db()
    return made


def submitted(user, record, **values) -> PendingChange:
    edited(user, record, **values)
    change = PendingChange.objects.open().of(record).of_author(user).get()
    submit(change, by=user)
    change.refresh_from_db()
    return change


def text(user, where: str) -> str:
    answer = signed_in(user).get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def act(user, target, name: str, **said):
    return signed_in(user).post(review_of(target), {"act": name, "seen": seen_of(target), **said}, follow=True)


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def value_of(target) -> str:
    *_admin, kind, key, _end = review_of(target).split("/")
    return f"{kind}:{key}:{seen_of(target)}"


# The band above a form


def band(user, record) -> str:
    page = text(user, address(type(record), "change", record.pk))
    start = page.index('class="standing-band')
    return re.sub(r"\s*\n\s*", "", page[start : page.index("</section>", start)])


def test_a_form_says_whether_readers_see_it(editor, firm):
    assert "公众看到的就是这些" in band(editor, firm)
    made = draft(editor)
    assert "待审核" in band(editor, made)
    Organisation.objects.filter(pk=made.pk).update(state="withdrawn")
    assert "已撤回" in band(editor, made)
    Organisation.objects.filter(pk=made.pk).update(state="draft")
    assert "草稿" in band(editor, made) and 'value="submit"' in band(editor, made)


def test_ones_own_change_is_told_old_beside_new(editor, firm):
    edited(editor, firm, address="示例路1号", kind="institute")
    shown = band(editor, firm)
    change = PendingChange.objects.get()
    assert "<ins>示例路1号</ins>" in shown and f"<ins>{dict(Organisation.Kind.choices)['institute']}</ins>" in shown
    assert review_of(change) in shown and 'value="submit"' in shown and 'value="drop"' in shown
    submit(change, by=editor)
    assert 'value="submit"' not in band(editor, firm)


def test_fields_that_another_would_change_too_are_marked(editor, firm):
    other = people.editor("示例编辑二")
    edited(other, firm, address="示例路2号", region="示例区二")
    edited(editor, firm, address="示例路1号")
    shown = band(editor, firm)
    assert "示例编辑二" in shown and "示例路2号" in shown
    marked = shown[shown.index('class="shared"') :].split("</strong>")[0]
    assert "地址" in marked and "地区" not in marked


def test_a_change_that_stopped_shows_the_three_values(editor, reviewer, firm):
    change = submitted(editor, firm, address="示例路1号")
    firm.refresh_from_db()
    firm.address = "示例路9号"
    firm.save()
    assert act(reviewer, change, "release").redirect_chain[-1][0] == review_of(change)
    change.refresh_from_db()
    assert change.state == State.CONFLICT
    for shown in (band(editor, firm), text(reviewer, review_of(change))):
        values = shown[shown.index('class="clash"') :].split("</dl>")[0]
        assert "示例路9号" in values and "示例路1号" in values and "地址" in values


def test_what_cannot_be_written_any_more_is_told(editor, firm):
    name = factories.organisation_name(organisation=firm, name="示例别名")
    client, where = signed_in(editor), address(Organisation, "change", firm.pk)
    page = client.get(where)
    data = people.form_data(page) | {f"{formset_of(page, OrganisationName).prefix}-0-name": "示例新名"}
    client.post(where, data)
    name.delete()
    shown = band(editor, firm)
    left = shown[shown.index('class="standing-left"') :].split("</div>")[0]
    assert "示例新名" in left


def test_a_part_says_what_it_goes_with(editor, firm):
    member = factories.membership(organisation=firm)
    shown = band(editor, member)
    assert f'href="{address(Organisation, "change", firm.pk)}">{firm}</a>' in shown and "已发布" not in shown
    assert "撤回…" not in text(editor, address(Membership, "change", member.pk))


def test_whoever_may_only_look_has_no_buttons(editor, reviewer, firm):
    made = draft(editor)
    Organisation.objects.filter(pk=made.pk).update(state="draft")
    page = text(reviewer, address(Organisation, "change", made.pk))
    assert 'value="submit"' not in page and 'name="_submit"' not in page
    assert review_of(firm, "review_withdraw") not in text(reviewer, address(Organisation, "change", firm.pk))


def test_a_new_record_is_saved_and_submitted_in_one_press(editor):
    where = address(Organisation, "add")
    client = signed_in(editor)
    page = client.get(where)
    assert 'name="_submit"' in page.content.decode()
    answer = client.post(where, people.form_data(page) | {"name": "示例新公司", "industries": [], "_submit": "1"})
    assert answer.status_code == 302, errors_of(answer)
    assert Organisation.objects.get(name="示例新公司").state == Record.State.REVIEW


# Submitting, dropping, withdrawing


def test_an_editor_submits_and_drops_their_own_change_alone(editor, firm):
    other = people.editor("示例编辑二")
    edited(editor, firm, address="示例路1号")
    change = PendingChange.objects.get()
    for name in ("submit", "drop", "release", "return", "schedule", "emergency", "nothing", ""):
        answer = signed_in(other).post(review_of(change), {"act": name, "seen": 1, "text": "示例"})
        assert answer.status_code == 403, name
    assert act(editor, change, "submit").redirect_chain[-1][0] == address(Organisation, "change", firm.pk)
    change.refresh_from_db()
    assert change.state == State.SUBMITTED
    act(editor, change, "drop")
    change.refresh_from_db()
    assert change.state == State.DROPPED


def test_withdrawing_asks_why_and_waits_for_a_second_person(editor, reviewer, firm):
    where = review_of(firm, "review_withdraw")
    assert where in text(editor, address(Organisation, "change", firm.pk))
    assert signed_in(reviewer).get(where).status_code == 403
    assert signed_in(editor).post(where, {"why": ""}).status_code == 400
    signed_in(editor).post(where, {"why": "示例理由", "emergency": "on"})  # editors have no emergency
    change = PendingChange.objects.get()
    firm.refresh_from_db()
    assert (firm.state, change.state, change.why) == ("published", State.SUBMITTED, "示例理由")
    shown = text(reviewer, review_of(change))
    assert "已撤回" in shown and ">发布撤回</button>" in shown
    assert told(act(reviewer, change, "release")) == [f"已撤回：{firm}。公众不再看到。"]
    firm.refresh_from_db()
    assert firm.state == Record.State.WITHDRAWN


def test_in_an_emergency_an_administrator_withdraws_and_the_log_says_why(firm):
    owner = people.person("示例管理员")
    signed_in(owner).post(review_of(firm, "review_withdraw"), {"why": "示例急事", "emergency": "on"})
    firm.refresh_from_db()
    assert firm.state == Record.State.WITHDRAWN
    last = TrailEntry.objects.of(firm).latest("pk")
    assert (last.way, last.by, last.why) == ("emergency", owner, "示例急事")


# The queue


def test_the_queue_holds_drafts_and_changes_with_who_and_since_when(editor, reviewer, firm):
    made, change = draft(editor), submitted(editor, firm, address="示例路1号", region="示例区")
    lines = signed_in(reviewer).get(QUEUE).context["lines"]
    assert [(line.name, line.who, line.content) for line in lines] == [
        (str(firm), "示例编辑", "2 处改动"),
        (str(made), "示例编辑", "新记录"),
    ]
    assert [line.value for line in lines] == [value_of(change), value_of(made)]
    assert all(timezone.now() - line.since < timedelta(minutes=5) for line in lines)


def test_what_stopped_and_what_is_late_stands_first(editor, reviewer, firm):
    draft(editor)
    late, stopped, waits = (
        submitted(editor, factories.organisation(name=f"示例{n}"), region="示例区") for n in range(3)
    )
    now = timezone.now()
    PendingChange.objects.filter(pk=late.pk).update(state=State.SCHEDULED, release_at=now - timedelta(minutes=2))
    PendingChange.objects.filter(pk=stopped.pk).update(state=State.CONFLICT)
    PendingChange.objects.filter(pk=waits.pk).update(state=State.SCHEDULED, release_at=now - timedelta(seconds=20))
    lines = signed_in(reviewer).get(QUEUE).context["lines"]
    assert [(line.name, line.section.name) for line in lines] == [
        ("示例1", "conflict"),
        ("示例0", "late"),
        ("示例丙公司", "partners.organisation"),
        ("示例2", "scheduled"),
    ]
    marked = re.findall(r'value="([^"]+)"[^>]*checked', text(reviewer, f"{QUEUE}?all=1"))
    assert marked == [line.value for line in lines[:-1]]  # what waits for its time does not go out by accident


def test_the_queue_is_asked_by_kind_and_by_whose(editor, reviewer, firm):
    both = people.person("示例两者")
    mine, theirs, event = draft(both, "示例我的"), draft(editor, "示例别人的"), factories.event(state="review")
    part_typed = draft(editor, "示例部分")
    name = OrganisationName(organisation=part_typed, name="示例", kind="short")
    name._history_user = both
    name.save()
    change = submitted(both, firm, region="示例区")

    def names(query: str) -> set[str]:
        return {line.name for line in signed_in(both).get(QUEUE + query).context["lines"]}

    everything = {str(one) for one in (mine, theirs, event, part_typed, change)}
    assert names("") == everything
    assert names("?kind=partners.event") == {str(event)}
    assert names("?kind=partners.organisation") == everything - {str(event)}
    assert names("?whose=mine") == {str(mine), str(change)}
    assert names("?whose=others") == {str(theirs), str(event)}


def test_an_editor_sees_what_they_submitted_without_buttons(editor, firm):
    other = people.editor("示例编辑二")
    mine = submitted(editor, firm, address="示例路1号")
    draft(other, "示例别人的")
    answer = signed_in(editor).get(QUEUE + "?whose=others")
    assert [line.value for line in answer.context["lines"]] == [value_of(mine)]
    assert 'name="act"' not in answer.content.decode()
    assert signed_in(editor).post(MANY, {"act": "release", "target": value_of(mine)}).status_code == 403


def test_what_came_back_stands_first_among_ones_own_and_on_the_first_page(editor, reviewer, firm):
    change, made = submitted(editor, firm, address="示例路1号"), draft(editor)
    other = draft(people.editor("示例编辑二"), "示例丁公司")
    for target in (change, made, other):
        give_back(target, by=reviewer, comment="示例意见")
    assert not signed_in(reviewer).get(QUEUE).context["lines"] and review_of(made) not in text(reviewer, "/admin/")
    lines = signed_in(editor).get(QUEUE).context["lines"]
    expected = [(review_of(change), str(editor)), (review_of(made), str(editor))]
    assert [(line.address, line.who) for line in lines] == expected
    assert came_back(editor) == [str(change), str(made)]
    submit(made, by=editor)
    assert came_back(editor) == [str(change)]


def came_back(user) -> list[str]:
    cards = signed_in(user).get(reverse("admin:index")).context["cards"]
    return [line.name for card in cards if card.queue.name == "returned" for line in card.lines]


def test_long_queues_have_pages(editor, reviewer, monkeypatch):
    monkeypatch.setattr("fengtai.admin.review.queue.PAGE", 2)
    made = {draft(editor, f"示例{number}").name for number in range(3)}
    made |= {factories.event(title=f"示例活动{number}", state="review").title for number in range(2)}
    found, where, client = [], QUEUE, signed_in(reviewer)
    while where:
        context = client.get(where).context
        found += [line.name for line in context["lines"]]
        where = context["following"] and QUEUE + context["following"]
    assert sorted(found) == sorted(made)


def test_what_waits_is_counted_in_one_statement_and_no_further_than_lists(reviewer):
    rows = [Organisation(name=f"示例{n}", state="review") for n in range(NUMBERED + 50)]
    Organisation.objects.bulk_create(rows)
    found = sections(reviewer)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        numbers = counts(found)
    assert len(asked) == 1 and max(numbers) == NUMBERED + 1
    page = text(reviewer, reverse("admin:index"))
    assert f"待审核 <b>{NUMBERED:,}+</b>" in page


def test_the_queue_takes_as_many_statements_for_many_as_for_few(editor, reviewer):
    client = signed_in(reviewer)
    draft(editor, "示例0")
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as few:
        client.get(QUEUE)
    for number in range(1, 4):
        draft(editor, f"示例{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(QUEUE)
    assert len(many) == len(few)


def test_hostile_questions_are_answered(reviewer):
    client = signed_in(reviewer)
    for query in (
        "kind=x",
        "kind=%00",
        "whose=x",
        "after=x",
        "after=late:x",
        "after=late:" + "9" * 40,
        "after=:",
        "all",
    ):
        assert client.get(f"{QUEUE}?{query}").status_code == 200, query
    values = [
        "",
        "x",
        "x:1:1",
        "change:x:1",
        "change:1:x",
        "change:9:1",
        "partners.contact:1:1",
        "auth.user:1:1",
        "\x00",
    ]
    answer = client.post(MANY, {"act": "release", "target": values})
    assert (answer.status_code, answer.url) == (302, QUEUE)
    assert client.get(MANY).status_code == 405


# The page of one


def test_the_page_of_a_change_shows_fields_links_parts_and_sources_in_words(editor, reviewer, firm):
    industry = factories.industry(name="示例产业")
    factories.organisation_name(organisation=firm, name="示例旧名")
    level = factories.level()
    client, where = signed_in(editor), address(Organisation, "change", firm.pk)
    page = client.get(where)
    names, members = formset_of(page, OrganisationName).prefix, formset_of(page, Membership).prefix
    data = people.form_data(page) | {"address": "示例路1号", "industries": [industry.pk], f"{names}-0-DELETE": "on"}
    data |= {f"{members}-TOTAL_FORMS": 1, f"{members}-0-level": level.pk}
    client.post(where, data)
    change = PendingChange.objects.get()
    submit(change, by=editor)
    answer = signed_in(reviewer).get(review_of(change))
    rows = {(row.act, row.model): row for row in answer.context["look"].rows}
    own = {one.name: one for one in rows["有改动", "单位"].fields}
    assert (own["address"].old, own["address"].new) == ("", "示例路1号")
    assert [proof.words for proof in own["address"].proofs] == ["示例address"]
    assert own["industries"].new == "示例产业"
    assert rows["删除", "别名"].name == "示例旧名"
    [new] = [row for (kind, _model), row in rows.items() if kind == "新增"]
    assert [one.new for one in new.fields] == [str(level)]
    shown = answer.content.decode()
    assert "<q>示例address</q>" in shown and "<del>示例旧名</del>" in shown
    assert not Membership.objects.exists() and not firm.industries.exists()  # looking writes nothing


def test_a_draft_is_shown_whole_and_released_with_what_was_seen(editor, reviewer):
    made = draft(editor)
    factories.organisation_name(organisation=made, name="示例简称")
    answer = signed_in(reviewer).get(review_of(made))
    assert "示例简称" in [row.name for row in answer.context["look"].rows]
    assert answer.context["people"] == [editor]
    made.refresh_from_db()
    stale = act(reviewer, made, "release", seen=seen_of(made) + 1)
    assert "您查看之后又有改动" in "".join(told(stale))
    act(reviewer, made, "release", accepted="1")
    made.refresh_from_db()
    assert made.is_public
    assert [entry.by for entry in TrailEntry.objects.of(made).filter(way="release")] == [reviewer]


def test_a_source_said_beside_its_value_is_not_said_again_below(editor, reviewer, firm):
    made = draft(editor, address="示例路1号", region="示例区")
    honour = factories.honour(organisation=made)
    factories.citation(honour, field="honour", words="示例荣誉词")
    factories.citation(made, field="website", words="示例未填词")
    rows = signed_in(reviewer).get(review_of(made)).context["look"].rows
    assert [row.model for row in rows] == ["单位", "荣誉", "出处"]
    assert [proof.words for proof in rows[1].proofs] == ["示例荣誉词"]
    page = text(reviewer, review_of(made))
    assert [page.count(words) for words in ("示例name", "示例荣誉词", "示例未填词")] == [1, 1, 1]


def test_a_source_added_by_a_change_stands_beside_its_value_alone(editor, reviewer, firm):
    source = factories.source(title="示例公报")
    where, client = address(Organisation, "change", firm.pk), signed_in(editor)
    client.post(reverse("current_source"), {"source": source.pk})
    sent = form_data(client.get(where)) | {"website": "https://example.org/", "pin_source": source.pk}
    sent["pin_all_new"] = "1"
    client.post(where, sent)
    rows = signed_in(reviewer).get(review_of(PendingChange.objects.get())).context["look"].rows
    assert [(row.model, [one.name for one in row.fields]) for row in rows] == [("单位", ["website"])]
    assert [proof.source for proof in rows[0].fields[0].proofs] == [source]


def test_whoever_submits_is_told_at_once_what_would_stop_it(editor):
    made, told_why = factories.observation(state="draft"), "照现在这样不能发布：数值 2187.5亿元：没有注明出处。"
    assert told_why in told(act(editor, made, "submit"))
    made.refresh_from_db()
    give_back(made, by=people.reviewer(), comment="示例意见")
    where, client = address(type(made), "change", made.pk), signed_in(editor)
    answer = client.post(where, form_data(client.get(where)) | {"_submit": "1"}, follow=True)
    assert told_why in told(answer)
    factories.citation(made, field="value")
    made.refresh_from_db()
    give_back(made, by=people.reviewer("示例审核二"), comment="示例意见")
    assert "不能发布" not in "".join(told(act(editor, made, "submit")))


def test_errors_stop_and_warnings_ask(editor, reviewer):
    uncited = Organisation(name="示例无出处", state="draft", doubt="示例存疑")
    uncited._history_user = editor
    uncited.save()
    submit(uncited, by=editor)
    uncited.refresh_from_db()
    context = signed_in(reviewer).get(review_of(uncited)).context
    assert context["look"].warnings
    assert act(reviewer, uncited, "release").redirect_chain[-1][0] == review_of(uncited)
    uncited.refresh_from_db()
    assert uncited.state == Record.State.REVIEW
    if not context["look"].errors:
        act(reviewer, uncited, "release", accepted="1")
        uncited.refresh_from_db()
        assert uncited.state == Record.State.PUBLISHED


def test_nobody_is_offered_to_release_what_they_typed(firm):
    both = people.person("示例两者")
    change = submitted(both, firm, address="示例路1号")
    shown = text(both, review_of(change))
    assert 'value="release"' not in shown and "emergency" in shown
    act(both, change, "release", accepted="1")
    change.refresh_from_db()
    assert change.state == State.SUBMITTED


def test_an_emergency_release_asks_why_and_is_logged(editor, firm):
    owner = people.person("示例管理员")
    change = submitted(owner, firm, address="示例路1号")
    act(owner, change, "emergency", text="")
    change.refresh_from_db()
    assert change.state == State.SUBMITTED
    act(owner, change, "emergency", text="示例急事")
    firm.refresh_from_db()
    assert firm.address == "示例路1号"
    last = TrailEntry.objects.of(firm).latest("pk")
    assert (last.way, last.by, last.why) == ("emergency", owner, "示例急事")
    assert "示例急事" in firm.history.first().history_change_reason


def test_returns_are_told_on_the_page_and_on_the_form(editor, reviewer, firm):
    change = submitted(editor, firm, address="示例路1号")
    assert "写明" in "".join(told(act(reviewer, change, "return", text=" ")))
    act(reviewer, change, "return", text="请核对门牌")
    change.refresh_from_db()
    assert change.state == State.RETURNED and "请核对门牌" in band(editor, firm)
    submit(change, by=editor)
    assert "请核对门牌" not in band(editor, firm) and "请核对门牌" in text(reviewer, review_of(change))


def test_a_time_is_given_in_beijing_and_lies_ahead(editor, reviewer, firm):
    change = submitted(editor, firm, address="示例路1号")
    for wrong in ("", "x", "2020-01-01T09:00", "9999-99-99T00:00", "\x00"):
        act(reviewer, change, "schedule", at=wrong, accepted="1")
        change.refresh_from_db()
        assert change.state == State.SUBMITTED, wrong
    act(reviewer, change, "schedule", at="2099-01-31T09:00", accepted="1")
    change.refresh_from_db()
    assert (change.state, change.release_at.isoformat()) == (State.SCHEDULED, "2099-01-31T01:00:00+00:00")
    made = draft(editor)
    act(reviewer, made, "schedule", at="2099-01-31T09:00", accepted="1")
    made.refresh_from_db()
    assert (made.publication_state, made.publish_at) == ("embargoed", change.release_at)


def test_the_preview_is_what_the_public_will_get(editor, reviewer, firm):
    change = submitted(editor, firm, address="示例路1号")
    answer = signed_in(reviewer).get(review_of(change, "review_preview"))
    shown = answer.content.decode()
    assert "示例路1号" in shown and "no-store" in answer["Cache-Control"]
    assert "示例路1号" not in signed_in(reviewer).get(firm.get_absolute_url()).content.decode()
    made = draft(editor, address="示例路7号")
    assert "示例路7号" in text(reviewer, review_of(made, "review_preview"))
    assert signed_in(reviewer).get(made.get_absolute_url()).status_code == 404


def test_one_of_another_kind_or_none_does_not_exist(reviewer):
    client = signed_in(reviewer)
    for kind in ("change", "partners.organisation", "partners.contact", "auth.user", "x", "partners", "a.b.c", "\x00"):
        for key in ("0", "x", "9" * 18, "9" * 40, "\x00", "-1"):
            for page in ("review_page", "review_preview", "review_withdraw"):
                assert client.get(reverse(page, args=[kind, key])).status_code == 404, (kind, key)


# Many at once


def test_many_go_out_after_one_page_that_tells_what_is_refused(editor, firm):
    both = people.person("示例两者")
    goes, own = draft(editor, "示例发布"), draft(both, "示例自己的")
    asks = draft(editor, "示例提醒", doubt="示例存疑")
    change = submitted(editor, firm, address="示例路1号")
    values = [value_of(one) for one in (goes, own, asks, change)]
    client = signed_in(both)
    page = client.post(MANY, {"act": "release", "target": values})
    listed = {name: {one["name"] for one in page.context["goes"]} for name in ("goes",)}
    warned = {one["name"]: reasons for one, reasons in page.context["warned"]}
    refused = {one["name"]: reasons for one, reasons in page.context["refused"]}
    assert listed["goes"] | warned.keys() == {str(goes), str(asks), str(change)} and str(asks) in warned
    assert list(refused) == [str(own)] and refused[str(own)]
    goes.refresh_from_db()
    assert goes.state == Record.State.REVIEW  # nothing is done yet
    sent = [one["value"] for one in page.context["goes"]] + [one["value"] for one, _why in page.context["warned"]]
    assert sorted(sent) == sorted(value_of(one) for one in (goes, asks, change))
    done = client.post(MANY, {"act": "release", "target": sent, "confirmed": "1", "accepted": "1"})
    assert done.status_code == 302
    for one in (goes, asks, firm):
        one.refresh_from_db()
    assert (goes.state, asks.state, firm.address) == ("published", "published", "示例路1号")


def test_warnings_of_many_are_accepted_or_nothing_goes_out(editor, reviewer):
    asks = draft(editor, doubt="示例存疑")
    data = {"act": "release", "target": value_of(asks), "confirmed": "1"}
    assert signed_in(reviewer).post(MANY, data).status_code == 400
    asks.refresh_from_db()
    assert asks.state == Record.State.REVIEW


def test_many_go_back_with_one_comment_and_out_at_one_time(editor, reviewer, firm):
    made, change = draft(editor), submitted(editor, firm, address="示例路1号")
    client = signed_in(reviewer)
    values = [value_of(made), value_of(change)]
    late = {"act": "schedule", "target": values, "confirmed": "1", "accepted": "1"}
    assert client.post(MANY, late | {"at": "2020-01-01T00:00"}).status_code == 400
    client.post(MANY, late | {"at": "2099-01-31T09:00"})
    change.refresh_from_db()
    made.refresh_from_db()
    assert (change.state, made.publication_state) == (State.SCHEDULED, "embargoed")
    other = draft(editor, "示例退回")
    values = [value_of(other), value_of(change)]
    client.post(MANY, {"act": "return", "target": values, "confirmed": "1", "text": "请补出处"})
    change.refresh_from_db()
    other.refresh_from_db()
    assert (change.state, other.state) == (State.RETURNED, Record.State.DRAFT)
    assert "请补出处" in band(editor, other)


def test_what_changed_since_the_page_was_seen_stays(editor, reviewer, firm):
    change = submitted(editor, firm, address="示例路1号")
    value = value_of(change)
    submitted(editor, firm, address="示例路2号")
    page = signed_in(reviewer).post(MANY, {"act": "release", "target": value})
    assert [one["name"] for one, _why in page.context["refused"]] == [str(firm)]


# What stands on every page


def test_every_admin_page_leads_to_the_queue(editor, reviewer):
    made = draft(editor)
    for where in (reverse("admin:index"), address(Organisation, "changelist"), QUEUE):
        assert f'href="{QUEUE}">待审核 <b>1</b>' in text(reviewer, where)
    assert review_of(made) in text(reviewer, reverse("admin:index"))
    assert f'href="{QUEUE}">待审核</a>' in text(editor, reverse("admin:index"))
    assert 'class="index-review"' not in text(editor, reverse("admin:index"))


def test_both_languages_answer(editor, reviewer, firm):
    change = submitted(editor, firm, address="示例路1号")
    give_back(change, by=reviewer, comment="示例")
    submit(change, by=editor)
    client = signed_in(reviewer)
    for where in (
        QUEUE,
        review_of(change),
        review_of(firm, "review_preview"),
        address(Organisation, "change", firm.pk),
    ):
        answer = client.get(f"/en{where}")
        assert answer.status_code == 200 and Inline(answer.content.decode()).found == []
    release(change, Terms(by=reviewer, accepted=True))
    assert client.get(review_of(change)).status_code == 200  # also when it is done
