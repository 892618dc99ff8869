"""The office's side of a correction: whose it is, what they see, and what their answer does."""

import uuid

import pytest
from django.core.management import call_command
from django.urls import reverse

from fengtai.records.trail.acting import Act
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.corrections.models import Correction, PublishedCorrection
from fengtai.review.corrections.sending import forget_contacts, send
from fengtai.review.forgetting import redact_everywhere
from fengtai.review.roles import PROGRAMME_OFFICE, READER, REVIEWER, STATISTICS
from tests import factories
from tests.review.people import clerk, editor, person, signed_in

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
State = Correction.State


def report(record=None, **more) -> Correction:
    said = {"wrong": "示例错处", "how": "示例依据", "label": str(record or "")} | more
    return send(uuid.uuid4(), record, **said)


def page_of(one: Correction) -> str:
    return reverse("correction_of_staff", args=[one.pk])


def answered(client, one: Correction, state: str, **more):
    one.refresh_from_db()
    return client.post(page_of(one), {"state": state, "seen": one.revision, **more})


def queue_of(user) -> set[str]:
    page = signed_in(user).get(reverse("desk_queue", args=["corrections"]))
    return {line.name for line in page.context["card"].lines}


def test_each_report_lies_on_the_desk_of_those_who_keep_its_record():
    trade, other = factories.industry(name="示例业"), factories.industry(name="示例他业")
    firm, figure = factories.organisation(), factories.observation()
    firm.industries.add(trade)
    of_firm, of_figure, of_site = report(firm), report(figure), report()
    found = {
        "office": queue_of(person("示例办", PROGRAMME_OFFICE)),
        "statistics": queue_of(person("示例统", STATISTICS)),
        "clerk": queue_of(clerk(trade)),
        "other clerk": queue_of(clerk(other, name="示例他")),
    }
    assert found == {
        "office": {of_firm.number, of_figure.number, of_site.number},
        "statistics": {of_figure.number},
        "clerk": {of_firm.number},
        "other clerk": set(),
    }
    for role in (READER, REVIEWER):
        client = signed_in(person(f"示例{role}", role))
        assert client.get(reverse("desk_queue", args=["corrections"])).status_code == 404
        assert client.get(page_of(of_firm)).status_code == 403


def test_a_card_stands_on_the_desk_and_goes_once_it_is_answered():
    client, one = signed_in(editor()), report(factories.organisation(name="示例银河"))
    cards = {card.queue.name: card for card in client.get("/admin/").context["cards"]}
    assert [(line.name, line.address) for line in cards["corrections"].lines] == [(one.number, page_of(one))]
    assert "示例银河" in cards["corrections"].lines[0].note
    assert answered(client, one, State.NOT_TAKEN, said="来源如此。").status_code == 302
    assert "corrections" not in {card.queue.name for card in client.get("/admin/").context["cards"]}


def test_the_page_shows_what_was_said_beside_the_record_and_leads_to_its_form():
    firm = factories.organisation(name="示例新名")
    client, one = signed_in(editor()), report(firm, field="name", shown="示例旧名", right="示例应为")
    text = client.get(page_of(one)).text
    held = (
        "示例错处",
        "示例依据",
        "示例应为",
        "示例旧名",
        "示例新名",
        reverse("admin:partners_organisation_change", args=[firm.pk]),
    )
    assert [word for word in held if word not in text] == []


def test_contacts_are_masked_until_somebody_asks_and_the_trail_says_who():
    user, one = editor(), report(factories.organisation(), email="someone@example.com", telephone="13812341234")
    client = signed_in(user)
    masked = client.get(page_of(one)).text
    assert ("som****@example.com" in masked or "****@example.com" in masked, "138****1234" in masked) == (True, True)
    assert "13812341234" not in masked and "someone@" not in masked
    whole = client.post(page_of(one), {"act": "reveal"})
    assert ("13812341234" in whole.text, "someone@example.com" in whole.text) == (True, True)
    assert "no-store" in whole.headers["Cache-Control"]
    entry = TrailEntry.objects.get(act=Act.REVEALED)
    assert (entry.by, entry.record_id, "13812341234" in f"{entry.why}{entry.new}") == (user, one.object_id, False)


def test_an_answer_needs_what_its_kind_says_and_stands_in_the_trail():
    user, firm = editor(), factories.organisation(name="示例银河")
    client, one, first = signed_in(user), report(firm), report(firm)
    lacking = [answered(client, one, state) for state in (State.CORRECTED, State.NOT_TAKEN, State.DUPLICATE)]
    assert [[*answer.context["form"].errors] for answer in lacking] == [["said"], ["said"], ["same_as"]]
    for wrong in ({"said": "甲\u202e乙"}, {"said": "甲" * 501}):
        assert answered(client, one, State.CORRECTED, **wrong).status_code == 400
    assert answered(client, one, State.DUPLICATE, same_as="26-2222-2222").status_code == 400
    assert answered(client, one, State.DUPLICATE, same_as=one.number).status_code == 200  # refused with a sentence
    assert PublishedCorrection.objects.count() == 0
    assert answered(client, one, State.DUPLICATE, same_as=first.number).status_code == 302
    assert answered(client, first, State.CORRECTED, said="名称已改正。", elsewhere="on").status_code == 302
    one.refresh_from_db(), first.refresh_from_db()
    assert (one.state, one.same_as, first.state, first.by) == (State.DUPLICATE, first, State.CORRECTED, user)
    assert [entry.by for entry in TrailEntry.objects.of(firm).filter(act=Act.DECIDED)] == [user, user]
    assert first.number in TrailEntry.objects.of(firm).filter(act=Act.DECIDED).first().why


@pytest.mark.usefixtures("published")
def test_nothing_is_said_to_be_corrected_while_readers_see_what_they_saw():
    firm = factories.organisation(name="示例旧名")
    client, one = signed_in(editor()), report(firm, field="name", shown="示例旧名")
    refused = answered(client, one, State.CORRECTED, said="名称已改正。")
    assert (refused.status_code, "先修改并经审核公开" in refused.text) == (200, True)
    assert "名称已改正。" in refused.text  # nothing typed is lost
    assert PublishedCorrection.objects.count() == 0
    firm.name = "示例新名"
    firm.save()
    assert answered(client, one, State.CORRECTED, said="名称已改正。").status_code == 302
    assert PublishedCorrection.objects.get().sentence == "名称已改正。"


@pytest.mark.usefixtures("published")
def test_a_figure_that_was_revised_is_put_right_and_shown_as_what_took_its_place():
    old = factories.observation(value="1.93亿元", period="2023年")
    client, one = signed_in(editor()), report(old, field="value", shown="1.93亿元")
    more = {"indicator": old.indicator, "scope": old.scope, "period": "2023年", "supersedes": old, "reason": "公报更正"}
    draft = factories.observation(value="1.95亿元", state="draft", **more)
    assert answered(client, one, State.CORRECTED, said="已按公报改正。").status_code == 200
    type(draft).objects.filter(pk=draft.pk).update(state="published")
    page = client.get(page_of(one))
    assert (page.context["shown_now"], page.context["successor"]) == ("1.95亿元", draft)
    assert answered(client, one, State.CORRECTED, said="已按公报改正。").status_code == 302


def test_of_two_who_answer_the_same_report_the_second_is_told():
    client, one = signed_in(editor()), report(factories.organisation())
    assert client.post(page_of(one), {"act": "look"}).status_code == 302
    late = client.post(page_of(one), {"state": State.CORRECTED, "seen": 0, "said": "已改正。"})
    one.refresh_from_db()
    assert (late.status_code, one.state, PublishedCorrection.objects.count()) == (200, State.LOOKING, 0)
    assert "已改正。" in late.text


def test_contacts_are_forgotten_some_days_after_the_answer(settings, capsys):
    client, one, waits = signed_in(editor()), report(telephone="1", email="a@example.com"), report(telephone="2")
    answered(client, one, State.NOT_TAKEN, said="来源如此。")
    assert forget_contacts() == 0
    settings.CORRECTION_CONTACT_DAYS = 0
    call_command("forget_contacts")
    assert capsys.readouterr().out.splitlines() == [
        "已删除联系方式的纠错：1 条",
        "Reports whose contacts were deleted: 1",
    ]
    one.refresh_from_db(), waits.refresh_from_db()
    assert (one.telephone, one.email, waits.telephone, one.wrong) == ("", "", "2", "示例错处")


def test_all_reports_are_found_by_state_and_by_number():
    client, one, other = signed_in(editor()), report(factories.organisation()), report()
    answered(client, one, State.NOT_TAKEN, said="来源如此。")
    where = reverse("corrections_of_staff")
    assert [*client.get(where).context["shown"].object_list] == [other, one]
    assert [*client.get(where, {"state": "not-taken"}).context["shown"].object_list] == [one]
    assert client.get(where, {"number": one.number.lower()}).headers["Location"] == page_of(one)
    stranger = signed_in(person("示例读", READER))
    assert [*stranger.get(where).context["shown"].object_list] == []
    assert stranger.get(where, {"number": one.number}).status_code == 200


def test_a_redacted_value_is_blanked_in_reports_and_answers_too():
    firm = factories.organisation(name="示例秘密名")
    firm.name = "示例新名"
    firm.save()
    client, one = signed_in(editor()), report(firm, wrong="示例秘密名不对", shown="示例秘密名")
    answered(client, one, State.CORRECTED, said="示例秘密名已改正。", elsewhere="on")
    redact_everywhere(version=firm.history.last(), field="name", by=editor("示例乙"), why="示例")
    one.refresh_from_db()
    held = (one.wrong, one.shown, one.answer, one.published.sentence)
    assert [text for text in held if "示例秘密名" in text] == []


def test_a_report_outlives_its_record():
    client, firm = signed_in(editor()), factories.organisation(name="示例银河", state="draft")
    one = report(firm)
    firm.delete()
    assert "示例银河" in client.get(page_of(one)).text
    assert answered(client, one, State.NOT_TAKEN, said="记录已删除。").status_code == 302
