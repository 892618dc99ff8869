"""What is read, what is refused and why: cells of real reports, and properties that hold for every text."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fengtai.values.figures import Bound, Code, FigureError, parse_figure
from fengtai.values.growths import Basis, Direction, Measure, parse_growth

# printed, value, unit, bound (a printed form may hold blanks)
FIGURES = """
2.13万家 21300 家 exact
1.80亿元 180000000 元 exact
约3.5亿元 350000000 元 about
约7万平方米 70000 平方米 about
300余家 300 家 more_than
1800多亿元 180000000000 元 more_than
超1800亿元 180000000000 元 more_than
2万多家 20000 家 more_than
3.5亿余元 350000000 元 more_than
20余万平方米 200000 平方米 more_than
十余家 10 家 more_than
百余家 100 家 more_than
千余万元 10000000 元 more_than
一千二百余亿元 120000000000 元 more_than
5年多 5 年 more_than
突破2000亿元大关 200000000000 元 more_than
预计突破2300亿元 230000000000 元 more_than
过万亿元 1000000000000 元 more_than
超过300余家 300 家 more_than
＞300家 300 家 more_than
十来家 10 家 about
300家左右 300 家 about
三百家上下 300 家 about
上百家 100 家 at_least
上千万元 10000000 元 at_least
亿元以上 100000000 元 at_least
5000万元以上 50000000 元 at_least
达50个以上 50 个 at_least
至少300家以上 300 家 at_least
10万元起 100000 元 at_least
不低于5% 5 % at_least
≥5% 5 % at_least
近2.4万家 24000 家 nearly
近百家 100 家 nearly
近十亿元 1000000000 元 nearly
接近3‰ 3 ‰ nearly
不超过5% 5 % at_most
5万元以下 50000 元 at_most
5%-6%之间 5 % between
5万元以内 50000 元 at_most
不足300家 300 家 less_than
低于5亿元 500000000 元 less_than
两大 2 个 exact
十大 10 个 exact
一百二十家 120 家 exact
三百六十二家 362 家 exact
一千二百亿元 120000000000 元 exact
贰拾亿元 2000000000 元 exact
1万2千家 12000 家 exact
3亿5000万元 350000000 元 exact
3千万元 30000000 元 exact
12.6万亿元 12600000000000 元 exact
1,234.5万元 12345000 元 exact
3.5 亿元 350000000 元 exact
３，３６２家 3362 家 exact
人民币3.5亿元 350000000 元 exact
￥３０万 300000 元 exact
3.5亿美元 350000000 美元 exact
US$30亿 3000000000 美元 exact
HK$500,000 500000 港元 exact
NT$30万 300000 新台币 exact
CA$2万 20000 加元 exact
A$2万 20000 澳元 exact
S$2万 20000 新加坡元 exact
JP¥3亿 300000000 日元 exact
€500 500 欧元 exact
3公顷 30000 平方米 exact
1.5平方公里 1500000 平方米 exact
9.8万㎡ 98000 平方米 exact
100m² 100 平方米 exact
200亩 200 亩 exact
150千瓦 150 千瓦 exact
3万千瓦 30000 千瓦 exact
3 千克 3 千克 exact
6595人/平方公里 6595 人/平方公里 exact
2万元/㎡ 20000 元/平方米 exact
30亿元/年 3000000000 元/年 exact
三成 30 % exact
三成以上 30 % at_least
三成五 35 % exact
近八成 80 % nearly
百分之六点五 6.5 % exact
百分之百 100 % exact
千分之五 5 ‰ exact
5.61‰ 5.61 ‰ exact
一半 50 % exact
过半 50 % more_than
半数以上 50 % at_least
近半 50 % nearly
1.9个百分点 1.9 个百分点 exact
2.3倍 2.3 倍 exact
－１．５７‰ -1.57 ‰ exact
−1.57‰ -1.57 ‰ exact
负1.5亿元 -150000000 元 exact
下降2.1% -2.1 % exact
减少13人 -13 人 exact
减少0.4万人 -4000 人 exact
负增长2.1% -2.1 % exact
负增长 0 % less_than
持平 0 % exact
基本持平 0 % about
下降2.1%以上 -2.1 % at_most
下降超2% -2 % less_than
下降不足2% -2 % more_than
下降近5% -5 % nearly
降至5% 5 % exact
减少到58家 58 家 exact
累计已达600家 600 家 exact
净增长775家 775 家 exact
达到3362家 3362 家 exact
完成784.9亿元 78490000000 元 exact
"""

# code | part | text
REFUSED = """
number|3.1.4|3.1.4
number|1e5|1e5
number|9.1E+17|9.1E+17
number|1,23|1，23家
number|007|007
number|.5|.5
number|一百五|一百五
number|一亿二千|一亿二千
blank|3 362|3 362家
blank|万 2千|1 万 2千家
too_large|99999999999999999999|99999999999999999999
too_large|0.0000001|0.0000001%
unit|朵|12朵
unit|²|3²
unit|½|3½
unit|起|10万起
unit|10-15|10-15
conflict|美元|人民币3亿美元
bounds|余|约300余家
bounds|以上|不超过300家以上
bounds|左右|10%~15%左右
sign|-|下降-2.1%
sign|回落|降幅回落2%
range|30亿-20亿元|30亿-20亿元
range|三至五百家|三至五百家
range|至|减少13人至6595人
note|20亿元|30亿元（20亿元）
note|减少|30亿元（减少）
note|不含|5000万元以上（不含）
several|2+4+6|2+4+6
several|分别|分别投资50亿元
several|、|30个、4家
several|5个|12家5个
several|、|年产30亿、50亿
several|31.6%,比上年末下降0.2个百分点|比重31.6%,比上年末下降0.2个百分点
ratio|0.04:16.4:83.6|0.04:16.4:83.6
ratio|1：3|1：3
fraction|1/3|1/3
fraction|三分之一|三分之一
fraction|万分之五|万分之五
ordinal|第3|第3
ordinal|首个|首个
ordinal|二期|二期
date|2024年|2024年
date|二〇二四年|二〇二四年
date|2024-04-23|2024-04-23
date|5月|5月
date|近三年|近三年
date|十四五|十四五
vague|数百|数百家
vague|几十|几十家
vague|十几|十几家
vague|若干|若干
vague|一批|一批
vague|两三|两三家
vague|百万|百万元
vague|亿|亿元
vague|半|半
relative|同比|同比增长6.5%
relative|上年的|达到上年的2.3倍
relative|高于1.9个百分点|高于1.9个百分点
relative|翻一番|翻一番
relative|收窄|降幅收窄1.2个百分点
words|企业|300家企业
words|高新|高新300家
words|inf|inf
words|nan|nan
words|①|①
words|Ⅷ|Ⅷ
words|٣|٣
words|—|—5%
character|U+0000|3\x00家
character|U+200B|3\u200b家
character|U+D800|3\ud800家
empty||\u3000 
"""

# printed, value, unit, bound, versus
GROWTHS = """
6.5% 6.5 % exact
+6.5% 6.5 % exact
1.9个百分点 1.9 个百分点 exact
增长１１．８％ 11.8 % exact
下降１．６％ -1.6 % exact
下降11.3% -11.3 % exact
增长-2.1% -2.1 % exact
负增长2.1% -2.1 % exact
增长5%以上 5 % at_least
增长近三成 30 % nearly
增长一倍多 1 倍 more_than
翻番 1 倍 exact
翻一番 1 倍 exact
翻两番 3 倍 exact
增长2.3倍 2.3 倍 exact
减少一半 -50 % exact
增加1万人 10000 人 exact
+13人 13 人 exact
净增1.1万家 11000 家 exact
同比增长约6.5% 6.5 % about 同比
环比增长2% 2 % exact 环比
年均增长6%左右 6 % about 年均
两年平均增长5.2% 5.2 % exact 两年平均
比2019年增长12.5% 12.5 % exact 2019年
较年初增加13.5亿元 1350000000 元 exact 年初
较上年提高1.9个百分点 1.9 个百分点 exact 上年
比上年末下降0.2个百分点 -0.2 个百分点 exact 上年末
比上年低0.3个百分点 -0.3 个百分点 exact 上年
高于2023年同期17个百分点 17 个百分点 exact 2023年同期
高于全市平均水平1.9个百分点 1.9 个百分点 exact 全市平均水平
低于全国平均水平0.3个百分点 -0.3 个百分点 exact 全国平均水平
增速高于全市0.2个百分点 0.2 个百分点 exact 全市
增速回落0.2个百分点 -0.2 个百分点 exact
上调10个基点 10 个基点 exact
降幅为2.1% -2.1 % exact
持平 0 % exact
与上年持平 0 % exact 上年
同比基本持平 0 % about 同比
正增长 0 % more_than
负增长 0 % less_than
"""

GROWTH_REFUSED = """
unit|6.5
level|达到300家
level|300家
level|增至300家
level|达到6.5%
level|下降至5%
level|2.3倍
relative|高于1.9个百分点
relative|比上年5%
relative|扩大2个百分点
sign|下降-2.1%
several|增长28.4%、15.3%
several|占全市的20.7%,增速高于全市0.2个百分点
"""


# value and unit cells, and the modifier beside them, of the sample workbooks and of the facts of the report
SAMPLE_CELLS = """
600,家 65,家 2009.7,亿元 0.7,亿元 328.9,亿元 1680.1,亿元 10,万元,达到 201.5,万人 63.6,万人 200.2,万人 5.61,‰
7.18,‰ －１．５７,‰ 6595,人/平方公里 118.1,万人 １４５．２,亿元,完成 38.9,亿元 23.2,亿元 19.4,亿元 8.7,亿元
262.8,亿元 2300,亿元,预计突破 20,万家,突破 1.1,万家,净增 3643,家 56,%,超 1330,亿元,预计 4300,家,超 4320,项
10,家 2.4,万家,近 301,家 9230.1,亿元 2.9,亿元 ４２９．９,亿元 8797.3,亿元 566.3,亿元,完成 116.9,亿元
150.2,亿元 589.8,亿元 39134.6,亿元 343.9,万人 3.7,% 58,家,达到 3362,家,达到 775,家,净增长 1.9,个百分点 12,项
20,个 456,家 2187.5,亿元 784.9,亿元,完成 2.13,万家 1.8,万家 577,家 15,个 8,个 150,千瓦 29,家 11,项 18,项
600,家,累计 40,家 5,个 9,个 7,万平方米,约
"""
SAMPLE_AMOUNTS = """
超1800亿元 30亿元（拟投资） 20亿元（拟投资） 10亿元（将投资） 约426.81亿元（意向投资额） 约160.16亿元（意向投资额）
约150亿元（意向投资额） 约104.65亿元（意向投资额） 约12亿元（意向投资额） 3578.2亿元 2285亿元 1293.2亿元
50个 31个 2个 12个 5个 359个 102个 257个
"""
SAMPLE_GROWTHS = """
增长8.2% 增长6.6% 增长7.4% 增长8.3% 增长11.3% 减少0.4万人 减少0.6万人 减少13人 增加1万人 增长１１．８％ 增长10.3%
增长11.5% 增长15.8% 增长22.3% 下降6% 增长28.4% 增长15.3% 增长6.9% 增长6.5% 增长5%以上 增长17.3% 增长5.7%
高于2023年同期17个百分点 增长43.2% 增长5.0% 增长10.2% 下降１．６％ 增长5.3% 增长0.5% 下降11.3% 下降0.8% 增长7.7%
减少0.7万人 高于全市平均水平1.9个百分点 比上年末下降0.2个百分点
"""
SAMPLE_REFUSED = """
ratio|0.04:16.4:83.6
ratio|0.03:4.66:95.31
several|分别投资50亿元
several|现场签约代表项目30个、高校科研院所合作平台4家
words|年产值和销售收入可达100亿元
vague|一批
ordinal|首个
several|2+4+6
"""

ALPHABET = (
    "0123456789,.零〇一二两三五十百千万亿点半几数余多来近约超不以上下至到-—~成倍%‰家个元年月分之() （）的比同高于降增²①"
)


def cells(table: str, width: int, sign: str = " ") -> list[list[str]]:
    """The rows of a table above, each filled up to `width` cells."""
    rows = [line.split(sign, width - 1) for line in table.strip("\n").splitlines()]
    return [row + [""] * (width - len(row)) for row in rows]


def amounts(table: str) -> list[tuple[str, ...]]:
    """Rows of printed, value, unit, bound and perhaps more, where the printed form may hold blanks."""
    rows = []
    for line in table.strip().splitlines():
        words = line.split(" ")
        at = next(place for place, word in enumerate(words) if word in set(Bound)) - 2
        rows.append((" ".join(words[:at]), *words[at : at + 3], " ".join(words[at + 3 :])))
    return rows


def refusal(parse, *arguments) -> tuple[str, str]:
    with pytest.raises(FigureError) as refused:
        parse(*arguments)
    assert refused.value.part in str(refused.value)
    return refused.value.code, refused.value.part


def figure_or_none(text, unit=None):
    try:
        return parse_figure(text, unit)
    except FigureError:
        return None


@pytest.mark.parametrize(("printed", "value", "unit", "bound", "_"), amounts(FIGURES))
def test_figure_is_read_and_kept_as_printed(printed, value, unit, bound, _):
    figure = parse_figure(printed)
    assert (str(figure), figure.value, figure.unit, figure.bound) == (printed, Decimal(value), unit, bound)
    assert str(figure.value) == value


@pytest.mark.parametrize(("code", "part", "text"), cells(REFUSED, 3, "|"))
def test_uncertain_text_is_refused_with_its_part(code, part, text):
    assert refusal(parse_figure, text) == (code, part)


@pytest.mark.parametrize(("printed", "value", "unit", "bound", "versus"), amounts(GROWTHS))
def test_growth_is_read_and_kept_as_printed(printed, value, unit, bound, versus):
    growth = parse_growth(printed)
    assert (str(growth), growth.value, growth.unit, growth.bound) == (printed, Decimal(value), unit, bound)
    assert (growth.versus, growth.direction) == (versus, Direction.BY)


@pytest.mark.parametrize(("code", "text"), cells(GROWTH_REFUSED, 2, "|"))
def test_what_is_no_growth_is_refused(code, text):
    assert refusal(parse_growth, text)[0] == code


@pytest.mark.parametrize("row", SAMPLE_CELLS.split())
def test_value_and_unit_cells_of_the_samples_are_read(row):
    number, unit, *modifier = row.split(",")
    figure = parse_figure("".join(modifier) + number, unit)
    assert figure == parse_figure("".join(modifier) + number + unit)
    assert figure.printed == "".join(modifier) + number + unit


@pytest.mark.parametrize("text", SAMPLE_AMOUNTS.split())
def test_amount_cells_of_the_samples_are_read(text):
    figure = parse_figure(text)
    assert (str(figure), figure.unit) == (text, "元" if "元" in text else "个")
    assert figure.note == text.partition("（")[2].removesuffix("）")


@pytest.mark.parametrize("text", SAMPLE_GROWTHS.split())
def test_growth_cells_of_the_samples_are_read(text):
    growth = parse_growth(text)
    assert (str(growth), growth.value < 0) == (text, "下降" in text or "减少" in text)


@pytest.mark.parametrize(("code", "text"), cells(SAMPLE_REFUSED, 2, "|"))
def test_cells_of_the_samples_that_hold_no_single_figure_are_refused(code, text):
    assert refusal(parse_figure, text)[0] == code


@pytest.mark.parametrize(
    ("text", "unit", "printed", "value"),
    [
        ("2.13", "万家", "2.13万家", "21300"),
        ("300余", "家", "300余家", "300"),
        ("5万以上", "元", "5万元以上", "50000"),
        ("30（拟投资）", "亿元", "30亿元（拟投资）", "3000000000"),
        ("10—15", "亿元", "10—15亿元", "1000000000"),
        ("3.5亿", "元", "3.5亿元", "350000000"),
        ("3.5亿", "亿元", "3.5亿元", "350000000"),
        ("3千", "万元", "3千万元", "30000000"),
        ("20家", "万家", "20家", "20"),
        ("三成以上", "%", "三成以上", "30"),
        ("两大", "个", "两大", "2"),
        (600.0, "家", "600家", "600"),
        (Decimal("2187.50"), "亿元", "2187.50亿元", "218750000000"),
    ],
)
def test_unit_of_the_column_goes_where_the_source_would_print_it(text, unit, printed, value):
    figure = parse_figure(text, unit)
    assert (figure.printed, figure.value) == (printed, Decimal(value))
    assert parse_figure(figure.printed) == figure


@pytest.mark.parametrize(
    ("text", "unit"),
    [("3.5亿", "万元"), ("3.5万", "亿元"), ("3.5亿元", "美元"), ("12项", "个"), ("三成", "家"), ("￥30", "万元")],
)
def test_unit_that_does_not_agree_with_its_column_is_refused(text, unit):
    assert refusal(parse_figure, text, unit)[0] == Code.CONFLICT


def test_unknown_unit_is_taken_from_its_column_only():
    assert parse_figure("12", "万朵") == parse_figure("12万朵", "朵")
    assert parse_figure("12", "万朵").unit == "朵"
    for unit in ("三朵", "以上", "几家", "12", "元、%"):
        assert refusal(parse_figure, "12", unit) == (Code.UNIT, unit)


@pytest.mark.parametrize(
    "text", ["10—15亿元", "10亿—15亿元", "10亿元至15亿元", "10-15亿元", "10~15亿元", "10～15亿元", "十至十五亿元"]
)
def test_range_holds_both_ends(text):
    figure = parse_figure(text)
    assert (figure.value, figure.upper, figure.bound) == (10**9, 15 * 10**8, Bound.BETWEEN)


def test_range_of_a_fall_keeps_its_lower_end_first():
    growth = parse_growth("下降3%—5%")
    assert (growth.value, growth.upper) == (-5, -3)


@pytest.mark.parametrize("text", ["-", "—", "－", "--", "——", "…", "……"])
def test_dash_means_not_given(text):
    assert (parse_figure(text, "家").value, parse_figure(text, "家").bound) == (None, Bound.NOT_GIVEN)
    assert (parse_growth(text).value, parse_growth(text).measure) == (None, None)


@pytest.mark.parametrize(
    ("text", "value", "unit", "versus"),
    [
        ("增长到2.3倍", "2.3", "倍", ""),
        ("增长到原来的3倍", "3", "倍", "原来"),
        ("达到上年的2.3倍", "2.3", "倍", "上年"),
        ("是2020年的1.5倍", "1.5", "倍", "2020年"),
        ("为上年的120%", "120", "%", "上年"),
        ("降至上年的0.8倍", "0.8", "倍", "上年"),
    ],
)
def test_growth_to_is_kept_apart_from_growth_by(text, value, unit, versus):
    growth = parse_growth(text)
    assert (growth.value, growth.unit, growth.direction, growth.versus) == (Decimal(value), unit, Direction.TO, versus)


def test_growth_knows_its_measure():
    texts = {
        "6.5%": "percent",
        "增长3‰": "percent",
        "1.9个百分点": "points",
        "增长2.3倍": "times",
        "增加13人": "amount",
    }
    assert {text: parse_growth(text).measure for text in texts} == {text: Measure(name) for text, name in texts.items()}


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("同比实际增长5.2%", Basis.REAL),
        ("按不变价计算，同比增长5%", Basis.REAL),
        ("按可比价格计算，比上年增长5.2%", Basis.REAL),
        ("增长5.0%（不变价）", Basis.REAL),
        ("名义增长4%", Basis.NOMINAL),
        ("按现价计算，增长4%", Basis.NOMINAL),
        ("增长4%", Basis.NOT_STATED),
    ],
)
def test_growth_knows_its_basis(text, basis):
    assert parse_growth(text).basis is basis


def test_growth_takes_its_unit_from_the_column():
    assert parse_growth("6.5", "%") == parse_growth("6.5%")
    assert parse_growth("-2.1", "%").value == Decimal("-2.1")
    assert parse_growth("持平", "个百分点").measure is Measure.POINTS


@pytest.mark.parametrize("value", [True, None, b"5", ["5"], 10**400])
def test_what_is_no_text_and_no_number_is_refused(value):
    assert refusal(parse_figure, value)[0] in (Code.TYPE, Code.TOO_LARGE)


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 1e20, 0.1 + 0.2, Decimal("NaN"), Decimal("1E+5")])
def test_number_that_cannot_be_printed_plainly_is_refused(value):
    assert figure_or_none(value) is None


def test_long_text_is_refused_at_once():
    assert refusal(parse_figure, "1" * 101)[0] == Code.TOO_LONG


def test_every_code_has_a_message_that_names_the_part():
    assert [code for code in Code if "%(part)s" not in code.message] == [Code.EMPTY]


@given(
    st.text() | st.text(ALPHABET, max_size=12),
    st.none() | st.sampled_from(["家", "亿元", "%", "朵"]) | st.text(max_size=3),
)
@example("\ue000", "朵")
def test_any_text_is_read_or_refused_and_nothing_else(text, unit):
    for parse in (parse_figure, parse_growth):
        try:
            assert unit is not None or str(parse(text, unit)) == text.strip()
        except FigureError as error:
            assert error.code in Code and str(error)


@given(st.text(ALPHABET, max_size=8))
def test_printed_form_read_again_gives_the_same_figure(text):
    figure = figure_or_none(text)
    assert figure is None or parse_figure(figure.printed) == figure


@given(
    st.decimals(0, 10**9, places=2).map(lambda number: f"{number:f}"),
    st.sampled_from(["", "约", "超", "近", "不足"]),
    st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]),
)
def test_number_survives_with_its_scale(number, bound, scale):
    figure = parse_figure(f"{bound}{number}", f"{scale[0]}元")
    assert (figure.printed, figure.value) == (f"{bound}{number}{scale[0]}元", Decimal(number) * scale[1])


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_larger_number_has_no_smaller_value_however_it_is_grouped(left, right):
    smaller, larger = sorted([left, right])
    assert parse_figure(smaller, "家").value <= parse_figure(f"{larger:,}家").value
