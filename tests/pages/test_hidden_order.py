"""What is hidden puts nothing in order: sections, related records and linked rows stand alike without it."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def turned(client, page, names, conference) -> list[list[int]]:
    """Where names stand on a page, before and after a hidden conference is moved past another one."""
    found = []
    for held in ("2030年", "2040年"):
        conference.held = held
        conference.save()
        text = client.get(page.get_absolute_url()).content.decode()
        assert all(name in text for name in names)
        found.append(sorted(names, key=text.index))
    return found


@pytest.fixture
def hidden():
    return [factories.conference(name=f"示例{held}", held=held, state="draft") for held in ("2030年", "2035年")]


@pytest.fixture
def rosters(hidden):
    return [
        factories.roster(title=f"示例名单{name}", series="示例", conference=conference)
        for name, conference in zip("甲乙", hidden, strict=True)
    ]


NAMES = ["示例名单甲", "示例名单乙"]
HONOURS = ["示例荣誉甲", "示例荣誉乙"]


def test_rosters_of_one_series(client, hidden, rosters):
    first, second = turned(client, factories.roster(title="示例丙", series="示例"), NAMES, hidden[0])
    assert first == second


def test_what_a_source_states(client, hidden, rosters):
    for roster in rosters:
        factories.citation(roster)
    first, second = turned(client, rosters[0].citations.get().source, NAMES, hidden[0])
    assert first == second


def test_rosters_that_name_a_project_by_a_link(client, hidden, rosters):
    industry = factories.industry()
    for roster in rosters:
        roster.industries.add(industry)
    first, second = turned(client, industry, NAMES, hidden[0])
    assert first == second


def test_linked_rows_of_a_place(client, hidden, rosters):
    place = factories.place()
    for title, roster in zip(HONOURS, rosters, strict=True):
        place.honours.add(factories.honour(title=title, roster=roster))
    first, second = turned(client, place, HONOURS, hidden[0])
    assert first == second


def test_a_public_conference_still_puts_its_rosters_in_order(client, hidden, rosters):
    for conference in hidden:
        conference.state = "published"
        conference.save()
    first, second = turned(client, factories.roster(title="示例丙", series="示例"), NAMES, hidden[0])
    assert first == second[::-1] == NAMES[::-1]
