"""The sender's own workbook with its faults painted into it: red cells with comments, and a last column of reasons."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from types import MappingProxyType
from typing import IO

from fengtai.workbooks.cells import column_number
from fengtai.workbooks.child_process import answer_of
from fengtai.workbooks.data import SheetData, WorkbookData
from fengtai.workbooks.limits import Limits
from fengtai.workbooks.wire import line, parsed

TOP = {"title", "note", "heading", "unit"}
FRAME = {"heading", "unit", "section"}  # what rows further down are read by
SECONDS, MEMORY = 120, 1_500_000_000  # openpyxl holds a workbook whole


def returned_workbook(
    path,
    book: WorkbookData,
    problems: Iterable[Mapping],
    *,
    heading: str,
    only_faulty: bool = False,
    also: Mapping[str, Iterable[int]] = MappingProxyType({}),
    batch: str = "",
) -> bytes:
    """The file as .xlsx with every problem (`sheet`, `row`, `column`, `message`) painted where it is.

    `book` is what `read_workbook` read of it, `heading` that of the new last column. A problem without a column stands
    at its row, one without a row at its sheet. With `only_faulty` the other rows are gone but for those named by
    `also`; a sheet without any fault stays as it is unless it is named there. `batch` is written into the file, which
    tells by it what it continues when it comes back. Raises WorkbookError.
    """
    limits = replace(Limits(), seconds=SECONDS, memory=MEMORY)
    faults, tables = _faults(book, problems), _tables(book)
    names = [name for name in tables if name in faults or (only_faulty and name in also)]
    about = [_about(tables[name], faults[name], {*also.get(name, ())}) for name in names]
    options = {"kind": book.kind, "only_faulty": only_faulty, "heading": heading, "batch": batch}
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


def _tables(book: WorkbookData) -> dict[str, list[SheetData]]:
    """The tables of each sheet, from its top downwards."""
    found: dict[str, list[SheetData]] = {}
    for table in book.sheets:
        found.setdefault(table.name, []).append(table)
    return found


def _about(tables: list[SheetData], faults: list, also: set[int]) -> dict:
    """What the child has to know of a sheet: where its rows begin, how those that stay were read, what says more."""
    stay = {fault[0] for fault in faults} | also
    read = [row for table in tables for row in table.rows]
    rows = [[row.number, list(row.cells), list(row.cells.values())] for row in read if row.number in stay]
    skipped = [each for table in tables for each in table.skipped]
    first = min([row.number for row in read], default=2)
    above = [each for each in skipped if each.row < first]
    top = max([each.row for each in above if each.kind == "heading"], default=1)
    body = max([each.row for each in above if each.kind in TOP], default=1) + 1
    last = max((row for row in stay if row >= body), default=0)
    frame = [each.row for each in skipped if body <= each.row < last and each.kind in FRAME]
    return {"name": tables[0].name, "faults": faults, "rows": rows, "top": top, "body": body, "stay": [*also, *frame]}


def _received(output: IO[bytes]) -> bytes:
    _tag, content = parsed(output.readline())
    return b64decode(content)
