"""Pages of rosters, conferences, industries and sources show all that belongs to them, as far as one may see it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengtai.admin import members
from fengtai.records.models import Record, Source
from fengtai.review.roles import READER
from partners.models import Conference, Industry, Roster
from projects.models import PlaceEntry
from tests import factories
from tests.admin.admin_pages import address
from tests.review.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return signed_in(person("示例查阅", READER))


def shown(client, record) -> dict[str, tuple[str, list[str]]]:
    """By relation how many there are, and the names of the first."""
    page = client.get(address(type(record), "change", record.pk))
    return {one.name: (count, [row.name for row in rows]) for one, count, rows, _where in page.context["members"]}


def test_a_roster_shows_its_entries_of_every_kind_and_their_state(reader):
    roster = factories.roster()
    firm = factories.organisation(name="示例甲", state=Record.State.PUBLISHED)
    member = factories.membership(organisation=firm, roster=roster)
    factories.membership(organisation=factories.organisation(name="示例乙"), roster=roster, held_back=True)
    honour = factories.honour(roster=roster)
    entry = PlaceEntry.objects.create(roster=roster, place=factories.place(name="示例楼"))
    found = shown(reader, roster)
    assert found["membership_entries"] == ("2", ["示例甲 · 示例伙伴", "示例乙 · 示例伙伴"])
    assert found["honour_entries"] == ("1", [str(honour)])
    assert found["place_entries"] == ("1", [str(entry)])
    assert {name for name, (count, _names) in found.items() if count == "0"} == {
        "project_entries",
        "workgroup_entries",
    }
    page = reader.get(address(Roster, "change", roster.pk))
    rows = next(rows for one, _n, rows, _where in page.context["members"] if one.name == "membership_entries")
    assert [(row.state, row.address) for row in rows] == [
        ("已发布", address(type(member), "change", member.pk)),
        ("暂不公开", address(type(member), "change", member.pk + 1)),
    ]


def test_conferences_and_industries_show_what_is_theirs(reader):
    conference, industry = factories.conference(), factories.industry()
    roster = factories.roster(conference=conference)
    event = factories.event(conference=conference, industry=industry)
    firm = factories.organisation()
    firm.industries.add(industry)
    assert shown(reader, conference) == {"rosters": ("1", [str(roster)]), "events": ("1", [str(event)])}
    assert shown(reader, industry)["organisations"] == ("1", [str(firm)])
    assert shown(reader, industry)["events"] == ("1", [str(event)])


def test_a_source_shows_the_facts_that_it_states_by_record(reader):
    source, firm, member = factories.source(), factories.organisation(), factories.membership()
    for row, field, paragraph, words in (
        (firm, "name", 5, "示例一"),
        (member, "level", 2, "示例二"),
        (firm, "address", 3, "示例三"),
    ):
        factories.citation(row, source=source, field=field, paragraph=paragraph, words=words)
    page = reader.get(address(Source, "change", source.pk))
    [(_relation, count, rows, _where)] = page.context["members"]
    said = {(row.name, row.place, row.words, row.state) for row in rows}
    assert count == "3" and len({row.name for row in rows[:2]} & {row.name for row in rows[1:]}) == 1
    assert said == {
        (str(firm), "单位名称 · 第5段", "示例一", "草稿"),
        (str(firm), "地址 · 第3段", "示例三", "草稿"),
        (str(member), "伙伴级别 · 第2段", "示例二", "草稿"),
    }


def test_only_what_one_may_view_is_shown_and_a_page_of_its_own_holds_all(monkeypatch, reader):
    monkeypatch.setattr(members, "FIRST", 2)
    monkeypatch.setattr(members, "PAGE", 2)
    conference, asked = factories.conference(), []
    for number in range(5):
        factories.roster(title=f"示例名单{number}", conference=conference)
        with CaptureQueriesContext(connection) as queries:
            found = shown(reader, conference)
        asked.append(len(queries))
    assert found["rosters"] == ("5", ["示例名单0", "示例名单1"])
    assert asked[1] == asked[4]
    names, following = [], "0"
    where = address(Conference, "members", conference.pk, "rosters")
    while following:
        page = reader.get(where, {"after": following})
        names += [row.name for row in page.context["rows"]]
        following = str(page.context["following"])
    assert names == [f"示例名单{number}" for number in range(5)]
    stranger = person("示例外人")
    stranger.is_superuser = False
    stranger.save()
    assert signed_in(stranger).get(where).status_code == 403
    for bad in (address(Conference, "members", 99, "rosters"), address(Conference, "members", conference.pk, "name")):
        assert reader.get(bad).status_code == 404
    assert reader.get(address(Industry, "members", factories.industry().pk, "organisations")).status_code == 200
