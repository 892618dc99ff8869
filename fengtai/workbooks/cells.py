"""What a cell holds, as a clerk typed it: columns by letter, numbers without a computer's noise, blanks as nothing."""

from datetime import timedelta

from fengtai.workbooks.data import Cell

LONGEST = 32_767  # characters that a cell of Excel holds
EXACT = 10**15  # from here on a spreadsheet has lost digits
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


def _number(value: float) -> int | float | str:
    if value.is_integer() and abs(value) < EXACT:
        return int(value)
    return float(f"{value:.{SCIENTIFIC}g}") if abs(value) < float("inf") else str(value)


def _clock(value: timedelta) -> str:
    """Hours beyond a day have no type of their own: [h]:mm shows 36:00."""
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
