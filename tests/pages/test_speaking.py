"""Detail pages that speak: what is known in sentences, what no source states in one, and nothing twice."""

import re

import pytest
from django.utils import translation

from fengtai.lists.site import site_lists
from tests import factories
from tests.pages.marked_rows import forget_hubs

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
PAGES = [page for page in site_lists() if page.detail]


@pytest.fixture(autouse=True)
def no_hubs_of_other_tests():
    forget_hubs()


def told(client, row) -> list[str]:
    """The sentences at the top of a record's page, as a reader reads them."""
    sentences = client.get(row.get_absolute_url()).context["sentences"]
    return [re.sub(r"<[^>]+>", "", re.sub(r"<q.*?</q>", "", sentence)) for sentence in sentences]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_fact_of_a_page_says_that_it_is_not_stated(client, report, page, language):
    for row in page.table.rows().order_by("pk"):
        with translation.override(language):
            response = client.get(row.get_absolute_url())
        facts = "".join(re.findall(r'<dl class="facts">(.*?)</dl>', response.text, re.DOTALL))
        assert 'class="not-stated"' not in facts, row
        assert {fact.name for fact in response.context["facts"]}.isdisjoint(page.table.told()), row
        ids = re.findall(r' id="([^"]+)"', response.text)
        assert sorted(ids) == sorted(set(ids)), row


def test_what_no_source_states_is_one_sentence(client):
    text = client.get(factories.place(name="示例大厦").get_absolute_url()).text
    assert re.findall(r"来源未写明：.*?。", text) == ["来源未写明：类型、面积、名单、位置、地区、入驻单位。"]


def test_what_does_not_apply_is_not_missed(client):
    indicator = factories.indicator(nature="growth-only")
    row = factories.observation(indicator=indicator, period="", value="", growth="增长2%")
    unstated = client.get(row.get_absolute_url()).context["unstated"]
    assert unstated == ["期间", "数据版本", "价格口径"]
    level = factories.observation(period="", value="3家")
    assert client.get(level.get_absolute_url()).context["unstated"] == ["期间", "同比增减", "数据版本"]


def test_a_doubtful_record_does_not_say_when_it_was_checked(client):
    sure = factories.place(checked_on="2024-04-23")
    doubtful = factories.place(name="示例乙", checked_on="2024-04-23", doubt="示例存疑")
    for row, said in ((sure, (1, 0)), (doubtful, (0, 1))):
        text = client.get(row.get_absolute_url()).text
        assert (text.count("核对日期"), text.count("存疑</strong>")) == said


def test_a_place_is_told_in_sentences_with_the_paragraphs_behind_each_fact(client):
    roster = factories.roster(title="示例楼宇名单")
    place = factories.place(name="示例大厦", kind="building", location="示例路1号")
    factories.citation(place, field="location", paragraph=24, words="位于示例路1号")
    place.entries.create(roster=roster)
    assert told(client, place) == ["楼宇，位于示例路1号 第24段。", "列入示例楼宇名单。"]


def test_a_project_in_a_place_names_it_once(client):
    place = factories.place(name="示例园")
    project = factories.project(place=place, location="示例园", kind="commerce")
    assert told(client, project)[0] == "商业项目，位于示例园。"


def test_the_name_stands_in_the_heading_alone_with_its_citation(client):
    row = factories.organisation(name="示例单位甲")
    factories.citation(row, field="name", paragraph=22, words="示例单位甲等")
    text = client.get(row.get_absolute_url()).text
    assert [fact.name for fact in client.get(row.get_absolute_url()).context["facts"]] == []
    assert re.findall(r'<p class="named-in proof" id="name">.*?</p>', text, re.DOTALL)[0].count("第22段") == 1


def test_beside_a_record_no_column_says_the_same_of_every_row(client):
    row = factories.partner(name="示例单位甲")
    sections = {section.page.name: section for section in client.get(row.get_absolute_url()).context["sections"]}
    assert "示例单位甲" not in sections["memberships"].rows
