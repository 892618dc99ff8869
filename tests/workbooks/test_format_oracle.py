"""LibreOffice shows the same texts: one workbook of formats × values, converted by the office itself."""

import csv
import subprocess
from datetime import timedelta
from decimal import Decimal

import pytest
from openpyxl import Workbook

from fengtai.workbooks.date_display import EPOCHS, date_text, moment_of
from fengtai.workbooks.format_codes import parse
from fengtai.workbooks.number_display import printed
from tests.conftest import OFFICE, program

NUMBERS = [0, 1, -1, 0.5, -0.065, 3.14159, 999.995, 1234.5, -98765.4321, 123456, 13812345678, 0.000123]
DATES = [45352, 45352.78125, 36526.25, 60_000.999, 45291]
NUMERIC = """
    General|0|0.0|0.00|#,##0|#,##0.00|#.##|0.0#|000000|0%|0.0%|0.00%|#,##0,|#,##0.0,,|0.00E+00|##0.0E+0
    General"亿元"|"约"0.0"亿元"|0.00"亿元"|#,##0"家"|#,##0"㎡"|"下降"0.0%|"增长"0.0%;"下降"0.0%|0.0\\万|000-0000-0000
    [Red]0.00|[Red]0.00"亿元";[Blue]-0.00"亿元"|0.00;[Red]0.00|0.00_);(0.00)|#,##0.00_);[Red]\\(#,##0.00\\)
    0;-0;;@|0.0;-0.0;"零"|[>=10000]0.0,"千";0.00|[<0]"亏"0.0;0.0|[>=60]"合格";"不合格"|[=1]"是";[=0]"否";General
    [$HK$-C04]#,##0.00|[$¥-804]#,##0.00|[$€-407] #,##0.00|"NT$"#,##0|"$"#,##0.0|[$-804]#,##0.0|$#,##0.00
    _ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ |_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ |??0.0?|+0.0;-0.0
""".strip().replace("\n", "|")
OF_DAYS = """
    yyyy-mm-dd|yyyy/m/d|yyyy"年"m"月"d"日"|yyyy"年"m"月"|yyyy|yy-m-d|m"月"|m/d|m"月"d"日"|d-mmm-yy|mmmm d, yyyy|dddd
    h:mm|hh:mm:ss|h:mm AM/PM|yyyy/m/d h:mm|yyyy-mm-dd hh:mm:ss|mm:ss|"截至"yyyy"年"m"月"|yyyy"年第1季度"|h"时"mm"分"
    [h]:mm|[mm]:ss|ddd|mmm|mmmmm
""".strip().replace("\n", "|")
# Where LibreOffice shows something else than Excel, and the engine what Excel shows.
WITHOUT_POINT = "#.##"  # LibreOffice leaves out a point with nothing behind it
WITHOUT_MINUS = "[>=10000]0.0,", "[>=60]", "[=1]"  # it leaves out the minus in the last of two conditional sections
TOO_LONG = ("[h]:mm", 60_000.999), ("[mm]:ss", 60_000.999)  # it counts no hours beyond a million


def codes(table: str) -> list[str]:
    return [code.strip("\n") for code in (each.removeprefix("    ") for each in table.split("|"))]


def is_known(code: str, value) -> bool:
    """Whether the two are known to differ."""
    return code == WITHOUT_POINT or (value < 0 and code.startswith(WITHOUT_MINUS)) or (code, value) in TOO_LONG


def engine(code: str, value) -> str:
    section, own_minus = parse(code).section_of(Decimal(str(value)))
    if section.is_date:
        moment = moment_of(value, EPOCHS[0])
        return date_text(section, moment, timedelta(days=value))
    found = printed(section, Decimal(str(value)))
    is_negative = value < 0 and not own_minus and found.shown != 0  # Excel writes -0, which says no more than 0
    return f"-{found.text}" if is_negative else found.text


def squeezed(text: str) -> str:
    """Without blanks: how wide the blank of an underline is, and what fills a cell, is for the eye alone."""
    return "".join(text.split())


@pytest.mark.needs(*OFFICE)
def test_the_office_shows_what_the_engine_says(tmp_path):
    table = [(code, value) for code in codes(NUMERIC) for value in NUMBERS]
    table += [(code, value) for code in codes(OF_DAYS) for value in DATES]
    book = Workbook()
    for code, value in table:
        book.active.append([value])
        book.active.cell(book.active.max_row, 1).number_format = code
    book.save(tmp_path / "formats.xlsx")
    command = [program(*OFFICE), f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    command += ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true", "--outdir", tmp_path]
    subprocess.run([*command, tmp_path / "formats.xlsx"], check=True, capture_output=True, timeout=300)
    rows = list(csv.reader((tmp_path / "formats.csv").open(encoding="utf-8")))
    found = [squeezed("".join(row)) for row in rows] + [""] * (len(table) - len(rows))
    differing = [
        f"{code} of {value}: {engine(code, value)}, not {shown}"
        for (code, value), shown in zip(table, found, strict=True)
        if squeezed(engine(code, value)) != shown and not is_known(code, value)
    ]
    assert len(table) > 600
    assert not differing, "\n".join(differing)
