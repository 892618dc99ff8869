"""A record and its parts are published as one: a part has an owner, and no publication of its own."""

import json
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.utils import timezone

from fengtai.records.doors import public_links
from fengtai.records.models import Citation, Part
from fengtai.records.record import EMBARGOED
from fengtai.review.actions import Refused, submit, withdraw
from fengtai.review.releasing import release
from fengtai.review.terms import Terms
from partners.models import Contact, Organisation
from tests import factories
from tests.pages.marked_rows import site_models

pytestmark = pytest.mark.django_db
PARTS = [model for model in site_models() if issubclass(model, Part)]
OWNERS = {
    "OrganisationName": ("organisation",),
    "Membership": ("organisation",),
    "Honour": ("organisation", "roster"),
    "RosterFigure": ("roster",),
    "IndustryEntry": ("industry",),
    "PlaceArea": ("place",),
    "PlaceEntry": ("place",),
    "ProjectEntry": ("project",),
    "Party": ("project",),
    "Amount": ("project",),
    "StageEntry": ("project",),
    "Citation": ("record",),
}


def submitted(record, user):
    submit(record, by=user, why="示例理由")


def released(record, user):
    release(record, Terms(by=user, why="示例理由"))


def withdrawn(record, user):
    withdraw(record, by=user, why="示例理由", emergency=True)


def test_every_part_names_its_owner_and_has_no_state():
    assert {model.__name__: model.owner for model in PARTS} == OWNERS
    assert Contact.owner == ("organisation",)
    for model in PARTS:
        columns = {field.name for field in model._meta.concrete_fields}
        assert columns.isdisjoint({"state", "publish_at"}), model
        assert {*model.owner} - {*public_links(model)} == ({"record"} if model is Citation else set())


def test_a_part_belongs_to_the_first_owner_that_is_set():
    organisation, roster = factories.organisation(), factories.roster()
    assert factories.honour(organisation=organisation, roster=roster).owned_by == organisation
    assert factories.honour(roster=roster).owned_by == roster
    assert factories.honour().owned_by is None
    assert factories.citation(organisation).owned_by == organisation


def test_all_parts_come_and_go_with_their_record(client, admin_user):
    firm = factories.organisation(state="draft")
    parts = [
        factories.membership(organisation=firm),
        factories.honour(organisation=firm),
        factories.organisation_name(organisation=firm),
    ]
    for act, public in ((submitted, False), (released, True), (withdrawn, False)):
        act(Organisation.objects.get(pk=firm.pk), admin_user)
        assert [type(part).objects.public().filter(pk=part.pk).exists() for part in parts] == [public] * 3
        assert (client.get(firm.get_absolute_url()).status_code == 200) is public
    Organisation.objects.update(state="published")
    type(parts[0]).objects.update(held_back=True)
    assert [type(part).objects.get(pk=part.pk).is_public for part in parts] == [False, True, True]


def test_a_part_held_back_stands_neither_on_the_page_nor_in_the_files_of_its_record(client):
    firm = factories.organisation(name="示例甲")
    factories.organisation_name(organisation=firm, name="暗名", held_back=True)
    source = factories.source(title="暗源")
    factories.citation(firm, source=source, held_back=True)
    for address in (firm.get_absolute_url(), "/organisations/?format=json"):
        text = b"".join(client.get(address)).decode()
        assert ("暗名" in text, f"/sources/{source.pk}/" in text, "暗源" in text) == (False, False, False)
    for asked in ("q=暗名", f"source={source.pk}"):
        assert json.loads(b"".join(client.get(f"/organisations/?{asked}&format=json")))["rows"] == []
    assert client.get(source.get_absolute_url()).text.count(f"{firm}") == 0


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        (submitted, "draft", "review"),
        (submitted, "withdrawn", "review"),
        (submitted, "review", None),
        (submitted, "published", None),
        (submitted, EMBARGOED, None),
        (released, "draft", None),
        (released, "review", "published"),
        (released, "withdrawn", None),
        (released, EMBARGOED, "published"),
        (released, "published", None),
        (withdrawn, "published", "withdrawn"),
        (withdrawn, EMBARGOED, "withdrawn"),
        (withdrawn, "draft", None),
        (withdrawn, "review", None),
    ],
)
def test_an_act_moves_what_its_state_allows_and_leaves_the_rest(admin_user, act, before, after):
    later = timezone.now() + timedelta(days=1)
    state = {"state": "published", "publish_at": later} if before == EMBARGOED else {"state": before}
    row = factories.organisation(**state)
    with nullcontext() if after else pytest.raises(Refused):
        act(row, admin_user)
    fresh = Organisation.objects.get(pk=row.pk)
    assert fresh.publication_state == (after or before)
    assert fresh.history.count() == (2 if after else 1)
    if after:
        last = fresh.history.first()
        assert (last.history_user, last.history_change_reason, last.state) == (admin_user, "示例理由", after)


def test_an_embargoed_record_reads_when_it_will_be_published_in_beijing_time():
    row = factories.organisation(publish_at="2999-12-01T01:00:00+00:00")
    row.refresh_from_db()
    assert (row.publication_state, row.publication_in_words) == (EMBARGOED, "定时公开 2999-12-01 09:00")
    row.publish_at = timezone.now() - timedelta(seconds=1)
    assert (row.publication_state, row.publication_in_words) == ("published", "已发布")
