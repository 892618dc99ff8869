"""Rows of a list that sum others up: told by their last word, where nothing else in them identifies a record."""

import re

from fengtai.importing.reading.cells import is_blank
from fengtai.values.texts import plain
from fengtai.workbooks.data import WITHIN, Cell
from fengtai.workbooks.total_words import COUNTED, TotalWord, is_total, total_word

TOTAL, DOUBT = "total", "doubt"
MANY = ("texts",)  # of a field that names several: the parties of a project
TELLING = ("text", *MANY)  # kinds of fields whose cells tell one record from another
OF_WHICH = ("其中：", "其中:")
UNTELLING = {"remark", "region"}
COUNT = re.compile(rf"[\d,.]|.*\d\s*(?:{COUNTED})")


def kind_of_total(sheet, row) -> tuple[str, TotalWord | None]:
    """TOTAL, DOUBT where it may as well be a record called so, or nothing; and what the row says by its words."""
    name = sheet.name_of(row)
    if not name:
        return _kind_without_name(sheet, row)
    word = total_word(name)
    if word is None and name.startswith(OF_WHICH) and not _has_all_of_a_key(sheet, row):
        word = TotalWord(name[len("其中：") :].strip(), "其中", is_apart=False)
    if word is None or _has_own_code(sheet, row):
        return "", None
    if _has_all_of_a_key(sheet, row) and (word.group or not is_total(name)):
        return "", None  # 企业总数 is an indicator where its scope stands beside it
    if not word.group:
        return TOTAL, word
    telling = MANY if word.is_bracketed else TELLING
    if any(_identifies(sheet, column, row.cells[column.number], name, telling) for column in sheet.filled(row)):
        return (DOUBT, word) if word.is_apart else ("", None)
    return (TOTAL if word.is_apart or plain(word.group) in _groups(row) else DOUBT), word


def _kind_without_name(sheet, row) -> tuple[str, TotalWord | None]:
    """丰台区 汇总 may stand in the column of the group."""
    words = (total_word(cell) for cell in row.cells.values() if isinstance(cell, str))
    word = next(filter(None, words), None)
    return (TOTAL, word) if word is not None else ("", None)


def _has_own_code(sheet, row) -> bool:
    """Whether the row carries a key of its own beside its name, as an organisation its credit code."""
    codes = {name for names in sheet.declared.keys if len(names) == 1 for name in names} - {*sheet.declared.needs}
    return any(column.field in codes for column in sheet.filled(row))


def _has_all_of_a_key(sheet, row) -> bool:
    """Whether a row says all of what tells a record of several fields, as a figure its indicator and scope."""
    filled = {column.field for column in sheet.filled(row)}
    several = [{*names} - sheet.declared.optional for names in sheet.declared.keys if len(names) > 1]
    return any(names <= filled for names in several)


def _identifies(sheet, column, cell: Cell, name: str, telling: tuple[str, ...]) -> bool:
    """Whether a cell says more than a figure, a count, or the group that the name begins with."""
    field = sheet.declared.fields[column.field]
    if field.kind not in telling or field.name in (*sheet.declared.needs, *UNTELLING) or not isinstance(cell, str):
        return False
    return not COUNT.match(plain(cell)) and plain(cell) not in plain(name) and total_word(cell) is None


def _groups(row) -> set[str]:
    """What the row itself and its sections are called."""
    own = {plain(cell) for cell in row.cells.values() if isinstance(cell, str) and not is_blank(cell)}
    return own | {bare_section(text) for text in row.section.split(WITHIN)}


def bare_section(text: str) -> str:
    """The words of a section's heading: without its number, its count and its unit."""
    words = re.sub(
        r"^(?:第?[一二三四五六七八九十百]+(?:部分|大类|类|章|节|组)?[、.．:：\s]*|[(（][一二三四五六七八九十百]+[)）][、.]?)",
        "",
        text.strip(),
    )
    return plain(re.sub(r"[(（\[【][^()（）\[\]【】]*[)）\]】]|[:：]$", "", words))
