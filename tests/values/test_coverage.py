"""What a figure covers, before or behind it; what is no coverage is taken apart from nothing."""

import time

import pytest

from fengtai.values.coverage import is_coverage, is_qualifier, qualifiers_in, ways_apart

COVERAGE = [
    "人均",
    "户均",
    "年均",
    "平均",
    "区属",
    "全口径",
    "规上",
    "规模以上",
    "限上",
    "其中",
    "仅",
    "仅园区",
    "不含园区",
    "含增资",
    "第一批",
    "全口径、人均",
]


def test_words_of_coverage_are_told():
    assert [text for text in COVERAGE if not is_coverage(text)] == []
    others = ["累计", "合计", "左右", "分别", "不含", "不含下", "不含超", "含3家", "上半年", "约"]
    assert [text for text in others if is_coverage(text)] == []


def test_words_that_belong_to_a_figure_are_told():
    assert [text for text in [*COVERAGE, *["累计", "合计", "左右", "约", "分别"]] if not is_qualifier(text)] == []
    assert [text for text in ("", "亿元", "上半年", "示例") if is_qualifier(text)] == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("人均5万元", ("人均", "5万元")),
        ("规模以上：约5亿元", ("规模以上", "约5亿元")),
        ("5亿元（规模以上）", ("规模以上", "5亿元")),
        ("5亿元，不含园区", ("不含园区", "5亿元")),
        ("仅下降5.7%", ("仅", "下降5.7%")),
        ("不含下降5.7%", None),
        ("590亿元", None),
    ],
)
def test_coverage_stands_before_a_figure_or_behind_it(text, first):
    assert next(ways_apart(text), None) == first


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("数值（亿元）", ()),
        ("数值（不含园区）（亿元）", ("不含园区",)),
        ("人均数值（元）", ("人均",)),
        ("人均（元）", ("人均",)),
        ("规模以上工业增加值（亿元）", ()),
        ("数值（累计）", ("累计",)),
        ("数值（必填）", ()),
    ],
)
def test_a_heading_qualifies_the_figures_below_it(heading, words):
    assert qualifiers_in(heading) == words


@pytest.mark.parametrize("text", ["含" * 99 + "9", "人均" * 49 + "x", "不含" * 49 + "9亿元"])
def test_hostile_texts_are_taken_apart_quickly(text):
    begun = time.process_time()
    list(ways_apart(text))
    assert time.process_time() - begun < 1
