"""What a cell says is what its sheet shows: every kind of number format, tried without a file."""

from datetime import date, datetime, time

import pytest

from fengtai.workbooks.builtin_formats import BUILT_IN
from fengtai.workbooks.data import ErrorCell, Shown
from fengtai.workbooks.format_codes import parse
from fengtai.workbooks.number_formats import FormatError
from fengtai.workbooks.shown_cells import Form, shown_cell


def read(value, code):
    try:
        return shown_cell(value, Form(code, parse(code)))
    except FormatError:
        return shown_cell(value, Form(code, None))


DAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (3.5, "General"),
        (3.5, "G/通用格式"),
        (2187.5, "0.00"),
        (1200, "#,##0"),
        (1200, "#,##0.00_);[Red](#,##0.00)"),
        (-1200, "#,##0.00_);[Red](#,##0.00)"),
        (-5, "0;[Red]0"),
        (-5, r"0;\-0"),
        (1200, "[$-804]#,##0.00"),
        (1200, BUILT_IN[43]),
        (-1200.5, BUILT_IN[43]),
        (DAY, "yyyy/m/d"),
        (DAY, 'yyyy"年"m"月"d"日";@'),
        (DAY, "[$-F800]dddd, mmmm dd, yyyy"),
        (DAY, "yy-m-d aaaa"),
        (datetime(2024, 3, 1, 8, 30), "yyyy/m/d h:mm"),
        (time(8, 30), "h:mm"),
        ("文本", "0.00"),
        ("文本", BUILT_IN[44]),
        (True, "0.00"),
    ],
)
def test_a_format_that_says_nothing_more_leaves_the_value(value, code):
    assert read(value, code) == (value, "", "")


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (3.5, 'General"亿元"', "3.5亿元"),
        (3.5, 'G/通用格式"亿元"', "3.5亿元"),
        (3.5, '[红色]0.00"亿元"', "3.50亿元"),
        (3.5, r"0.0\亿\元", "3.5亿元"),
        (3.5, "0.0!亿!元", "3.5亿元"),
        (3.5, '"约"0.0"亿元"_ ', "约3.5亿元"),
        (-3.5, '"约"0.0"亿元"', "约-3.5亿元"),
        (0.065, "0.0%", "6.5%"),
        (0.02, "0.00%", "2.00%"),
        (0.065, '"下降"0.0%', "下降6.5%"),
        (-0.065, '"增长"0.0%;"下降"0.0%', "下降6.5%"),
        (0.065, '"增长"0.0%;"下降"0.0%', "增长6.5%"),
        (123000, '0!.0,"万元"', "12.3万元"),
        (350000000, '0.00,,"百万元"', "350.00百万元"),
        (250000000, '[>=100000000]0!.00,,"亿元";[>=10000]0!.0,"万元";0"元"', "2.50亿元"),
        (25000, '[>=100000000]0!.00,,"亿元";[>=10000]0!.0,"万元";0"元"', "2.5万元"),
        (250, '[>=100000000]0!.00,,"亿元";[>=10000]0!.0,"万元";0"元"', "250元"),
        (55000, '#,##0"㎡"', "55,000㎡"),
        (12, '#,##0.0"%"', "12.0%"),
        (123, "000000", "000123"),
        (13812345678, "000-0000-0000", "138-1234-5678"),
        (0.5, '#.##"亿元"', "0.5亿元"),
        (1200, '_ "¥"* #,##0.00_ ', "¥1,200.00"),
        (1200, "[$￥-804]#,##0.00", "¥1,200.00"),
        (1200, "[$¥-411]#,##0", "JP¥1,200"),
        (1200, "$#,##0.00", "US$1,200.00"),
        (1200, "[$$-409]#,##0", "US$1,200"),
        (1200, "[$US$-409] #,##0", "US$1,200"),
        (1200, "[$HK$-C04]#,##0", "HK$1,200"),
        (1200, "[$$-C04]#,##0", "HK$1,200"),
        (1200, '"NT$"#,##0', "NT$1,200"),
        (1200, "[$$-404]#,##0", "NT$1,200"),
        (1200, "[$A$-C09]#,##0", "A$1,200"),
        (1200, r"\S$#,##0", "S$1,200"),
        (1200, "[$CA$-1009]#,##0", "CA$1,200"),
        (-1200, "#,##0.00 [$€-407];-#,##0.00 [$€-407]", "-€1,200.00"),
        (85, '[>=60]"合格";"不合格"', "合格"),
        (DAY, "yyyy-mm", "2024年3月"),
        (DAY, "mmm-yy", "2024年3月"),
        (DAY, "yyyy", "2024年"),
        (DAY, 'yyyy"年第1季度"', "2024年第1季度"),
        (DAY, '"截至"yyyy"年"m"月"', "截至2024年3月"),
        (DAY, 'm"月"', "3月"),
        (DAY, "m/d", "3/1"),
        (45352, 'e"年"m"月"', "2024年3月"),
        (datetime(2024, 3, 1, 15), "上午/下午h\"时\"", "下午3时"),
    ],
)  # fmt: skip
def test_a_cell_says_what_it_shows(value, code, text):
    found = read(value, code)
    assert (found.cell.text, found.note) == (text, "")
    assert isinstance(found.cell, Shown)


@pytest.mark.parametrize(
    ("value", "code", "cell", "told"),
    [
        (2187.5, "0", 2187.5, "2187.5 → 2188"),
        (0.0649, "0%", "6.49%", "0.0649 → 6%"),
        (123456, '0!.0,"万元"', "12.3456万元", "123456 → 12.3万元"),
        (13812345678, "0.00E+00", 13812345678, "13812345678 → 1.38E+10"),
        (0.0649350649350649, "0.0%", "6.5%", ""),
        (6.49350649350649, "0.00", "6.49", ""),
        (0.333333333333333, 'General"亿元"', "0.333333333亿元", ""),
        (-6.49350649350649, "0.0_ ;[Red]0.0", "-6.5", ""),
    ],
)
def test_what_was_typed_is_kept_and_what_was_computed_is_as_shown(value, code, cell, told):
    found = read(value, code)
    assert (str(found.cell), found.text) == (str(cell), told)


@pytest.mark.parametrize(
    ("value", "code", "reason"),
    [
        (5, "# ?/?", "unknown_format"),
        (5, "[DBNum1][$-804]General", "unknown_format"),
        (5, "0.0x", "unknown_format"),
        (5, "[>10]0", "unknown_format"),
        (-1, "yyyy-mm-dd", "unknown_format"),
        (-5, "0.00;0.00", "sign_hidden"),
        (-5, '0.0"亿元";0.0"亿元"', "sign_hidden"),
        (5, "[$R$-416]#,##0", "unknown_currency"),
        (5, "[$$-2C0A]#,##0", "unknown_currency"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_format(value, code, reason):
    assert read(value, code).cell == ErrorCell(code, reason)


@pytest.mark.parametrize(
    ("value", "code", "found"),
    [
        (0, BUILT_IN[43], ("-", "", "")),
        (0, BUILT_IN[44], ("-", "", "")),
        (0, "0;-0;;@", (None, "", "0")),
        (0.2, "#", (None, "shows_nothing", "0.2")),
        ("甲", ";;;", (None, "shows_nothing", "甲")),
        ("示例", '@"公司"', ("示例公司", "", "")),
    ],
)
def test_a_cell_that_shows_nothing_is_blank_and_a_text_may_be_lengthened(value, code, found):
    assert read(value, code) == found
