"""The rows of a .csv: UTF-8, UTF-16 with its mark, GB18030 or Big5; commas, semicolons or tabs between the cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from fengtai.values.formula_texts import unmarked
from fengtai.workbooks.cells import letters
from fengtai.workbooks.encodings import decoded
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.headings import Row
from fengtai.workbooks.layout import LOOKED_AT
from fengtai.workbooks.limits import Limits

SEPARATORS = ",\t;"
SHEET = "CSV"  # not the name of the file, which is renamed when it is stored
LONGEST_FIELD = 1_000_000  # characters; a text on file may be longer than a workbook's cell, and a lost quote is told
SAMPLED = 50  # records from which the separator is guessed
AS_TEXT = re.compile(r'="([^"]*)"')  # how some programs keep a code from being read as a number


class Width(NamedTuple):
    """How many cells a row has, and the last that is filled."""

    cells: int
    filled: int


def widest(widths: dict[int, Width], headings: int) -> int:
    """How many cells a row may have below the row of headings; 0 for any number, where a title was taken for those."""
    usual = Counter(width.filled for width in widths.values() if width.filled).most_common(1)
    stated = widths[headings].cells if headings in widths else 0
    return stated if usual and (stated > 1 or usual[0][0] <= stated) else 0


def csv_rows(path: Path, limits: Limits, widths: dict[int, Width] | None = None) -> Iterator[Row]:
    """Number and filled cells of every row, all of them text; `widths` learns how wide the first rows are."""
    text = decoded(path.read_bytes())
    records = _records(text, _separator(text), limits)
    for number, record in enumerate(records, start=1):
        if number > limits.last_row:
            raise WorkbookError("too_many_rows", sheet=SHEET, row=number, limit=limits.rows)
        cells = {column: _plain(cell) for column, cell in enumerate(record, start=1) if cell.strip()}
        if cells and max(cells) > limits.columns:
            raise WorkbookError("too_many_columns", sheet=SHEET, column=letters(max(cells)), limit=limits.columns)
        if widths is not None and number <= LOOKED_AT:
            widths[number] = Width(len(record), max(cells, default=0))
        yield number, cells


def _separator(text: str) -> str:
    """The separator that cuts most rows into the same number of cells, more than one."""

    def regularity(separator: str) -> int:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            widths = Counter(len(record) for record in islice(reader, SAMPLED) if len(record) > 1)
        except csv.Error:
            return 0
        return max(((width - 1) * times for width, times in widths.items()), default=0)

    return max(SEPARATORS, key=regularity)


def _records(text: str, separator: str, limits: Limits) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        code = "field" if "field larger" in str(error) else "quotes"
        raise WorkbookError(code, row=reader.line_num) from error


def _plain(cell: str) -> str:
    if match := AS_TEXT.fullmatch(cell):
        return match[1]
    return unmarked(cell)
