"""Periods: every form that is read, every one that is refused, and what holds for all of them."""

import calendar
import pickle
import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fengtai.values.period_refusals import LONGEST, REASONS
from fengtai.values.periods import Kind, Period, PeriodError, parse_period

READ = """
2024年 | year | 2024-01-01 | 2024-12-31
2024年度 | year | 2024-01-01 | 2024-12-31
2024年全年 | year | 2024-01-01 | 2024-12-31
2024全年 | year | 2024-01-01 | 2024-12-31
2024 | year | 2024-01-01 | 2024-12-31
２０２４年 | year | 2024-01-01 | 2024-12-31
二〇二四年 | year | 2024-01-01 | 2024-12-31
二零二四年 | year | 2024-01-01 | 2024-12-31
二○二四年 | year | 2024-01-01 | 2024-12-31
二0二四年度 | year | 2024-01-01 | 2024-12-31
一九九八年 | year | 1998-01-01 | 1998-12-31
1900年 | year | 1900-01-01 | 1900-12-31
2100 | year | 2100-01-01 | 2100-12-31
2024年上半年 | half | 2024-01-01 | 2024-06-30
2024年下半年 | half | 2024-07-01 | 2024-12-31
2024上半年 | half | 2024-01-01 | 2024-06-30
2024年度上半年 | half | 2024-01-01 | 2024-06-30
2024H2 | half | 2024-07-01 | 2024-12-31
2024年一季度 | quarter | 2024-01-01 | 2024-03-31
2024年第二季度 | quarter | 2024-04-01 | 2024-06-30
2024年3季度 | quarter | 2024-07-01 | 2024-09-30
2024年第4季度 | quarter | 2024-10-01 | 2024-12-31
2024一季度 | quarter | 2024-01-01 | 2024-03-31
2024Q1 | quarter | 2024-01-01 | 2024-03-31
2024年Q4 | quarter | 2024-10-01 | 2024-12-31
2024-Q2 | quarter | 2024-04-01 | 2024-06-30
2024年4月 | month | 2024-04-01 | 2024-04-30
2024年04月 | month | 2024-04-01 | 2024-04-30
2024年2月份 | month | 2024-02-01 | 2024-02-29
2023年十二月 | month | 2023-12-01 | 2023-12-31
2024-04 | month | 2024-04-01 | 2024-04-30
2024.4 | month | 2024-04-01 | 2024-04-30
2024.10 | month | 2024-10-01 | 2024-10-31
2024/04 | month | 2024-04-01 | 2024-04-30
2024.4月 | month | 2024-04-01 | 2024-04-30
2024 年 4 月 | month | 2024-04-01 | 2024-04-30
2024\u00a0年\u30004月 | month | 2024-04-01 | 2024-04-30
2024年4⽉ | month | 2024-04-01 | 2024-04-30
2024年4月23日 | day | 2024-04-23 | 2024-04-23
2024年4月23号 | day | 2024-04-23 | 2024-04-23
2024-04-23 | day | 2024-04-23 | 2024-04-23
2024‑04‑23 | day | 2024-04-23 | 2024-04-23
２０２４－０４－２３ | day | 2024-04-23 | 2024-04-23
2024/4/23 | day | 2024-04-23 | 2024-04-23
2024.4.23 | day | 2024-04-23 | 2024-04-23
20240423 | day | 2024-04-23 | 2024-04-23
2024-04-23 00:00:00 | day | 2024-04-23 | 2024-04-23
2024-04-23T00:00:00 | day | 2024-04-23 | 2024-04-23
2024/4/23 0:00 | day | 2024-04-23 | 2024-04-23
二〇二四年四月二十三日 | day | 2024-04-23 | 2024-04-23
二〇二四年十月三十一日 | day | 2024-10-31 | 2024-10-31
2024年2月29日 | day | 2024-02-29 | 2024-02-29
2000年2月29日 | day | 2000-02-29 | 2000-02-29
2024年1—9月 | cumulative | 2024-01-01 | 2024-09-30
2024年1-9月 | cumulative | 2024-01-01 | 2024-09-30
2024年1–9月 | cumulative | 2024-01-01 | 2024-09-30
2024年1──9月 | cumulative | 2024-01-01 | 2024-09-30
2024年1至9月 | cumulative | 2024-01-01 | 2024-09-30
2024年1~9月 | cumulative | 2024-01-01 | 2024-09-30
2024年1～9月 | cumulative | 2024-01-01 | 2024-09-30
2024年1—2月 | cumulative | 2024-01-01 | 2024-02-29
2024年1 - 12 月 | cumulative | 2024-01-01 | 2024-12-31
2018年1-7月份 | cumulative | 2018-01-01 | 2018-07-31
2024年1月—9月 | cumulative | 2024-01-01 | 2024-09-30
2024年1月份至9月份 | cumulative | 2024-01-01 | 2024-09-30
2024年1月至2024年9月 | cumulative | 2024-01-01 | 2024-09-30
2024年一至十一月 | cumulative | 2024-01-01 | 2024-11-30
2024年1—9月累计 | cumulative | 2024-01-01 | 2024-09-30
2024年前三季度 | cumulative | 2024-01-01 | 2024-09-30
2024年前3季度 | cumulative | 2024-01-01 | 2024-09-30
2024年前两个季度 | cumulative | 2024-01-01 | 2024-06-30
2021前三季 | cumulative | 2021-01-01 | 2021-09-30
2024年1—3季度 | cumulative | 2024-01-01 | 2024-09-30
2024年第一至第三季度 | cumulative | 2024-01-01 | 2024-09-30
2024年前9个月 | cumulative | 2024-01-01 | 2024-09-30
2024年前十一个月 | cumulative | 2024-01-01 | 2024-11-30
2023年头两个月 | cumulative | 2023-01-01 | 2023-02-28
2021年末 | point | 2021-12-31 | 2021-12-31
2024年底 | point | 2024-12-31 | 2024-12-31
2024年年底 | point | 2024-12-31 | 2024-12-31
2024年年末 | point | 2024-12-31 | 2024-12-31
2024年度末 | point | 2024-12-31 | 2024-12-31
2024年初 | point | 2024-01-01 | 2024-01-01
2024年年初 | point | 2024-01-01 | 2024-01-01
2024年6月末 | point | 2024-06-30 | 2024-06-30
2024年2月底 | point | 2024-02-29 | 2024-02-29
2024年三季度末 | point | 2024-09-30 | 2024-09-30
2024年上半年末 | point | 2024-06-30 | 2024-06-30
截至2024年底 | point | 2024-12-31 | 2024-12-31
截至2024年 | point | 2024-12-31 | 2024-12-31
截至2024年三季度末 | point | 2024-09-30 | 2024-09-30
截至2025年4月 | point | 2025-04-30 | 2025-04-30
截至2025年4月底 | point | 2025-04-30 | 2025-04-30
截止2024年12月31日 | point | 2024-12-31 | 2024-12-31
截止到2024年12月31日 | point | 2024-12-31 | 2024-12-31
截至2024年12月31日止 | point | 2024-12-31 | 2024-12-31
截至2024-04-23 | point | 2024-04-23 | 2024-04-23
截至目前（2024-04-23） | point | 2024-04-23 | 2024-04-23
到2025年 | point | 2025-12-31 | 2025-12-31
2023年3月以来 | since | 2023-03-01 | None
自2023年3月以来 | since | 2023-03-01 | None
自2023年3月10日起 | since | 2023-03-10 | None
自2024年1月1日起施行 | since | 2024-01-01 | None
从2023年开始 | since | 2023-01-01 | None
2023年以来 | since | 2023-01-01 | None
2023年起 | since | 2023-01-01 | None
2023年至今 | since | 2023-01-01 | None
2024年初以来 | since | 2024-01-01 | None
“十四五”以来 | since | 2021-01-01 | None
实施“发展伙伴计划”以来 | since | None | None
实施“三年行动计划”以来 | since | None | None
党的十八大以来 | since | None | None
党的二十届三中全会以来 | since | None | None
改革开放以来 | since | None | None
十四五 | plan | 2021-01-01 | 2025-12-31
“十四五” | plan | 2021-01-01 | 2025-12-31
"十四五"时期 | plan | 2021-01-01 | 2025-12-31
十四五期间 | plan | 2021-01-01 | 2025-12-31
“十四五”规划期 | plan | 2021-01-01 | 2025-12-31
第十四个五年规划 | plan | 2021-01-01 | 2025-12-31
十五五 | plan | 2026-01-01 | 2030-12-31
十三五 | plan | 2016-01-01 | 2020-12-31
十一五 | plan | 2006-01-01 | 2010-12-31
“十五” | plan | 2001-01-01 | 2005-12-31
"十五"计划期间 | plan | 2001-01-01 | 2005-12-31
十五时期 | plan | 2001-01-01 | 2005-12-31
九五 | plan | 1996-01-01 | 2000-12-31
五五 | plan | 1976-01-01 | 1980-12-31
四五 | plan | 1971-01-01 | 1975-12-31
三五 | plan | 1966-01-01 | 1970-12-31
二五 | plan | 1958-01-01 | 1962-12-31
一五 | plan | 1953-01-01 | 1957-12-31
十四五末 | point | 2025-12-31 | 2025-12-31
“十三五”期末 | point | 2020-12-31 | 2020-12-31
- | not_stated | None | None
— | not_stated | None | None
未写 | not_stated | None | None
未写明 | not_stated | None | None
未注明 | not_stated | None | None
不详 | not_stated | None | None
"""

REFUSED = """
1—9月 | year_missing | 1—9月
前三季度 | year_missing | 前三季度
上半年 | year_missing | 上半年
4月23日 | year_missing | 4月23日
年末 | year_missing | 年末
三季度以来 | year_missing | 三季度
截至4月底 | year_missing | 4月
24年 | short_year | 24年
24年4月 | short_year | 24年
九八年底 | short_year | 九八年
24-04-23 | short_year | 24-04-23
24Q1 | short_year | 24Q1
今年 | relative | 今年
今年1月 | relative | 今年
本年1—9月 | relative | 本年
今年以来 | relative | 今年
去年底 | relative | 去年
上年 | relative | 上年
上年同期 | relative | 上年
2023年同期 | relative | 同期
2024年当年 | relative | 当年
本月 | relative | 本月
上季度 | relative | 上季
当前 | relative | 当前
目前 | relative | 目前
截至目前 | relative | 目前
过去一年 | relative | 过去
过去的一年里 | relative | 过去
一年来 | relative | 一年来
近三年 | relative | 近三年
近年来 | relative | 近年
三个月以来 | relative | 三个月以来
上届大会以来 | relative | 上届
2024年前一季度 | relative | 前一季
未来 | relative | 未来
将 | relative | 将
2024年4月上旬 | vague | 上旬
2024年第17周 | vague | 第17周
2024年6月初 | vague | 初
2024年年中 | vague | 中
2024年春季 | vague | 春季
2024年3月8日前后 | vague | 前后
2024年左右 | vague | 左右
2024年底前 | vague | 前
“十四五”初期 | vague | 初期
约2024年 | vague | 约
长期以来 | vague | 长期
2023—2025年 | range | 2023—2025年
2023-2024 | range | 2023-2024
2021年至2025年 | range | 2021年至2025年
2024年3—5月 | range | 2024年3—5月
2024年3—5月（预计） | range | 2024年3—5月
2024年9—1月 | range | 2024年9—1月
2024年1—1月 | range | 2024年1—1月
2024年二至四季度 | range | 2024年二至四季度
2023年3月10日至12日 | range | 2023年3月10日至12日
2024年1月—2025年9月 | range | 2024年1月—2025年9月
2023年3月—2024年4月（“这一年”） | range | 2023年3月—2024年4月
2024-04-23至2024-04-25 | range | 2024-04-23至2024-04-25
2024.1-9 | range | 2024.1-9
2024年2月30日 | no_such_date | 2024年2月30日
2023年2月29日 | no_such_date | 2023年2月29日
1900-02-29 | no_such_date | 1900-02-29
2024年13月 | no_such_date | 2024年13月
2024-00-10 | no_such_date | 2024-00-10
2024年五季度 | no_such_date | 2024年五季度
2024年1—13月 | no_such_date | 2024年1—13月
截至2024年6月31日 | no_such_date | 2024年6月31日
1899年 | out_of_range | 1899年
2101 | out_of_range | 2101
0000年 | out_of_range | 0000年
45405 | serial_number | 45405
45405.5 | serial_number | 45405.5
2024-04-23 14:30:00 | clock | 14:30:00
2024年4月23日9时 | clock | 9时
2024年4月23日上午 | clock | 上午
2024\u200b年 | control_character | \u200b
2024年\x00 | control_character | \x00
2024年（初步核算） | words | （初步核算）
2024年1—9月（初步核算） | words | （初步核算）
1—9月（预计） | words | （预计）
2024年末（预计） | words | （预计）
截至2024年1—9月 | words | 截至
２０２４年（预计） | words | （预计）
2024-04-23签约 | words | 签约
十五 | words | 十五
2024年一二季度 | words | 一二季度
2024年元月 | words | 元月
“十四五”前三年 | words | 前三年
2024年底以来 | words | 以来
2014年来 | words | 来
2023年大会以来 | words | 大会以来
二〇二三以来 | words | 二〇二三以来
4.23 | words | 4.23
1-9 | words | 1-9
4/23/2024 | words | 4/23/2024
20 24年 | words | 20 24年
2024年1 2月 | words | 1 2月
٢٠٢٤年 | words | ٢٠٢٤年
2024年①月 | words | ①月
四季 | words | 四季
末 | words | 末
月末 | words | 月末
5年 | words | 5年
以来 | words | 以来
十五以来 | words | 以来
五年规划末以来 | words | 五年规划末以来
"""


def rows(table):
    return [[cell.strip(" ") for cell in line.split(" | ")] for line in table.strip("\n").split("\n")]


def read(text):
    period = parse_period(text)
    return [period.kind, str(period.start), str(period.end)]


def refusal(text, **kwargs):
    with pytest.raises(PeriodError) as caught:
        parse_period(text, **kwargs)
    return caught.value


@pytest.mark.parametrize(("text", "kind", "start", "end"), rows(READ))
def test_form_is_read(text, kind, start, end):
    assert read(text) == [kind, start, end]
    assert str(parse_period(text)) == text


@pytest.mark.parametrize(("text", "code", "part"), rows(REFUSED))
def test_form_is_refused_with_its_reason(text, code, part):
    error = refusal(text)
    assert (error.text, error.code, error.part) == (text, code, part)


def test_every_reason_is_met_and_names_the_part():
    met = {code for _, code, _ in rows(REFUSED)} | {"too_long", "not_text"}
    assert met == set(REASONS)
    assert all("%(part)s" in reason for reason in REASONS.values())


def test_message_is_printable_even_for_invisible_characters():
    assert str(refusal("2024年\x00")) == "“\\x00” is an invisible character; delete it"


def test_error_survives_pickling():
    error = refusal("去年")
    again = pickle.loads(pickle.dumps(error))
    assert (again.text, again.part, again.code) == (error.text, error.part, error.code)


@pytest.mark.parametrize("text", [None, "", "  ", "\u3000\n"])
def test_nothing_is_not_stated(text):
    assert parse_period(text) == Period("", Kind.NOT_STATED, None, None)


def test_outer_blanks_are_not_printed():
    assert str(parse_period("\u3000 2024年 \n")) == "2024年"


@pytest.mark.parametrize("value", [date(2024, 4, 23), datetime(2024, 4, 23)])
def test_date_cell_is_a_day(value):
    assert parse_period(value) == parse_period("2024-04-23")


def test_whole_number_is_read_as_its_text():
    assert parse_period(2024) == parse_period("2024")
    assert refusal(45405).code == "serial_number"


def test_other_numbers_are_refused():
    for value in (2024.0, 45405.5, float("nan"), -2024, 10**5000):
        assert refusal(value).code == "serial_number"


@pytest.mark.parametrize("value", [True, [], b"2024", object()])
def test_other_types_are_refused(value):
    assert refusal(value).code == "not_text"


def test_moment_is_no_day():
    assert refusal(datetime(2024, 4, 23, 14, 30)).code == "clock"
    assert refusal(datetime(2024, 4, 23, tzinfo=UTC)).code == "clock"
    assert refusal(date(1899, 1, 1)).code == "out_of_range"


def test_length_is_bounded():
    assert refusal("2024年" * 20).code == "too_long"
    assert refusal("实" * (LONGEST - 1)).code == "words"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1—9月", "2023年1—9月"),
        ("前三季度", "2023年前三季度"),
        ("4月23日", "2023年4月23日"),
        ("上半年", "2023年上半年"),
        ("全年", "2023年全年"),
        ("年末", "2023年末"),
        ("截至6月底", "截至2023年6月底"),
        ("3月以来", "2023年3月以来"),
        ("2024年4月", "2024年4月"),
        ("“十四五”", "“十四五”"),
    ],
)
def test_given_year_stands_in_only_where_none_is_printed(text, same):
    period, expected = parse_period(text, year=2023), parse_period(same)
    assert (period.kind, period.start, period.end) == (expected.kind, expected.start, expected.end)
    assert period.printed == text


def test_given_year_makes_nothing_else_readable():
    assert refusal("去年", year=2024).code == "relative"
    assert refusal("4-23", year=2024).code == "words"
    assert refusal("2月29日", year=2023).code == "no_such_date"
    assert refusal("4月", year=24).code == "out_of_range"
    assert refusal("4月", year="2024").code == "out_of_range"


# The periods of the 2024 report and of the four lists that clerks sent, with how often each stands there.

REPORT = {
    "2024-04-23": "day",
    "2023年": "year",
    "过去一年": "relative",
    "2024年": "year",
    "实施“发展伙伴计划”以来": "since",
    "截至目前（2024-04-23）": "point",
    "2023年3月": "month",
    "2023年3月—2024年4月（“这一年”）": "range",
    "将": "relative",
    "未来": "relative",
    "一年来": "relative",
    "过去的一年里": "relative",
    "2024-04-23签约": "words",
    "": "not_stated",
}
LISTS = {
    "2021年": "year", "2021年末": "point", "2024年": "year", "2024年底": "point", "2024年末": "point", "2025年": "year",
    "2025-01-07": "day", "2025-04": "month", "2025-01": "month", "2021-07-19": "day", "2023-02-10": "day",
    "2023-06-05": "day", "2011-01-10": "day", "2023-09-19": "day", "2021-05-24": "day", "2021年7月17日": "day",
    "2023年2月10日": "day", "2023年6月5日": "day", "2011年1月4日": "day", "2023年9月19日": "day",
    "2023年6月": "month", "2021年5月": "month", "": "not_stated",
}  # fmt: skip


def outcome(text):
    try:
        return str(parse_period(text).kind)
    except PeriodError as error:
        return error.code


@pytest.mark.parametrize(("text", "expected"), (REPORT | LISTS).items())
def test_real_cell(text, expected):
    assert outcome(text) == expected


# What holds for every text.

YEARS = st.integers(1900, 2100)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
SIGNS = (
    "2024 24 1 9 13 31 ０ ① ٢ 〇 二〇二四 十 十四 五 “ ” 年 年度 月 日 季度 半年 上 下 前 第 末 底 初 以来 起 自 "
    "截至 至 — - ~ . / 期间 规划 今年 去年 近 实施 Q1 00:00 （ ） \u3000 \x00 \ud800 全年 个 份"
)
PIECES = st.sampled_from(SIGNS.split(" "))
ANYTHING = st.text(max_size=70) | st.lists(PIECES, max_size=9).map("".join) | st.sampled_from(rows(READ)).map("".join)
PRINTED = st.sampled_from([row[0] for row in rows(READ)])


@given(ANYTHING, st.none() | YEARS)
@example("\udcff", None)
def test_any_text_is_read_or_refused(text, year):
    try:
        period = parse_period(text, year=year)
    except PeriodError as error:
        assert error.code in REASONS and error.part and error.part in text
        assert str(error).isprintable()
        return
    assert period.printed in text and text.strip() == period.printed
    assert parse_period(period.printed, year=year) == period
    assert period.start is None or period.end is None or period.start <= period.end
    assert period.start or period.kind in (Kind.NOT_STATED, Kind.SINCE)
    assert period.end or period.kind in (Kind.NOT_STATED, Kind.SINCE)


@given(DAYS)
def test_day_is_read_back_from_every_form(day):
    digits = str.maketrans("0123456789", "〇一二三四五六七八九")
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    chinese = f"{str(day.year).translate(digits)}年{numeral(day.month)}月{numeral(day.day)}日"
    plain = [f"{day.year}{mark}{day.month}{mark}{day.day}" for mark in "-/."]
    written = [f"{day.year}年{day.month}月{day.day}日", f"{day.year} 年{day.month:02}月 {day.day:02} 号", chinese]
    for text in (str(day), f"{day:%Y%m%d}", f"{day} 00:00:00", str(day).translate(wide), *plain, *written):
        assert read(text) == ["day", str(day), str(day)]
    assert read(f"截至{chinese}") == ["point", str(day), str(day)]
    assert read(f"自{chinese}起") == ["since", str(day), "None"]
    assert parse_period(day).end == day


def numeral(number):
    tens, units = divmod(number, 10)
    ten = ("", "十", "二十", "三十")[tens]
    return ten + "零一二三四五六七八九"[units].strip("零")


@given(YEARS, st.integers(1, 12))
def test_month_is_read_back_from_every_form(year, month):
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    numeric = [f"{year}-{month:02}", f"{year}.{month}", f"{year}/{month}"]
    for text in (f"{year}年{month}月", f"{year}年{numeral(month)}月份", *numeric):
        assert read(text) == ["month", str(first), str(last)]
    assert read(f"{year}年{month}月末") == ["point", str(last), str(last)]
    assert read(f"截至{year}年{month}月") == ["point", str(last), str(last)]
    if month > 1:
        for text in (f"{year}年1—{month}月", f"{year}年前{month}个月", f"{year}年一至{numeral(month)}月份"):
            assert read(text) == ["cumulative", f"{year}-01-01", str(last)]


@given(YEARS, st.integers(1, 4))
def test_quarter_is_read_back_from_every_form(year, number):
    first, last = date(year, 3 * number - 2, 1), date(year, 3 * number, 31 if number in (1, 4) else 30)
    printed = numeral(number)
    for text in (f"{year}年第{printed}季度", f"{year}年{printed}季度", f"{year}年{number}季度", f"{year}Q{number}"):
        assert read(text) == ["quarter", str(first), str(last)]


def test_plans_follow_one_another():
    plans = [parse_period(f"“{numeral(number)}五”") for number in range(3, 20)]
    assert all(later.start == plan.end + timedelta(1) for plan, later in pairwise(plans))


def test_reading_is_quick_even_when_it_fails():
    texts = [f"{year}年1—{month}月" for year in range(1900, 2100) for month in range(2, 13)]
    began = time.process_time()
    for text in texts:
        parse_period(text)
    assert (time.process_time() - began) / len(texts) < 200e-6  # some 15 µs on a quiet machine
    began = time.process_time()
    for text in ("1" * LONGEST, "年-" * 30, "一至" * 30, "“" * 60, "截至" * 30, " " * 29 + "2024" + "月" * 27):
        refusal(text)
    assert time.process_time() - began < 0.5
