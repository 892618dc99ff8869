"""What stands against a release: for each finding a row that has it, and its neighbour that has not."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from fengtai.records.models import Citation, Labelled, Record
from fengtai.review.checklist import checklist, checklists
from fengtai.review.gathering import part_links
from indicators.models import Observation
from partners.models import Honour, Industry, Membership, Organisation
from projects.models import Place, StageEntry
from tests import factories

pytestmark = pytest.mark.django_db
DRAFT, WITHDRAWN = Record.State.DRAFT, Record.State.WITHDRAWN
TOMORROW = timezone.now() + timedelta(days=1)


def told(record, **how) -> set[tuple]:
    """Whether each finding stops, at which row, at which field."""
    return {(finding.is_error, finding.row, finding.field) for finding in checklist(record, **how)}


def proved(record, field="", **given):
    factories.citation(record, field=field, **given)
    return record


def observation(**given):
    return proved(factories.observation(state=DRAFT, **given))


# A figure and its source


def test_a_figure_without_a_source_stops():
    place = factories.place(state=DRAFT, area="3万平方米")
    assert told(place) == {(True, place, "area")}
    (finding,) = checklist(place)
    assert finding.message == "面积 3万平方米：没有注明出处。"


@pytest.mark.parametrize("field", ["area", ""])
def test_a_figure_is_proved_by_its_field_or_by_the_row_as_a_whole(field):
    assert told(proved(factories.place(area="3万平方米"), field)) == set()


def test_a_citation_of_another_field_or_held_back_proves_no_figure():
    place = proved(factories.place(area="3万平方米"), "location")
    proved(place, "area", held_back=True)
    assert told(place) == {(True, place, "area")}


@pytest.mark.parametrize("figure", ["", "—"])
def test_what_is_not_given_needs_no_source(figure):
    assert told(factories.place(area=figure)) == set()


def test_a_growth_is_a_figure():
    row = factories.observation(value="", growth="增长6.5%")
    assert told(row) == {(True, row, "growth")}


def test_a_part_is_proved_by_itself_or_by_its_record_naming_the_relation():
    project = factories.project()
    one, other = factories.amount(project=project), factories.amount(project=project, kind="loan")
    assert told(project) == {(True, one, "figure"), (True, other, "figure")}
    proved(one, "figure")
    assert told(project) == {(True, other, "figure")}
    proved(project, "amounts")
    assert told(project) == set()


def test_a_record_cited_as_a_whole_does_not_prove_its_parts():
    amount = factories.amount(project=proved(factories.project()))
    assert told(amount.project) == {(True, amount, "figure")}


def test_a_part_that_is_held_back_is_not_looked_at():
    amount = factories.amount(held_back=True, doubt="示例疑点")
    assert told(amount.project) == set()


def test_a_source_that_is_not_public_proves_nothing_and_is_named():
    source = factories.source(state=DRAFT, title="示例公报")
    place = proved(factories.place(area="3万平方米"), "area", source=source)
    assert told(place) == {(True, place, "area"), (False, place, "citations")}
    assert [finding.message for finding in checklist(place)] == [
        "面积 3万平方米：来源尚未公开（示例公报）。",
        "引自示例公报的出处不会显示：该来源尚未公开。",
    ]
    assert told(place, released_with=[source]) == set()


def test_an_embargoed_source_proves_what_is_released_after_it():
    place = proved(factories.place(area="3万平方米"), source=factories.source(publish_at=TOMORROW))
    assert (True, place, "area") in told(place)
    assert told(place, at=TOMORROW + timedelta(minutes=1)) == set()


def test_a_citation_that_speaks_of_something_hidden_proves_nothing():
    project = proved(factories.project(), "amounts")
    shown, hidden = factories.amount(project=project), factories.amount(project=project, held_back=True)
    assert told(project) == {(True, shown, "figure")}
    assert "不公开的内容" in checklist(project)[0].message
    hidden.delete()
    assert told(project) == set()


def test_an_honour_of_an_organisation_is_no_part_of_its_roster():
    roster = factories.roster(stated="")
    named = factories.honour(roster=roster, doubt="示例疑点")
    owned = factories.honour(roster=roster, organisation=factories.organisation(), doubt="示例疑点")
    assert told(roster) == {(False, named, "doubt")}
    assert told(owned.organisation) == {(False, owned, "doubt")}


# A figure and its unit


def test_a_figure_without_the_unit_of_its_indicator_stops():
    gdp = factories.indicator(unit="亿元")
    bare, whole = observation(indicator=gdp, value="1214.2"), observation(indicator=gdp, value="1214.2亿元")
    assert told(bare) == {(True, bare, "value")}
    assert told(whole) == set()
    assert told(observation(value="1214.2")) == set()  # an indicator without a unit asks for none


# Texts that are not read, rules, constraints


def unread(row, field: str, text: str):
    """As a text is stored that an earlier release could read and this one cannot."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {field} = %s WHERE id = %s", [text, row.pk])


def test_a_text_that_is_not_read_stops():
    place, neighbour = factories.place(), factories.place(name="另外一园", area="—")
    unread(place, "area", "三五层楼")
    unread(place, "as_of", "2024年13月")
    assert told(place) == {(True, place, "area"), (True, place, "as_of")}
    assert told(neighbour) == set()


def test_what_a_form_would_refuse_stops():
    project = factories.project()
    entry = factories.stage_entry(project=project, stage="proposed")  # only funds are proposed
    organisation = factories.organisation(website="no address")
    Organisation.objects.filter(pk=organisation.pk).update(kind="unheard-of")
    assert told(project) == {(True, entry, "stage")}
    assert told(organisation) == {(True, organisation, "website"), (True, organisation, "kind")}
    project.kind = "fund"
    project.save()
    assert told(project) == set()


@pytest.mark.parametrize("replacing", [True, False])
def test_a_revision_of_something_else_stops_on_either_side(replacing):
    gdp = factories.indicator()
    old, same = (observation(indicator=gdp, period="2023年", value=f"{number}亿元") for number in (1, 2))
    new = observation(value="3亿元", supersedes=old, reason="示例", indicator=gdp, period="2023年")
    assert told(new) == told(old) == set()
    Observation.objects.filter(pk=new.pk).update(scope=factories.scope(name="示例另区"))
    asked = new if replacing else old
    assert told(asked) == {(True, asked, "supersedes")}
    assert told(same) == set()


def test_places_that_lie_in_each_other_stop():
    outer, single = factories.place(name="示例外城"), factories.place(name="示例独院")
    inner = factories.place(name="示例里弄", parent=outer)
    assert told(inner) == told(single) == set()
    Place.objects.filter(pk=outer.pk).update(parent=inner)
    assert told(inner) == {(True, inner, "parent")}
    assert told(outer) == {(True, outer, "parent")}


@pytest.mark.parametrize("model", [model for model in apps.get_models() if issubclass(model, Labelled)])
def test_every_constraint_of_a_model_is_one_of_the_database(model):
    """No stored row can break them, so the checklist asks none of them."""
    with connection.cursor() as cursor:
        held = connection.introspection.get_constraints(cursor, model._meta.db_table)
    assert {constraint.name for constraint in model._meta.constraints} <= held.keys()


# What would not show


def test_a_record_on_something_hidden_is_asked_about():
    hidden = factories.indicator(state=DRAFT)
    row, neighbour = observation(indicator=hidden), observation()
    assert told(row) == {(False, row, "indicator")}
    assert told(row, released_with=[hidden]) == told(neighbour) == set()


def test_a_part_on_something_hidden_is_asked_about():
    party = factories.party(organisation=factories.organisation(state=WITHDRAWN))
    neighbour = factories.party(project=party.project, organisation=factories.organisation(), role="investor")
    assert told(party.project) == {(False, party, "organisation")}
    assert neighbour.project == party.project


# A roster's stated count


def test_more_on_file_than_stated_exactly_is_asked_about():
    roster = proved(factories.roster(stated="1家"))
    one = factories.membership(roster=roster).organisation
    assert told(roster) == told(one) == set()
    other = factories.membership(roster=roster, organisation=factories.organisation(name="另外一家", state=DRAFT))
    assert told(roster) == {(False, roster, "stated")}
    assert told(other.organisation) == {(False, other, "roster")}
    assert checklist(roster)[0].message == "示例名单载明1家，已录入2个。"


@pytest.mark.parametrize("stated", ["1余家", "", "2家"])
def test_a_count_that_is_not_exact_or_not_exceeded_contradicts_nothing(stated):
    roster = proved(factories.roster(stated=stated))
    for _ in range(2):
        factories.membership(roster=roster, organisation=factories.organisation())
    assert told(roster) == set()


def test_what_is_held_back_or_withdrawn_does_not_count():
    roster = proved(factories.roster(stated="1家"))
    factories.membership(roster=roster)
    factories.membership(roster=roster, organisation=factories.organisation(state=WITHDRAWN))
    factories.membership(roster=roster, organisation=factories.organisation(), held_back=True)
    assert told(roster) == set()


def test_one_organisation_twice_on_a_roster_is_asked_about_once():
    roster = factories.roster(stated="0家")
    owner = factories.organisation()
    for code in ("partner", "leader"):
        level = factories.level(code=code, name=code)
        factories.membership(roster=roster, organisation=owner, level=level)
    assert [finding.field for finding in checklist(owner)] == ["roster"]


# Doubts, near names, days to come, stages, growths


def test_what_somebody_doubts_is_asked_about():
    member = factories.membership(doubt="示例疑点")
    owner = member.organisation
    owner.doubt = "另一疑点"
    owner.save()
    assert told(owner) == {(False, owner, "doubt"), (False, member, "doubt")}
    assert {finding.message for finding in checklist(owner)} == {"待核：另一疑点", "待核：示例疑点"}


def test_nearly_the_same_name_is_asked_about():
    owner = factories.organisation(name="北京丰科示例有限公司")
    near = factories.organisation(name="丰科示例（北京）公司", state=DRAFT)
    other = factories.organisation(name="完全不同单位")
    assert told(near) == {(False, near, "name")}
    assert told(owner) == {(False, owner, "name")}
    assert told(other) == set()
    assert checklist(near)[0].message == "是否与已有记录重复：北京丰科示例有限公司？"


def test_a_short_name_of_another_is_near_too_but_not_ones_own():
    owner = factories.organisation_name(name="丰科示例").organisation
    assert told(owner) == set()
    near = factories.organisation(name="丰科示例有限公司")
    assert told(near) == {(False, near, "name")}


def test_titles_of_lists_are_alike_by_nature():
    factories.roster(title="发展伙伴名单", stated="")
    assert told(factories.roster(title="发展伙伴名录", stated="")) == set()


def test_a_day_to_come_is_asked_about():
    next_year = f"{timezone.localdate().year + 1}年"
    member = factories.membership(since=next_year, until="")
    event = factories.event(happened=next_year)
    event.checked_on = timezone.localdate() + timedelta(days=1)
    event.save()
    assert told(member.organisation) == {(False, member, "since")}
    assert told(event) == {(False, event, "happened"), (False, event, "checked_on")}


def test_today_is_not_to_come_nor_what_is_meant_to_be():
    next_year, today = f"{timezone.localdate().year + 1}年", timezone.localdate()
    member = factories.membership(since=f"{today.year}年{today.month}月{today.day}日", until=next_year)
    assert told(member.organisation) == set()
    assert told(observation(period=next_year, vintage="target")) == set()
    plain = observation(period=next_year)
    assert told(plain) == {(False, plain, "period")}


def test_stages_out_of_order_are_asked_about():
    project, neighbour = factories.project(title="示例甲厂"), factories.project(title="另外乙楼")
    factories.stage_entry(project=project, stage="signed", happened="2024年4月")
    later = factories.stage_entry(project=project, stage="started", happened="2023年")
    for stage, happened in (("signed", "2024年"), ("registered", "2024年3月"), ("started", "")):
        factories.stage_entry(project=neighbour, stage=stage, happened=happened)
    assert told(project) == {(False, later, "happened")}
    assert told(neighbour) == set()  # the year may well begin before March


def test_a_growth_that_does_not_lie_between_the_levels_is_asked_about():
    gdp = factories.indicator()
    observation(indicator=gdp, period="2023年", value="100亿元")
    given = {"indicator": gdp, "period": "2024年", "value": "110亿元", "growth_basis": "nominal"}
    fits, slips = observation(growth="增长10%", **given), observation(growth="增长1%", **given)
    assert told(fits) == set()
    assert told(slips) == {(False, slips, "growth")}
    assert checklist(slips)[0].message == "由100亿元（2023年）到110亿元应为10.0%，与增长1%不符。"


@pytest.mark.parametrize(
    "changed",
    [{"value": "约100亿元"}, {"value": "100家"}, {"period": "2022年"}, {"state": WITHDRAWN}, {"vintage": "target"}],
)
def test_only_exact_levels_of_the_same_kind_contradict_a_growth(changed):
    gdp = factories.indicator()
    factories.observation(**{"indicator": gdp, "period": "2023年", "value": "100亿元"} | changed)
    row = observation(indicator=gdp, period="2024年", value="110亿元", growth="增长1%", growth_basis="nominal")
    assert told(row) == set()


# All of it


@pytest.fixture
def report():
    paths = [settings.BASE_DIR / app / "fixtures" / "report_2024.json" for app in settings.SUBJECTS]
    call_command("loaddata", *paths, verbosity=0)


RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]


def test_nothing_of_the_report_stops(report):
    found = [one for model in RECORDS for own in checklists(list(model.objects.all())).values() for one in own]
    assert [f"{finding.row}: {finding.message}" for finding in found if finding.is_error] == []
    asked = {(str(finding.row), finding.field) for finding in found}
    # Four pairs of names that differ in a character, and what the report itself leaves in doubt.
    assert {name for name, field in asked if field == "name"} == {
        "国家高新技术企业",
        "国家高新技术企业净增长",
        "智能建造",
        "智能制造",
    }
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
