"""What the site prints in English beside a figure or a period is read back when somebody asks for it so."""

import pytest

from fengtai.values.english_periods import period_in_english
from fengtai.values.english_questions import figure_in_chinese, period_in_chinese
from fengtai.values.figures import parse_figure
from fengtai.values.glosses import gloss
from fengtai.values.periods import parse_period

FIGURES = (
    "300余家",
    "2187.5亿元",
    "约7万平方米",
    "3.5亿美元",
    "5000万元以上",
    "近280家",
    "三成",
    "18项",
    "30%以上",
    "6.5%",
)
PERIODS = (
    "2024年",
    "2024年上半年",
    "2024年下半年",
    "2024年三季度",
    "2024年9月",
    "2024年4月23日",
    "2024年1—9月",
    "2024年前三季度",
)
PERIODS += ("2024年末", "2024年初", "截至2025年4月", "截至2024年4月23日", "2023年3月以来")


@pytest.mark.parametrize("printed", FIGURES)
def test_a_gloss_of_a_figure_is_read_back(printed):
    figure = parse_figure(printed)
    said = gloss(figure) or printed  # 6.5% says the same to everybody
    back = parse_figure(figure_in_chinese(said) or said)
    assert (back.value, back.unit) == (figure.value, figure.unit)


@pytest.mark.parametrize("printed", PERIODS)
def test_a_gloss_of_a_period_is_read_back(printed):
    period = parse_period(printed)
    said = period_in_english(period)
    back = parse_period(period_in_chinese(said) or said)
    assert (back.start, back.end) == (period.start, period.end)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Q1 2024", "2024年一季度"),
        ("2024 Q1", "2024年一季度"),
        ("2023 first half", "2023年上半年"),
        ("h2 2023", "2023年下半年"),
        ("April 23, 2024", "2024年4月23日"),
        ("Apr 2024", "2024年4月"),
        ("Jan to Sep 2024", "2024年1—9月"),
    ],
)
def test_periods_are_read_as_english_readers_write_them(typed, same):
    asked, meant = parse_period(period_in_chinese(typed)), parse_period(same)
    assert (asked.start, asked.end) == (meant.start, meant.end)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3 bn yuan", "3000000000元"),
        ("1,000 enterprises", "1000家"),
        ("70,000 square meters", "70000平方米"),
        ("at least 30 per cent", "30%以上"),
    ],
)
def test_figures_are_read_as_english_readers_write_them(typed, said):
    assert figure_in_chinese(typed) == said


@pytest.mark.parametrize(
    "typed", ["", "300", "1000亿元", "300 apples", "CNY", "more than", "CNY 3 enterprises", "1,2,3 x"]
)
def test_what_is_no_english_figure_is_left_as_it_is(typed):
    assert figure_in_chinese(typed) == ""


@pytest.mark.parametrize(
    "typed", ["", "2024", "2024年", "Q5 2024", "fifth quarter of 2024", "since", "as of as of 2024"]
)
def test_what_is_no_english_period_is_left_as_it_is(typed):
    assert period_in_chinese(typed) == ""
