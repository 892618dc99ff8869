"""The rows of a sheet that state sums, and the words by which they do."""

from collections.abc import Iterator

from fengtai.importing.reading.totals import bare_section
from fengtai.values.texts import plain
from fengtai.workbooks.data import WITHIN
from fengtai.workbooks.total_words import TotalWord, count_in, total_word

SUM = "小计"  # what the figures beside the heading of a section are


def totals_in_rows(sheet) -> Iterator[tuple[object, TotalWord]]:
    rows = (row for row in sheet.sheet.rows if row.number in sheet.totals and not sheet.is_read(row))
    return ((row, sheet.totals[row.number][1]) for row in rows)


def word_of_total(row) -> TotalWord | None:
    texts = (cell for cell in row.cells.values() if isinstance(cell, str))
    words = list(filter(None, map(total_word, texts)))
    if words or not heads_section(row):
        return next(iter(words), None)
    heading = row.section.rpartition(WITHIN)[2]
    return TotalWord(bare_section(heading), SUM, count_in(heading))


def heads_section(row) -> bool:
    first = row.cells[min(row.cells)]
    return isinstance(first, str) and plain(row.section.rpartition(WITHIN)[2]).startswith(plain(first))


def counts_in(row, word: TotalWord) -> list[int]:
    """计数 3: the number of rows stands in a cell of its own; 合计 32条 too."""
    cells = [cell for cell in row.cells.values() if total_word(str(cell)) is None]
    if word.computes == "count":
        return [cell for cell in cells if isinstance(cell, int)]
    counted = (total_word(f"合计({cell})") for cell in cells if isinstance(cell, str))
    return [one.count for one in counted if one is not None and one.count is not None]
