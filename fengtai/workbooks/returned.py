"""The sender's own workbook with its faults painted into it: red cells with comments, and a last column of reasons."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO

from fengtai.workbooks.cells import column_number
from fengtai.workbooks.child_process import answer_of
from fengtai.workbooks.data import SheetData, WorkbookData
from fengtai.workbooks.limits import Limits
from fengtai.workbooks.wire import line, parsed

TOP = {"title", "note", "heading", "unit"}
SECONDS, MEMORY = 120, 1_500_000_000  # openpyxl holds a workbook whole


def returned_workbook(
    path, book: WorkbookData, problems: Iterable[Mapping], *, heading: str, only_faulty: bool = False
) -> bytes:
    """The file as .xlsx with every problem (`sheet`, `row`, `column`, `message`) painted where it is.

    `book` is what `read_workbook` read of it, `heading` that of the new last column. A problem without a column stands
    at its row, one without a row at its sheet. Raises WorkbookError.
    """
    limits = replace(Limits(), seconds=SECONDS, memory=MEMORY)
    faults = _faults(book, problems)
    about = [_about(sheet, faults[sheet.name]) for sheet in book.sheets if sheet.name in faults]
    options = {"kind": book.kind, "only_faulty": only_faulty, "heading": heading}
    request = line({"path": str(Path(path).resolve()), "limits": asdict(limits), "sheets": about, **options})
    return answer_of("fengtai.workbooks.returning_child", request, limits, _received)


def _faults(book: WorkbookData, problems: Iterable[Mapping]) -> dict[str, list]:
    """Row, column and message of each problem by sheet; those of the whole file go to its first sheet."""
    names, faults = [sheet.name for sheet in book.sheets], defaultdict(list)
    for problem in problems:
        row, column, message = problem.get("row") or 0, problem.get("column") or 0, str(problem["message"])
        if problem.get("sheet") not in names:
            faults[names[0]].append([0, 0, message])
            continue
        faults[problem["sheet"]].append([row, column_number(column) if isinstance(column, str) else column, message])
    return faults


def _about(sheet: SheetData, faults: list) -> dict:
    """What the child has to know of a sheet: where its rows begin, and how those at fault were read."""
    at_fault = {fault[0] for fault in faults}
    rows = [[row.number, list(row.cells), list(row.cells.values())] for row in sheet.rows if row.number in at_fault]
    first = min([row.number for row in sheet.rows], default=2)
    above = [skipped for skipped in sheet.skipped if skipped.row < first]
    top = max([skipped.row for skipped in above if skipped.kind == "heading"], default=1)
    body = max([skipped.row for skipped in above if skipped.kind in TOP], default=1) + 1
    return {"name": sheet.name, "faults": faults, "rows": rows, "top": top, "body": body}


def _received(output: IO[bytes]) -> bytes:
    _tag, content = parsed(output.readline())
    return b64decode(content)
