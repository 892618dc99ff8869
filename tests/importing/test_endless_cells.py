"""The longest cell that a spreadsheet takes is told from a figure, a total or a number to call at once."""

import time

import pytest

from fengtai.importing.layouts.names import named
from fengtai.importing.reading.totals import bare_section
from fengtai.values.coverage import qualifiers_in, ways_apart
from fengtai.values.figures import FigureError, parse_figure
from fengtai.values.growths import parse_growth
from fengtai.values.masking import masked_within
from fengtai.values.periods import parse_period
from fengtai.workbooks.format_codes import parse
from fengtai.workbooks.heading_texts import unit_in
from fengtai.workbooks.number_formats import FormatError
from fengtai.workbooks.total_words import count_in, is_total, total_word

pytestmark = pytest.mark.one_database

LENGTH, SECONDS = 32_767, 1
PIECES = [
    "1",
    "1,",
    "1.",
    "万",
    "约1",
    "1亿元，",
    "占地1亩，",
    " ",
    "（1",
    "[",
    '"',
    "#,",
    "合计",
    "其中",
    "2023年",
    "一",
    "a",
    "人均",
    "—",
]
READERS = [
    *(parse_figure, parse_growth, parse_period, ways_apart, qualifiers_in, masked_within, unit_in),
    *(total_word, is_total, count_in, bare_section, named, parse),
]


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_the_longest_cells_are_understood_or_refused_at_once(read):
    for piece in PIECES:
        for end in ("", "x", ")", "元", "年"):
            text = (piece * LENGTH)[: LENGTH - len(end)] + end
            began = time.process_time()
            try:
                found = read(text)
                list(found) if hasattr(found, "__next__") else found
            except (FigureError, FormatError, ValueError):
                pass
            assert time.process_time() - began < SECONDS, f"{piece}…{end}"


def test_a_short_total_is_still_one():
    assert total_word("产业类（2项）合计").word == "合计"
    assert count_in("产业类（2项）") == 2


def test_an_address_is_hidden_wherever_a_sentence_holds_it():
    assert "abcdefgh@" not in masked_within("联系abcdefgh@example.com。")
