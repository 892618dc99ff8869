"""What readers of English are told on an indicator's page, in its row of the list, its charts, feed and citation."""

import re
from xml.etree import ElementTree

import pytest

from tests import factories
from tests.pages.test_citing import blocks
from tests.pages.test_english_pages import faults

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def output():
    """Three years of an indicator, of which the last was revised."""
    found = factories.indicator(name="示例产值", name_en="Example output", code="example", unit="亿元")
    for year, value in ((2021, "100亿元"), (2022, "120亿元")):
        factories.observation(indicator=found, period=f"{year}年", value=value)
    older = factories.observation(indicator=found, period="2023年", value="2284.0亿元")
    factories.observation(
        indicator=found, period="2023年", value="2187.5亿元", supersedes=older, reason="示例公报更正", growth="6.5%"
    )
    return found


def test_the_small_line_is_named_in_english(client, output):
    [name] = re.findall(r'<svg class="chart spark"[^>]*aria-label="([^"]*)"', client.get("/en/indicators/").text)
    assert name == "2021 CNY 10 billion – 2023 CNY 218.75 billion"
    assert 'aria-label="2021年 100亿元 – 2023年 2187.5亿元"' in client.get("/indicators/").text


def test_chinese_is_marked_and_every_figure_glossed_on_pages_of_a_revised_figure(client, output):
    paths = ["/en/indicators/", "/en/indicators/example/", "/en/observations/"]
    paths += [f"/en{row.get_absolute_url()}" for row in output.observations.all()]
    assert {path: found for path in paths if any(found := faults(client.get(path).text))} == {}
    assert '<span lang="zh">示例公报更正</span>' in client.get("/en/indicators/example/").text


def test_what_search_engines_read_of_it_is_glossed(client, output):
    [told] = re.findall(r'<meta name="description"[^>]*content="([^"]*)"', client.get("/en/indicators/example/").text)
    assert "2023 2187.5亿元 (CNY 218.75 billion)" in told


def test_the_unit_has_a_gloss(client, output):
    said = '<span lang="zh">亿元</span> <span class="gloss">CNY 100 million</span>'
    assert said in client.get("/en/indicators/example/").text
    assert "gloss" not in client.get("/indicators/example/").text


def test_a_chart_s_file_says_its_language_and_marks_as_chinese_what_is_chinese_throughout(client, output):
    english, chinese = (client.get(f"{start}/indicators/example/chart.svg").text for start in ("/en", ""))
    root = ElementTree.fromstring(english)
    [told] = [node for node in root if node.get("id") == "words"]
    assert (root.get("lang"), told.get("lang")) == ("en", None)
    assert told.text.startswith("From 100亿元 · CNY 10 billion (2021)")
    assert 'lang="zh-hans"' in chinese
    assert 'lang="zh"' not in chinese


def told(client, row) -> list[str]:
    root = ElementTree.fromstring(client.get("/en/feed.atom").content)
    entries = {one.findtext(f"{ATOM}id"): one for one in root.findall(f"{ATOM}entry")}
    entry = entries[f"tag:testserver,2026:observations/{row.pk}/published"]
    return [entry.findtext(f"{ATOM}{name}") for name in ("title", "summary")]


def test_the_feed_in_english_tells_figures_and_periods_in_english(client, output):
    row = output.observations.get(period="2022年")
    title, summary = told(client, row)
    assert title == "Example output 2022 120亿元 (CNY 12 billion) · Published figures"
    assert "(CNY 12 billion)" in summary
    assert not re.search("[\u3400-\u9fff]", re.sub(r'<span lang="zh">.*?</span>', "", summary))


def test_the_feed_in_english_glosses_what_was_written_over(client, output):
    row = output.observations.get(period="2022年")
    row.value = "125亿元"
    row.save()
    root = ElementTree.fromstring(client.get("/en/feed.atom").content)
    summaries = [one.findtext(f"{ATOM}summary") for one in root.findall(f"{ATOM}entry")]
    assert any("(CNY 12 billion) → " in one and "(CNY 12.5 billion)" in one for one in summaries)


def test_a_citation_in_english_has_its_days_in_english(client, output):
    row = output.observations.get(period="2022年")
    factories.citation(row, source=factories.source(title="示例公报", published="2023年3月5日"), field="value")
    _chinese, english, _bibtex = blocks(client, row.get_absolute_url())
    assert english.startswith("“120亿元”, in 示例公报, 5 March 2023, ¶1. ")
    assert "Example output 2022 120亿元 (CNY 12 billion) (Published figures)" in english
