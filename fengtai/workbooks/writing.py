"""Writes values into cells: a text stays text even if it begins with =, without characters that Excel refuses."""

import re

from openpyxl.worksheet.worksheet import Worksheet

from fengtai.workbooks.cells import LONGEST
from fengtai.workbooks.data import Cell, ErrorCell, Shown

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    return UNWRITABLE.sub("", text)[:LONGEST]


def existing(sheet: Worksheet) -> list:
    """The cells that a sheet holds; openpyxl's `iter_rows` would make all the others up to the farthest."""
    return list(sheet._cells.values())


def put(sheet: Worksheet, row: int, column: int, value: Cell):
    if isinstance(value, ErrorCell):
        value = value.text
    cell, form = sheet.cell(row, column), ""
    if isinstance(value, Shown):
        value, form = value.value, value.form
    cell.value = clean(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    if form:
        cell.number_format = form
    return cell
