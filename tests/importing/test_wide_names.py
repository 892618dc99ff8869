"""Headings and names of tables across, each understood by itself: no database, no file."""

import pytest

from fengtai.importing.layouts.names import from_january, joined, measured, named, needs_year, part_of_year
from fengtai.importing.layouts.regions import is_region, region_in
from fengtai.workbooks.headings import heading_row
from fengtai.workbooks.period_rows import is_heading_of_periods, period_text

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("text", "core", "unit", "is_growth", "cumulative"),
    [
        ("示例总收入(亿元)", "示例总收入", "亿元", False, None),
        ("一、示例总值（亿元）", "示例总值", "亿元", False, None),
        ("其中：示例工业", "示例工业", "", False, None),
        ("示例总值累计值(亿元)", "示例总值", "亿元", False, True),
        ("示例总值_当季值(亿元)", "示例总值", "亿元", False, False),
        ("示例货币(M1)供应量期末值(亿元)", "示例货币(M1)供应量期末值", "亿元", False, None),
        ("示例货币(M1)供应量同比增长(%)", "示例货币(M1)供应量", "%", True, None),
        ("示例总额_累计增长(%)", "示例总额", "%", True, True),
        ("同比增长（%）", "", "%", True, None),
        ("同比±%", "", "%", True, None),
        ("增速", "", "", True, None),
        ("2023年比2022年增长(%)", "2023年", "%", True, None),
        ("示例失业率（%）倒数", "示例失业率（%）倒数", "", False, None),
        ("人均示例（元/人）", "人均示例", "元/人", False, None),
        ("示例医师（助理）数", "示例医师（助理）数", "", False, None),
        ("示例投资:亿元", "示例投资", "亿元", False, None),
    ],
)
def test_what_a_name_says(text, core, unit, is_growth, cumulative):
    said = named(text)
    assert (said.core, said.unit, said.is_growth, said.cumulative) == (core, unit, is_growth, cumulative)


def test_a_rate_of_growth_is_what_is_measured_where_it_stands_alone():
    assert [measured(named(text)).core for text in ("示例自然增长率(‰)", "示例总值增速（%）")] == [
        "示例自然增长率",
        "示例总值",
    ]


def test_a_growth_goes_with_the_level_that_it_names():
    level, since_january = named("示例总额当月值(亿元)"), named("示例总额累计值(亿元)")
    growth = named("示例总额累计增长(%)")
    assert (growth.goes_with(level), growth.goes_with(since_january)) == (False, True)
    assert not named("示例产值同比增长(%)").goes_with(level)
    assert named("增速").goes_with(level) and not level.goes_with(level)


@pytest.mark.parametrize(
    ("period", "until"),
    [
        ("2021年第三季度", "2021年前三季度"),
        ("2021年第一季度", "2021年1—3月"),
        ("2021Q4", "2021年前四季度"),
        ("2021年5月", "2021年1—5月"),
        ("2021-12", "2021年1—12月"),
        ("2021年1月", "2021年1月"),
        ("2021年下半年", "2021年1—12月"),
        ("2021年1-5月", "2021年1-5月"),
        ("2021", "2021"),
        ("去年", "去年"),
    ],
)
def test_the_months_from_january_to_the_end_of_a_period(period, until):
    assert from_january(period) == until


@pytest.mark.parametrize(
    ("texts", "year", "period"),
    [
        (["2023年", "一季度"], "", "2023年一季度"),
        (["2023", "1-9月"], "", "2023年1-9月"),
        (["2023年度", "上半年"], "", "2023年上半年"),
        (["2023年", "2023年5月"], "", "2023年5月"),
        (["5月"], "2024", "2024年5月"),
        (["5月"], "", "5月"),
        (["2015.0"], "", "2015"),
    ],
)
def test_a_period_over_two_headings_or_with_the_year_of_the_table(texts, year, period):
    assert joined(texts, year) == period
    assert needs_year(period) == (period == "5月")


def test_numbers_under_a_heading_of_months_or_quarters():
    assert [part_of_year(*each) for each in (("月份", 5), ("季度", "1"), ("时间", "2021-05"))] == [
        "5月",
        "第1季度",
        "2021-05",
    ]


def test_regions_by_their_names():
    assert all(map(is_region, ("丰台区", "北京", "内蒙古自治区", "全市", "延边朝鲜族自治州", "卢沟桥街道", "海淀")))
    assert not any(
        map(is_region, ("特色园区", "地区生产总值", "进出口", "城镇居民", "房地产", "上市", "示例有限公司", ""))
    )
    titles = ("2024年1-9月丰台区示例指标", "北京市丰台区示例指标", "丰台区与海淀区比较", "示例指标")
    assert [*map(region_in, titles)] == ["丰台区", "", "", ""]


@pytest.mark.parametrize(
    "heading", [2015, "2015.0", "2015年度", "2022Q1", "2022年第一季度", "2021-05", "1-5月", "一季度"]
)
def test_a_heading_that_is_a_period(heading):
    assert period_text(heading)


@pytest.mark.parametrize("heading", [2188, "100", "指标", "合计", "2015.55", None, "同比增长", "2019-2021"])
def test_a_heading_that_is_none(heading):
    assert not period_text(heading)


@pytest.mark.parametrize(
    ("cells", "is_heading"),
    [
        (["指标", 2015, 2016, 2017], True),
        (["", "2024年", "2023年"], True),
        (["地区", 2021, 2022, 2021, 2022], True),
        (["示例道路面积", 2069, 2088, 2094], False),
        (["示例道路面积", 2015, 2003, 2019], False),
        (["指标", "2021.5", "2021.6", "2021.7"], True),
        (["示例道路面积", "2015.5", "2016.3", "2017.1"], False),
        (["示例项目", "2023年", "2024年", 15], False),
        (["示例项目", "示例单位", "2023年", "甲", "乙"], False),
    ],
)
def test_a_row_of_years_is_one_of_headings(cells, is_heading):
    assert is_heading_of_periods({column: cell for column, cell in enumerate(cells, 1) if cell}) is is_heading


def test_words_that_a_list_knows_go_before_periods():
    rows = [(1, {1: "示例", 2: "2023年", 3: "2024年"}), (2, {1: "指标", 2: "数值"}), (3, {1: "示例", 2: 10})]
    assert heading_row(rows, frozenset(("指标", "数值"))) == 2
    assert heading_row(rows[:1], frozenset(("指标", "数值"))) == 1
