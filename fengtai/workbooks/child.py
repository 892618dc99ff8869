"""Reads a workbook apart from the server, in a process of its own with limits."""

import hashlib
from pathlib import Path

import python_calamine

from fengtai.workbooks.data import Limits, WorkbookData
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.layout import lay_out


def read_workbook(path, limits: Limits = Limits(), vocabulary: frozenset[str] = frozenset()) -> WorkbookData:
    try:
        book = python_calamine.load_workbook(str(path))
    except python_calamine.CalamineError as error:
        raise WorkbookError("unreadable") from error
    sheets = [_sheet(book, name, vocabulary) for name in book.sheet_names]
    return WorkbookData("xlsx", sheets, hashlib.sha256(Path(path).read_bytes()).hexdigest())


def _sheet(book, name, vocabulary):
    sheet = book.get_sheet_by_name(name)
    rows = [{n: cell for n, cell in enumerate(row, 1) if cell != ""} for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if top > 2 and left == right:
            for row in rows[top + 1 : bottom + 1]:
                row[left + 1] = rows[top][left + 1]
    return lay_out(name, rows, vocabulary)
