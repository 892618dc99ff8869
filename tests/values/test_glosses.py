"""What figures, growths and periods say in English: the words of real reports, and digits never lost or made up."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengtai.values.english_numbers import amount, span
from fengtai.values.english_units import CURRENCIES, UNITS, in_english
from fengtai.values.figures import Bound, Figure, parse_figure, unread_figure
from fengtai.values.glosses import gloss
from fengtai.values.growths import Basis, Direction, Growth, Measure, parse_growth
from fengtai.values.periods import Kind, Period, parse_period, unread_period
from fengtai.values.units import CANONICAL, DECLARED, unit_of

FIGURES = """
300余家 | more than 300 enterprises
2187.5亿元 | CNY 218.75 billion
约3.5亿元 | about CNY 350 million
10—15亿元 | CNY 1–1.5 billion
500万—10亿元 | CNY 5 million – CNY 1 billion
5000万美元 | USD 50 million
三成以上 | 30 % or more
2.13万家 | 21.3 thousand enterprises
1.80万家 | 18.0 thousand enterprises
2.1345万家 | 21,345 enterprises
2284.0亿元 | CNY 228.40 billion
1,234.50亿元以上 | CNY 123.450 billion or more
120.0万人 | 1.200 million people
0.50亿元 | CNY 50 million
1.50—12.00亿元 | CNY 0.150–1.200 billion
1.0万亿元 | CNY 1.0 trillion
1.0万平方米 | 10 thousand square metres
1家 | 1 enterprise
12项 | 12 items
新增12家 | 12 enterprises
162公顷 | 162 hectares
约306.0平方公里 | about 306.0 square kilometres
4.0%—5.0% | 4.0–5.0 %
不足100家 | fewer than 100 enterprises
不足5亿元 | less than CNY 500 million
近百家 | nearly 100 enterprises
不超过5家 | at most 5 enterprises
5万元/亩 | CNY 50,000 per mu
净减13人 | down by a net 13 people
- | not given
600 |
6.5% |
"""
GROWTHS = """
同比增长6.5% | up 6.5 % on the year before
提高1.9个百分点 | up 1.9 percentage points
增长2.3倍 | up by 2.3 times (+230 %)
增长到2.3倍 | to 2.3 times
达到上年的2.3倍 | to 2.3 times the level of the year before
翻一番 | doubled (+100 %)
持平 | unchanged
基本持平 | roughly unchanged
同比持平 | unchanged on the year before
负增长 | down, by how much is not stated
下降2.1%以上 | down 2.1 % or more
同比增长4.0% | up 4.0 % on the year before
同比增长10.0% | up 10.0 % on the year before
下降不超过2% | down at most 2 %
下降5%—8% | down 5–8 %
增加0.4万人 | up by 4 thousand people
净增1.20万人 | up by a net 12.0 thousand people
减少22.50亿元 | down by CNY 2.250 billion
净减13人 | down by a net 13 people
6.5% | up 6.5 %
两年平均增长4.5% | up 4.5 % a year on average over two years
按可比价格计算，同比增长5.2% | up 5.2 % on the year before, at constant prices
高于2023年同期17个百分点 | 17 percentage points above the same period of 2023
高于全市1.9个百分点 | 1.9 percentage points above the whole city
比某某增长6% | up 6 %
- | not given
"""
PERIODS = """
2024年 | 2024
2024年上半年 | first half of 2024
2024年一季度 | first quarter of 2024
2024年4月 | April 2024
2024-04-23 | 23 April 2024
2024年1—9月 | January–September 2024
2024年前三季度 | first three quarters of 2024
截至2025年4月 | as of April 2025
截至2024年4月23日 | as of 23 April 2024
截至2024年底 | as of the end of 2024
截至2024年一季度 | as of the end of March 2024
2024年末 | end of 2024
2024年6月末 | end of June 2024
2024年初 | start of 2024
2023年3月以来 | since March 2023
2024年以来 | since the start of 2024
实施“发展伙伴计划”以来 | since an event whose day is not stated
“十四五” | 14th Five-Year Plan, 2021–2025
一五 | 1st Five-Year Plan, 1953–1957
三五 | 3rd Five-Year Plan, 1966–1970
2024 |
"""


def _cases(table: str) -> list[tuple[str, str]]:
    return [tuple(part.strip() for part in line.partition("|")[::2]) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("printed", "said"), _cases(FIGURES))
def test_a_figure_in_english(printed, said):
    assert gloss(parse_figure(printed)) == said


@pytest.mark.parametrize(("printed", "said"), _cases(GROWTHS))
def test_a_growth_in_english(printed, said):
    assert gloss(parse_growth(printed)) == said


@pytest.mark.parametrize(("printed", "said"), _cases(PERIODS))
def test_a_period_in_english(printed, said):
    assert gloss(parse_period(printed)) == said


def test_the_year_of_a_column_is_told_although_the_print_lacks_it():
    assert gloss(parse_period("1—9月", 2024)) == "January–September 2024"


def test_a_growth_from_the_columns_of_a_list_says_all_that_its_print_says():
    lean = Growth("同比增长6.5%", Decimal("6.5"), "%", Bound.EXACT, measure=None)
    assert gloss(lean) == "up 6.5 % on the year before"


def test_what_nobody_could_read_is_not_told():
    assert (gloss(unread_figure("若干亿元")), gloss(unread_period("近年"))) == ("", "")


def test_every_unit_has_its_english():
    missing = {unit_of(name).base for name in CANONICAL} - UNITS.keys() - CURRENCIES.keys()
    assert missing == {DECLARED}  # what a column declares and no table knows


def test_a_unit_that_no_table_knows_keeps_its_name():
    assert gloss(parse_figure("近3000尾", "尾")) == "nearly 3,000 尾"


@pytest.mark.parametrize("unit", [*UNITS, *CURRENCIES])
def test_a_unit_is_told_without_chinese(unit):
    told = in_english(unit, one=True) + in_english(f"元/{unit}", one=False)
    assert re.findall("[\u4e00-\u9fff]", told) == []


VALUES = st.decimals(-(10**18) + 1, 10**18 - 1, places=6, allow_nan=False)
SIZES = {"trillion": 10**12, "billion": 10**9, "million": 10**6}
NUMBER = re.compile(r"(−?)[A-Z ]*([0-9][0-9,]*(?:\.[0-9]+)?)(?: (trillion|billion|million))?")


def _numbers(text: str) -> list[Decimal]:
    sizes = [(number.replace(",", ""), SIZES.get(scale, 1), sign) for sign, number, scale in NUMBER.findall(text)]
    return [Decimal(number) * size * (-1 if sign else 1) for number, size, sign in sizes]


@given(VALUES, st.sampled_from(["元", "家", "%", "平方米", "元/亩", "尾", ""]))
def test_no_digit_is_lost_or_made_up(value, unit):
    assert _numbers(amount(value, unit)) == [value]


@given(VALUES, VALUES)
def test_nor_in_a_range(one, other):
    low, high = sorted((one, other))
    if low == high:
        return
    told = span(low, high, "家")
    first, last = _numbers(told)
    shared = re.search(r"[0-9]–[0-9.,]+ (trillion|billion|million)", told)  # 1–1.5 billion
    assert [first * (SIZES[shared[1]] if shared else 1), last] == [low, high]


@given(VALUES, st.sampled_from(Bound), st.sampled_from(["元", "家", "%"]))
def test_every_bound_tells_the_number_of_a_figure(value, bound, unit):
    if bound in (Bound.UNREAD, Bound.NOT_GIVEN, Bound.BETWEEN):
        return
    assert _numbers(gloss(Figure("示例", value, unit, bound))) == [value]


@given(
    VALUES,
    st.sampled_from([bound for bound in Bound if bound not in (Bound.UNREAD, Bound.NOT_GIVEN, Bound.BETWEEN)]),
    st.sampled_from(Measure),
    st.sampled_from(Basis),
    st.sampled_from(Direction),
)
def test_every_growth_tells_its_size(value, bound, measure, basis, direction):
    unit = {"percent": "%", "points": "个百分点", "times": "倍", "amount": "人"}[measure]
    growth = Growth("示例", value, unit, bound, measure, basis, direction)
    told = gloss(growth)
    if value and not told.startswith("doubled"):
        assert abs(_numbers(told)[0]) == abs(value)
    if direction is Direction.BY and value:
        assert told.startswith(("up ", "doubled")) == (value > 0)


@given(st.sampled_from(Kind), st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_every_kind_of_period_is_told(kind, start, days):
    told = gloss(Period("示例", kind, start, start + timedelta(days)))
    assert (told == "") == (kind is Kind.UNREAD)
    assert not re.search("[\u4e00-\u9fff]", told)
