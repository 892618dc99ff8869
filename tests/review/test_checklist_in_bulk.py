"""The checklist of many records, and of all that the report states."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from fengtai.records.models import Citation, Record
from fengtai.review.checklist import checklist, checklists
from fengtai.review.gathering import part_links
from indicators.models import Observation
from partners.models import Honour, Industry, Membership, Organisation
from projects.models import Place, StageEntry
from tests import factories
from tests.review.findings import DRAFT, observation, proved, told

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]


def test_nothing_of_the_report_stops(report):
    found = [one for model in RECORDS for own in checklists(list(model.objects.all())).values() for one in own]
    assert [f"{finding.row}: {finding.message}" for finding in found if finding.is_error] == []
    asked = {(str(finding.row), finding.field) for finding in found}
    # Two names of which one begins with the other, and what the report itself leaves in doubt.
    assert {name for name, field in asked if field == "name"} == {"国家高新技术企业", "国家高新技术企业净增长"}
    assert {field for _name, field in asked} == {"name", "doubt"}


def test_findings_speak_the_language_of_the_reader():
    place = factories.place(area="3万平方米")
    with override("en"):
        assert checklist(place)[0].message == "area 3万平方米: no source is given for it."


def test_no_record_asks_nothing():
    assert checklists([]) == {}


def test_what_is_on_file_counts_not_what_was_read_before():
    stale = factories.place()
    Place.objects.filter(pk=stale.pk).update(area="3万平方米")
    assert told(stale) == {(True, stale, "area")}


def full(number: int) -> Organisation:
    roster = factories.Roster.objects.first() or factories.roster(stated="900家")
    owner = factories.organisation(name=f"甲{chr(0x4E00 + 2 * number)}乙丙{chr(0x6E00 + 2 * number)}丁", state=DRAFT)
    factories.organisation_name(organisation=owner, name=f"另名{chr(0x5E00 + number)}")
    Membership.objects.create(organisation=owner, level=factories.level(), roster=roster)
    Membership.objects.create(organisation=owner, level=factories.level(code="lead", name="链长"), roster=roster)
    Honour.objects.create(organisation=owner, title="示例荣誉", roster=roster)
    for field in ("name", "memberships", ""):
        proved(owner, field)
    return owner


def full_project(number: int):
    project = factories.project(title=f"示例{chr(0x4E00 + 2 * number)}项目{chr(0x6E00 + 2 * number)}", state=DRAFT)
    factories.amount(project=project)
    factories.stage_entry(project=project, happened="2024年")
    factories.party(project=project, organisation=factories.organisation(name=f"方{number}"))
    return proved(project, "amounts")


def revised(number: int) -> Observation:
    old = observation(period="2023年", value="1亿元")
    return observation(indicator=old.indicator, supersedes=old, reason="示例", period="2023年", growth="增长1%")


def nested(number: int) -> Place:
    return factories.place(name=f"示例{chr(0x4E00 + 2 * number)}", parent=factories.place(name=f"片区{number}"))


@pytest.mark.parametrize("make", [full, full_project, revised, nested])
def test_many_records_take_as_many_statements_as_one(make):
    rows = [make(number) for number in range(4)]
    checklist(rows[0])
    with CaptureQueriesContext(connection) as one:
        checklist(rows[0])
    with CaptureQueriesContext(connection) as many:
        found = checklists(rows)
    assert set(found) == set(rows)
    assert len(many) == len(one)


def test_every_part_has_one_group_and_the_relations_are_known():
    """The parts of an organisation and a project, as a reviewer knows them."""
    names = {model: {link.get_accessor_name() for link in part_links(model)} for model in RECORDS}
    assert names[Organisation] == {"names", "memberships", "honours"}
    assert names[StageEntry._meta.get_field("project").related_model] == {"parties", "entries", "amounts", "stages"}
    assert names[Industry] == {"entries"}
    assert Citation not in names
