"""What a spreadsheet could run is marked in a plain file, read back as it was, and marking costs a moment."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengtai.values.formula_texts import marked, unmarked

STARTS = ["", " ", "　", "\u200b", "\ufeff", "\xa0\u202e", "'", "' "]
SIGNS = ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"]


LINES = ["", "甲\n", "甲\r\n", "甲\r", "甲\n\n", "甲\u2028", "=1\n"]


@pytest.mark.parametrize("line", [*LINES, "甲;", "甲\t", "甲|", "甲,"])
def test_no_cell_and_no_line_of_it_begins_like_a_formula(line):
    for before in STARTS:
        for sign in SIGNS:
            text = f"{line}{before}{sign}1"
            assert all(
                one.startswith("'")
                for one in re.split(r"[,;|\t]|(?<=[\n\r\u2028])", marked(text))
                if one.lstrip(" '　\u200b\ufeff\xa0\u202e")[:1] in SIGNS
            )
            assert marked(text).endswith(f"'{before}{sign}1")


@pytest.mark.parametrize("text", ["", "甲", "甲=1", "1-2", "'", "'甲", "甲\n乙", "2187.5亿元", "a@b.cn"])
def test_all_else_stays_as_it_is(text):
    assert marked(text) == unmarked(text) == text


@given(st.text(alphabet="='+-@\n\r\t ,;|＝\u200b\u2028甲1"))
def test_what_was_marked_is_read_back(text):
    assert unmarked(marked(text)) == text


@pytest.mark.parametrize("piece", ["'", " ", "\n", "' ", "\n'", "\u200b", "\t", ";", ";'", ";="])
def test_the_longest_cell_is_marked_at_once(piece):
    text, began = piece * 32_767, time.process_time()
    unmarked(marked(text + "x"))
    assert time.process_time() - began < 1
