"""Charts above lists and on rosters' pages: what is drawn follows the filters, and nothing hidden is counted."""

import re

import pytest

from fengtai.lists import paging
from projects.models import Project
from tests import factories

pytestmark = pytest.mark.django_db


def text_of(client, address: str) -> str:
    return client.get(address).content.decode()


def rows_of(svg: str) -> dict[str, str]:
    """By name the figure beside each bar."""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return dict(zip(texts[::2], texts[1::2], strict=True))


def drawn(client, address: str, name: str) -> dict[str, str]:
    text = text_of(client, address)
    svg = re.search(rf'id="chart-{name}">.*?<svg class="chart chart-wide"(.*?)</svg>', text, re.DOTALL)
    return rows_of(svg.group(1)) if svg else {}


@pytest.fixture
def projects():
    for stage, count in (("signed", 3), ("talks", 2), ("started", 1)):
        for number in range(count):
            factories.stage_entry(project=factories.project(title=f"示例{stage}{number}"), stage=stage)
    factories.stage_entry(project=factories.project(title="示例未发布", state="draft"), stage="started")


def test_projects_stand_in_a_funnel_by_stage(client, projects):
    assert drawn(client, "/projects/", "stage") == {"洽谈": "2", "签约": "3", "开工": "1"}
    assert "系统计算" in text_of(client, "/projects/")


def test_the_funnel_follows_the_filters(client, projects):
    kind = Project.Kind.values[0]
    Project.objects.filter(title__in=["示例signed1", "示例talks1"]).update(kind=kind)
    assert drawn(client, f"/projects/?kind={kind}", "stage") == {"洽谈": "1", "签约": "1"}
    assert drawn(client, "/projects/?stage=signed", "stage") == {}
    assert drawn(client, "/projects/?stage=nonsense", "stage") == {}
    svg = text_of(client, f"/projects/chart.svg?kind={kind}")
    assert (svg.startswith("<svg"), f"kind={kind}" in svg) == (True, True)
    assert client.get("/projects/chart.svg?stage=signed").status_code == 404


def test_bars_are_exact_of_more_rows_than_a_list_counts(client, projects, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 1)
    assert drawn(client, "/projects/", "stage") == {"洽谈": "2", "签约": "3", "开工": "1"}


def test_partners_are_drawn_by_industry(client):
    industries = [factories.industry(name=f"示例产业{number}") for number in range(2)]
    for number in range(3):
        partner = factories.partner(name=f"示例单位{number}")
        partner.industries.set(industries[: 1 + number % 2])
    factories.organisation(name="示例非伙伴").industries.set(industries)
    assert drawn(client, "/partners/", "industry") == {"示例产业0": "3", "示例产业1": "1"}


@pytest.fixture
def editions():
    rows = []
    for year, stated in ((2024, "600家"), (2023, "456家"), (2022, "300余家")):
        conference = factories.conference(name=f"示例{year}", held=f"{year}年4月")
        rows.append(factories.roster(title=f"示例{year}", series="示例系列", stated=stated, conference=conference))
    factories.roster(title="示例未发布", series="示例系列", stated="98765家", state="draft")
    factories.membership(roster=rows[0])
    return rows


def test_editions_of_a_roster_stand_in_their_order(client, editions):
    expected = {"示例2022": "300余家", "示例2023": "456家", "示例2024": "600家"}
    for address in ("/partners/", *(row.get_absolute_url() for row in editions)):
        assert [*drawn(client, address, "editions").items()] == [*expected.items()], address
    assert drawn(client, "/partners/?q=示例", "editions") == {}
    assert "98765" not in text_of(client, f"{editions[0].get_absolute_url()}chart.svg")


def test_a_roster_of_one_edition_draws_nothing(client):
    row = factories.roster(series="示例系列")
    assert "chart-figure" not in text_of(client, row.get_absolute_url())
    assert client.get(f"{row.get_absolute_url()}chart.svg").status_code == 404
