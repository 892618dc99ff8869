"""What numbers are called: the words stay as printed, the kind that they mean stands apart."""

import pytest

from fengtai.values.figure_refusals import Code, FigureError
from fengtai.values.figures import parse_figure
from fengtai.values.labels import AREA, MONEY, OTHER, are_of_one, parse_labelled
from projects.models import Amount, Place

AREAS = """
97亩 | : 97亩
面积：162公顷 | : 162公顷
占地97亩 | 占地 land 97亩
占地面积约97亩 | 占地面积 land 约97亩
总用地面积约为5公顷 | 总用地面积 land 约为5公顷
规划面积3平方公里 | 规划面积 planned 3平方公里
规划总建筑面积50万平方米 | 规划总建筑面积 planned 50万平方米
总面积162公顷 | 总面积 total 162公顷
建筑面积1,000平方米 | 建筑面积 floor-area 1,000平方米
地上建筑面积12万平方米以上 | 地上建筑面积 above-ground 12万平方米以上
地下面积8万平方米 | 地下面积 below-ground 8万平方米
一期占地30亩 | 一期占地 other 30亩
绿地面积3公顷 | 绿地面积 other 3公顷
总面积162公顷，总建筑面积约202万平方米 | 总面积 total 162公顷; 总建筑面积 total-floor-area 约202万平方米
162公顷；总建筑面积约202万平方米 | : 162公顷; 总建筑面积 total-floor-area 约202万平方米
占地97亩（总建筑面积10万平方米） | 占地 land 97亩; 总建筑面积 total-floor-area 10万平方米
总建筑面积20万平方米，其中地上12万平方米、地下8万平方米 \
| 总建筑面积 total-floor-area 20万平方米; 其中地上 above-ground 12万平方米; 地下 below-ground 8万平方米
5万平方米；6万平方米 | : 5万平方米; : 6万平方米
"""
AMOUNTS = """
3.5亿元 | : 3.5亿元
投资额5亿元 | : 5亿元
累计5亿元 | : 累计5亿元
总额5亿元 | : 总额5亿元
30亿元（拟投资） | : 30亿元（拟投资）
协议投资额约3.5亿元 | 协议投资额 agreed 约3.5亿元
合同额：5亿元 | 合同额 agreed 5亿元
贷款额2亿元 | 贷款额 loan 2亿元
注册资本5000万元 | 注册资本 registered-capital 5000万元
增资2亿元 | 增资 capital-increase 2亿元
注册资本增加2亿元 | 注册资本增加 capital-increase 2亿元
年产值超100亿元 | 年产值 output 超100亿元
年营收100亿元以上 | 年营收 revenue 100亿元以上
预计年税收1000万元 | 预计年税收 tax 1000万元
计划总投资首次突破5亿元 | 计划总投资 total 首次突破5亿元
累计投资5亿元 | 累计投资 other 5亿元
固定资产投资5亿元 | 固定资产投资 other 5亿元
注册资本1亿元（到位0.5亿元） | 注册资本 registered-capital 1亿元; 到位 paid-in 0.5亿元
总投资10亿元，其中贷款3亿元 | 总投资 total 10亿元; 其中贷款 loan 3亿元
530万元；600万元 | : 530万元; : 600万元
"""


def table(text: str) -> list[tuple[str, list]]:
    """Each line as the text of a cell and what is read in it: words, kind and figure of each."""
    rows = []
    for line in text.strip().replace("\\\n", "").splitlines():
        cell, _bar, told = (part.strip() for part in line.partition("|"))
        read = [tuple(one.split(" ")) if one[0] != ":" else ("", "", one[2:]) for one in told.split("; ")]
        rows.append((cell, read))
    return rows


@pytest.mark.parametrize(("labels", "rows"), [(AREA, AREAS), (MONEY, AMOUNTS)])
def test_labels_before_numbers_say_their_kind(labels, rows):
    expected = table(rows)
    assert [(text, [tuple(one) for one in labels.read(text, parse_figure)]) for text, _read in expected] == expected


@pytest.mark.parametrize(
    ("labels", "text", "code"),
    [
        (AREA, "500幢总部楼", Code.WORDS),
        (AREA, "占地面积97亩，东至示例路", Code.WORDS),
        (AREA, "占地", Code.WORDS),
        (MONEY, "分别投资50亿元", Code.SEVERAL),
        (MONEY, "税后3亿元", Code.WORDS),
        (MONEY, "5亿元（分别）", Code.NOTE),
        (MONEY, "首次500亿元", Code.ORDINAL),
    ],
)
def test_what_is_not_wholly_understood_is_refused(labels, text, code):
    with pytest.raises(FigureError) as refused:
        labels.read(text, parse_figure)
    assert refused.value.code is code


def test_first_passing_a_mark_bounds_the_figure_and_keeps_its_word():
    found = parse_figure("首次突破500亿元")
    assert (found.printed, found.bound, found.value) == ("首次突破500亿元", "more_than", 500 * 10**8)


@pytest.mark.parametrize(
    ("kind", "words", "others", "same"),
    [
        ("land", "占地", "用地面积", True),
        ("land", "", "占地", True),
        ("tax", "新增税收", "税收", False),
        ("total", "总投资", "计划总投资", True),
        (OTHER, "绿地面积", "商业面积", False),
        (OTHER, "绿地面积", "绿地面积", True),
    ],
)
def test_which_labels_call_the_same_thing(kind, words, others, same):
    assert are_of_one(kind, words, others) is same


def test_a_typed_line_is_read_whatever_it_is_called():
    assert [str(parse_labelled(text)) for text in ("协议投资额约3.5亿元", "总建筑面积5万平方米")] == [
        "约3.5亿元",
        "5万平方米",
    ]


def test_every_kind_that_words_mean_is_one_of_the_list():
    assert {*MONEY.kinds.values()} <= {*Amount.Kind.values}
    assert {*AREA.kinds.values()} <= {*Place.AreaKind.values}
