"""Ways by which a clerk could write what is another's, give it away or take it: none of them writes anything."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import reverse

from fengtai.records.bin import BinEntry
from fengtai.records.models import AddedOnce
from fengtai.review.actions import Refused, submit, withdraw
from fengtai.review.bin import put_in
from fengtai.review.holding import Held
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.terms import Terms, Warned
from fengtai.review.whose import OutsideScope, sentence
from partners.models import Contact, Honour, Membership, Organisation
from projects.models import Party, Project
from tests import factories
from tests.admin.admin_pages import SUBJECTS, address, errors_of, form_data
from tests.review.people import clerk, edited, editor, review_of, reviewer, signed_in

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
STATES = ("draft", "published")


class World:
    """A clerk, a record of theirs and one of another industry, each with parts."""

    def __init__(self, state: str):
        self.own, self.other = factories.industry(name="示例甲业"), factories.industry(name="示例乙业")
        self.clerk = clerk(self.own)
        clerk(self.other, name="示例乙")
        self.mine = self.organisation("示例甲", self.own, state)
        self.theirs = self.organisation("示例乙公司", self.other, state)
        self.user = signed_in(self.clerk)

    def organisation(self, name: str, industry, state: str):
        made = factories.organisation(name=name, state=state)
        made.industries.set([industry])
        factories.organisation_name(organisation=made, name=f"{name}别名")
        factories.membership(organisation=made)
        factories.contact(organisation=made)
        return made

    def form(self, row) -> dict:
        """As an editor's browser would send it."""
        answer = signed_in(self.office).get(address(type(row), "change", row.pk))
        return form_data(answer)

    @property
    def office(self):
        found = get_user_model().objects.filter(username="示例编辑").first()
        return found or editor()

    def post(self, row, page: str = "change", **data):
        return self.user.post(address(type(row), page, row.pk), data)


@pytest.fixture(params=STATES)
def world(request):
    return World(request.param)


@pytest.fixture
def drafts():
    return World("draft")


@pytest.fixture
def public():
    return World("published")


def kept(world: World) -> list:
    """All that is stored, and what waits."""
    models = [model for app in SUBJECTS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    stored = {model: sorted(model._base_manager.values_list(), key=str) for model in models if _is_said(model)}
    return [stored, list(PendingChange.objects.values("object_id", "edits", "state"))]


def _is_said(model) -> bool:
    """All but what tells what happened, and forms that were sent."""
    names = {field.name for field in model._meta.concrete_fields}
    return model not in (AddedOnce, BinEntry, PendingChange) and names.isdisjoint({"history_id", "m2m_history_id"})


def test_what_is_typed_into_a_record_of_others_is_refused_and_shown_again(public):
    rows = [public.theirs, public.theirs.memberships.get(), public.other, factories.level()]
    forms = {row: public.form(row) for row in rows}
    text = {"region": "示例海淀", "doubt": "示例疑", "names-0-name": "示例新名", "contacts-0-phone": "1380000"}
    before = kept(public)
    for row, form in forms.items():
        typed = {name: value for name, value in text.items() if name in form}
        answer = public.post(row, **form | typed)
        assert answer.status_code == 403
        assert answer.context["adminform"].form.non_field_errors() == [sentence(row)]
        shown = form_data(answer)
        assert {name: shown[name] for name in typed} == typed
    assert kept(public) == before


def test_a_record_of_others_is_not_taken_by_naming_an_industry_of_ones_own(public):
    form, before = public.form(public.theirs), kept(public)
    for industries in ([public.own.pk], [public.own.pk, public.other.pk]):
        assert public.post(public.theirs, **form | {"industries": industries}).status_code == 403
    assert kept(public) == before


def test_ones_own_last_industry_is_not_given_away_but_another_is_named_beside_it(public):
    form, before = public.form(public.mine), kept(public)
    for industries in ([], [public.other.pk]):
        answer = public.post(public.mine, **form | {"industries": industries, "region": "示例区"})
        told = ["请注明您负责的产业（示例甲业）：否则这条记录不归您维护。"]
        assert errors_of(answer)["industries"] == told
        assert answer.context["adminform"].form["region"].value() == "示例区"
    assert kept(public) == before
    assert public.post(public.mine, **form | {"industries": [public.own.pk, public.other.pk]}).status_code == 302
    assert kept(public) != before


def test_a_new_record_names_an_industry_of_ones_own_and_begins_with_it(drafts):
    page = drafts.user.get(address(Organisation, "add"))
    assert [str(one) for one in page.context["adminform"].form["industries"].value()] == [str(drafts.own.pk)]
    before = kept(drafts)
    for industries in ([], [drafts.other.pk]):
        data = form_data(page) | {"name": "示例新单位", "industries": industries}
        answer = drafts.user.post(address(Organisation, "add"), data)
        assert errors_of(answer)["industries"] and kept(drafts) == before
    answer = drafts.user.post(address(Organisation, "add"), form_data(page) | {"name": "示例新单位"})
    assert answer.status_code == 302
    assert [*Organisation.objects.get(name="示例新单位").industries.all()] == [drafts.own]


def test_rows_of_another_record_in_ones_own_form_are_not_written(drafts):
    form, before = drafts.form(drafts.mine), kept(drafts)
    name, level = drafts.theirs.names.get(), drafts.theirs.memberships.get()
    hostile = [
        {"names-0-id": name.pk, "names-0-name": "示例夺"},
        {"memberships-0-id": level.pk, "memberships-0-DELETE": "on"},
    ]
    for data in hostile:
        drafts.post(drafts.mine, **form | data)
        assert kept(drafts) == before
    ignored = {"names-0-organisation": drafts.theirs.pk, "names-__prefix__-id": name.pk, "names-__prefix__-name": "夺"}
    drafts.post(drafts.mine, **form | ignored)
    assert kept(drafts) == before


def test_a_part_is_neither_taken_from_another_record_nor_moved_to_one(drafts):
    mine, theirs = drafts.mine.memberships.get(), drafts.theirs.memberships.get()
    give, take = drafts.form(mine), drafts.form(theirs)
    before = kept(drafts)
    answer = drafts.post(mine, **give | {"organisation": drafts.theirs.pk})
    assert errors_of(answer)["organisation"] == ["“示例乙公司”属于示例乙业，由示例乙所在工作营维护。"]
    assert drafts.post(theirs, **take | {"organisation": drafts.mine.pk}).status_code == 403
    answer = drafts.user.post(address(Membership, "add"), give | {"organisation": drafts.theirs.pk, "version": 0})
    assert errors_of(answer)["organisation"]
    assert kept(drafts) == before


def test_nothing_of_others_is_deleted(drafts):
    before = kept(drafts)
    for row in (drafts.theirs, drafts.theirs.memberships.get()):
        assert drafts.post(row, "delete", post="yes").status_code == 403
        many = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        drafts.user.post(address(type(row), "changelist"), many)
    assert kept(drafts) == before


def test_a_record_of_others_is_neither_submitted_nor_withdrawn_nor_promoted(public):
    before = kept(public)
    many = {"action": "submit_for_review", "_selected_action": [public.theirs.pk]}
    answer = public.user.post(address(Organisation, "changelist"), many, follow=True)
    assert sentence(public.theirs) in str(next(iter(answer.context["messages"])))
    public.user.post(address(Organisation, "changelist"), many | {"action": "withdraw"})
    assert public.user.post(review_of(public.theirs), {"act": "submit", "seen": 0}).status_code == 403
    where = reverse("review_withdraw", args=["partners.organisation", public.theirs.pk])
    assert public.user.post(where, {"why": "示例"}).status_code == 403
    for act in (submit, withdraw):
        with pytest.raises(Refused):
            act(public.theirs, by=public.clerk)
    factories.level(code="higher", name="示例上级", rank=99)
    for row in (public.theirs, public.theirs.memberships.get()):
        assert public.user.post(address(type(row), "promote", row.pk), {"since": "2025年1月1日"}).status_code == 403
    assert Membership.objects.count() == 2
    assert kept(public)[1] == before[1]


def test_an_old_version_is_brought_back_by_those_whose_record_it_is(drafts):
    for record in (drafts.mine, drafts.theirs):
        record.region = "示例区"
        record.save()
    where = address(Organisation, "simple_history", drafts.theirs.pk, drafts.theirs.history.last().pk)
    form = form_data(signed_in(drafts.office).get(where))
    before = kept(drafts)
    assert drafts.user.post(where, form).status_code == 403
    assert kept(drafts) == before
    drafts.mine.industries.set([drafts.other])
    drafts.mine.save()
    strange = drafts.mine.history.first()
    drafts.mine.industries.set([drafts.own])
    drafts.mine.save()
    where = address(Organisation, "simple_history", drafts.mine.pk, strange.pk)
    form = form_data(signed_in(drafts.office).get(where))
    before = kept(drafts)
    assert drafts.user.post(where, form | {"industries": [drafts.other.pk]}).status_code in (200, 403)
    assert kept(drafts) == before


def test_what_was_deleted_is_restored_by_those_whose_it_was(drafts):
    entries, own_key = [], drafts.mine.pk
    for record in (drafts.mine, drafts.theirs):
        entries.append(put_in(record, by=drafts.office))
        record.delete()
    before = kept(drafts)
    own, other = (reverse("admin:fengtai_binentry_change", args=[entry.pk]) for entry in entries)
    assert b'value="\xe6\x81\xa2\xe5\xa4\x8d' not in drafts.user.get(other).content
    assert drafts.user.post(other).status_code == 403
    assert kept(drafts) == before
    assert drafts.user.post(own).status_code == 302
    assert [*Organisation.objects.values_list("pk", flat=True)] == [own_key]
    assert [*BinEntry.objects.all()] == entries[1:]


def test_a_record_moved_while_its_form_was_open_keeps_what_was_typed_and_is_not_written(public):
    page = public.user.get(address(Organisation, "change", public.mine.pk))
    public.mine.industries.set([public.other])
    before = kept(public)
    answer = public.post(public.mine, **form_data(page) | {"region": "示例海淀"})
    assert (answer.status_code, kept(public)) == (403, before)
    assert answer.context["adminform"].form["region"].value() == "示例海淀"


def test_a_change_of_what_was_theirs_waits_for_the_reviewer_and_is_typed_on_by_nobody_else():
    world = World("published")
    factories.citation(world.mine)
    edited(world.clerk, world.mine, region="示例海淀")
    change = PendingChange.objects.get()
    submit(change, by=world.clerk)
    world.mine.industries.set([world.other])
    page = world.user.get(address(Organisation, "change", world.mine.pk))
    assert page.context["whose"] == "“示例甲”属于示例乙业，由示例乙所在工作营维护。"
    world.post(world.mine, **world.form(world.mine) | {"region": "示例昌平"})
    change.refresh_from_db()
    assert [edit["new"] for edit in change.edits] == [{"region": "示例海淀"}]
    judge = reviewer()
    asked = "示例专员已不维护这条记录。“示例甲”属于示例乙业，由示例乙所在工作营维护。"
    assert asked in signed_in(judge).get(review_of(change)).context["look"].warnings
    with pytest.raises(Warned, match=asked):
        release(change, Terms(by=judge))
    release(change, Terms(by=judge, accepted=True))
    world.mine.refresh_from_db()
    assert world.mine.region == "示例海淀"  # somebody who keeps nothing, and answers for all, looked at it


def test_ones_own_words_are_dropped_wherever_the_record_went():
    world = World("published")
    edited(world.clerk, world.mine, region="示例海淀")
    change = PendingChange.objects.get()
    world.mine.industries.set([world.other])
    with pytest.raises(Refused):
        submit(change, by=world.clerk)
    assert world.user.post(review_of(change), {"act": "submit", "seen": change.revision}).status_code == 403
    assert world.user.post(review_of(change), {"act": "drop", "seen": change.revision}).status_code == 302
    change.refresh_from_db()
    assert change.state == "dropped"


def writes(world: World):
    """Each writes something of others, or gives away or takes, in one step or two."""

    def save(row, **values):
        row.refresh_from_db()  # what was written before was taken back
        for name, value in values.items():
            setattr(row, name, value)
        row.save()

    part, theirs = world.mine.memberships.get(), world.theirs.memberships.get()
    yield lambda: save(world.theirs, region="示例区")
    yield lambda: save(theirs, printed="示例")
    yield lambda: save(theirs, organisation=world.mine)
    yield lambda: save(part, organisation=world.theirs)
    yield lambda: world.theirs.memberships.get().delete()
    yield lambda: world.theirs.contacts.get().delete()
    yield lambda: save(world.theirs.contacts.get(), phone="1380000")
    yield lambda: world.theirs.industries.add(world.own)
    yield lambda: world.theirs.industries.set([world.own])
    yield lambda: world.mine.industries.clear()
    yield lambda: world.mine.industries.set([world.other])
    yield lambda: (save(world.theirs, region="示例区"), world.theirs.industries.set([world.own]))
    yield lambda: (save(world.mine, region="示例区"), save(world.theirs, region="示例区"))
    yield lambda: Contact.objects.create(organisation=world.theirs, name="示例")
    yield lambda: factories.citation(world.theirs)
    yield lambda: factories.citation(theirs)
    yield lambda: Honour.objects.create(organisation=world.theirs, title="示例")
    yield lambda: Honour.objects.create(roster=factories.roster(), title="示例", printed="示例")
    yield lambda: Organisation.objects.create(name="示例无业", state="draft")
    yield lambda: factories.indicator(state="draft")
    yield lambda: save(world.own, name="示例改名")
    yield lambda: save(world.clerk.work_groups.get(), name="示例改名")
    yield lambda: world.clerk.work_groups.get().industries.add(world.other)
    yield lambda: Party.objects.create(project=factories.project(), printed="示例", role="signatory")


def test_code_that_writes_for_a_clerk_writes_only_what_is_theirs(world):
    before = kept(world)
    for write in writes(world):
        with pytest.raises(OutsideScope), Held(by=world.clerk):
            write()
    assert kept(world) == before
    for by in (None, world.office):
        with Held(by=by):
            world.theirs.contacts.get().delete() if by is None else factories.citation(world.theirs)
    assert kept(world) != before


def test_what_is_theirs_is_written_in_every_way(world):
    world.mine.refresh_from_db()
    with Held(by=world.clerk):
        world.mine.region = "示例区"
        world.mine.save()
        world.mine.industries.add(world.other)
        factories.citation(world.mine)
        Contact.objects.create(organisation=world.mine, name="示例")
        world.mine.memberships.get().delete()
        made = Project.objects.create(title="示例项目", state="draft")
        made.industries.add(world.own)
        Party.objects.create(project=made, organisation=world.theirs, role="signatory")
        factories.source(state="draft", title="示例新来源")
    assert world.mine.contacts.count() == 2 and Project.objects.get().parties.count() == 1
    changes = PendingChange.objects.count()
    assert changes == (1 if world.mine.state == "published" else 0)
    if not changes:
        world.mine.refresh_from_db()
        assert (world.mine.region, world.mine.industries.count(), world.mine.memberships.count()) == ("示例区", 2, 0)
