"""In a child process: opens the sender's file, has its faults painted, and hands the file back to `returned`."""

import io
import sys
from pathlib import Path

from openpyxl import Workbook, load_workbook

from fengtai.workbooks.child_process import request_within_limits
from fengtai.workbooks.csv_text import SHEET, csv_rows
from fengtai.workbooks.data import MB, Limits
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.fault_painting import paint, unpaint
from fengtai.workbooks.faulty_rows import complete, keep_faulty
from fengtai.workbooks.guard import check_archive, kind_of
from fengtai.workbooks.wire import line
from fengtai.workbooks.writing import put


def main():
    request, limits = request_within_limits()
    error, details, content = "", {}, b""
    try:
        content = painted(Path(request["path"]), request, limits)
    except WorkbookError as refused:
        error, details = refused.code, refused.details
    except MemoryError:
        error, details = "too_much_memory", {"limit": limits.memory // MB}
    head = line({"error": error, "details": details, "size": len(content)})
    sys.stdout.buffer.write(head.encode() + b"\n" + content)


def painted(path: Path, request: dict, limits: Limits) -> bytes:
    """The bytes of the .xlsx with the faults that the request names, painted."""
    book = _opened(path, request["kind"], limits)
    for about in request["sheets"]:
        sheet = book[about["name"]] if request["kind"] == "xlsx" else book.worksheets[0]
        unpaint(sheet, request["heading"])
        if request["only_faulty"]:
            complete(sheet, about)
        paint(sheet, about, request["heading"])
        if request["only_faulty"]:
            keep_faulty(sheet, about)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _opened(path: Path, kind: str, limits: Limits) -> Workbook:
    kind_of(path, limits)
    if kind == "xlsx":
        check_archive(path, limits)
        return load_workbook(path, rich_text=True)
    book = Workbook()
    book.active.title = SHEET
    for number, cells in csv_rows(path, limits):
        for column, text in cells.items():
            put(book.active, number, column, text)
    return book


if __name__ == "__main__":
    main()
