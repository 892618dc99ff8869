"""Chinese numerals against a speller of our own, and the spellings that are no number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengtai.values.numerals import DIGITS, plain, read_number

NOT_A_NUMBER = "三五 一百五 一万二 一亿二千 3亿5 1万50 1.2万5千 3亿亿 十四五 二〇二四 百万 007 1,23 1. .5 1.2.3 ²"


def spell_below_ten_thousand(number: int) -> str:
    spelled = ""
    for scale, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            spelled += DIGITS[digit] + mark
        elif spelled and number % scale and not spelled.endswith("零"):
            spelled += "零"
    return spelled


def spell(number: int) -> str:
    """A number of 1 to 10**12 - 1 as a textbook spells it."""
    spelled = ""
    for scale, mark in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // scale % 10**4
        if part:
            spelled += "零" * (bool(spelled) and part < 1000) + spell_below_ten_thousand(part) + mark
    return spelled


@given(st.integers(1, 10**12 - 1))
def test_every_spelled_number_is_read(number):
    if number % 10**8 and number >= 10**8 and not number // 10**4 % 10**4 and number % 10**4 >= 1000:
        return  # 一亿二千 is said for 一亿二千万, and refused
    assert read_number(spell(number)) == number


@given(st.integers(10, 19))
def test_ten_to_nineteen_may_leave_out_the_one(number):
    assert read_number(spell(number).removeprefix("一")) == number


@given(st.integers(0, 10**15), st.integers(0, 999))
def test_printed_number_is_read_exactly(whole, thousandths):
    assert read_number(f"{whole:,}.{thousandths:03}") == Decimal(f"{whole}.{thousandths:03}")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两千三百万", 23_000_000),
        ("1万2千", 12_000),
        ("2千3百", 2_300),
        ("3亿5000万", 350_000_000),
        ("12.6万亿", 12_600_000_000_000),
        ("三点五亿", 350_000_000),
        ("壹佰贰拾", 120),
        ("廿五", 25),
        ("一百〇五", 105),
        ("一亿零二千", 100_002_000),
    ],
)
def test_mixed_and_formal_spellings_are_read(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize("text", NOT_A_NUMBER.split())
def test_what_is_no_number_for_certain_is_not_read(text):
    assert read_number(text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18, places=6))
def test_plain_number_is_equal_and_has_no_exponent(number):
    assert plain(number) == number
    assert "E+" not in str(plain(number))
