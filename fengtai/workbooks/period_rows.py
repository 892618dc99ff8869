"""Rows of headings that name periods: the years, quarters or months over the figures of a table that lies across."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

from fengtai.values.period_refusals import Kind, PeriodError
from fengtai.values.periods import parse_period
from fengtai.workbooks.data import Cell

Range = tuple[int, int, int, int]  # top, left, bottom, right
ANY_YEAR = 2000  # 一季度 may stand under 2023年
BARE_YEAR = re.compile(r"(?:19[4-9]\d|20[0-6]\d)(?:\.0)?")
DOTTED = re.compile(r"(\d{4})\.(\d{1,2})")
LONGEST_STEP = 10  # years from one heading to the next
NUMERIC = re.compile(r"[-+]?[\d,.]+%?")
NO_SPANS = {Kind.NOT_STATED, Kind.SINCE}


def period_text(cell: Cell) -> str:
    """What a heading says if it is a period, with or without its year (2015.0 is 2015); else nothing."""
    return _period_text(" ".join(str(cell).split())) if cell is not None else ""


@lru_cache(maxsize=4096)
def _period_text(text: str) -> str:
    text = text.removesuffix(".0") if BARE_YEAR.fullmatch(text) else text
    if len(text) > 20 or (text.isdecimal() and not BARE_YEAR.fullmatch(text)):
        return ""
    try:
        return text if parse_period(text, ANY_YEAR).kind not in NO_SPANS else ""
    except PeriodError:
        return ""


def periods_of(cells: dict[int, Cell]) -> dict[int, str]:
    """The periods of a row by column, where it may be one of headings: two at least, and no other number."""
    spans = {column: cell for column, cell in sorted(cells.items()) if not isinstance(cell, date)}  # days are data
    found = {column: text for column, cell in spans.items() if (text := period_text(cell))}
    others = [cell for column, cell in cells.items() if column not in found]
    bare = [int(text) for text in found.values() if text.isdecimal()]
    is_told = len(set(found.values())) > 1 and (not bare or _go_on(bare)) and _are_months(found.values())
    return found if is_told and not any(map(_is_number, others)) else {}


def _go_on(years: list[int]) -> bool:
    """Whether bare numbers follow each other as years do: up or down, or again from the first."""
    steps = [later - earlier for earlier, later in pairwise(years) if later != years[0]]
    steps = [step for step in steps if step]
    same_way = all(step > 0 for step in steps) or all(step < 0 for step in steps)
    return bool(steps) and same_way and all(abs(step) <= LONGEST_STEP for step in steps)


def _are_months(texts: Iterable[str]) -> bool:
    """Whether numbers like 2021.5 are months that follow each other evenly; 2015.5 and 2016.3 are figures."""
    dotted = [int(match[1]) * 12 + int(match[2]) for match in map(DOTTED.fullmatch, texts) if match]
    steps = {later - earlier for earlier, later in pairwise(dotted)}
    return not dotted or (len(steps) == 1 and abs(steps.pop()) in (1, 3, 12))


def _is_number(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(NUMERIC.fullmatch(cell.strip()))


def is_heading_of_periods(cells: dict[int, Cell]) -> bool:
    """Whether a row is the heading of a table across, by its periods alone."""
    found = periods_of(cells)
    return len(found) >= 2 and len(found) >= min(3, len(cells) - 1) and 2 * len(found) >= len(cells)


def are_labels(cells: dict[int, Cell]) -> bool:
    """Whether a row may be one of headings: no number in it but years."""
    found = periods_of(cells)
    return bool(cells) and not any(_is_number(cell) for column, cell in cells.items() if column not in found)


def is_one_period(cells: dict[int, Cell]) -> bool:
    """2023年 alone, over its quarters."""
    return len(cells) == 1 and all(map(period_text, cells.values()))


def gaps(rows: dict[int, dict[int, Cell]], chosen: int, deepest: int) -> Iterator[Range]:
    """What headings over several rows leave empty to their right, where nothing is merged (as in any CSV).

    Only beside periods: 2023年 over 总量 and 增速, or an indicator over 2022年 and 2023年.
    """
    for upper in range(chosen - deepest + 1, chosen + deepest - 1):
        above, below = rows.get(upper, {}), rows.get(upper + 1, {})
        across = periods_of(below) or periods_of(above) or is_one_period(above)
        if across and are_labels(below) and ((len(above) > 1 and are_labels(above)) or is_one_period(above)):
            yield from ((upper, left, upper, right) for left, right in _spans(above, below))


def _spans(above: dict[int, Cell], below: dict[int, Cell]) -> Iterator[tuple[int, int]]:
    """First and last column under a heading; over the labels of the rows only a period is one, and no title."""
    first = min(*above, *below)
    for left in above:
        if left == first and not period_text(above[left]) and not period_text(below.get(left)):
            continue
        right = left
        while right + 1 in below and right + 1 not in above:
            right += 1
        if right > left and left in below:
            yield left, right
