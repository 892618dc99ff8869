"""Finds the row of headings below any number of titles and notes, and joins headings that stand in several rows."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from fengtai.workbooks.data import Cell, Heading, Shown
from fengtai.workbooks.heading_texts import normalised, one_line, unit_in, without_brackets
from fengtai.workbooks.period_rows import are_labels, is_heading_of_periods, is_one_period, period_text

Row = tuple[int, dict[int, Cell]]  # number, filled cells by column
Range = tuple[int, int, int, int]  # top, left, bottom, right
SHORT = 30  # characters of a heading, at most
DEEPEST = 3  # rows that headings stand in, at most
ALIKE = 0.6  # of the words of the best row
WIDE_ENOUGH = 0.6  # of the width of the widest row, for a row to be the headings
PLAIN_NUMBER = re.compile(r"[-+¥$]?[\d.,]+%?|\d{4}[-/.年][\d\-/.年月日]*")
NUMERIC = re.compile(r"[-+¥$]?[\d.,]+%?|\d{4}[-/.年].*")


def heading_row(rows: Sequence[Row], vocabulary: frozenset[str]) -> int | None:
    """The number of the row that holds the headings: most words of the vocabulary, or else by its shape."""
    if not rows:
        return None
    hits = {number: len(_known(cells, vocabulary)) for number, cells in rows}
    most = max(hits.values())
    # The first that knows about as many words as any: headings further down may know one more.
    best = next(number for number in hits if hits[number] >= (max(2, ALIKE * most) if most > 1 else most))
    cells = dict(rows)[best]
    if hits[best] >= 2:
        return best
    periods = next((number for number, cells in rows if is_heading_of_periods(cells)), None)
    if periods is not None:
        return periods
    if hits[best] and all(period_text(cell) or _known({0: cell}, vocabulary) for cell in cells.values()):
        return best
    return _by_shape(rows)


def _known(cells: dict[int, Cell], vocabulary: frozenset[str]) -> set[str]:
    return {form for text in _texts(cells) for form in (normalised(text), without_brackets(text))} & vocabulary


def _by_shape(rows: Sequence[Row]) -> int | None:
    """The first row about as wide as the widest that holds different short texts and no numbers."""
    scores = {number: len(_labels(cells)) for number, cells in rows}
    widest = max(scores.values())
    return next((number for number, score in scores.items() if score and score >= WIDE_ENOUGH * widest), None)


def _texts(cells: dict[int, Cell]) -> list[str]:
    return [str(cell) for cell in cells.values() if isinstance(cell, str | Shown)]


def _labels(cells: dict[int, Cell]) -> set[str]:
    return {text for text in map(one_line, _texts(cells)) if is_label(text)}


def is_label(text: str) -> bool:
    """A colon makes a line of a form (填报单位：…), unless only a unit follows, or 其中 goes before."""
    is_form = ":" in unicodedata.normalize("NFKC", text) and not unit_in(text) and not text.startswith("其中")
    return len(text) <= SHORT and not NUMERIC.fullmatch(text) and not is_form


def block(rows: dict[int, dict[int, Cell]], chosen: int, merges: Iterable[Range]) -> tuple[int, int]:
    """First and last row of the headings: a heading merged over several columns has others below it."""
    merges = list(merges)
    first = last = chosen
    while last - first + 1 < DEEPEST and _is_group(rows, first - 1, first, merges):
        first -= 1
    while last - first + 1 < DEEPEST and _is_group(rows, last, last + 1, merges):
        last += 1
    return first, last


def _is_group(rows: dict[int, dict[int, Cell]], upper: int, lower: int, merges: list[Range]) -> bool:
    """Whether the upper row groups the lower: every text below stands under a merged heading, or over nothing."""
    above, below = rows.get(upper, {}), rows.get(lower, {})
    groups = [each for each in merges if each[0] == each[2] == upper and each[3] > each[1] and above.get(each[1])]
    grouped = {column for _, left, _, right in groups for column in range(left, right + 1)}
    are_texts = all(isinstance(cell, str | Shown) for cell in below.values()) or are_labels(below)
    if not groups or not are_texts or (len(above) < 2 and not is_one_period(above)):
        return False
    under = grouped & set(below)
    return len(under) >= 2 and not any(column in above and column not in grouped for column in below)


def unmerged_groups(rows: dict[int, dict[int, Cell]], upper: int) -> Iterator[Range]:
    """Groups over the row below where nothing is merged, as in any .csv: 投资情况 over 总投资 and 其中：政府投资.

    Every text of the lower row stands under such a group, and under its blanks; a record would begin further left.
    """
    above, below = rows.get(upper, {}), rows.get(upper + 1, {})
    if len(above) < 3 or len(below) < 2 or min(below) <= min(above) or not _are_labels(below):
        return
    groups = {left: [left] for left in above if left in below}
    for column in sorted(below.keys() - above.keys()):
        left = max(each for each in above if each < column)
        if left not in groups or groups[left][-1] != column - 1:
            return
        groups[left].append(column)
    if groups and all(len(columns) > 1 for columns in groups.values()):
        yield from ((upper, columns[0], upper, columns[-1]) for columns in groups.values())


def _are_labels(cells: dict[int, Cell]) -> bool:
    """Whether nothing in a row is a number or a day; 2024年计划投资 is neither."""
    return all(
        isinstance(cell, str) and len(cell) <= SHORT and not PLAIN_NUMBER.fullmatch(one_line(cell))
        for cell in cells.values()
    )


def read_headings(rows: dict[int, dict[int, Cell]], first: int, last: int, merges: Iterable[Range]) -> list[Heading]:
    """One heading a column: what stands over it from top to bottom, and its own part alone."""
    over: dict[int, list[str]] = {}
    spread = {(each[0], each[1]): each for each in merges if first <= each[0] <= last}
    for number in range(first, last + 1):
        for column, cell in rows.get(number, {}).items():
            right = spread.get((number, column), (0, 0, 0, column))[3]
            for each in range(column, (right if number < last else column) + 1):
                over.setdefault(each, []).append(one_line(cell))
    return [_heading(column, parts) for column, parts in sorted(over.items())]


def _heading(column: int, parts: list[str]) -> Heading:
    distinct = list(dict.fromkeys(parts))
    unit = next((unit for part in reversed(distinct) if (unit := unit_in(part))), "")
    return Heading(column, " ".join(distinct), unit, distinct[-1] if len(distinct) > 1 else "", parts)
