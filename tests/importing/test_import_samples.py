"""Lists laid out as work groups send them: titles, notes, merged cells, totals, a sheet of sources. Every cell right.

The layouts are those of four real lists; the rows are invented and say so (示例).
"""

import pytest

from fengtai.importing.taking.steps import commit
from fengtai.records.models import Citation, Source
from indicators.models import Observation
from partners.models import Industry, Membership, Organisation, OrganisationName, Roster, RosterFigure
from projects.models import Amount, Party, Place, Project, ProjectEntry, StageEntry
from tests import factories
from tests.importing.import_steps import CREATE_ALL, codes, outcomes, planned, received, saved

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
NOTE = ["填报说明：按公开来源原文填写，来源未写的留空"]
SOURCES = ["来源编号", "标题", "发布单位/媒体", "发布日期", "网址", "类型"]
SIGNED = [None, "填报人：", None, "审核人："]


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "imports": {**settings.STORAGES["imports"], "OPTIONS": {"location": tmp_path / "imports"}},
    }


def taken(name, path, **answers):
    batch = received(name, path, **answers)
    commit(batch)
    batch.refresh_from_db()
    assert batch.state == "committed", (batch.notes, list(batch.rows.exclude(problems=[]).values_list("problems")))
    return batch


def organisations(tmp_path, *rows):
    headings = ["序号", "单位名称", "简称", "单位性质", "身份", "统一社会信用代码", "产业领域", "所在园区/楼宇/地址"]
    headings += ["时间", "荣誉/资质", "地区", "来源编号", "备注"]
    total, signed = ["合计", f"{len(rows)}条"], SIGNED
    sources = [SOURCES, ["W02", "示例签约报道", "示例日报", "2021-07-19", "http://example.com/a", "新闻"]]
    sheet = [["单位名录"], NOTE, headings, *rows, total, signed]
    return saved(tmp_path / "partners.xlsx", ("单位名录", sheet), ("来源", sources))


def firm(
    mark, name, kind="企业", standing="签约单位", short=None, industry=None, address=None, region=None, remark=None
):
    return [mark, name, short, kind, standing, None, industry, address, "2021年7月17日", None, region, "W02", remark]


FIRMS = [
    [
        "P001",
        "示例中国区总部",
        "示例",
        "企业总部",
        "签约单位",
        None,
        None,
        None,
        "2021年7月17日",
        None,
        "北京市丰台区",
        "W02",
        "备注一",
    ],
    [
        "P005",
        "示例信息服务(中国)有限公司",
        None,
        "企业（外资）",
        "签约单位",
        None,
        None,
        None,
        "2021年7月17日",
        None,
        None,
        "W02",
        None,
    ],
    [
        "P009",
        "示例大学",
        "示大；示例大",
        "高校",
        "发展伙伴",
        None,
        "氢能",
        "丽泽",
        "2023年6月",
        "示例称号",
        None,
        "W02",
        None,
    ],
]


def test_a_list_of_organisations_is_kept_as_said(tmp_path):
    factories.level(code="partner", name="发展伙伴")
    taken("organisations", organisations(tmp_path, *FIRMS), **CREATE_ALL)
    first = Organisation.objects.get(name="示例中国区总部")
    assert (first.kind, first.kind_as_printed, first.region, first.remark) == (
        "firm",
        "企业总部",
        "北京市丰台区",
        "备注一",
    )
    assert (first.standing, str(first.standing_since), first.state) == ("签约单位", "2021年7月17日", "review")
    assert list(first.names.values_list("name", "kind")) == [("示例", "short")]
    third = Organisation.objects.get(name="示例大学")
    assert (third.kind, third.kind_as_printed, third.address, third.standing) == ("university", "", "丽泽", "")
    assert sorted(OrganisationName.objects.filter(organisation=third).values_list("name", flat=True)) == [
        "示例大",
        "示大",
    ]
    assert [str(industry) for industry in third.industries.all()] == ["氢能"]
    membership = Membership.objects.get()
    assert (membership.organisation, str(membership.level), str(membership.since)) == (third, "发展伙伴", "2023年6月")
    assert list(third.honours.values_list("title", flat=True)) == ["示例称号"]
    source = Source.objects.get()
    assert (source.title, source.publisher, source.kind, str(source.published)) == (
        *("示例签约报道", "示例日报", "news"),
        "2021-07-19",
    )
    assert {citation.source for citation in first.citations.all()} == {source}


def test_the_same_list_a_second_time_changes_nothing(tmp_path):
    factories.level(code="partner", name="发展伙伴")
    path = organisations(tmp_path, *FIRMS)
    taken("organisations", path, **CREATE_ALL)
    found = planned("organisations", path)
    assert (outcomes(found), codes(found)) == (["same"] * 3, [])
    assert [row.outcome for row in found.sources] == ["same"]


def test_two_rows_about_one_organisation_are_both_refused(tmp_path):
    twice = [
        "P131",
        "示例股份有限公司",
        None,
        "企业",
        "“链主”企业",
        None,
        None,
        "示例湖",
        "2023年6月5日",
        None,
        None,
        "W02",
        None,
    ]
    again = ["P132", *twice[1:12], "重复行"]
    found = planned("organisations", organisations(tmp_path, FIRMS[0], twice, again))
    assert outcomes(found) == ["new", "refused", "refused"]
    assert codes(found) == [(5, "duplicate"), (6, "duplicate")]
    assert found.counts()["read"] == 3
    assert {row.kind for row in found.skipped} >= {"title", "note", "total", "signature"}


def test_an_industry_that_is_not_on_file_is_listed_once(tmp_path):
    rows = [firm("P1", "示例甲", industry="氢能"), firm("P2", "示例乙", industry="氢能")]
    found = planned("organisations", organisations(tmp_path, *rows))
    assert [(missing.kind, missing.text, missing.rows) for missing in found.missing] == [("industry", "氢能", 2)]
    assert codes(found) == [(4, "unknown_industry"), (5, "unknown_industry")]
    assert Industry.objects.count() == 0
    left_out = planned("organisations", organisations(tmp_path, *rows), references={"industry": {"氢能": "leave"}})
    assert outcomes(left_out) == ["new", "new"]
    existing = factories.industry(name="氢能产业")
    named = planned("organisations", organisations(tmp_path, *rows), references={"industry": {"氢能": existing.pk}})
    assert [row.item.links["industries"] for row in named.rows] == [[existing.pk]] * 2


def projects(tmp_path, *rows):
    headings = [
        "序号",
        "项目名称",
        "签约方",
        "投资额",
        "建设规模",
        "时间",
        "活动批次",
        "行业",
        "落地位置",
        "状态",
        "地区",
        "来源编号",
    ]
    sheet = [["签约（推介）项目汇总表"], NOTE, headings, *rows, ["合计", f"{len(rows)}条"], SIGNED]
    sources = [SOURCES, ["W02", "示例签约报道", None, None, None, "新闻"]]
    return saved(tmp_path / "projects.xlsx", ("汇总表", sheet), ("来源", sources))


DAY, BATCH = "2021年7月17日", "示例集中签约（100个，现场30个）"


def project(mark, title, parties=None, amount=None, scale=None, batch="示例集中签约", industry=None, **more):
    place = more.get("location"), more.get("status", "签约"), more.get("region")
    return [mark, title, parties, amount, scale, DAY, batch, industry, *place, "W02"]


PLANS = [
    project("X1", "示例金融城", batch=BATCH, location="丽泽（由名称）", region="丰台区"),
    project(
        *("X2", "示例产业园", "示例集团、示例方等", "30亿元（拟投资）", "年产值可达100亿元"),
        industry="医药、器械",
        status="签约（拟联合）",
    ),
    project("X3", "示例集中签约（合计）", None, "超1800亿元", "现场签约代表项目30个、合作平台4家"),
    project("X4", "示例洽谈会：产业项目", None, "约160.16亿元（意向投资额）", "31个", batch="同上", status=None),
]


def test_a_list_of_projects_is_kept_as_said(tmp_path):
    batch = taken("projects", projects(tmp_path, *PLANS), **CREATE_ALL)
    assert batch.counts["read"] == 2 and batch.counts["skipped"]["roster_total"] == 2
    roster = Roster.objects.get()
    assert (roster.title, roster.note) == ("示例集中签约", "100个，现场30个")
    first, second = Project.objects.order_by("pk")
    assert (first.title, first.location, first.region) == ("示例金融城", "丽泽（由名称）", "丰台区")
    assert (second.scale, sorted(map(str, second.industries.all()))) == ("年产值可达100亿元", ["医药", "器械"])
    assert list(Party.objects.values_list("printed", "role")) == [("示例集团", "signatory"), ("示例方等", "signatory")]
    assert [(row.kind, str(row.figure)) for row in Amount.objects.all()] == [("intended", "30亿元（拟投资）")]
    stages = StageEntry.objects.order_by("project_id")
    assert [(row.stage, str(row.happened), row.evidence) for row in stages] == [
        ("signed", DAY, ""),
        ("signed", DAY, "签约（拟联合）"),
    ]
    assert ProjectEntry.objects.filter(roster=roster).count() == 2
    words = Citation.objects.get(object_id=Amount.objects.get().pk, content_type__model="amount").words
    assert words == "30亿元（拟投资）"


def test_totals_of_a_batch_are_figures_of_its_roster(tmp_path):
    path = projects(tmp_path, *PLANS)
    taken("projects", path, **CREATE_ALL)
    figures = [(row.name, str(row.figure), str(row.as_of)) for row in RosterFigure.objects.order_by("pk")]
    assert figures == [
        ("示例集中签约 投资额", "超1800亿元", DAY),
        ("示例集中签约 现场签约代表项目", "30个", DAY),
        ("示例集中签约 合作平台", "4家", DAY),
        ("示例洽谈会：产业项目 投资额", "约160.16亿元（意向投资额）", DAY),
        ("示例洽谈会：产业项目 项目数", "31个", DAY),
    ]
    again = planned("projects", path)
    assert outcomes(again) == ["same", "same"]
    assert [row.items() for row in again.totals] == [[], []]


def test_an_amount_that_names_several_is_refused_with_its_reason(tmp_path):
    row = project("X9", "示例生产线", "示例方", "分别投资50亿元")
    found = planned("projects", projects(tmp_path, row), **CREATE_ALL)
    assert [(problem.column, problem.code) for problem in found.all_problems()] == [("D", "several")]


def test_a_list_of_places_is_kept_as_said(tmp_path):
    headings = ["序号", "名称", "别名", "类别", "面积", "位置", "时间", "荣誉/榜单", "地区", "来源编号"]
    rows = [
        ["L1", "示例地区", "示例市场", "功能组团/市场", None, None, "2025年", None, "丰台区", "W1"],
        ["L2", "示例湖", None, "园区（高新区）", "12.5万平方米", "东莞", "2023年6月", "示例十大园区", None, "W1"],
        ["L3", "示例街", None, "镇", None, "东莞", "2023年6月", None, None, "W1"],
    ]
    sheet = [["楼宇园区名录"], NOTE, headings, *rows, ["合计", "3条"], SIGNED]
    path = saved(
        tmp_path / "places.xlsx", ("名录", sheet), ("来源", [SOURCES, ["W1", "示例名单", None, None, None, "名单"]])
    )
    taken("places", path, **CREATE_ALL)
    first, second, third = Place.objects.order_by("pk")
    assert (first.kind, first.kind_as_printed, first.other_names, str(first.as_of)) == (
        *("", "功能组团/市场", "示例市场"),
        "2025年",
    )
    assert (second.kind, second.kind_as_printed, str(second.area), second.area_value) == (
        *("park", "园区（高新区）", "12.5万平方米"),
        125000,
    )
    assert [str(entry.roster) for entry in second.entries.all()] == ["示例十大园区"]
    assert (third.kind, third.location) == ("town", "东莞")
    assert outcomes(planned("places", path)) == ["same"] * 3


FIGURES = [
    "序号",
    "地区/范围",
    "指标名称",
    "期间",
    "数值",
    "单位",
    "同比增减",
    "修饰词",
    "比较/排名",
    "口径",
    "来源编号",
]


def indicators(tmp_path, *rows):
    sheet = [["主要经济指标汇总表"], NOTE, FIGURES, *rows, ["合计", f"{len(rows)}条"], SIGNED]
    sources = [SOURCES, ["W06", "示例公报", None, "2025-01-07", None, "统计公报"]]
    return saved(tmp_path / "indicators.xlsx", ("汇总表", sheet), ("来源", sources))


def figure(name="示例增加值", value="2009.7", unit="亿元", growth=None, qualifier=None, comparison=None, coverage=None):
    return ["I1", "示例区", name, "2021年", value, unit, growth, qualifier, comparison, coverage, "W06"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            figure(growth="增长8.2%", coverage="初步核算,按不变价"),
            ("2009.7亿元", "增长8.2%", "preliminary", "real", ""),
        ),
        (
            figure(value="2300", growth="增长5%以上", qualifier="预计突破"),
            ("预计突破2300亿元", "增长5%以上", "expected", "", ""),
        ),
        (figure(value="600", unit="家", qualifier="总量"), ("总量600家", "", "", "", "")),
        (figure(value="－１．５７", unit="‰", coverage="负值"), ("－１．５７‰", "", "", "", "负值")),
        (figure(value=None, unit=None, growth="增长5.7%", qualifier="预计"), ("", "预计增长5.7%", "expected", "", "")),
        (figure(value=2.4, unit="万家", qualifier="近"), ("近2.4万家", "", "", "", "")),
        (figure(value="6595", unit="人/平方公里", growth="减少13人"), ("6595人/平方公里", "减少13人", "", "", "")),
        (figure(value="300", unit="家", qualifier="余"), ("300余家", "", "", "", "")),
    ],
)
def test_a_figure_is_put_together_from_its_columns(tmp_path, row, expected):
    path = indicators(tmp_path, row)
    taken("observations", path, **CREATE_ALL)
    seen = Observation.objects.get()
    shown = (str(seen.value or ""), str(seen.growth or ""), seen.vintage, seen.growth_basis, seen.coverage)
    assert shown == expected
    assert outcomes(planned("observations", path)) == ["same"]


def test_a_ratio_is_no_figure(tmp_path):
    found = planned("observations", indicators(tmp_path, figure(value="0.04:16.4:83.6", unit=None)), **CREATE_ALL)
    assert [(problem.column, problem.code) for problem in found.all_problems()] == [("E", "ratio")]
