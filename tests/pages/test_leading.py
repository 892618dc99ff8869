"""An industry names who leads its chain, or says how far the sources leave it open."""

import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def industry(db):
    return factories.industry(name="示例轨道")


@pytest.fixture
def leads(db):
    """Makes a leader, of a chain or of none that is stated."""
    factories.level()
    level = factories.level(code="leader", name="示例链长", rank=2)
    roster = factories.roster(title="示例链长名单", stated="65家")
    return lambda name, **given: factories.membership(
        organisation=factories.organisation(name=name), level=level, roster=roster, **given
    )


def said(client, industry) -> str:
    text = client.get(industry.get_absolute_url()).text
    found = re.findall(r'<div class="summary" id="leaders">(.*?)</div>', text, re.DOTALL)
    return "".join(re.sub(r"<[^>]+>", "", found[0]).split()) if found else ""


def test_without_leaders_on_file_nothing_is_said(client, industry):
    assert said(client, industry) == ""


def test_leaders_are_named(client, industry, leads):
    leads("示例甲", chain=industry)
    leads("示例乙", chain=factories.industry(name="示例航天"))
    assert said(client, industry) == "示例链长示例甲"


def test_who_led_a_chain_once_stands_apart(client, industry, leads):
    leads("示例甲", chain=industry, since="2022年", until="2023年2月")
    assert said(client, industry) == "曾任示例链长示例甲（至2023年2月）"
    leads("示例乙", chain=industry, until="2099年")
    assert said(client, industry) == "示例链长示例乙曾任示例链长示例甲（至2023年2月）"
    page = client.get(f"/en{industry.get_absolute_url()}").text
    assert "Formerly 示例链长" in page
    assert "February 2023" in page


def test_who_led_another_chain_once_is_not_counted_as_a_leader(client, industry, leads):
    leads("示例甲")
    leads("示例乙", chain=factories.industry(name="示例航天"), since="2022年", until="2023年2月")
    assert said(client, industry) == "报告列65家示例链长，已录入1家，均未写明所属产业链。"


def test_leaders_of_no_stated_chain_are_counted_against_what_is_stated(client, industry, leads):
    for name in ("示例甲", "示例乙"):
        leads(name)
    assert said(client, industry) == "报告列65家示例链长，已录入2家，均未写明所属产业链。"
    assert "家，均未写明所属产业链。" in client.get(industry.get_absolute_url()).text  # one sentence, without a gap
    assert "2 on file, none of them with its industry chain." in client.get(f"/en{industry.get_absolute_url()}").text


def test_leaders_of_other_chains_are_counted(client, industry, leads):
    leads("示例甲")
    leads("示例乙", chain=factories.industry(name="示例航天"))
    assert said(client, industry) == "报告列65家示例链长，已录入2家，其中1家写明了所属产业链，没有一家属于本产业。"


def test_a_hidden_leader_and_a_hidden_list_are_told_of_nowhere(client, industry, leads):
    hidden = leads("zqmark", chain=industry, held_back=True)
    assert said(client, industry) == ""
    leads("示例乙")
    type(hidden.roster).objects.update(state="draft")
    assert said(client, industry) == ""
