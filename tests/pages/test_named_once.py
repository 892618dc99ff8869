"""Whoever has a level in several editions is named once where the levels are not told apart."""

import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return factories.industry(name="示例轨道交通")


@pytest.fixture
def leaders(chain):
    """Two firms that lead a chain, each on the lists of three years."""
    partner, leader = factories.level(name="发展伙伴", rank=1), factories.level(code="leader", name="链长单位", rank=2)
    firms = [factories.organisation(name=f"示例{name}公司") for name in "甲乙"]
    for year in (2022, 2023, 2024):
        roster = factories.roster(title=f"示例链长单位（{year}）")
        for place, firm in enumerate(firms):
            factories.membership(organisation=firm, level=leader, chain=chain, roster=roster, position=place)
            factories.membership(organisation=firm, level=partner, roster=roster, position=place)
    return firms


def test_an_industry_names_each_leader_once(client, chain, leaders):
    told = client.get(chain.get_absolute_url()).text.partition('id="leaders"')[2].partition("</ul>")[0]
    assert re.findall(r">(示例.公司)<", told) == ["示例甲公司", "示例乙公司"]


def test_the_list_of_partners_names_each_level_once(client, leaders):
    cells = re.findall(r'<td data-label="伙伴级别">(.*?)</td>', client.get("/partners/").text)
    assert [re.findall(r">([^<>、]+)</a>", cell) for cell in cells] == [["链长单位", "发展伙伴"]] * 2
