"""The report of the 2024 conference: every fact of its list is on a public page, in a download and proved, or listed.

`data/report_facts.csv` holds the facts without the report's sentences. `printed` are the pieces that must stand there
as the report prints them; `where` names the records, or is "listed" with the reason in docs/report-coverage.md.
"""

import csv
import html
import io
import json
import re
from collections import Counter
from decimal import Decimal
from hashlib import sha256

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from fengtai.records.models import Citation, Kept, Source
from indicators.models import Indicator, Observation
from indicators.tables import IndicatorTable
from partners.models import Industry, Membership, Organisation, Roster
from partners.tables import RosterTable
from projects.models import Place, Project
from tests.lists.test_lists import LISTS, body, rows_of

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]

APPS = ("fengtai", "partners", "projects", "indicators")
FIXTURES = [settings.BASE_DIR / app / "fixtures" / "report_2024.json" for app in APPS]
FACT_LIST = settings.BASE_DIR / "tests" / "data" / "report_facts.csv"
COVERAGE = settings.BASE_DIR / "docs" / "report-coverage.md"
FACTS = list(csv.DictReader(FACT_LIST.open(encoding="utf-8")))
HELD = [fact for fact in FACTS if fact["where"] != "listed"]
LISTED = [fact for fact in FACTS if fact["where"] == "listed"]
PARAGRAPHS = 32

# The report's people by the first half of a hash: a name must not stand even here.
PEOPLE = {
    "59ab3a32ec3ce443",
    "60aa9a04c0de6004",
    "668e4fecabcc2d8c",
    "6bab7e1586846328",
    "7496a98f0a3e0288",
    "807ba0e107464ad4",
    "8fef70dea52b1dea",
    "a0b55e7dde428fce",
    "df49bcde15edc45a",
    "f12255a73493cde0",
    "fbbbecb870070ae1",
}

ROSTERS = {  # stated, on file, not yet named
    "发展伙伴（2024）": ("600家", 5, 595),
    "发展伙伴（2023）": ("456家", 0, 456),
    "链长单位（2024）": ("65家", 2, 63),
    "推介重大项目": ("20个", 0, 20),
    "集中签约重点项目": ("9个", 2, 7),
    "贡献突出市场主体（链长单位）": ("10家", 2, 8),
    "贡献突出市场主体（发展伙伴）": ("40家", 2, 38),
    "十大商务楼宇": ("十大", 10, 0),
    "五大特色园区": ("五大", 5, 0),
    "产业工作营": ("15个", 0, 15),
    "重点产业领域支持政策": ("8个", 2, 6),
    "主导产业": ("两大", 2, 0),
    "获北京市科学技术奖的科研成果": ("12项", 0, 12),
}

OBSERVATIONS = {  # as printed, number, unit, exactness, growth in per cent, period
    "地区生产总值": ("2187.5亿元", 218750000000, "元", "exact", "6.5", "2023年"),
    "固定资产投资": ("784.9亿元", 78490000000, "元", "exact", "19.6", "2023年"),
    "新设市场主体": ("2.13万家", 21300, "家", "exact", "32.2", "2023年"),
    "新设企业主体": ("1.8万家", 18000, "家", "exact", "26.6", "2023年"),
    "新设注册资本5000万元以上企业": ("577家", 577, "家", "exact", "49.5", "2023年"),
    "国家高新技术企业": ("3362家", 3362, "家", "exact", None, ""),
    "国家高新技术企业净增长": ("775家", 775, "家", "exact", None, ""),
    "国家专精特新“小巨人”企业": ("58家", 58, "家", "exact", None, ""),
    "国家级、市级创新平台": ("300余家", 300, "家", "more_than", None, ""),
    "大中型重点企业研发投入": ("", None, "", "", "6.5", ""),
    "获得北京市中小企业数字化赋能支持的专精特新企业": ("29家", 29, "家", "exact", None, ""),
    "商用密码领域重点单位参与制定国家标准": ("11项", 11, "项", "exact", None, ""),
    "商用密码领域重点单位参与制定行业标准规范": ("18项", 18, "项", "exact", None, ""),
}

STATED_IN = {  # the figures that the report states more than once, and where
    "58家": [1, 10],
    "3362家": [1, 10],
    "775家": [1, 10],
    "12项": [1, 10],
    "600家": [1, 17, 20],
    "65家": [1, 18, 20],
    "9个": [25, 27, 29],
}


def places_of(fact: dict) -> list[tuple[str, int]]:
    """The lists and keys of the records that hold a fact."""
    return [(name, int(pk)) for name, pk in (place.split("/") for place in fact["where"].split())]


def printed_pieces():
    for fact in HELD:
        for name, pk in places_of(fact):
            yield from ((fact["fact_id"], name, pk, piece) for piece in fact["printed"].split("；"))


def record_at(name: str, pk: int) -> Kept:
    models = {list_name: model for model in _record_models() if (list_name := model.list_name)}
    return models[name].objects.public().get(pk=pk)


def _record_models() -> list[type[Kept]]:
    models = [content_type.model_class() for content_type in ContentType.objects.all()]
    return [model for model in models if model and issubclass(model, Kept)]


# ── The list of facts ──────────────────────────────────────────────────────────────────────────────────────


def test_no_fact_of_the_report_is_lost():
    assert [fact["fact_id"] for fact in FACTS] == [f"S{number:03}" for number in range(1, 176)]
    assert {fact["kind"] for fact in LISTED} == {"quote", "person_role", "other"}
    assert all(fact["printed"] for fact in HELD)
    assert all(fact["reason"] for fact in LISTED)


def test_the_coverage_document_counts_and_lists_what_the_fact_list_does():
    text = COVERAGE.read_text("utf-8")
    assert f"| held | {len(HELD)} |" in text
    assert f"| listed | {len(LISTED)} |" in text
    rows = re.findall(r"^\| (S\d{3}) \| (\w+) \|", text, re.MULTILINE)
    assert rows == [(fact["fact_id"], fact["kind"]) for fact in LISTED]


def test_no_person_is_named():
    for path in [*FIXTURES, FACT_LIST, COVERAGE]:
        text = path.read_text("utf-8")
        windows = {text[start : start + size] for size in (2, 3, 4) for start in range(len(text))}
        assert {window for window in windows if sha256(window.encode()).hexdigest()[:16] in PEOPLE} == set(), path


# ── Held as printed, on pages and in files ─────────────────────────────────────────────────────────────────


def test_each_fact_stands_on_a_public_page_as_printed(client, report):
    pages = {}
    for fact_id, name, pk, piece in printed_pieces():
        if (name, pk) not in pages:
            pages[name, pk] = html.unescape(body(client.get(reverse(f"{name}-detail", args=[pk]))).decode())
        assert piece in pages[name, pk], (fact_id, name, pk, piece)


def test_each_fact_stands_in_the_downloads_as_printed(client, report):
    files = {}
    for fact_id, name, pk, piece in printed_pieces():
        if name not in files:
            files[name] = _downloads(client, name)
        in_json, in_csv = files[name][pk]
        assert piece in in_json, (fact_id, name, pk, piece)
        assert piece in in_csv, (fact_id, name, pk, piece)


def _downloads(client, name: str) -> dict[int, tuple[str, str]]:
    """What the JSON and the CSV of a list say of each record, as text."""
    address = reverse(name)
    rows = json.loads(body(client.get(f"{address}?format=json")))["rows"]
    lines = list(csv.reader(io.StringIO(body(client.get(f"{address}?format=csv")).decode("utf-8-sig"))))[1:]
    assert len(lines) == len(rows)
    return {row["id"]: ("\n".join(_texts(row)), "\n".join(line)) for row, line in zip(rows, lines, strict=True)}


def _texts(value):
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


def test_the_conference_page_links_to_every_record_of_the_report(client, report):
    page = body(client.get(reverse("conferences-detail", args=[1]))).decode()
    held = {place for fact in HELD for place in places_of(fact)} - {("conferences", 1)}
    # A membership is a line between two records, and its row links to both.
    addresses = {reverse(f"{name}-detail", args=[pk]) for name, pk in held if name != "memberships"}
    assert {address for address in addresses if f'"{address}"' not in page} == set()


# ── Proved ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_fact_is_proved_in_the_paragraph_that_states_it(report):
    for fact in HELD:
        for name, pk in places_of(fact):
            paragraphs = record_at(name, pk).citations.values_list("paragraph", flat=True)
            assert int(fact["paragraph"]) in paragraphs, (fact["fact_id"], name, pk)


def test_every_record_has_a_short_citation(report):
    records = [row for model in _record_models() if model is not Source for row in model.objects.all()]
    assert [row for row in records if not row.citations.exists()] == []
    assert [row for row in records if not row.is_public] == []
    for citation in Citation.objects.all():
        assert citation.record is not None
        assert 0 < len(citation.words) <= 40
        assert 1 <= citation.paragraph <= PARAGRAPHS


def test_a_citation_names_a_column_of_its_record(report):
    """A page sets a proof beside the column that it names; an unknown one would stand nowhere."""
    for citation in Citation.objects.select_related("content_type"):
        record = citation.record
        columns = _columns(type(record)) if record.list_name else {field.name for field in record._meta.get_fields()}
        assert citation.field in columns, (record, citation.field)


def _columns(model) -> set[str]:
    return {name for page in LISTS.values() if page.table.model() is model for name in page.table.declared()}


@pytest.mark.parametrize("printed", STATED_IN)
def test_a_figure_stated_several_times_is_one_record(report, printed):
    rows = [*Observation.objects.filter(value=printed), *Roster.objects.filter(stated=printed)]
    assert len(rows) == 1
    proofs = rows[0].citations.filter(words__contains=printed)
    assert list(proofs.order_by("paragraph").values_list("paragraph", flat=True)) == STATED_IN[printed]
    stated = sorted(int(fact["paragraph"]) for fact in HELD if printed in fact["printed"].split("；"))
    assert stated == STATED_IN[printed]


# ── Read right ─────────────────────────────────────────────────────────────────────────────────────────────


def test_rosters_show_what_is_stated_what_is_on_file_and_what_is_not_yet_named(client, report):
    rows = rows_of(client, LISTS["rosters"])
    shown = {row["name"]["name"]: (row["stated"]["printed"], row["on_file"], row["not_yet_named"]) for row in rows}
    assert shown == ROSTERS


def test_figures_are_kept_as_printed_and_read_exactly(report):
    columns = ("value_value", "value_unit", "value_bound", "growth_value")
    for row in Observation.objects.select_related("indicator"):
        printed, number, unit, bound, growth, period = OBSERVATIONS[row.indicator.name]
        assert (str(row.value or ""), str(row.period)) == (printed, period)
        stored = Observation.objects.filter(pk=row.pk).values_list(*columns).get()
        expected = number if number is None else Decimal(number)
        assert stored == (expected, unit, bound, Decimal(growth) if growth else None), printed
    assert Observation.objects.count() == len(OBSERVATIONS)


def test_inexact_figures_keep_how_exact_they_are(report):
    area = Project.objects.filter(title="京东MALL").values_list(
        "floor_area_value", "floor_area_unit", "floor_area_bound"
    )
    assert area.get() == (Decimal(70000), "平方米", "about")
    share = Roster.objects.get(title="集中签约重点项目").figures.get()
    assert (str(share.figure), share.figure_value, share.figure_unit, share.figure_bound) == (
        "三成以上",
        Decimal(30),
        "%",
        "at_least",
    )


def test_a_comparison_is_kept_and_the_figure_behind_it_never_derived(report):
    row = Observation.objects.get(indicator__code="key-enterprise-rd-spending")
    assert row.comparison == "高于全市平均水平1.9个百分点"
    assert not Observation.objects.filter(growth__contains="4.6").exists()


def test_parts_name_their_wholes(report):
    wholes = dict(Indicator.objects.exclude(part_of=None).values_list("name", "part_of__name"))
    assert wholes == {"新设企业主体": "新设市场主体", "新设注册资本5000万元以上企业": "新设企业主体"}


def test_headlines_have_an_order_of_their_own(report):
    headlines = sorted([*RosterTable.headlines(), *IndicatorTable.headlines()], key=lambda card: card.order)
    assert [card.order for card in headlines] == list(range(1, 9))
    assert [str(card.figure) for card in headlines] == [
        "600家", "65家", "2187.5亿元", "784.9亿元", "2.13万家", "3362家", "58家", "300余家",
    ]  # fmt: skip


# ── Not said, not settled ──────────────────────────────────────────────────────────────────────────────────


def test_what_the_report_does_not_say_stays_unknown(report):
    assert not Organisation.objects.exclude(industries=None).exists()
    assert not Organisation.objects.exclude(credit_code=None).exists()
    assert not Membership.objects.exclude(since="", until="", chain=None).exists()
    assert set(Observation.objects.values_list("vintage", "growth_basis")) == {("", "")}
    assert Project.objects.get(parties__organisation__name="中国通号").title == ""
    assert not Project.objects.exclude(industries=None).exists()
    assert not Project.objects.exclude(amounts=None).exists()


def test_being_named_does_not_make_a_partner(client, report):
    partners = {row["name"]["name"] for row in rows_of(client, LISTS["partners"])}
    assert partners == {
        "银河证券",
        "航天科工飞航技术研究院",
        "农信银资金清算中心",
        "北汽财务",
        "北京榆构觉一文创科技有限公司",
    }


def test_similar_names_are_not_merged(report):
    industries = set(Industry.objects.values_list("name", flat=True))
    assert {"智能建造", "智能制造"} <= industries
    places = set(Place.objects.values_list("name", flat=True))
    assert {"平安幸福中心", "丽泽平安金融中心", "丰台创新中心", "华夏幸福创新中心"} <= places


def test_places_stand_in_the_order_of_the_text(report):
    for roster in Roster.objects.filter(title__in=["十大商务楼宇", "五大特色园区"]):
        positions = list(roster.place_entries.order_by("position").values_list("position", flat=True))
        assert positions == list(range(1, len(positions) + 1))


def test_a_kind_comes_from_the_roster_and_not_from_the_name(report):
    assert Place.objects.get(name="南中轴国际文化科技园").kind == Place.Kind.BUILDING
    assert Place.objects.get(name="北京园博园").kind == Place.Kind.VENUE
    assert Counter(Place.objects.values_list("kind", flat=True)) == {"building": 10, "park": 6, "venue": 1, "area": 1}


def test_what_is_doubtful_is_flagged(client, report):
    flagged = {row["name"]["name"]: row["doubt"] for row in rows_of(client, LISTS["places"], "&doubt=yes")}
    assert flagged.keys() == {"和义科创产业园"}
    assert "花乡青旅科创园和义科创产业园" in flagged["和义科创产业园"]
    projects = {row["project"]["name"] for row in rows_of(client, LISTS["projects"], "&doubt=yes")}
    assert projects == {"京东MALL", "新蛋白食品科技创新基地"}
    assert {row["name"]["name"] for row in rows_of(client, LISTS["rosters"], "&doubt=yes")} == {"重点产业领域支持政策"}
