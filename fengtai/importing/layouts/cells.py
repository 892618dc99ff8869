"""Cells of a table of figures: what is one, what is only a number as yet, and what says that nothing is given."""

import re
from decimal import Decimal, InvalidOperation

from fengtai.importing.reading.cells import is_blank
from fengtai.workbooks.data import Cell, ErrorCell, Shown

NUMBER = re.compile(r"[-+−]?\d[\d,，]*(?:\.\d+)?")
MEASURED = re.compile(rf"{NUMBER.pattern}\s*[^\d\s.．、，。：；年月日季]{{0,8}}")
NOT_GIVEN = frozenset(("…", "...", "……", "..", "···", "—", "-", "#", "*", "缺", "未公布", "不详"))


def says_nothing(cell: Cell) -> bool:
    """Blank, or one of the signs by which a table says that a figure is not given."""
    return is_blank(cell) or (isinstance(cell, str) and cell.strip() in NOT_GIVEN)


def is_figure(cell: Cell) -> bool:
    """Whether a cell may stand in a column of figures: a number with or without its unit, or one that is not given."""
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float | Decimal | ErrorCell):
        return True
    text = shown_text(cell)
    return bool(MEASURED.fullmatch(text)) or text in NOT_GIVEN


def number_of(cell: Cell) -> Decimal | None:
    """The number of a cell that names no unit; nothing for any other."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return Decimal(f"{cell:.15g}")
    if isinstance(cell, Decimal):
        return cell
    text = shown_text(cell)
    if not NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", "").replace("，", "").replace("−", "-"))
    except InvalidOperation:
        return None


def shown_text(cell: Cell) -> str:
    return cell.text.strip() if isinstance(cell, Shown) else cell.strip() if isinstance(cell, str) else ""
