"""The rules that records keep: publication, versions, rosters, memberships over time, codes and constraints."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fengtai.records.models import StaleVersion
from partners.credit_codes import normalise_credit_code
from partners.models import Membership, Organisation, Roster
from projects.models import Project
from tests import factories
from tests.pages.marked_rows import hidden_states

pytestmark = pytest.mark.django_db


def test_a_save_over_a_newer_version_is_refused():
    row = factories.organisation(name="示例甲")
    first, second = Organisation.objects.get(pk=row.pk), Organisation.objects.get(pk=row.pk)
    first.name = "示例乙"
    first.save()
    second.name = "示例丙"
    with pytest.raises(StaleVersion):
        second.save()
    assert Organisation.objects.get(pk=row.pk).name == "示例乙"
    assert Organisation.objects.get(pk=row.pk).version == row.version + 1


def test_a_save_of_some_fields_counts_as_a_version_too():
    row = factories.organisation()
    stale = Organisation.objects.get(pk=row.pk)
    row.save(update_fields=["name"])
    with pytest.raises(StaleVersion):
        stale.save(update_fields=["name"])


def test_is_public_and_public_agree():
    honour = factories.honour(organisation=factories.organisation(), roster=factories.roster())
    shown = {honour: {"held_back": False}} | {
        row: {"state": "published", "publish_at": None} for row in (honour.organisation, honour.roster)
    }
    for row, as_shown in shown.items():
        for state in (*hidden_states(type(row)).values(), as_shown):
            type(row).objects.filter(pk=row.pk).update(**state)
            fresh = type(honour).objects.get(pk=honour.pk)
            assert fresh.is_public == type(honour).objects.public().filter(pk=honour.pk).exists()
            assert fresh.is_public == (state is as_shown)


def test_a_roster_shows_stated_on_file_and_not_yet_named():
    roster = factories.roster(stated="600家")
    firm = factories.organisation()
    factories.membership(organisation=firm, roster=roster)
    factories.membership(organisation=firm, roster=roster, level=factories.level(code="chain-leader", name="示例链长"))
    factories.membership(roster=roster, held_back=True)
    [counted] = Roster.objects.with_counts()
    assert (str(counted.stated), counted.on_file, counted.not_yet_named) == ("600家", 1, 599)


@pytest.mark.parametrize(
    ("stated", "missing"), [("300余家", None), ("约20个", None), ("", None), ("两大", 2), ("15个", 15)]
)
def test_what_an_inexact_count_leaves_open_is_not_computed(stated, missing):
    factories.roster(stated=stated)
    assert Roster.objects.with_counts().get().not_yet_named == missing


def test_entries_of_every_kind_count_on_their_roster():
    roster = factories.roster(stated="20个")
    place, project, industry = factories.place(), factories.project(), factories.industry()
    roster.place_entries.create(place=place)
    roster.project_entries.create(project=project)
    roster.industry_entries.create(industry=industry)
    factories.work_group(roster=roster)
    factories.honour(roster=roster)
    assert Roster.objects.with_counts().get().on_file == 5


def test_as_of_a_day_and_what_changed_between_two():
    partner, leader = factories.level(), factories.level(code="chain-leader", name="示例链长", rank=2)
    joined, left, promoted, unknown = (factories.organisation(name=f"示例{name}") for name in "甲乙丙丁")
    factories.membership(organisation=joined, level=partner, since="2024年1月")
    factories.membership(organisation=left, level=partner, since="2022年", until="2023年12月31日")
    factories.membership(organisation=promoted, level=partner, since="2022年")
    factories.membership(organisation=promoted, level=leader, since="2024年2月")
    factories.membership(organisation=unknown, level=partner)
    changes = Membership.objects.compare(date(2023, 6, 1), date(2024, 4, 23))
    assert changes.joined == {joined.pk}
    assert changes.left == {left.pk}
    assert changes.promoted == {promoted.pk}
    assert unknown.pk not in Membership.objects.ranks_as_of(date(2024, 4, 23))


def test_a_membership_without_a_start_is_known_from_the_list_that_names_it():
    roster = factories.roster(conference=factories.conference(held="2024年4月23日"))
    membership = factories.membership(roster=roster)
    assert list(Membership.objects.as_of(date(2024, 4, 23))) == [membership]
    assert list(Membership.objects.as_of(date(2024, 4, 22))) == []


@pytest.mark.parametrize("state", ["draft", "review", "withdrawn"])
def test_a_hidden_conference_proves_no_membership_on_any_day(state):
    hidden = factories.conference(held="2031年5月6日", state=state)
    roster = factories.roster(conference=hidden)
    factories.membership(roster=roster)
    assert list(Membership.objects.as_of(date(2031, 5, 6))) == []


@pytest.mark.parametrize(
    "code",
    ["91110000600037341L", "９１１１００００６０００３７３４１Ｌ", " 9111 0000 6000 37341l "],
)
def test_a_credit_code_is_normalised(code):
    row = Organisation(name="示例", credit_code=code)
    row.full_clean()
    assert row.credit_code == normalise_credit_code(code) == "91110000600037341L"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("9.1E+17", "damaged"),
        ("911100006000373", "length"),
        ("91110000600037341I", "shape"),
        ("91110000600037342L", "organisation"),
        ("91110000600037341M", "checksum"),
    ],
)
def test_a_wrong_credit_code_is_refused_with_its_reason(code, reason):
    with pytest.raises(ValidationError) as refused:
        Organisation(name="示例", credit_code=code).full_clean()
    assert refused.value.error_dict["credit_code"][0].code == reason


def test_a_credit_code_is_unique_when_present():
    factories.organisation(name="示例甲", credit_code="")
    factories.organisation(name="示例乙", credit_code=None)
    assert Organisation.objects.filter(credit_code=None).count() == 2
    factories.organisation(name="示例丙", credit_code="91110000600037341L")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.organisation(name="示例丁", credit_code="91110000600037341l")


def test_a_project_may_have_no_title_and_shows_its_parties():
    project = factories.project(title="")
    project.parties.create(organisation=factories.organisation(name="示例通号"), role="signatory")
    assert "示例通号" in str(project)


def current_stage(project) -> str:
    return Project.objects.with_stage().get(pk=project.pk).current_stage


def test_the_current_stage_is_the_furthest_entry_not_held_back():
    project = factories.project(kind="industry")
    for stage, held_back in (("signed", False), ("started", False), ("producing", True)):
        factories.stage_entry(project=project, stage=stage, held_back=held_back)
    assert current_stage(project) == "started"


def test_a_stage_that_the_kind_of_project_does_not_pass_is_refused():
    fund = factories.project(kind="fund")
    with pytest.raises(ValidationError) as refused:
        factories.stage_entry(project=fund, stage="started").full_clean()
    assert "stage" in refused.value.error_dict


def test_a_revision_is_a_new_row_and_the_latest_is_a_question():
    first = factories.observation(value="2187.5亿元", vintage="preliminary")
    revised = factories.observation(
        indicator=first.indicator, scope=first.scope, value="2190.1亿元", supersedes=first, reason="最终核实"
    )
    assert list(type(first).objects.latest_published()) == [revised]
    type(first).objects.filter(pk=revised.pk).update(state="draft")
    assert first in type(first).objects.public().latest_published()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.observation(indicator=first.indicator, supersedes=first, reason="")


@pytest.mark.parametrize(
    "broken",
    [
        lambda: factories.observation(value="", period=""),
        lambda: factories.honour(printed=""),
        lambda: factories.project().parties.create(role="signatory"),
        lambda: factories.membership(since="2024年", until="2023年"),
    ],
    ids=[
        "observation states something",
        "honour names its receiver",
        "party names somebody",
        "membership ends after it starts",
    ],
)
def test_the_database_itself_refuses_what_makes_no_sense(broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        broken()
