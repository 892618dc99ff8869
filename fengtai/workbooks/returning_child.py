"""In a child process: opens the sender's file, has its faults painted, and hands the file back to `returned`."""

import io
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook, load_workbook

from fengtai.workbooks.batch_property import write_batch
from fengtai.workbooks.child_process import hand_over, request_within_limits
from fengtai.workbooks.csv_reading import SHEET, csv_rows
from fengtai.workbooks.fault_painting import paint, unpaint
from fengtai.workbooks.faulty_rows import complete, keep_faulty
from fengtai.workbooks.guard import check_archive, kind_of
from fengtai.workbooks.limits import Limits
from fengtai.workbooks.wire import line
from fengtai.workbooks.writing import put


def main():
    request, limits = request_within_limits()
    hand_over(painted(Path(request["path"]), request, limits), limits)


def painted(path: Path, request: dict, limits: Limits) -> Iterator[str]:
    """One line with the bytes of the .xlsx, in which the faults that the request names are painted."""
    book = _opened(path, request["kind"], limits)
    for about in request["sheets"]:
        sheet = book[about["name"]] if request["kind"] == "xlsx" else book.worksheets[0]
        unpaint(sheet, request["heading"])
        if request["only_faulty"]:
            complete(sheet, about)
        paint(sheet, about, request["heading"])
        if request["only_faulty"]:
            keep_faulty(sheet, about)
    if request["batch"]:
        write_batch(book, request["batch"])
    file = io.BytesIO()
    book.save(file)
    yield line(["content", b64encode(file.getvalue()).decode()])


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
