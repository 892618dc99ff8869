"""Two records made one without losing a word, and two again: drafts at once, what is public by a second person."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import models
from django.test import Client
from django.utils import timezone

from fengtai.records.bin import BinEntry
from fengtai.records.labelled import Followed
from fengtai.records.links_to import citing, links_to, naming
from fengtai.records.mergeable import Mergeable, survivors
from fengtai.records.models import Citation, Record
from fengtai.records.naming.name_books import NameBook
from fengtai.review.actions import Refused, drop, submit
from fengtai.review.bin import put_in, restore
from fengtai.review.merges import Merge
from fengtai.review.merging.decisions import candidates, decide, reasons, take_back
from fengtai.review.merging.merging import merge, stays_better
from fengtai.review.merging.plans import BOTH, LOST, Plan
from fengtai.review.merging.treatment import AS_JSON, BY_NUMBER
from fengtai.review.merging.undoing import undo
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.terms import Terms
from partners.models import Organisation
from tests import factories
from tests.importing.import_steps import codes, planned, saved
from tests.review.people import edited, person

pytestmark = pytest.mark.django_db
MERGEABLE = [model for model in apps.get_models() if issubclass(model, Mergeable)]
SUBJECTS = ("partners", "projects", "indicators")
CODE, OTHER_CODE = "91110106MA0123453A", "91110106MA06543266"


@pytest.fixture
def by():
    return person("示例编辑")


@pytest.fixture
def checks():
    return person("示例审核")


def dump() -> list[dict]:
    """All rows of all subjects and all citations, but for versions and moments: a version never goes back."""
    found = [model for model in apps.get_models() if not hasattr(model, "instance_type")]
    rows = []
    for model in [Citation, *(model for model in found if model._meta.app_label in SUBJECTS)]:
        life = getattr(model, "life", ())
        for row in serializers.serialize("python", model._base_manager.order_by("pk")):
            rows.append(row | {"fields": {k: v for k, v in row["fields"].items() if k not in life}})
    return rows


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def two(**state):
    """The one that stays, and another under a longer name."""
    return factories.organisation(name="示例甲", **state), factories.organisation(name="示例甲有限公司", **state)


def named_everywhere(record) -> None:
    """A row of every model by every link that there is, and a citation."""
    for field in links_to(type(record)):
        if field.many_to_many:
            getattr(factories.made_row(field.model), field.name).add(record)
        else:
            factories.made_row(field.model, **{field.name: record})
    factories.citation(record, field="name", words="示例")
    for model in [model for model in apps.get_models() if issubclass(model, Record)]:
        models.QuerySet(model).update(state=record.state)


# What is covered


@pytest.mark.parametrize("model", MERGEABLE)
def test_every_link_to_a_record_is_covered(model):
    links = {(field.model, field.name) for field in links_to(model)}
    for relation in [
        one for one in model._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete
    ]:
        field, through = relation.field, relation.related_model
        if field.name == "merged_into" or hasattr(through, "instance_type") or through._meta.auto_created:
            continue  # rows of bare link tables are the links themselves
        if field.many_to_many and not field.remote_field.through._meta.auto_created:
            continue  # the rows of the link's own table name it
        assert (field.model, field.name) in links, f"{field} is not moved by a merge"
        assert issubclass(field.model, Followed), f"{field.model} is written unnoted"


def test_every_other_way_to_name_a_record_says_what_a_merge_does_with_it():
    ours = [model for model in apps.get_models() if not hasattr(model, "instance_type")]
    kinds = {
        model._meta.label_lower
        for model in ours
        if any(field.related_model is ContentType or field.name == "object_id" for field in model._meta.concrete_fields)
    }
    assert kinds - {"auth.permission"} == BY_NUMBER.keys()
    json = {
        f"{model._meta.label_lower}.{field.name}"
        for model in ours
        if model._meta.app_label in ("fengtai", *SUBJECTS)
        for field in model._meta.concrete_fields
        if isinstance(field, models.JSONField)
    }
    assert json == AS_JSON.keys()


@pytest.mark.parametrize("state", ["draft", "published"])
def test_all_that_names_a_record_moves_and_comes_back(state, by, checks):
    survivor, loser = two(state=state)
    named_everywhere(loser)
    before, count = dump(), {field: len(keys) for field, keys in naming(loser).items()}
    assert set(count) == set(links_to(Organisation))
    done = merge(survivor, loser, by=by, why="示例同一")
    if state == "published":
        assert dump() == before and done.change.state == PendingChange.State.SUBMITTED
        release(done.change, Terms(by=checks, accepted=True))
    loser, moved = fresh(loser), naming(survivor)
    assert (loser.state, loser.merged_into, naming(loser), citing(loser)) == (Record.State.WITHDRAWN, survivor, {}, [])
    added = {Organisation._meta.get_field("names").field: 1}
    assert {field: len(keys) for field, keys in moved.items()} == {f: n + added.get(f, 0) for f, n in count.items()}
    assert survivor.names.filter(name="示例甲有限公司").exists() and len(citing(survivor)) == 1
    undone = undo(fresh(done), by=by, why="示例不同")
    if state == "published":
        release(undone.undoing, Terms(by=checks, accepted=True))
    assert dump() == before
    assert fresh(done).is_undone


# Without losing a word


def test_what_both_have_becomes_one_row_with_the_proofs_of_both(by):
    survivor, loser = two(state="draft")
    place = factories.place(state="draft")
    place.organisations.set([survivor, loser])
    roster, level = factories.roster(state="draft"), factories.level()
    kept, lost = (
        factories.membership(organisation=one, roster=roster, level=level, **more)
        for one, more in ((survivor, {}), (loser, {"since": "2023年", "printed": "示例印刷"}))
    )
    proof = factories.citation(lost, field="since", words="2023年入选")
    other = factories.citation(lost, field="printed", words="示例印刷")
    factories.organisation_name(organisation=survivor, name="示例简称")
    factories.organisation_name(organisation=loser, name="示例简称")
    factories.organisation_name(organisation=loser, name="示例甲")  # the name of the one that stays
    project = factories.project(state="draft")
    for one in (survivor, loser):
        factories.party(project=project, organisation=one, printed="")
    before = dump()
    plan = Plan(survivor, loser)
    printed = next(one for one in plan.questions if one.field.name == "printed")
    done = merge(survivor, loser, by=by, why="示例", choices={printed.key: "kept"})
    kept = fresh(kept)
    assert (str(kept.since), kept.printed) == ("2023年", "")  # what was printed of the other stays with the other
    assert [(fresh(one).record, fresh(one).field) for one in (proof, other)] == [(kept, "since"), (kept, "")]
    assert set(survivor.names.values_list("name", flat=True)) == {"示例简称", "示例甲有限公司"}
    assert [*place.organisations.all()] == [survivor]
    assert [one.organisation for one in project.parties.filter(held_back=False)] == [survivor]
    undo(done, by=by, why="示例")
    assert dump() == before


def test_each_field_says_what_was_chosen_and_its_proofs_follow(by):
    survivor, loser = two(state="draft")
    Organisation.objects.filter(pk=survivor.pk).update(address="示例路1号", remark="甲的备注", region="示例区")
    Organisation.objects.filter(pk=loser.pk).update(credit_code=CODE, address="示例路2号", remark="乙的备注")
    industries = [factories.industry(state="draft") for _one in range(2)]
    survivor.industries.set(industries[:1])
    loser.industries.set(industries[1:])
    given_up = factories.citation(fresh(survivor), field="address", words="示例路1号")
    taken = factories.citation(fresh(loser), field="address", words="示例路2号")
    named = factories.citation(fresh(loser), field="name", words="示例甲有限公司")
    before = dump()
    sides = {"name": LOST, "address": LOST, "remark": BOTH}
    plan = Plan(fresh(survivor), fresh(loser))
    choices = {one.key: sides[one.field.name] for one in plan.questions if one.field.name in sides}
    done = merge(survivor, loser, by=by, why="示例", choices=choices, kind="short")
    one = fresh(survivor)
    assert (one.name, one.credit_code, one.address) == ("示例甲有限公司", CODE, "示例路2号")
    assert (one.remark, one.region) == ("甲的备注\n乙的备注", "示例区")
    assert set(one.industries.all()) == {*industries}
    assert [*one.names.values_list("name", "kind")] == [("示例甲", "short")]
    assert [fresh(proof).field for proof in (given_up, taken, named)] == ["", "address", "name"]
    assert fresh(loser).credit_code is None
    undo(done, by=by, why="示例")
    assert dump() == before


# Refused


def test_what_stands_against_a_merge_is_told(by, checks):
    public, draft = factories.organisation(name="示例公开"), factories.organisation(name="示例草稿", state="draft")
    one, other = two(state="draft")
    for pair in ((one, one), (draft, public)):
        with pytest.raises(Refused):
            merge(*pair, by=by, why="示例")
    with pytest.raises(Refused):
        merge(one, other, by=by, why=" ")
    with pytest.raises(Refused):
        merge(one, other, by=by, why="示例", seen="0" * 32)
    waits = merge(public, draft, by=by, why="示例")
    with pytest.raises(Refused):  # half of it waits already
        merge(one, draft, by=by, why="示例")
    drop(waits.change, by=by)
    merge(one, other, by=by, why="示例")
    with pytest.raises(Refused):
        merge(draft, other, by=by, why="示例")
    assert Merge.objects.count() == 2


def test_what_is_public_goes_to_nothing_that_is_not_public_yet(by, checks):
    ahead = timezone.now() + timedelta(days=3)
    embargoed, public, draft = (factories.organisation(name=f"示例{name}") for name in "甲乙丙")
    Organisation.objects.filter(pk=embargoed.pk).update(publish_at=ahead)
    Organisation.objects.filter(pk=draft.pk).update(state="draft")
    embargoed, draft = fresh(embargoed), fresh(draft)
    assert stays_better(embargoed, public) == public and stays_better(draft, embargoed) == embargoed
    for survivor, loser in ((embargoed, public), (draft, embargoed)):
        with pytest.raises(Refused):
            merge(survivor, loser, by=by, why="示例")
    done = merge(public, factories.organisation(name="示例丁"), by=by, why="示例")
    Organisation.objects.filter(pk=public.pk).update(publish_at=ahead)
    with pytest.raises(Refused):
        release(done.change, Terms(by=checks, accepted=True))


def test_a_merge_that_waits_stops_whole_where_something_came_to_it(by, checks):
    survivor, loser = two()
    done = merge(survivor, loser, by=by, why="示例")
    factories.membership(organisation=loser)
    with pytest.raises(Refused):
        release(done.change, Terms(by=checks, accepted=True))
    assert fresh(loser).merged_into is None and fresh(done.change).state == PendingChange.State.CONFLICT


def test_drafts_that_a_public_place_names_wait_with_it(by, checks):
    survivor, loser = two(state="draft")
    place = factories.place()
    place.organisations.add(loser)
    before = dump()
    done = merge(survivor, loser, by=by, why="示例")
    assert dump() == before
    release(done.change, Terms(by=checks, accepted=True))
    assert [*place.organisations.all()] == [survivor] and fresh(loser).merged_into == survivor
    undone = undo(fresh(done), by=by, why="示例")
    assert undone.undoing_waits
    release(undone.undoing, Terms(by=checks, accepted=True))
    assert dump() == before


def test_a_merge_is_undone_only_while_nothing_later_touched_it(by):
    survivor, loser = two(state="draft")
    row = factories.membership(organisation=loser)
    done = merge(survivor, loser, by=by, why="示例")
    row = fresh(row)
    row.position = 3
    row._history_user = by
    row.save()
    with pytest.raises(Refused) as told:
        undo(done, by=by, why="示例")
    assert len(told.value.reasons) == 1 and str(row) in told.value.reasons[0] and by.username in str(told.value)
    with pytest.raises(Refused):
        merge(factories.organisation(state="draft"), loser, by=by, why="示例")


# Whoever names the record that went is led on


def test_the_old_address_leads_on_along_a_chain(by, checks):
    one, two_, three = (factories.organisation(name=name) for name in ("示例甲", "示例乙", "示例丙"))
    for survivor, loser in ((two_, one), (three, two_)):
        done = merge(survivor, loser, by=by, why="示例")
        release(done.change, Terms(by=checks, accepted=True))
    answer = Client().get(one.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, three.get_absolute_url())
    assert survivors(Organisation, [one.pk, two_.pk]) == {one.pk: three.pk, two_.pk: three.pk}
    assert NameBook(Organisation).keys("示例甲") == {three.pk: "示例丙"}


def test_what_waits_or_lies_in_the_bin_goes_on_with_the_other(by, checks):
    survivor, loser = two()
    membership = factories.membership(organisation=loser)
    put_in(membership, by=by)
    membership.delete()
    edited(by, loser, address="示例路1号")
    change = PendingChange.objects.get()
    done = merge(survivor, loser, by=checks, why="示例")
    release(done.change, Terms(by=by, accepted=True))
    [row] = restore(BinEntry.objects.get())
    assert row.organisation_id == survivor.pk
    submit(change, by=by)
    release(change, Terms(by=checks, accepted=True))
    assert (fresh(survivor).address, fresh(loser).address) == ("示例路1号", "")


def test_a_file_that_names_the_record_that_went_finds_the_other(by, tmp_path):
    survivor = factories.organisation(name="示例甲", credit_code=CODE, state="draft")
    loser = factories.organisation(name="示例乙", credit_code=OTHER_CODE, state="draft")
    merge(survivor, loser, by=by, why="示例")
    rows = [["平台编号", "单位名称", "统一社会信用代码", "地址"], [None, "示例乙", None, "示例路1号"]]
    found = planned("organisations", saved(tmp_path / "名录.xlsx", ("名录", rows)))
    assert [(row.outcome, row.key) for row in found.rows] == [("changed", survivor.pk)]
    rows[1:] = [[None, "示例丙", OTHER_CODE, "示例路1号"], [loser.pk, "示例乙", None, "示例路2号"]]
    found = planned("organisations", saved(tmp_path / "名录.xlsx", ("名录", rows)))
    assert [row.key for row in found.rows] == [survivor.pk, None]
    assert [code for _row, code in codes(found)] == ["other_code", "merged_id"]


# Which pairs come up


def test_a_code_or_a_name_makes_a_pair_and_similarity_alone_never(by):
    plain = factories.organisation(name="示例（北京）科技有限公司", state="draft")
    wide = factories.organisation(name="示例(北京)科技股份有限公司", state="draft")
    short = factories.organisation(name="示例科", state="draft")
    factories.organisation_name(organisation=plain, name="示例科", kind="short")
    factories.organisation(name="示例（上海）科技有限公司", state="draft")
    factories.organisation(name="示例北京科技集团", state="draft")
    holder = factories.organisation(name="示例持有", credit_code=CODE)
    asks = factories.organisation(name="示例请求")
    change = PendingChange.objects.create(
        content_type=ContentType.objects.get_for_model(Organisation), object_id=asks.pk, author=by, label="示例"
    )
    change.edits = [
        {
            "model": "partners.organisation",
            "key": asks.pk,
            "kind": "~",
            "old": {"credit_code": None},
            "new": {"credit_code": CODE},
        }
    ]
    change.save()
    pairs = [(plain.pk, wide.pk), (plain.pk, short.pk), (holder.pk, asks.pk)]
    assert candidates(Organisation) == pairs
    assert all(len(found) == 1 for found in reasons(Organisation, pairs).values())
    decision = decide(plain, wide, "different", by=by)
    decide(short, plain, "group", by=by)
    assert candidates(Organisation) == pairs[2:]
    take_back(decision, by=by)
    assert candidates(Organisation) == [pairs[0], pairs[2]]
