"""What a cell holds, as a clerk typed it: columns by letter, numbers without a computer's noise, blanks as nothing."""

from datetime import date, timedelta
from decimal import Decimal

from fengtai.workbooks.data import Cell

LONGEST = 32_767  # characters that a cell of Excel holds
EXACT = 10**15  # from here on a spreadsheet has lost digits
PER_CENT = "per cent"  # the one format that changes the number itself
MONTH, YEAR = "month", "year"  # a date that is shown without its day
SCIENTIFIC = 15  # digits that it keeps


def letters(column: int) -> str:
    """27 → AA"""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_number(text: str) -> int:
    """AA → 27"""
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number


def typed(value) -> Cell:
    """A value as calamine read it; 600.0 is 600, and 0.1 + 0.2 is 0.3."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, float):
        return _number(value)
    return _clock(value) if isinstance(value, timedelta) else value


def printed(value: int | float, form: str) -> str:
    """A number as its format prints it: 0.065 in a column of per cent is 6.5%."""
    if form != PER_CENT:
        return f"{value}{form}"
    exact = (Decimal(str(value)) * 100).normalize()
    return f"{exact:f}%"


def shortened(value: date, form: str) -> Cell:
    """A date as it is shown: 2023年3月 is stored as the first of March, and is a month."""
    if form == MONTH:
        return f"{value.year}年{value.month}月"
    return f"{value.year}年" if form == YEAR else value


def _number(value: float) -> int | float | str:
    if value.is_integer() and abs(value) < EXACT:
        return int(value)
    return float(f"{value:.{SCIENTIFIC}g}") if abs(value) < float("inf") else str(value)


def _clock(value: timedelta) -> str:
    """Hours beyond a day have no type of their own: [h]:mm shows 36:00."""
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
