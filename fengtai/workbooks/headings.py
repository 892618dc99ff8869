"""Finds the row of headings below any number of titles and notes, joins headings over several rows, and tells units."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from fengtai.values.units import is_known
from fengtai.workbooks.data import Cell, Heading

Row = tuple[int, dict[int, Cell]]  # number, filled cells by column
Range = tuple[int, int, int, int]  # top, left, bottom, right
SHORT = 30  # characters of a heading, at most
DEEPEST = 3  # rows that headings stand in, at most
MOSTLY = 0.6  # of the widest row's share that makes a row the headings
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
LAST_BRACKET = re.compile(r"[(\[【]\s*(?:(?:计量)?单位\s*[:：]?)?\s*([^()\[\]【】]+?)\s*[)\]】]\s*\*?$")
AFTER_COLON = re.compile(r"(?:[:,/\s]|单位\s*[:：]?)\s*([^:,/\s]+)$")
MARKS = re.compile(r"[\s*:_]+")
HINTS = {"必填", "选填", "可选", "可空", "可不填", "必填项", "required", "optional"}
NO_MEASURE = set("起期批类例首字分度组单")
NUMERIC = re.compile(r"[-+¥$]?[\d.,]+%?|\d{4}[-/.年].*")
MONEY = re.compile("额|资金|投资|金|产值|收入|税|价|成本|利润|增加值|费|贷款|资本|营收")
MONIES, AREAS = ("元", "圆", "美金", "RMB", "USD"), ("平方米", "亩", "公顷", "平方公里", "㎡", "m2")
AREA = re.compile("面积|规模|占地")
RATE = re.compile("同比|环比|增速|增幅|增长|增减|升降|率|占比|比重")


def normalised(text: str) -> str:
    """How headings are compared: widths, case, blanks, marks, and a unit or a hint in brackets aside."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return MARKS.sub("", BRACKETS.sub(_unless_it_matters, plain)) or MARKS.sub("", plain)


def _unless_it_matters(bracket: re.Match) -> str:
    """面积（数值） and 面积（单位） are two headings, 面积（平方米） is 面积."""
    inside = re.sub(r"^(?:计量)?单位", "", MARKS.sub("", bracket[0][1:-1]).strip())
    return "" if not inside or inside in HINTS or _is_measure(inside) else bracket[0]


def _without_brackets(text: str) -> str:
    return normalised(BRACKETS.sub("", unicodedata.normalize("NFKC", text)))


def one_line(cell: Cell) -> str:
    return " ".join(str(cell).split())


def heading_row(rows: Sequence[Row], vocabulary: frozenset[str]) -> int | None:
    """The number of the row that holds the headings: most words of the vocabulary, or else by its shape."""
    if not rows:
        return None
    hits = {number: len(_known(cells, vocabulary)) for number, cells in rows}
    best = max(hits, key=lambda number: (hits[number], -number))
    cells = dict(rows)[best]
    if hits[best] >= 2 or (hits[best] and len(cells) == 1):
        return best
    return _by_shape(rows)


def _known(cells: dict[int, Cell], vocabulary: frozenset[str]) -> set[str]:
    return {form for text in _texts(cells) for form in (normalised(text), _without_brackets(text))} & vocabulary


def _by_shape(rows: Sequence[Row]) -> int | None:
    """The first row about as wide as the widest that holds different short texts and no numbers."""
    scores = {number: len(_labels(cells)) for number, cells in rows}
    widest = max(scores.values())
    return next((number for number, score in scores.items() if score and score >= MOSTLY * widest), None)


def _texts(cells: dict[int, Cell]) -> list[str]:
    return [cell for cell in cells.values() if isinstance(cell, str)]


def _labels(cells: dict[int, Cell]) -> set[str]:
    return {text for text in map(one_line, _texts(cells)) if _is_label(text)}


def _is_label(text: str) -> bool:
    """A colon makes a line of a form (填报单位：…), unless only a unit follows."""
    is_form = ":" in unicodedata.normalize("NFKC", text) and not unit_in(text)
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
    if not groups or len(above) < 2 or not all(isinstance(cell, str) for cell in below.values()):
        return False
    under = grouped & set(below)
    return len(under) >= 2 and not any(column in above and column not in grouped for column in below)


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
    return Heading(column, " ".join(distinct), unit, distinct[-1] if len(distinct) > 1 else "")


def unit_in(text: str) -> str:
    """投资额（万元） → 万元; 签约（推介）项目 → nothing"""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = LAST_BRACKET.search(plain) or AFTER_COLON.search(plain)
    return found[1] if found and _is_measure(found[1]) else ""


def _is_measure(text: str) -> bool:
    """A unit that is none of the words that say something else in a heading: 期间（起）."""
    return text not in NO_MEASURE and is_unit(text)


def is_unit(text: str) -> bool:
    return bool(text) and is_known(unicodedata.normalize("NFKC", text).strip())


def fits(unit: str, heading: str) -> bool:
    """Whether a sheet's one unit is meant for this column: money for amounts, areas for areas."""
    if unit.endswith(MONIES):
        return bool(MONEY.search(heading)) and not AREA.search(heading)
    return unit.endswith(AREAS) and bool(AREA.search(heading))


def is_about_other(unit: str, heading: str) -> bool:
    """Whether a column is clearly of another measure than the unit."""
    if RATE.search(heading) and "额" not in heading:
        return True
    if unit.endswith(MONIES):
        return bool(AREA.search(heading)) and not MONEY.search(heading)
    return unit.endswith(AREAS) and bool(MONEY.search(heading)) and not AREA.search(heading)
