"""Ways round the release, and ways to lose or break what waits, that somebody could try; each is closed."""

import hashlib
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fengtai.admin.review.targets import seen_of
from fengtai.records.bin import BinEntry
from fengtai.records.models import Citation
from fengtai.records.trail.entries import TrailEntry
from fengtai.review import due
from fengtai.review.actions import Refused, give_back, submit
from fengtai.review.comments import ReviewComment
from fengtai.review.contributors import typed_by
from fengtai.review.forgetting import redact_everywhere
from fengtai.review.merges import Merge
from fengtai.review.merging.merging import merge
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release, release_all
from fengtai.review.terms import Terms
from partners.models import Contact, Honour, IndustryEntry, Level, Membership, Organisation, OrganisationName, Roster
from tests import factories
from tests.admin.admin_pages import address, form_data, formset_of
from tests.importing.import_steps import received, saved
from tests.pages.crawling import text_of
from tests.review import people
from tests.review.people import edited, review_of, signed_in
from tests.review.test_pending_changes import with_row
from tests.review.test_review_pages import act, cited, draft, submitted

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


@pytest.fixture
def editor():
    return people.editor()


@pytest.fixture
def reviewer():
    return people.reviewer()


@pytest.fixture
def firm():
    return cited(factories.organisation(name="示例甲公司"))


HOSTILE = ["9" * 5000, "9" * 30, "9" * 17, str(10**17), str(10**17 + 10**6), "-5", "٣" * 20, "²"]


@pytest.mark.parametrize("key", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("model", [Organisation, Membership, Level])
def test_a_key_of_nothing_that_waits_leads_nowhere(editor, model, key):
    for page in ("change", "delete", "history"):
        where = address(model, page, key)
        assert signed_in(editor).get(where).status_code in (302, 404), page
        assert signed_in(editor).post(where, {"name": "示例"}).status_code in (302, 403, 404), page


@pytest.mark.parametrize("made", [factories.level, lambda: factories.honour(organisation=None, printed="示例")])
def test_what_has_no_state_is_not_submitted_without_a_change(editor, made):
    assert edited(editor, made(), _submit="1").status_code == 302
    assert not PendingChange.objects.exists()


def test_whoever_may_change_a_part_alone_does_not_submit_its_record():
    clerk = get_user_model().objects.create_user("示例员工", password="x", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="change_membership"))
    row = factories.membership(organisation=factories.organisation(state="draft"))
    edited(clerk, row, _submit="1")
    row.organisation.refresh_from_db()
    assert row.organisation.state == "draft"


@pytest.mark.parametrize("at", ["9999-12-31T23:59", "9999-12-31T20:00Z", "9999-12-31T23:59-23:59", "0001-01-01T00:00"])
def test_a_time_that_no_clock_shows_is_refused(editor, reviewer, firm, at):
    change, made = submitted(editor, firm, address="示例路1号"), draft(editor)
    for target in (change, made):
        act(reviewer, target, "schedule", at=at, accepted="1")
    made.refresh_from_db()
    change.refresh_from_db()
    assert (made.state, change.state) == ("review", PendingChange.State.SUBMITTED)
    assert signed_in(reviewer).get(reverse("review")).status_code == 200


def test_a_form_opened_before_somebody_elses_release_does_not_take_it_back(editor, reviewer, firm):
    edited(editor, firm, region="示例区")
    where, client = address(Organisation, "change", firm.pk), signed_in(editor)
    stale = form_data(client.get(where))
    release(submitted(people.editor("示例编辑二"), firm, address="示例路9号"), Terms(by=reviewer, accepted=True))
    client.post(where, stale)
    assert "address" not in PendingChange.objects.open().of(firm).of_author(editor).get().edits[0]["new"]


@pytest.fixture
def waiting(editor, firm):
    """A change that names a draft which nothing on file names."""
    roster = factories.roster(title="示例草稿名录", state="draft")
    where, client = address(Organisation, "change", firm.pk), signed_in(editor)
    client.post(where, with_row(client.get(where), Membership, level=factories.level().pk, roster=roster.pk))
    edited(editor, firm, region="示例区")
    roster.delete()
    return submit(PendingChange.objects.get(), by=editor)


def test_what_names_something_deleted_meanwhile_stops_and_stops_no_other(editor, reviewer, firm, waiting):
    other = submitted(editor, cited(factories.organisation(name="示例乙公司")), region="示例区")
    done, [(target, _refused)] = release_all([waiting, other], Terms(by=reviewer, accepted=True))
    assert (done, target) == ([other], waiting)
    connection.check_constraints()
    waiting.refresh_from_db()
    assert waiting.state == PendingChange.State.CONFLICT and "不在" in str(waiting.conflicts)


def test_what_names_something_deleted_meanwhile_is_still_shown(editor, reviewer, firm, waiting):
    for user, where in (
        (editor, address(Organisation, "change", firm.pk)),
        (reviewer, review_of(waiting)),
        (reviewer, review_of(waiting, "review_preview")),
        (reviewer, reverse("review")),
    ):
        assert signed_in(user).get(where).status_code == 200, where


def test_a_link_and_a_citation_stop_as_well(editor, reviewer, firm):
    industry, row = factories.industry(state="draft"), factories.membership(organisation=firm)
    edited(editor, firm, industries=[industry.pk])
    where, client = address(Membership, "change", row.pk), signed_in(editor)
    client.post(where, with_row(client.get(where), Citation, source=factories.source().pk, field="level"))
    change = submit(PendingChange.objects.get(), by=editor)
    industry.delete()
    row.delete()
    with pytest.raises(Refused):
        release(change, Terms(by=reviewer, accepted=True))
    change.refresh_from_db()
    assert {clash["model"] for clash in change.conflicts} == {"partners.organisation", "fengtai.citation"}


@pytest.mark.parametrize("made", [lambda: factories.roster(stated="600家", headline=1), lambda: _on_the_home_page()])
def test_what_the_home_page_shows_waits_too(editor, made):
    record = made()
    before = text_of(Client().get("/"))
    edited(editor, record, headline="")
    assert text_of(Client().get("/")) == before
    assert [edit["new"] for edit in PendingChange.objects.get().edits] == [{"headline": None}]


def _on_the_home_page():
    return factories.observation(indicator=factories.indicator(headline=1)).indicator


def test_a_part_restored_into_what_is_published_by_now_waits(editor, reviewer, firm):
    was = factories.organisation(name="示例乙公司", state="draft")
    factories.membership(organisation=was)
    where, client = address(Organisation, "change", was.pk), signed_in(editor)
    page = client.get(where)
    gone = {f"{formset_of(page, Membership).prefix}-0-DELETE": "on"}
    client.post(where, form_data(page) | gone)
    Organisation.objects.filter(pk=cited(was).pk).update(state="published")
    entry = BinEntry.objects.get()
    client.post(reverse("admin:fengtai_binentry_change", args=[entry.pk]))
    assert not Membership.objects.exists() and BinEntry.objects.exists()
    release(submit(PendingChange.objects.get(), by=editor), Terms(by=reviewer, accepted=True))
    assert Membership.objects.get().organisation == was


def _an_honour(client, made):
    data = form_data(client.get(address(Honour, "add")))
    client.post(address(Honour, "add"), data | {"title": "示例奖", "organisation": made.pk})


def _a_name(client, made):
    where = address(Organisation, "change", made.pk)
    client.post(where, with_row(client.get(where), OrganisationName, name="示例简称", kind="short"))


def _a_citation(client, made):
    where = address(Organisation, "change", made.pk)
    client.post(where, with_row(client.get(where), Citation, source=factories.source().pk, words="示例新"))


def _a_citation_of_a_part(client, made):
    where = address(Membership, "change", made.memberships.get().pk)
    client.post(where, with_row(client.get(where), Citation, source=factories.source().pk, words="示例新"))


def _no_name(client, made):
    where = address(Organisation, "change", made.pk)
    page = client.get(where)
    client.post(where, form_data(page) | {f"{formset_of(page, OrganisationName).prefix}-0-DELETE": "on"})


@pytest.mark.parametrize("write", [_an_honour, _a_name, _a_citation, _a_citation_of_a_part, _no_name])
def test_a_draft_whose_parts_changed_since_it_was_looked_at_stays(editor, reviewer, write):
    made = draft(editor)
    factories.organisation_name(organisation=made)
    factories.membership(organisation=made)
    looked = signed_in(reviewer).get(review_of(made)).context["seen"]
    listed = [line.value for line in signed_in(reviewer).get(reverse("review")).context["lines"]]
    write(signed_in(editor), made)
    assert seen_of(made) != looked
    signed_in(reviewer).post(review_of(made), {"act": "release", "seen": looked, "accepted": "1"})
    data = {"act": "release", "target": listed, "confirmed": "1", "accepted": "1"}
    signed_in(reviewer).post(reverse("review_many"), data)
    made.refresh_from_db()
    assert made.state == "review"
    act(reviewer, made, "release", accepted="1")
    made.refresh_from_db()
    assert made.state == "published"


def test_whoever_typed_a_part_typed_in_the_record_it_was_moved_to(editor, reviewer):
    first, second = (factories.organisation(state="draft", name=f"示例{n}") for n in range(2))
    row = Membership(organisation=first, level=factories.level())
    for user, owner in ((editor, first), (reviewer, second)):
        row.organisation, row._history_user = owner, user
        row.save()
    assert typed_by(editor, Organisation, [second.pk]) == typed_by(reviewer, Organisation, [second.pk]) == {second.pk}


def test_an_attachment_and_its_digest_are_kept_together(editor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    source = factories.source()
    edited(editor, source, attachment=SimpleUploadedFile("示例.pdf", b"%PDF"))
    source.refresh_from_db()
    assert source.attachment.read() == b"%PDF" and source.sha256 == hashlib.sha256(b"%PDF").hexdigest()
    assert not PendingChange.objects.exists()


def test_a_comment_is_kept_through_the_sign_in(editor, firm):
    change = submitted(editor, firm, address="示例路1号")
    answer = Client().post(review_of(change), {"act": "return", "text": "请核对门牌"})
    assert answer.status_code == 403 and "请核对门牌" in answer.content.decode()


def test_a_contact_deleted_beside_a_public_edit_lies_in_the_bin(editor, firm):
    factories.contact(organisation=firm)
    where, client = address(Organisation, "change", firm.pk), signed_in(editor)
    page = client.get(where)
    gone = {f"{formset_of(page, Contact).prefix}-0-DELETE": "on", "address": "示例路1号"}
    client.post(where, form_data(page) | gone)
    assert PendingChange.objects.exists() and not Contact.objects.exists()
    client.post(reverse("admin:fengtai_binentry_change", args=[BinEntry.objects.get().pk]))
    assert Contact.objects.get().organisation == firm


def test_a_redacted_value_is_in_no_change_and_no_comment(editor, reviewer, firm):
    firm.address = "示例秘密路"
    firm.save()
    done = submitted(editor, firm, region="示例秘密路", address="示例路1号")
    give_back(done, by=reviewer, comment="不是示例秘密路")
    release(submit(done, by=editor), Terms(by=reviewer, accepted=True))
    waits = submitted(people.editor("示例编辑二"), firm, address="示例秘密路")
    version = firm.history.get(address="示例秘密路")
    owner = people.person("示例管理员")
    where = reverse("admin:partners_organisation_redact", args=[firm.pk, version.pk])
    assert signed_in(owner).post(where, {"field": "address", "why": "示例"}).status_code == 302
    for change in (done, waits):
        change.refresh_from_db()
        assert "示例秘密路" not in str([edit["old"].get("address") for edit in change.edits])
        assert "示例秘密路" not in str([edit["new"].get("address") for edit in change.edits])
    assert (done.state, waits.state) == (PendingChange.State.RELEASED, PendingChange.State.DRAFT)
    assert done.edits[0]["new"]["region"] == "示例秘密路"  # what another field says is asked for itself
    assert not ReviewComment.objects.filter(text__contains="秘密").exists()
    assert signed_in(people.editor("示例编辑三")).get(address(Organisation, "change", firm.pk)).status_code == 200


def test_a_redacted_value_of_a_row_that_a_change_added_is_in_it_no_more(editor, reviewer, firm):
    where, client = address(Organisation, "change", firm.pk), signed_in(editor)
    client.post(where, with_row(client.get(where), Membership, level=factories.level().pk, printed="示例秘密"))
    change = submit(PendingChange.objects.get(), by=editor)
    release(change, Terms(by=reviewer, accepted=True))
    version = Membership.objects.get().history.get()
    redact_everywhere(version=version, field="printed", by=editor, why="示例")
    change.refresh_from_db()
    assert "示例秘密" not in str(change.edits)


def test_a_redacted_value_is_in_no_reason_that_anybody_gave(editor, reviewer, firm):
    change = submitted(editor, firm, address="示例秘密路")
    PendingChange.objects.update(why="改为示例秘密路")
    release(PendingChange.objects.get(), Terms(by=reviewer, accepted=True))
    merge(cited(factories.organisation(name="示例乙公司")), firm, by=editor, why="都在示例秘密路")
    version = firm.history.filter(address="示例秘密路").first()
    redact_everywhere(version=version, field="address", by=editor, why="示例")
    assert firm.history.filter(history_change_reason__contains="秘密").count() == 0
    assert [PendingChange.objects.get(pk=change.pk).why, Merge.objects.get().why] == ["改为…", "都在…"]


def test_a_redacted_name_is_in_no_question_of_an_import(own_files, tmp_path, editor, firm):
    path = saved(tmp_path / "名录.xlsx", ("名录", [["单位名称"], ["示例甲"]]))
    row = received("organisations", path).rows.get(outcome="new")
    assert row.near == [[firm.pk, "示例甲公司"]] and "示例甲公司" in str(row.problems)
    redact_everywhere(version=firm.history.get(), field="name", by=editor, why="示例")
    row.refresh_from_db()
    assert row.near == [[firm.pk, "…"]] and "示例甲公司" not in str(row.problems)


def test_what_is_sent_anew_as_its_time_comes_is_not_released_unseen(editor, reviewer, firm, monkeypatch):
    second = cited(factories.organisation(name="示例乙公司"))
    changes = [submitted(editor, record, address="示例路1号") for record in (firm, second)]
    past = timezone.now() - timedelta(seconds=5)
    PendingChange.objects.update(state=PendingChange.State.SCHEDULED, release_at=past, decided_by=reviewer)

    def slowly(change, terms, **how):
        if change == changes[0]:
            submitted(editor, second, address="示例路2号")
        return release(change, terms, **how)

    monkeypatch.setattr(due, "release", slowly)
    assert due.release_due()[0] == [changes[0]]
    second.refresh_from_db()
    changes[1].refresh_from_db()
    assert (second.address, changes[1].state) == ("", PendingChange.State.SUBMITTED)


def test_a_reason_with_a_nul_is_taken_without_it(editor):
    made = factories.organisation(state="draft")
    answer = signed_in(editor).post(address(Organisation, "delete", made.pk), {"post": "yes", "why": "\x00重复"})
    assert (answer.status_code, BinEntry.objects.get().why) == (302, "重复")


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 50])
def test_a_release_says_what_it_saw(editor, reviewer, firm, seen):
    for target in (submitted(editor, firm, address="示例路1号"), draft(editor)):
        sent = {"act": "release", "seen": seen, "accepted": "1"}
        signed_in(reviewer).post(review_of(target), sent)
        target.refresh_from_db()
        assert target.state in ("submitted", "review")


def test_a_draft_made_beside_a_published_record_is_led_to_and_entered(editor):
    page = signed_in(editor).get(address(Roster, "add"))
    data = with_row(page, IndustryEntry, industry=factories.industry().pk) | {"title": "示例新名录", "_continue": "1"}
    data = {name: value for name, value in data.items() if value not in ("", [""])}
    answer = signed_in(editor).post(address(Roster, "add"), data)
    made = Roster.objects.get(title="示例新名录")
    assert answer.headers["Location"] == address(Roster, "change", made.pk)
    assert TrailEntry.objects.get(by=editor, act="added").object_id == made.pk
    assert PendingChange.objects.get().edits[0]["new"]["roster"] == made.pk


def test_what_was_typed_into_a_row_that_is_gone_stays_on_record(editor, firm):
    row = factories.membership(organisation=firm)
    edited(editor, row, printed="示例很长的原文")
    row.delete()
    edited(editor, firm, address="示例路1号")
    aside = PendingChange.objects.get(state=PendingChange.State.DROPPED)
    change = PendingChange.objects.open().get()
    assert aside.edits[0]["new"]["printed"] == "示例很长的原文" and aside.record == firm
    assert [edit["new"] for edit in change.edits] == [{"address": "示例路1号"}]
    assert signed_in(editor).get(review_of(aside)).status_code == 200


def test_parts_deleted_together_wait_as_one_does(editor, firm):
    rows = [factories.membership(organisation=owner) for owner in (firm, factories.organisation(state="draft"))]
    marked = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"}
    for _again in range(2):
        signed_in(editor).post(address(Membership, "changelist"), marked)
    assert list(Membership.objects.all()) == rows[:1]
    assert [edit["kind"] for edit in PendingChange.objects.get().edits] == ["-"]
    assert BinEntry.objects.get().object_id == rows[1].pk
