"""The number of a report, as it is told and typed."""

import pytest

from fengtai.review.corrections.numbers import LETTERS, new_number, read_number

pytestmark = pytest.mark.one_database


def test_a_number_is_read_however_it_is_typed():
    number = new_number()
    ways = [
        number,
        number.lower(),
        number.replace("-", ""),
        number.replace("-", " "),
        f"  {number} ",
        number.replace("-", "–"),
        f"编号：{number}",
        f"No. {number}",
    ]
    assert {read_number(way) for way in ways} == {number}


def test_one_wrong_letter_or_two_that_changed_places_are_no_number():
    number = new_number()
    for place, letter in enumerate(number):
        if letter == "-" or place < 2:
            continue
        wrong = {f"{number[:place]}{other}{number[place + 1 :]}" for other in LETTERS if other != letter}
        assert {read_number(one) for one in wrong} == {""}
        after = number[place + 1 : place + 2]
        if after not in ("-", "", letter) and place + 2 < len(number):
            assert read_number(f"{number[:place]}{after}{letter}{number[place + 2 :]}") == ""


@pytest.mark.parametrize("text", ["", "x", "26-", "26-0000-0000", "26-7KQ4-M9RT-X", "२६-7KQ4-M9RT", "9" * 5000])
def test_what_is_no_number_is_none(text):
    assert read_number(text) == ""


def test_no_two_numbers_are_the_same():
    assert len({new_number() for _time in range(5000)}) == 5000
