"""An indicator's page and list: its latest figure, its charts, its figures with their vintages, and their files."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from fengtai.lists.site import imported_page, page_of
from indicators.models import Indicator, Observation
from tests import factories
from tests.pages.marked_rows import HIDDEN_STATES

pytestmark = pytest.mark.django_db


@pytest.fixture
def gdp():
    return factories.indicator(name="示例产值", code="example-output", unit="亿元", frequency="yearly", nature="flow")


def stated(indicator, period: str, value: str = "", **further) -> Observation:
    return factories.observation(indicator=indicator, period=period, value=value, **further)


def five_years(indicator) -> list[Observation]:
    years = zip(range(2019, 2024), ("100亿元", "120亿元", "110亿元", "约150亿元", "180亿元"), strict=True)
    return [stated(indicator, f"{year}年", value) for year, value in years]


def page(client, indicator, start: str = "") -> str:
    answer = client.get(f"{start}{indicator.get_absolute_url()}")
    assert answer.status_code == 200
    return answer.content.decode()


def body(answer) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def row_of(client, indicator) -> dict:
    rows = json.loads(body(client.get("/indicators/?format=json")))["rows"]
    return next(row for row in rows if row["id"] == indicator.pk)


def test_the_page_stands_at_the_code_and_old_numbers_lead_to_the_figure(client, gdp):
    [figure] = [stated(gdp, "2023年", "180亿元")]
    assert gdp.get_absolute_url() == "/indicators/example-output/"
    assert client.get(f"/indicators/{figure.pk}/").headers["Location"] == f"/observations/{figure.pk}/"
    assert client.get("/indicators/no-such-code/").status_code == 404


def test_a_figure_that_should_be_there_by_now_is_called_overdue(client, gdp):
    stated(gdp, "2001年", "180亿元")
    assert "按频率应已公布2002年数据，本站尚未录入" in page(client, gdp)
    english = client.get(f"/en{gdp.get_absolute_url()}").text
    assert "By its frequency the figure of the year 2002 should be published by now" in english
    translation.activate("zh-hans")
    stated(gdp, f"{timezone.localdate().year - 1}年", "190亿元")
    assert "本站尚未录入" not in page(client, gdp)
    assert f"预计下次（按频率推算）：{timezone.localdate().year}年" in page(client, gdp)


def test_a_figure_in_the_list_is_one_link_to_the_figure_that_holds_it(client, gdp):
    figure = stated(gdp, "2023年", "180亿元")
    cells = re.findall(r'<td data-label="最新数值".*?</td>', client.get("/indicators/").text)
    assert [re.findall(r'href="([^"]+)"', cell) for cell in cells] == [[f"/observations/{figure.pk}/#value"]]


@pytest.mark.parametrize(("code", "problems"), [("2024", ["code"]), ("gdp-2024", []), ("0x", [])])
def test_a_code_that_is_a_number_is_refused(code, problems):
    made = Indicator(name="示例", code=code)
    try:
        made.full_clean()
        found = []
    except ValidationError as error:
        found = [*error.error_dict]
    assert found == problems


def test_the_headline_is_the_latest_figure_of_the_main_scope(client, gdp):
    five_years(gdp)
    stated(gdp, "2024年", "9亿元", scope=factories.scope(name="示例园区"))
    stated(gdp, "2025年", "300亿元", vintage="target")
    assert [str(value) for value in (gdp.latest.period, gdp.latest.value)] == ["2023年", "180亿元"]
    assert [str(scope) for scope in gdp.scopes] == ["示例区", "示例园区"]
    row = row_of(client, gdp)
    assert [row[name]["printed"] for name in ("latest", "period")] == ["180亿元", "2023年"]
    assert row["scope"] == "示例区"
    assert row["line"] == ["2019年 100亿元", "2020年 120亿元", "2021年 110亿元", "2022年 约150亿元", "2023年 180亿元"]


def test_the_page_draws_its_values_once_wide_and_once_narrow(client, gdp):
    five_years(gdp)
    text = page(client, gdp)
    assert [text.count(f'class="chart chart-{size}"') for size in ("wide", "narrow")] == [1, 1]
    for svg in re.findall(r'<svg class="chart chart-.*?</svg>', text, re.DOTALL):
        assert ("<style" in svg, "style=" in svg, "180亿元" in svg, len(svg) < 4000) == (False, False, True, True)
        for named in re.search(r'aria-labelledby="([^"]+)"', svg).group(1).split():
            assert text.count(f'id="{named}"') == 1


@pytest.mark.parametrize("start", ["", "/en"])
def test_a_single_value_draws_nothing_and_says_so(client, gdp, start):
    stated(gdp, "2023年", "180亿元")
    text = page(client, gdp, start)
    assert ('<figure class="chart-figure"' in text, 'class="small no-chart"' in text) == (False, True)
    assert row_of(client, gdp)["line"] == []


def test_an_indicator_without_figures_has_a_page(client, gdp):
    text = page(client, gdp)
    assert ("chart-figure" in text, "no-chart" in text, 'class="downloads"' in text) == (False, False, False)


@pytest.mark.parametrize("hidden", HIDDEN_STATES.values(), ids=HIDDEN_STATES)
def test_what_is_hidden_is_in_no_chart_summary_or_line(client, gdp, hidden):
    five_years(gdp)
    stated(gdp, "2018年", "98765亿元", **hidden)
    stated(gdp, "2024年", "98766亿元", growth="增长98767%", **hidden)
    replaced = stated(gdp, "2025年", "190亿元")
    stated(gdp, "2025年", "98768亿元", supersedes=replaced, reason="示例", **hidden)
    addresses = ["", "/en"]
    texts = [page(client, gdp, start) for start in addresses]
    texts += [client.get(f"{gdp.get_absolute_url()}chart.svg").content.decode(), str(row_of(client, gdp))]
    texts += [client.get(address).content.decode() for address in ("/indicators/", "/", "/en/indicators/")]
    assert [found for text in texts for found in re.findall(r"9876\d|2018|2024年", text)] == []


def test_a_hidden_indicator_has_no_chart_as_a_file(client):
    hidden = factories.indicator(code="example-hidden", state="draft")
    five_years(hidden)
    assert client.get("/indicators/example-hidden/chart.svg").status_code == 404


def test_a_revision_shows_both_figures_with_the_reason(client, gdp):
    first = stated(gdp, "2022年", "100亿元", vintage="preliminary")
    second = stated(gdp, "2022年", "110亿元", vintage="final", supersedes=first, reason="示例原因")
    stated(gdp, "2023年", "120亿元")
    text = page(client, gdp)
    assert [path in text for path in ('class="c-past"', "示例原因", "100亿元（初步核算）", "110亿元（最终核实）")] == [
        True
    ] * 4
    for one in (first, second):
        shown = client.get(one.get_absolute_url())
        assert [row.pk for row in shown.context["record"].chain] == [first.pk, second.pk]
        assert f'href="{gdp.get_absolute_url()}"' in shown.content.decode()


def test_the_chart_is_a_file_of_its_own(client, gdp):
    five_years(gdp)
    stated(gdp, "2018年", growth="增长5%"), stated(gdp, "2017年", growth="下降1%")
    answer = client.get(f"/en{gdp.get_absolute_url()}chart.svg?chart=growth")
    svg = answer.content.decode()
    assert (answer.headers["Content-Type"], svg.startswith("<svg xmlns=")) == ("image/svg+xml; charset=utf-8", True)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert ("prefers-color-scheme" in svg, gdp.get_absolute_url() in svg, "下降1%" in svg) == (True, True, True)
    assert re.findall(r"(?:href|src|url)\s*[=(]", svg) == []
    assert client.get(f"{gdp.get_absolute_url()}chart.svg?chart=nonsense").status_code == 404


def test_its_files_hold_exactly_its_figures(client, gdp):
    five_years(gdp)
    factories.observation(value="7家")
    for _name, address, _file in client.get(gdp.get_absolute_url()).context["downloads"]:
        assert client.get(address).status_code == 200
    rows = json.loads(body(client.get(f"/observations/?indicator={gdp.code}&format=json")))["rows"]
    assert ({row["code"] for row in rows}, len(rows)) == ({"example-output"}, 5)


def test_a_home_card_leads_to_the_indicator(client, gdp):
    Indicator.objects.filter(pk=gdp.pk).update(headline=1)
    stated(gdp, "2023年", "180亿元")
    assert f'<a href="{gdp.get_absolute_url()}">示例产值</a>' in client.get("/").content.decode()


def test_parts_stand_on_the_page_of_their_whole(client, gdp):
    part = factories.indicator(name="示例分项", code="example-part", part_of=gdp)
    assert f'href="{part.get_absolute_url()}"' in page(client, gdp)
    assert f'href="{gdp.get_absolute_url()}"' in page(client, part)
    assert [
        row["id"] for row in json.loads(body(client.get(f"/indicators/?part_of={gdp.code}&format=json")))["rows"]
    ] == [part.pk]


def test_files_of_figures_are_brought_as_indicators_too():
    assert [imported_page(name) for name in ("indicators", "observations", "indicator-definitions")] == [
        page_of("observations"),
        page_of("observations"),
        page_of("indicators"),
    ]


def test_what_the_report_states_of_indicators_has_its_pages(client, report):
    for indicator in Indicator.objects.all():
        assert "no-chart" in page(client, indicator)
