"""What a release is asked about: for each warning a row that has it, and its neighbour that has not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fengtai.review.checklist import checklist
from partners.models import Membership, Organisation
from tests import factories
from tests.review.findings import DRAFT, WITHDRAWN, observation, proved, told

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


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
    assert {finding.message for finding in checklist(owner)} == {"存疑：另一疑点", "存疑：示例疑点"}


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


def test_another_name_of_a_record_is_looked_for_too():
    factories.organisation(name="丰科示例有限公司")
    alias = factories.organisation_name(name="丰科示例", organisation=factories.organisation(name="完全不同单位"))
    assert told(alias.organisation) == {(False, alias, "name")}
    alias.held_back = True
    alias.save()
    assert told(alias.organisation) == set()


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


# A change of something public


def test_what_was_accepted_once_is_not_asked_again_by_a_change_of_something_else():
    factories.organisation(name="北京丰科示例有限公司")
    member = factories.membership(organisation=factories.organisation(name="丰科示例公司"), doubt="示例疑点")
    owner, here = member.organisation, (Organisation, member.organisation_id)
    name, doubt = (False, owner, "name"), (False, member, "doubt")
    assert told(owner) == {name, doubt}
    assert told(owner, touched={}) == set()
    assert told(owner, touched={here: ["region"]}) == set()
    assert told(owner, touched={here: ["name"]}) == {name}
    assert told(owner, touched={(Membership, member.pk): ["since"]}) == {doubt}


def test_an_error_stops_whatever_a_change_writes():
    place = factories.place(area="3万平方米")
    assert told(place, touched={}) == {(True, place, "area")}


def test_rows_that_are_no_record_are_looked_at_too():
    level, scope = factories.level(), factories.scope()
    honour = factories.honour(doubt="示例疑点")  # of nobody on file and of no roster: a part without a record
    type(level).objects.filter(pk=level.pk).update(name="")
    assert told(level) == {(True, level, "name")}
    assert told(scope) == set()
    assert told(honour) == {(False, honour, "doubt")}
