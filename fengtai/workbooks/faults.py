"""Marks a workbook's faults by openpyxl, in the child; run by `returned`."""

import io
import sys
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fengtai.workbooks.csv_text import SHEET, csv_rows
from fengtai.workbooks.data import Limits
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.faulty_rows import complete, keep_faulty
from fengtai.workbooks.guard import check_archive, kind_of
from fengtai.workbooks.process import MB, request_within_limits
from fengtai.workbooks.wire import line
from fengtai.workbooks.writing import LONGEST, clean, existing, put

# Two reds that no program offers: by them an earlier return's marks are told from the sender's own.
OURS = "FFFFC8C9", "FFFDECEB"
RED, PALE = (PatternFill("solid", fgColor=colour) for colour in OURS)
WRAPPED = Alignment(vertical="top", wrap_text=True)
WIDTH = 48
COMMENTED = 2_000  # cells; a program that shows comments draws a shape for each


def marked(path: Path, request: dict, limits: Limits) -> bytes:
    book = _opened(path, request["kind"], limits)
    for about in request["sheets"]:
        sheet = book[about["name"]] if request["kind"] == "xlsx" else book.worksheets[0]
        _unmark(sheet, request["heading"])
        if request["only_faulty"]:
            complete(sheet, about)
        _mark(sheet, about, request["heading"])
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


def _unmark(sheet: Worksheet, heading: str):
    """Takes off what an earlier return had marked: the sender corrects that very file and sends it again."""
    cells = [cell for cell in existing(sheet) if not isinstance(cell, MergedCell)]
    explained = {cell.column: cell.row for cell in cells if cell.value == heading}
    for cell in cells:
        if cell.fill.fgColor.rgb in OURS:
            cell.fill = PatternFill()
        if cell.comment and _mark_of(heading) in cell.comment.text:
            own = cell.comment.text.partition(_mark_of(heading))[0].strip()
            cell.comment = Comment(own, cell.comment.author) if own else None
        if cell.row >= explained.get(cell.column, cell.row + 1):
            cell.value = None


def _mark_of(heading: str) -> str:
    return f"【{heading}】"


def _mark(sheet: Worksheet, about: dict, heading: str):
    """Each fault at its cell and in a new last column."""
    column, anchors = _last_column(sheet) + 1, _anchors(sheet)
    told: dict[int, list[str]] = {}
    marked = 0
    for row, at, message in about["faults"]:
        message = clean(message)
        told.setdefault(row or about["top"], []).append(f"{get_column_letter(at)}: {message}" if at else message)
        if row and at:
            marked += 1
            cell = sheet.cell(*anchors.get((row, at), (row, at)))
            cell.fill = RED
            if marked <= COMMENTED:
                _add_comment(cell, message, heading)
    of_the_sheet = told.pop(about["top"], [])
    for row, messages in told.items():
        _explain(sheet, row, column, "\n".join(messages))
    cell = _explain(sheet, about["top"], column, heading)
    cell.font = Font(bold=True)
    if of_the_sheet:
        cell.comment = _comment("\n".join(of_the_sheet), heading)
    sheet.column_dimensions[get_column_letter(column)].width = WIDTH


def _last_column(sheet: Worksheet) -> int:
    """The last that holds anything; borders alone do not count."""
    return max((cell.column for cell in existing(sheet) if cell.value is not None), default=0)


def _anchors(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Of every merged cell the one that shows its value."""
    return {
        place: (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for row in merged.rows
        for place in row
    }


def _explain(sheet: Worksheet, row: int, column: int, text: str):
    if isinstance(sheet.cell(row, column), MergedCell):
        _unmerge(sheet, row, column)
    cell = put(sheet, row, column, text)
    cell.alignment, cell.fill = WRAPPED, PALE
    return cell


def _unmerge(sheet: Worksheet, row: int, column: int):
    for merged in list(sheet.merged_cells.ranges):
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            sheet.unmerge_cells(merged.coord)


def _add_comment(cell, message: str, heading: str):
    before = f"{cell.comment.text}\n" if cell.comment else ""
    comment = _comment(message, heading, before)
    comment.author = cell.comment.author if cell.comment else comment.author
    cell.comment = comment


def _comment(text: str, heading: str, before: str = "") -> Comment:
    text = f"{before}{text}" if _mark_of(heading) in before else f"{before}{_mark_of(heading)}{text}"
    return Comment(text[:LONGEST], heading, height=40 + 20 * (len(text) // 16 + text.count("\n")), width=260)


def main():
    request, limits = request_within_limits()
    error, details, content = "", {}, b""
    try:
        content = marked(Path(request["path"]), request, limits)
    except WorkbookError as refused:
        error, details = refused.code, refused.details
    except MemoryError:
        error, details = "too_much_memory", {"limit": limits.memory // MB}
    head = line({"error": error, "details": details, "size": len(content)})
    sys.stdout.buffer.write(head.encode() + b"\n" + content)


if __name__ == "__main__":
    main()
