"""Two records made one without losing a word, and two again: drafts at once, what is public by a second person."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import models
from django.test import Client

from fengtai.records.labelled import Followed
from fengtai.records.links_to import citing, links_to, naming
from fengtai.records.mergeable import Mergeable, survivors
from fengtai.records.models import Citation, Kept, Record
from fengtai.records.naming.name_books import NameBook
from fengtai.review.actions import Refused, drop
from fengtai.review.bin import put_in, restore
from fengtai.review.merges import Merge
from fengtai.review.merging.decisions import candidates, decide, reasons, take_back
from fengtai.review.merging.edits_of import edits_of
from fengtai.review.merging.merging import merge
from fengtai.review.merging.plans import BOTH, LOST, Plan
from fengtai.review.merging.treatment import AS_JSON, BY_NUMBER
from fengtai.review.merging.undoing import undo
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.stored import LIFE
from fengtai.review.terms import Terms
from partners.models import Contact, Honour, Membership, Organisation, OrganisationName
from projects.models import Party
from tests import factories
from tests.review.people import edited, person

pytestmark = pytest.mark.django_db
MERGEABLE = [model for model in apps.get_models() if issubclass(model, Mergeable)]
SUBJECTS = ("partners", "projects", "indicators")
CODE, OTHER_CODE = "91110106MA01234561", "91110106MA0123457X"


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
        life = LIFE if issubclass(model, Kept) else set()
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
    for relation in [one for one in model._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]:
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
