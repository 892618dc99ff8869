"""Whatever is written, and in whatever way, stands in the trail once: what it says leads from the state before to
the state afterwards.
"""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from fengtai.importing.taking.steps import commit, undo
from fengtai.records.labelled import Followed
from fengtai.records.models import BinEntry, Record
from fengtai.records.trail.acting import WRITES, Act, Way
from fengtai.records.trail.entries import TrailEntry
from fengtai.records.trail.stored import ADDED, states
from fengtai.records.trail.written import EMPTY, said_by
from fengtai.review.actions import submit, withdraw
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release, release_all
from fengtai.review.terms import Terms
from partners.models import Contact, Industry, Organisation
from tests import factories
from tests.admin.admin_pages import MODELS, address, row
from tests.importing.import_steps import received, saved
from tests.pages.marked_rows import forget_hubs
from tests.review.people import person, signed_in
from tests.review.test_nothing_public_moves import KEPT, RECORDS, WAYS, published

pytestmark = pytest.mark.django_db
FOLLOWED = [model for model in apps.get_models() if issubclass(model, Followed)]


def snapshot() -> dict:
    """All that is stored of rows that people write, as the trail speaks of it."""
    rows = [(model, key) for model in FOLLOWED for key in model._base_manager.order_by().values_list("pk", flat=True)]
    return {at: said_by(at[0], ADDED, state) for at, state in states(rows).items()}


class Watched:
    """What the trail says since it began, held against what is stored."""

    def __init__(self):
        self.state, self.last = snapshot(), TrailEntry.objects.count()

    def entries(self) -> list[TrailEntry]:
        """Those of the last act; each row was written once in it, and said before what the entry says."""
        found = [*TrailEntry.objects.order_by("pk")[self.last :]]
        self.last += len(found)
        written = [self.written(entry) for entry in found if entry.act in WRITES]
        assert len({*written}) == len(written), written
        return found

    def written(self, entry: TrailEntry) -> tuple:
        at = (entry.content_type.model_class(), entry.object_id)
        if entry.act == Act.ADDED:
            assert at not in self.state, entry
            self.state[at] = entry.new
        elif entry.act == Act.DELETED:
            assert self.state.pop(at) == entry.old, entry
        else:
            assert {name: self.state[at].get(name) for name in entry.old} == _given(entry.old), entry
            new = self.state[at] | entry.new
            self.state[at] = {name: value for name, value in new.items() if value not in EMPTY}
        return at

    def agrees(self) -> bool:
        now = snapshot()
        assert {at: said for at, said in now.items() if self.state.get(at) != said} == {}
        return now.keys() == self.state.keys()


def _given(values: dict) -> dict:
    return {name: None if value in EMPTY else value for name, value in values.items()}


@pytest.fixture
def staff(client):
    forget_hubs()
    client.force_login(get_user_model().objects.create_superuser("示例员工", password="x"))
    return client


def ways_for(found, is_public: bool) -> dict:
    """Some ways for each row, by turns from model to model, so that every way meets many models; all end deleted."""
    if not isinstance(found, Record) and not is_public:
        return {name: WAYS[name] for name in ("change", "delete")}
    names, turn, apart = [*WAYS], FOLLOWED.index(type(found)) + is_public, 2 if is_public else 4
    return {name: WAYS[name] for name in names if names.index(name) % apart == turn % apart or name == "delete"}


def test_every_way_of_the_admin_is_entered_once(staff):
    rows = [*((published(model), True) for model in KEPT), *((row(model), False) for model in MODELS)]
    drafts = [found for found, is_public in rows if not is_public and isinstance(found, Record)]
    for draft in drafts:
        type(draft).objects.filter(pk=draft.pk).update(state=Record.State.DRAFT)
    watched, user = Watched(), get_user_model().objects.get()
    for found, is_public in rows:
        for name, way in ways_for(found, is_public).items():
            if type(found)._base_manager.filter(pk=found.pk).exists():
                answer = way(staff, found)
                for entry in watched.entries():
                    assert (entry.by, answer.status_code in (200, 302)) == (user, True), (name, entry)
    assert watched.agrees()
    changes = [*PendingChange.objects.open()]
    kept = TrailEntry.objects.filter(act=Act.KEPT)
    said = {(entry.record_type_id, entry.record_id) for entry in kept}
    assert {(change.content_type_id, change.object_id) for change in changes} - said == set()
    reviewer = person("示例另一人")
    release_all(changes, Terms(by=reviewer, accepted=True))
    for entry in BinEntry.objects.all():
        staff.post(address(BinEntry, "change", entry.pk))
    assert {entry.by for entry in watched.entries() if entry.way == Way.RELEASE} == {reviewer}
    assert watched.agrees()
    assert {*RECORDS} - {entry.content_type.model_class() for entry in kept} == set()


def test_an_import_and_its_undoing_are_entered_with_their_batch(own_files, tmp_path):
    user, firm = person("示例员工"), factories.organisation(state="draft", name="示例一")
    public = factories.organisation(name="示例二")
    path = saved(
        tmp_path / "a.xlsx",
        ("a", [["单位名称", "所属产业"], ["示例一", "示例产业"], ["示例二", "示例产业"], ["示例三", ""]]),
    )
    batch, watched = received("organisations", path, references={"*": {"*": "create"}}), Watched()
    assert commit(batch, by=user)
    batch.refresh_from_db()
    found = watched.entries()
    assert (batch.state, {(entry.way, entry.by, entry.batch) for entry in found}) == (
        "committed",
        {(Way.IMPORT, user, batch)},
    )
    assert {entry.record_id for entry in found if entry.act == Act.KEPT} == {public.pk}
    assert watched.agrees() and firm.industries.count() == 1
    assert undo(batch, by=user)
    found = watched.entries()
    assert {(entry.way, entry.by, entry.batch) for entry in found} == {(Way.UNDO, user, batch)}
    assert Act.DROPPED in {entry.act for entry in found}
    assert watched.agrees()


def test_writes_past_the_admin_are_entered_too():
    firm, other = factories.organisation(state="draft"), factories.organisation(state="draft", name="示例他")
    industry, kinds = factories.industry(), factories.industry(name="示例业")
    watched = Watched()

    def every():
        yield firm.industries.set([industry, kinds])
        yield industry.organisations.add(other)
        yield kinds.organisations.clear()
        yield Organisation.objects.filter(pk__in=[firm.pk, other.pk]).update(introduction="示例")
        firm.name, other.name = "示例甲", "示例乙"
        yield Organisation.objects.bulk_update([firm, other], ["name"])
        yield Organisation.objects.bulk_create([Organisation(name="示例丙"), Organisation(name="示例丁")])
        yield Contact.objects.create(organisation=firm, name="示例人", phone="13812345678")
        yield factories.citation(firm)
        yield industry.delete()
        yield Organisation.objects.filter(pk=other.pk).delete()
        yield Organisation._base_manager.filter(name="示例丙").delete()
        yield Organisation.objects.get(pk=firm.pk).delete()

    counts = [len(watched.entries()) for _done in every()]
    assert watched.agrees()
    assert (counts, Industry.objects.count()) == ([1, 1, 1, 2, 2, 2, 1, 2, 3, 1, 1, 3], 1)
    told = str([*TrailEntry.objects.filter(content_type__model="contact").values()])
    assert ("13812345678" in told, "示例人" in told, "138****5678" in told) == (False, False, True)


def test_what_becomes_of_a_change_is_entered():
    editor, reviewer = person("示例编辑"), person("示例审核")
    firm = factories.organisation()
    signed_in(editor)
    TrailEntry.objects.all()
    change = withdraw(firm, by=editor, why="示例缘由")
    release(change, Terms(by=reviewer, accepted=True))
    told = [(entry.act, entry.way, entry.by, entry.why) for entry in TrailEntry.objects.about_records().order_by("pk")]
    assert told[1:] == [
        (Act.KEPT, Way.REVIEW, editor, "示例缘由"),
        (Act.SUBMITTED, Way.REVIEW, editor, "示例缘由"),
        (Act.CHANGED, Way.RELEASE, reviewer, "示例缘由"),
    ]
    submit(Organisation.objects.get(), by=editor)
    alone = factories.organisation(name="示例急")
    withdraw(alone, by=editor, why="示例急事", emergency=True)
    last = TrailEntry.objects.latest("pk")
    assert (last.way, last.by, last.why, last.new["state"]) == (Way.EMERGENCY, editor, "示例急事", "withdrawn")
