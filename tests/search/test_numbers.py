"""Figures and periods are found as printed and as numbers; traditional characters and every reading find a name."""

import pytest
from django.utils.safestring import mark_safe

from fengtai.lists.finding import Finder
from fengtai.search.highlighting import highlighted
from fengtai.search.query import parse
from fengtai.values.figures import parse_figure
from fengtai.values.glosses import gloss
from fengtai.values.growths import parse_growth
from indicators.models import Observation
from partners.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db


def finds(row, text: str, links=()) -> bool:
    rows = Finder(type(row), links).find(type(row).objects.public(), parse(text))
    return list(rows) == [row]


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        ("2187.5亿元", "2187.5亿元 2187.5亿 2187.5 218750000000 2,187.5亿元 ２１８７．５亿 2187.5亿元左右"),
        ("2.13万家", "2.13万家 21300 21300家 21,300 2.13万"),
        ("300余家", "300余家 300 300家"),
        ("600家", "600家 600"),
        ("6.5%", "6.5% 6.5 增长6.5%"),
    ],
)
def test_a_figure_is_found_as_printed_and_as_a_number(value, typed):
    row = factories.observation(value=value, growth="")
    factories.observation(indicator=factories.indicator(name="他指标", code="other"), value="7家", growth="")
    missed = [one for one in typed.split() if not finds(row, one)]
    assert missed == []
    assert not finds(row, "7家")


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        ("2187.5亿元", "187.5亿元 87.5亿元 7.5亿元 5亿元"),
        ("19.6%", "9.6% 6% 9.6%以上"),
        ("65家", "65% 5家 65‰"),
        ("1.8万家", "8万家 8万"),
        ("1.9个百分点", "1.9% 9个百分点"),
    ],
)
def test_a_figure_is_not_found_within_another(value, typed):
    row = factories.observation(value=value, growth="")
    assert finds(row, value)
    assert [one for one in typed.split() if finds(row, one)] == []


def test_a_figure_beside_the_longer_one_is_found():
    row = factories.policy(summary="由2187.5亿元到187.5亿元，占2019.5%和19.5%")
    missed = [one for one in ("2187.5亿元", "187.5亿元", "19.5%", "2019.5%", "占2019.5") if not finds(row, one)]
    assert (missed, finds(row, "87.5亿元"), finds(row, "9.5%")) == ([], False, False)


def test_a_code_is_found_by_any_part_and_a_year_by_its_end():
    row = factories.organisation(name="示例甲", standing="2024年入选", credit_code="91110106MA0012345G")
    assert [one for one in ("91110106", "0106MA", "12345G", "24年", "2024年") if not finds(row, one)] == []


@pytest.mark.parametrize(
    "typed", ["5000万元", "五千万元以上", "50 million", "CNY 50 million", "0.5亿元", "65户", "65个", "12%"]
)
def test_figures_in_a_sentence_are_found_as_numbers(typed):
    row = factories.policy(summary="对注册资本5000万元以上的65家企业，按12%给予支持")
    assert finds(row, typed)


@pytest.mark.parametrize(
    ("period", "typed"),
    [
        ("2024年前三季度", ["first three quarters of 2024"]),
        ("2024年三季度", ["Q3 2024", "2024 Q3", "third quarter of 2024", "2024Q3"]),
        ("2024年上半年", ["first half of 2024", "H1 2024"]),
        ("2024年11月", ["November 2024", "in Nov 2024"]),
        ("2024年4月23日", ["23 April 2024", "April 23, 2024", "as of 23 April 2024"]),
    ],
)
def test_a_period_is_found_in_english(period, typed):
    row = factories.observation(period=period)
    assert [one for one in typed if not finds(row, one)] == []


@pytest.mark.parametrize("typed", ["218.75 billion", "218,750 million", "CNY 218.75 billion", "百分之六点五"])
def test_numbers_are_read_in_words(typed):
    assert finds(factories.observation(value="2187.5亿元", growth="同比增长6.5%"), typed)


@pytest.mark.parametrize(
    ("period", "typed"),
    [
        ("2024年上半年", "2024年上半年 上半年 2024 2024H1"),
        ("2024年一季度", "2024年第一季度 2024Q1 一季度"),
        ("2024年4月23日", "2024-04-23 2024年4月 20240423"),
        ("2024年1—9月", "2024年1-9月 2024年"),
    ],
)
def test_a_period_is_found_however_it_is_written(period, typed):
    row = factories.observation(period=period)
    assert [one for one in typed.split() if not finds(row, one)] == []


@pytest.mark.parametrize(
    ("period", "typed"),
    [
        ("2024年4月23日", ["2024.4.23", "2024/4/23", "2024-4-23", "二〇二四年四月二十三日", "二〇二四年四月"]),
        ("2023年", ["二〇二三年", "二零二三年"]),
    ],
)
def test_a_day_is_found_however_it_is_typed(period, typed):
    row = factories.observation(period=period)
    assert [one for one in typed if not finds(row, one)] == []
    assert not finds(row, "二〇二二年") and not finds(row, "2024.4.24")


PRINTED = ["300余家", "约7万平方米", "三成以上", "2187.5亿元", "577家"]
GROWTHS = ["同比增长19.6%", "下降2.1%", "增长1.9个百分点"]


def glosses() -> list[tuple[str, str, str]]:
    """Figures and growths as they are printed, each with what the site prints beside it."""
    values = [(text, "value", gloss(parse_figure(text))) for text in PRINTED]
    return values + [(text, "growth", gloss(parse_growth(text))) for text in GROWTHS]


@pytest.mark.parametrize(("printed", "field", "gloss"), glosses())
def test_what_is_printed_beside_a_figure_in_english_finds_it(printed, field, gloss):
    row = factories.observation(**{"value": "", "growth": "", field: printed})
    other = factories.observation(indicator=factories.indicator(name="他指标", code="other"), value="7家", growth="")
    assert finds(row, gloss) and not finds(other, gloss)


def test_an_english_figure_stands_among_other_words():
    row = factories.observation(value="300余家", growth="同比增长6.5%", vintage="preliminary")
    found = ["more than 300 preliminary", "Preliminary, up 6.5 % on the year before", "6.5 percent", "300 enterprises"]
    assert [one for one in found if not finds(row, one)] == []
    assert [one for one in ("more than 301", "down 6.5 %", "300 million") if finds(row, one)] == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Rail technologies", "technology"),
        ("Rail technology", "technologies"),
        ("Businesses", "business"),
        ("A box", "boxes"),
    ],
)
def test_one_is_found_as_many_are(name, typed):
    assert finds(factories.organisation(name="甲", name_en=name), typed)


def test_an_observation_is_found_by_its_scope_its_vintage_and_any_word_of_its_indicator():
    row = factories.observation(value="300余家", vintage="preliminary")
    name, scope = row.indicator.name, row.scope.name
    for words in (f"{scope} 300余家 {name}", f"{name[-2:]} 初步核算 {scope}", f"Preliminary {name}"):
        assert finds(row, words, ("indicator", "scope"))
    Observation.objects.update(vintage="final")
    assert not finds(row, "初步核算")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("丰台后里面馆", "豐臺 後裡 麵館"),
        ("豐臺後裡麵館", "丰台 后里 面馆"),
        ("中国通号", "中國通號"),
        ("单县酒业", "shanxian sxjy"),
        ("盖州果业", "gaizhou"),
        ("仇氏建筑", "qiushi qsjz choushi"),
        ("查氏设计", "zhashi chashi"),
        ("绿源旅业", "lvyuan luyuan luye lvye"),
        ("女娲科技", "nvwa nuwa"),
        ("策略研究院", "celue celve"),
    ],
)
def test_a_name_is_found_in_either_script_and_by_every_reading(name, typed):
    row = factories.organisation(name=name)
    assert [one for one in typed.split() if not finds(row, one)] == []
    assert Organisation.objects.get().name == name  # as it was written


@pytest.mark.parametrize(
    ("typed", "html", "marked"),
    [
        ("豐台", "丰台区", "<mark>丰台</mark>区"),
        ("丰台", "豐臺區", "<mark>豐臺</mark>區"),
        ("300余家", '<data value="300">300余家</data>', '<data value="300"><mark>300余家</mark></data>'),
        ("300", '<data value="300">300余家</data>', '<data value="300"><mark>300余家</mark></data>'),
        ("21300", '<data value="21300">2.13万家</data>', '<data value="21300"><mark>2.13万家</mark></data>'),
        ("GDP", "地区生产总值", "地区<mark>生产总值</mark>"),
        ("luyuan", "绿源", "<mark>绿源</mark>"),
    ],
)
def test_what_was_found_is_marked_as_it_is_shown(typed, html, marked):
    assert highlighted(mark_safe(html), parse(typed)) == marked
