"""Paints faults into a sheet: cells in red with a comment, and a last column that explains them row by row."""

from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fengtai.workbooks.cells import LONGEST
from fengtai.workbooks.writing import clean, existing, put

# Two reds that no program offers, so that what an earlier return painted is told from the sender's own colours.
OURS = "FFFFC8C9", "FFFDECEB"
RED, PALE = (PatternFill("solid", fgColor=colour) for colour in OURS)
WRAPPED = Alignment(vertical="top", wrap_text=True)
WIDTH = 48
COMMENTED = 2_000  # cells at most: programs draw a shape for each comment, and become slow


def unpaint(sheet: Worksheet, heading: str):
    """Takes off what an earlier return had painted: senders correct that very file and send it again."""
    cells = [cell for cell in existing(sheet) if not isinstance(cell, MergedCell)]
    explained = {cell.column: cell.row for cell in cells if cell.value == heading}
    for cell in cells:
        if cell.fill.fgColor.rgb in OURS:
            cell.fill = PatternFill()
        if cell.comment and _label(heading) in cell.comment.text:
            own = cell.comment.text.partition(_label(heading))[0].strip()
            cell.comment = Comment(own, cell.comment.author) if own else None
        if cell.row >= explained.get(cell.column, cell.row + 1):
            cell.value = None


def paint(sheet: Worksheet, about: dict, heading: str):
    """Paints each fault of `about` at its cell, and explains it in a new last column under `heading`."""
    column, anchors = _last_column(sheet) + 1, _anchors(sheet)
    told: dict[int, list[str]] = {}
    painted = 0
    for row, at, message in about["faults"]:
        message = clean(message)
        told.setdefault(row or about["top"], []).append(f"{get_column_letter(at)}: {message}" if at else message)
        if row and at:
            painted += 1
            cell = sheet.cell(*anchors.get((row, at), (row, at)))
            cell.fill = RED
            if painted <= COMMENTED:
                _add_comment(cell, message, heading)
    of_the_sheet = told.pop(about["top"], [])
    for row, messages in told.items():
        _explain(sheet, row, column, "\n".join(messages))
    cell = _explain(sheet, about["top"], column, heading)
    cell.font = Font(bold=True)
    if of_the_sheet:
        cell.comment = _comment("\n".join(of_the_sheet), heading)
    sheet.column_dimensions[get_column_letter(column)].width = WIDTH


def _label(heading: str) -> str:
    return f"【{heading}】"


def _last_column(sheet: Worksheet) -> int:
    """The last column that holds a value; borders alone do not count."""
    return max((cell.column for cell in existing(sheet) if cell.value is not None), default=0)


def _anchors(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """For the row and column of every merged cell, those of the one that shows its value."""
    return {
        position: (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for row in merged.rows
        for position in row
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
    text = f"{before}{text}" if _label(heading) in before else f"{before}{_label(heading)}{text}"
    return Comment(text[:LONGEST], heading, height=40 + 20 * (len(text) // 16 + text.count("\n")), width=260)
