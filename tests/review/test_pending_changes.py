"""Edits of what is published: kept aside, shown to whoever typed them, written when a second person releases them."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from fengtai.records.models import Citation, Record
from fengtai.records.trail.stored import TEMPORARY
from fengtai.review.actions import Refused, drop, give_back, submit, withdraw
from fengtai.review.comments import ReviewComment
from fengtai.review.holding import Held
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release, release_all
from fengtai.review.terms import Terms, Warned
from partners.models import Contact, Honour, Level, Membership, Organisation, OrganisationName
from tests import factories
from tests.admin.admin_pages import address, errors_of, form_data, formset_of

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
State = PendingChange.State


def person(name: str):
    return get_user_model().objects.create_superuser(name, password="x")


@pytest.fixture
def editor():
    return person("示例编辑")


@pytest.fixture
def reviewer():
    return person("示例审核")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def firm():
    source = factories.source()
    firm = factories.organisation(name="示例甲公司")
    for field in ("name", "address"):
        factories.citation(firm, field=field, source=source)
    return firm


def page(user, record):
    return signed_in(user).get(address(type(record), "change", record.pk))


def edited(user, record, **values):
    """Through the form, as a browser sends it."""
    data = form_data(page(user, record)) | values
    return signed_in(user).post(address(type(record), "change", record.pk), data)


def with_row(response, model, **values) -> dict:
    """One more row in a page's table of rows."""
    formset = formset_of(response, model)
    number = formset.total_form_count()
    data = form_data(response) | {f"{formset.prefix}-TOTAL_FORMS": number + 1}
    return data | {f"{formset.prefix}-{number}-{name}": value for name, value in values.items()}


def test_an_edit_leaves_what_is_public_and_is_shown_to_its_author(firm, editor, reviewer):
    assert edited(editor, firm, address="示例路1号").status_code == 302
    firm.refresh_from_db()
    assert (firm.address, firm.version) == ("", 1)
    change = PendingChange.objects.get()
    assert (change.record, change.author, change.state) == (firm, editor, State.DRAFT)
    assert [(edit["old"], edit["new"]) for edit in change.edits] == [({"address": ""}, {"address": "示例路1号"})]
    assert page(editor, firm).context["adminform"].form.initial["address"] == "示例路1号"
    assert page(reviewer, firm).context["adminform"].form.initial["address"] == ""
    assert "示例路1号" not in Client().get(firm.get_absolute_url()).content.decode()


def test_a_release_by_a_second_person_writes_it(firm, editor, reviewer):
    edited(editor, firm, address="示例路1号")
    change = PendingChange.objects.get()
    submit(change, by=editor)
    with pytest.raises(Refused):
        release(change, Terms(by=editor, accepted=True))
    release(change, Terms(by=reviewer, accepted=True))
    firm.refresh_from_db()
    change.refresh_from_db()
    assert (firm.address, firm.version, change.state, change.decided_by) == ("示例路1号", 2, State.RELEASED, reviewer)
    assert firm.history.first().history_user == editor and str(reviewer) in firm.history.first().history_change_reason


def test_one_author_alone_where_the_office_is_one(firm, editor, settings):
    settings.FOUR_EYES = False
    edited(editor, firm, address="示例路1号")
    release(PendingChange.objects.get(), Terms(by=editor, accepted=True))
    firm.refresh_from_db()
    assert firm.address == "示例路1号"


def test_a_second_edit_adds_to_the_first(firm, editor):
    edited(editor, firm, address="示例路1号")
    edited(editor, firm, region="示例区")
    change = PendingChange.objects.get()
    assert change.edits[0]["new"] == {"address": "示例路1号", "region": "示例区"} and change.revision == 2


def test_two_windows_of_one_author_are_brought_together(firm, editor):
    edited(editor, firm, address="示例路1号")
    first, second = form_data(page(editor, firm)), form_data(page(editor, firm))
    where = address(Organisation, "change", firm.pk)
    signed_in(editor).post(where, first | {"region": "示例区"})
    answer = signed_in(editor).post(where, second | {"address": "示例路2号"})
    told = errors_of(answer) if answer.status_code == 200 else {}
    if told:  # what the history cannot tell apart is asked, never written over
        assert "示例区" in str(told)
    new = PendingChange.objects.get().edits[0]["new"]
    assert new["region"] == "示例区"


def test_an_edit_taken_back_by_its_author_leaves_nothing(firm, editor):
    edited(editor, firm, address="示例路1号")
    edited(editor, firm, address="")
    assert not PendingChange.objects.open().exists()


def test_new_rows_exist_inside_the_change_alone(firm, editor, reviewer):
    level = factories.level()
    answer = signed_in(editor).post(
        address(Organisation, "change", firm.pk), with_row(page(editor, firm), Membership, level=level.pk)
    )
    assert answer.status_code == 302 and not Membership.objects.exists()
    shown = [form.instance for form in formset_of(page(editor, firm), Membership).initial_forms]
    assert [row.level for row in shown] == [level] and shown[0].pk >= TEMPORARY
    edited(editor, firm, address="示例路1号")  # beside the row that waits
    change = PendingChange.objects.get()
    assert len(change.edits) == 2
    submit(change, by=editor)
    release(change, Terms(by=reviewer, accepted=True))
    row = Membership.objects.get()
    assert (row.organisation, row.level, row.pk < TEMPORARY) == (firm, level, True)


def test_a_row_that_waits_has_a_page_of_its_own(firm, editor):
    signed_in(editor).post(
        address(Organisation, "change", firm.pk), with_row(page(editor, firm), Membership, level=factories.level().pk)
    )
    key = formset_of(page(editor, firm), Membership).initial_forms[0].instance.pk
    where = address(Membership, "change", key)
    opened = signed_in(editor).get(where)
    assert opened.status_code == 200
    data = with_row(opened, Citation, source=factories.source().pk, field="level", paragraph="3")
    assert signed_in(editor).post(where, data | {"printed": "示例甲"}).status_code == 302
    assert not Citation.objects.filter(field="level").exists()
    kinds = {edit["model"]: edit for edit in PendingChange.objects.get().edits}
    assert kinds["partners.membership"]["new"]["printed"] == "示例甲"
    assert kinds["fengtai.citation"]["new"]["object_id"] == key


def test_a_part_added_on_its_own_page_waits_with_its_owner(firm, editor):
    data = form_data(signed_in(editor).get(address(Honour, "add")))
    answer = signed_in(editor).post(address(Honour, "add"), data | {"title": "示例奖", "organisation": firm.pk})
    assert answer.status_code == 302 and not Honour.objects.exists()
    assert PendingChange.objects.get().record == firm


def test_a_part_that_belongs_to_nothing_waits_for_itself(editor, reviewer):
    data = form_data(signed_in(editor).get(address(Honour, "add")))
    signed_in(editor).post(address(Honour, "add"), data | {"title": "示例奖", "printed": "示例园"})
    change = PendingChange.objects.get()
    assert not Honour.objects.exists() and change.record is None
    where = address(Honour, "change", change.object_id)
    data = form_data(signed_in(editor).get(where)) | {"category": "示例类"}
    signed_in(editor).post(where, data)
    change.refresh_from_db()
    assert (PendingChange.objects.count(), change.edits[0]["new"]["category"]) == (1, "示例类")
    submit(change, by=editor)
    release(change, Terms(by=reviewer, accepted=True))
    change.refresh_from_db()
    assert change.record == Honour.objects.get()


def test_a_change_stops_whole_where_the_public_value_moved(firm, editor, reviewer):
    edited(editor, firm, address="示例路1号", region="示例区")
    change = PendingChange.objects.get()
    submit(change, by=editor)
    Organisation.objects.get(pk=firm.pk)
    other = Organisation.objects.get(pk=firm.pk)
    other.address = "示例路9号"
    other.save()
    second = factories.organisation(name="示例乙公司")
    edited(editor, second, region="示例区")
    others = PendingChange.objects.of(second).get()
    submit(others, by=editor)
    done, refused = release_all([change, others], Terms(by=reviewer, accepted=True))
    assert done == [others] and [target for target, _error in refused] == [change]
    firm.refresh_from_db()
    change.refresh_from_db()
    assert (firm.address, firm.region, change.state) == ("示例路9号", "", State.CONFLICT)
    clash = change.conflicts[0]
    assert (clash["old"], clash["now"], clash["new"]) == ("", "示例路9号", "示例路1号")
    assert edited(editor, firm).status_code == 302  # looked at and saved again: from what is public now
    change.refresh_from_db()
    assert change.state == State.DRAFT and change.edits[0]["old"]["address"] == "示例路9号"


def test_two_authors_have_a_change_each(firm, editor, reviewer):
    edited(editor, firm, address="示例路1号")
    edited(reviewer, firm, address="示例路2号")
    assert PendingChange.objects.open().of(firm).count() == 2
    assert "示例编辑" in page(reviewer, firm).content.decode()


def test_drafts_are_edited_as_they_are(editor):
    draft = factories.organisation(state=Record.State.DRAFT)
    edited(editor, draft, address="示例路1号")
    draft.refresh_from_db()
    assert draft.address == "示例路1号" and not PendingChange.objects.exists()


def test_what_staff_alone_see_is_written_at_once(firm, editor):
    edited(editor, firm, remark="示例备注")
    firm.refresh_from_db()
    assert firm.remark == "示例备注" and not PendingChange.objects.exists()
    answer = with_row(page(editor, firm), Contact, name="示例人", phone="13800000000")
    signed_in(editor).post(address(Organisation, "change", firm.pk), answer | {"address": "示例路1号"})
    assert Contact.objects.get().name == "示例人" and PendingChange.objects.get().edits[0]["new"]["address"]


def test_drafts_and_published_records_in_one_write(firm, editor):
    with Held(by=editor) as held:
        draft = Organisation.objects.create(name="示例丙公司")
        OrganisationName.objects.create(organisation=draft, name="示例丙", kind="short")
        OrganisationName.objects.create(organisation=firm, name="示例甲", kind="short")
        firm.places.add(factories.place(state=Record.State.DRAFT))
    assert [str(name) for name in OrganisationName.objects.all()] == ["示例丙"]
    assert [change.record for change in held.changes] == [firm]


def test_links_wait_as_well(firm, editor, reviewer):
    industry = factories.industry()
    edited(editor, firm, industries=[industry.pk])
    assert not firm.industries.exists()
    change = PendingChange.objects.get()
    submit(change, by=editor)
    release(change, Terms(by=reviewer, accepted=True))
    assert list(firm.industries.all()) == [industry]


def test_a_part_is_removed_by_a_release(firm, editor, reviewer):
    name = factories.organisation_name(organisation=firm)
    answer = page(editor, firm)
    prefix = formset_of(answer, OrganisationName).prefix
    signed_in(editor).post(address(Organisation, "change", firm.pk), form_data(answer) | {f"{prefix}-0-DELETE": "on"})
    assert OrganisationName.objects.exists()
    change = PendingChange.objects.get()
    submit(change, by=editor)
    release(change, Terms(by=reviewer, accepted=True))
    assert not OrganisationName.objects.filter(pk=name.pk).exists()


def test_a_part_that_two_would_remove_is_gone_and_stops_neither(firm, editor, reviewer):
    factories.organisation_name(organisation=firm)
    for user, said in ((editor, {"address": "示例路1号"}), (reviewer, {"region": "示例区"})):
        answer = page(user, firm)
        gone = {f"{formset_of(answer, OrganisationName).prefix}-0-DELETE": "on"}
        signed_in(user).post(address(Organisation, "change", firm.pk), form_data(answer) | said | gone)
    third = person("示例第三人")
    for change in PendingChange.objects.order_by("pk"):
        release(submit(change, by=change.author), Terms(by=third, accepted=True))
    firm.refresh_from_db()
    assert (firm.address, firm.region, firm.names.count()) == ("示例路1号", "示例区", 0)


def test_an_old_version_brought_back_waits(firm, editor):
    firm.address = "示例路1号"
    firm.save()
    version = firm.history.last()
    where = address(Organisation, "simple_history", firm.pk, version.pk)
    data = form_data(signed_in(editor).get(where))
    assert signed_in(editor).post(where, data).status_code == 302
    firm.refresh_from_db()
    assert firm.address == "示例路1号"
    assert PendingChange.objects.get().edits[0]["new"]["address"] == ""


def test_withdrawing_asks_a_second_person(firm, editor, reviewer):
    change = withdraw(firm, by=editor, why="示例理由")
    firm.refresh_from_db()
    assert firm.is_public and change.state == State.SUBMITTED
    release(change, Terms(by=reviewer))
    firm.refresh_from_db()
    assert firm.state == Record.State.WITHDRAWN


def test_an_emergency_is_an_administrators_with_a_reason(firm, editor):
    with pytest.raises(Refused):
        withdraw(firm, by=editor, emergency=True)
    withdraw(firm, by=editor, emergency=True, why="示例理由")
    firm.refresh_from_db()
    assert firm.state == Record.State.WITHDRAWN and firm.history.first().history_change_reason == "示例理由"


def test_a_change_is_returned_with_a_comment(firm, editor, reviewer):
    edited(editor, firm, address="示例路1号")
    change = PendingChange.objects.get()
    submit(change, by=editor)
    with pytest.raises(Refused):
        give_back(change, by=reviewer, comment=" ")
    give_back(change, by=reviewer, comment="请核对门牌")
    assert "请核对门牌" in page(editor, firm).content.decode()
    change.refresh_from_db()
    submit(change, by=editor)
    assert not ReviewComment.unanswered(change).exists()


def test_a_draft_is_released_by_somebody_else(editor, reviewer):
    draft = factories.organisation(state=Record.State.DRAFT)
    edited(editor, draft, address="示例路1号")
    submit(draft, by=editor)
    for terms in (Terms(by=editor, accepted=True), Terms(by=None)):
        with pytest.raises(Refused):
            release(draft, terms)
    release(draft, Terms(by=reviewer, accepted=True))
    draft.refresh_from_db()
    assert draft.is_public


def test_whoever_typed_a_part_of_a_draft_typed_in_it(editor, reviewer):
    draft = factories.organisation(state=Record.State.DRAFT)
    answer = page(editor, draft)
    signed_in(editor).post(
        address(Organisation, "change", draft.pk), with_row(answer, OrganisationName, name="示例", kind="short")
    )
    submit(draft, by=reviewer)
    with pytest.raises(Refused):
        release(draft, Terms(by=editor, accepted=True))
    release(draft, Terms(by=reviewer, accepted=True))  # submitting types nothing


def test_a_change_is_dropped_by_its_author_alone(firm, editor, reviewer):
    edited(editor, firm, address="示例路1号")
    change = PendingChange.objects.get()
    with pytest.raises(Refused):
        drop(change, by=reviewer)
    drop(change, by=editor)
    assert page(editor, firm).context["adminform"].form.initial["address"] == ""


def test_what_was_looked_at_is_what_is_released(firm, editor, reviewer):
    edited(editor, firm, address="示例路1号")
    change = PendingChange.objects.get()
    edited(editor, firm, address="示例路2号")
    change.refresh_from_db()
    submit(change, by=editor)
    with pytest.raises(Refused):
        release(change, Terms(by=reviewer, accepted=True), seen=1)


def test_levels_have_no_publication_and_wait_all_the_same(editor):
    level = factories.level()
    edited(editor, level, name="示例级别改")
    assert Level.objects.get().name != "示例级别改" and PendingChange.objects.get().record == level


def test_saving_and_submitting_is_one_press(firm, editor):
    edited(editor, firm, address="示例路1号", _submit="1")
    assert PendingChange.objects.get().state == State.SUBMITTED


def test_a_form_sent_twice_adds_once(firm, editor):
    data = with_row(page(editor, firm), OrganisationName, name="示例", kind="short")
    for _ in range(2):
        signed_in(editor).post(address(Organisation, "change", firm.pk), data)
    assert len(PendingChange.objects.get().edits) == 1


def test_a_warning_asks(monkeypatch, editor, reviewer):
    draft = factories.organisation(state=Record.State.REVIEW, doubt="名称待核")
    with pytest.raises(Warned):
        release(draft, Terms(by=reviewer))
    release(draft, Terms(by=reviewer, accepted=True))


def test_a_part_that_moves_waits_whichever_of_its_records_is_published(firm, editor):
    draft = factories.organisation(name="示例乙公司", state=Record.State.DRAFT)
    for start, end in ((firm, draft), (draft, firm)):
        name = OrganisationName.objects.create(organisation=start, name=f"示例{start.pk}", kind="short")
        with Held(by=editor) as held:
            name.organisation = end
            name.save()
        assert OrganisationName.objects.get(pk=name.pk).organisation == start
        assert [change.record for change in held.changes] == [firm]


def test_taking_a_record_off_the_site_is_a_change_as_well(firm, editor):
    with Held(by=editor) as held:
        firm.state = Record.State.DRAFT
        firm.save()
    assert Organisation.objects.get(pk=firm.pk).is_public and len(held.changes) == 1


def test_looking_at_what_waits_and_saving_it_as_it_is_leaves_it_waiting(firm, editor):
    edited(editor, firm, address="示例路1号", _submit="1")
    edited(editor, firm)
    change = PendingChange.objects.get()
    assert (change.state, change.revision) == (State.SUBMITTED, 1)
