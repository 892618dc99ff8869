"""Rows that head a group of others: 一、产业类（2项）, （一）装备, 第二部分, a text merged across; nested."""

import re
from collections.abc import Iterable, Sequence

from fengtai.workbooks.data import WITHIN, Cell
from fengtai.workbooks.heading_texts import one_line
from fengtai.workbooks.headings import Range
from fengtai.workbooks.looking_ahead import LookingAhead
from fengtai.workbooks.row_kinds import SENTENCE, kind_below, plain

NUMERAL = "[一二三四五六七八九十百]+"
STYLES = (
    ("part", re.compile(rf"第{NUMERAL}(?:部分|大类|类|章|节|组)(?:[:、.]?.+)?")),
    ("numeral", re.compile(rf"{NUMERAL}[、.:](.+)")),
    ("bracket", re.compile(rf"\({NUMERAL}\)[、.:]?(.+)")),
)
MARKS = {"numeral": re.compile(rf"{NUMERAL}[、.]?"), "bracket": re.compile(rf"\({NUMERAL}\)[、.]?")}
# 一、二期工程 and 三、四号楼 are names that begin with two numbers, not with the number of a section.
TWO_NUMBERS = re.compile(
    rf"{NUMERAL}、{NUMERAL}(?:[、至到]{NUMERAL})*(?:期|号|标|层|区|路|环|院|楼|栋|座|级|组团|线|中|小|医).*"
)
COUNTED = re.compile(r".{1,24}\((?:共|计)?\d+(?:家|个|条|项|户|人|处|栋)(?:项目|企业|单位)?\):?")
COLON = re.compile(r"[^:]{1,24}:")
OF_UNIT = re.compile(r".{1,24}\((?:计量)?单位:.+\)")
NUMBERED = re.compile(r"\d+|\(?\d+[).、]|\([一二三四五六七八九十]+\)")
BEGINNINGS = "第一二三四五六七八九十百(（"  # of the number of a section
LONGEST = 40  # characters of the heading of a section
ACROSS, BARE, UNIT = "across", "bare", "unit"


class SectionFinder:
    """Finds the rows that head sections; one of the same numbering ends the one before, and all within it."""

    def __init__(self, merges: Sequence[Range]):
        self._merges = {(each[0], each[1]): each for each in merges}
        self._open: list[tuple[str, str, int]] = []  # numbering, text, row
        self._known: set[str] = set()  # numberings that sections of this sheet have
        self.text = ""

    def begin(self, number: int, style: str, cells: dict[int, Cell]):
        styles = [each for each, _, _ in self._open]
        if style in styles:
            del self._open[styles.index(style) :]
        self._open.append((style, heading_of(cells), number))
        self._known.add(style)
        self._name()

    def start(self, above: Iterable[int]):
        """Other headings begin: only the sections that begin right above them go on."""
        rows = set(above)
        self._open = [each for each in self._open if each[2] in rows]
        self._name()

    def _name(self):
        self.text = WITHIN.join(text for _, text, _ in self._open)

    def is_across(self, number: int, cells: dict[int, Cell], columns: int) -> bool:
        """Merged over half of the columns."""
        column = min(cells)
        _, left, _, right = self._merges.get((number, column), (0, column, 0, column))
        return right - left + 1 >= max(3, columns / 2)

    def style(self, number: int, cells: dict[int, Cell], rows: LookingAhead, columns: int) -> str:
        """The numbering of a row that heads a section; empty for every other."""
        first = cells[min(cells)]
        if not isinstance(first, str) or (len(cells) > 1 and first.lstrip()[:1] not in BEGINNINGS):
            return ""
        below = next(rows.below(), (0, {}))[1]
        if style := style_of_mark(cells, below, self._known):
            return style
        style = style_of(cells, is_across=self.is_across(number, cells, columns))
        if style in (BARE, ACROSS) or style in self._known:
            return style if below else ""
        # Records that are numbered alike are no sections, nor is what heads nothing.
        return style if below and not kind_below(below) and style_of(below, is_across=False) != style else ""


def style_of(cells: dict[int, Cell], *, is_across: bool) -> str:
    """How a row that heads a section is numbered; empty for every other. Figures beside it are the section's sums."""
    texts = [cell for cell in cells.values() if isinstance(cell, str)]
    first = cells[min(cells)]
    if not texts or first is not texts[0] or any(_says_something(text) for text in texts[1:]):
        return ""
    text = plain(first)
    if len(text) > LONGEST or SENTENCE.fullmatch(text):
        return ""
    for style, pattern in STYLES:
        if pattern.fullmatch(text) and not TWO_NUMBERS.fullmatch(text):
            return style
    if len(cells) == 1 and is_across:
        return ACROSS
    bare = (COUNTED, OF_UNIT, COLON)
    return BARE if len(cells) == 1 and any(pattern.fullmatch(text) for pattern in bare) else ""


def style_of_mark(cells: dict[int, Cell], below: dict[int, Cell], known: set[str]) -> str:
    """How a row is numbered whose first cell is only the number of a section: 一 over rows numbered 1, 2, 3."""
    first, *others = [cells[column] for column in sorted(cells)]
    if not isinstance(first, str) or not others or not below:
        return ""
    style = next((style for style, mark in MARKS.items() if mark.fullmatch(plain(first))), "")
    names = [cell for cell in others if isinstance(cell, str) and _says_something(cell)]
    if not style or len(names) != 1 or not isinstance(others[0], str):
        return ""
    if style in known:
        return style
    below_first = plain(below[min(below)])
    inner = style == "numeral" and MARKS["bracket"].fullmatch(below_first)
    return style if inner or (min(below) == min(cells) and NUMBERED.fullmatch(below_first)) else ""


def heading_of(cells: dict[int, Cell]) -> str:
    """The words of a section, without its figures: 一 产业类（2项）."""
    texts = [one_line(cells[column]) for column in sorted(cells) if isinstance(cells[column], str)]
    return " ".join(text for index, text in enumerate(texts) if not index or _says_something(text))


def _says_something(text: str) -> bool:
    """Whether a cell is more than a figure or a dash."""
    return not re.fullmatch(r"[-—–/]*|[\d,.]+\S{0,4}", plain(text))
