"""The top of a sheet: titles and notes, the headings over one row or several, and the units that hold for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fengtai.workbooks.cells import letters
from fengtai.workbooks.data import Cell, Heading, Notice
from fengtai.workbooks.heading_texts import fits, is_unit, normalised
from fengtai.workbooks.headings import (
    DEEPEST,
    Range,
    Row,
    block,
    heading_row,
    read_headings,
    unmerged_groups,
)
from fengtai.workbooks.period_rows import gaps
from fengtai.workbooks.row_kinds import is_numbering, is_unit_row, kind_above, plain, units_in


@dataclass(slots=True)
class Top:
    headings: list[Heading] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)  # of every row down to the last that is not data
    first: int = 0  # of the headings
    last: int = 0
    units: list[str] = field(default_factory=list)

    @property
    def unit(self) -> str:
        return self.units[0] if len(self.units) == 1 else ""


def read_top(rows: Sequence[Row], merges: Sequence[Range], vocabulary: frozenset[str]) -> Top:
    chosen = heading_row(rows, vocabulary)
    return top_at(chosen, rows, merges) if chosen is not None else Top()


def top_at(chosen: int, rows: Sequence[Row], merges: Sequence[Range]) -> Top:
    """The top of a table whose headings stand in a known row, with the lines right above it and some rows below."""
    top, filled = Top(), dict(rows)
    merges = [*merges, *(list(gaps(filled, chosen, DEEPEST)) or unmerged_groups(filled, chosen))]
    top.first, top.last = block(filled, chosen, merges)
    top.headings = read_headings(filled, top.first, top.last, merges)
    _read_above(top, [row for row in rows if row[0] < top.first])
    top.kinds |= dict.fromkeys(range(top.first, top.last + 1), "heading")
    _read_below(top, filled)
    return top


def _read_above(top: Top, rows: Sequence[Row]):
    for number, cells in rows:
        top.kinds[number] = kind_above(cells, is_first="title" not in top.kinds.values())
        for text in map(str, cells.values()):
            top.units += [unit for unit in units_in(text) if unit not in top.units]
    top.headings = [_with_unit(heading, top.units) for heading in top.headings]


def _read_below(top: Top, rows: dict[int, dict[int, Cell]]):
    """Rows of units or of column numbers, directly below the headings."""
    texts = {heading.column: heading.text for heading in top.headings}
    while cells := rows.get(top.last + 1):
        if is_unit_row(cells, texts):
            top.headings = [_from_row(heading, cells) for heading in top.headings]
        elif not is_numbering(cells):
            return
        top.last += 1
        top.kinds[top.last] = "heading" if is_numbering(cells) else "unit"


def _with_unit(heading: Heading, units: list[str]) -> Heading:
    unit = next((unit for unit in units if not heading.unit and fits(unit, heading.text)), "")
    return replace(heading, unit=unit, by_sheet=True) if unit else heading


def _from_row(heading: Heading, cells: dict[int, Cell]) -> Heading:
    text = plain(cells.get(heading.column, "")).strip("()[]【】").removeprefix("单位:")
    return replace(heading, unit=text, by_sheet=False) if is_unit(text) else heading


def notices_of(headings: list[Heading], filled: set[int], units: list[str]) -> list[Notice]:
    """What is unusual about a sheet's columns: two with one heading, one without a heading, no headings at all."""
    if not headings:
        return [Notice("no_headings")] if filled else []
    columns: dict[str, list[int]] = {}
    for heading in headings:
        columns.setdefault(normalised(heading.text), []).append(heading.column)
    notices = [
        Notice("same_heading", column=same[1], text=", ".join(map(letters, same)))
        for same in columns.values()
        if len(same) > 1
    ]
    unnamed = filled - {heading.column for heading in headings}
    notices += [Notice("no_heading", column=column) for column in sorted(unnamed)]
    return notices + ([Notice("several_units", text="、".join(units))] if len(units) > 1 else [])
