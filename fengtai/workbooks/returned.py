"""The sender's own workbook with its faults marked: cells in red with a comment, and a last column that tells them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO

from fengtai.workbooks.cells import place
from fengtai.workbooks.data import Limits, SheetData, WorkbookData
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.process import Incomplete, answer_of
from fengtai.workbooks.wire import line

HEADING = "错误说明"
TOP = {"title", "note", "heading", "unit"}
SECONDS, MEMORY = 60, 1_500_000_000  # openpyxl holds a workbook whole


def returned_workbook(
    path, book: WorkbookData, problems: Iterable[Mapping], *, only_faulty: bool = False, heading: str = HEADING
) -> bytes:
    """The file's .xlsx with every problem (`sheet`, `row`, `column`, `message`) marked where it is.

    `book` is what `read_workbook` read of it. A problem without a column marks its row, one without a row its sheet.
    """
    limits = replace(Limits(), seconds=SECONDS, memory=MEMORY)
    faults = defaultdict(list)
    for problem in problems:
        column = problem.get("column") or 0
        number = place(column) if isinstance(column, str) else column
        faults[problem["sheet"]].append([problem.get("row") or 0, number, str(problem["message"])])
    about = [_about(sheet, faults[sheet.name]) for sheet in book.sheets if faults[sheet.name]]
    options = {"kind": book.kind, "only_faulty": only_faulty, "heading": heading}
    request = line({"path": str(Path(path).resolve()), "limits": asdict(limits), "sheets": about, **options})
    return answer_of("fengtai.workbooks.faults", request, limits, _received)


def _about(sheet: SheetData, faults: list) -> dict:
    """What the marking has to know of a sheet: where its rows begin, and how those at fault were read."""
    at_fault = {fault[0] for fault in faults}
    rows = [[row.number, list(row.cells), list(row.cells.values())] for row in sheet.rows if row.number in at_fault]
    first = min([row.number for row in sheet.rows], default=2)
    above = [skipped for skipped in sheet.skipped if skipped.row < first]
    top = max([skipped.row for skipped in above if skipped.kind == "heading"], default=1)
    body = max([skipped.row for skipped in above if skipped.kind in TOP], default=1) + 1
    return {"name": sheet.name, "faults": faults, "rows": rows, "top": top, "body": body}


def _received(output: IO[bytes]) -> bytes:
    head = output.readline()
    if not head.endswith(b"\n"):
        raise Incomplete
    answer = json.loads(head)
    if answer["error"]:
        raise WorkbookError(answer["error"], **answer["details"])
    content = output.read()
    if len(content) != answer["size"]:
        raise Incomplete
    return content
