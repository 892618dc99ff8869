"""One cell understood: as text, as a number, as what it is compared with. Knows no list and no model."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from fengtai.values.texts import BLANK, in_cell, shows_something, tidy, unshowable
from fengtai.workbooks.cells import EXACT
from fengtai.workbooks.data import Cell, ErrorCell, Shown
from fengtai.workbooks.row_kinds import is_ditto

ERASE = ("清空", "[erase]")  # typed into a cell, they empty the field
# What clerks type where they have nothing to say.
NOTHING = frozenset(("-", "--", "—", "——", "–", "－", "/", "／", "\\", "无", "暂无", "N/A", "n/a"))
# What spreadsheets and programs write where they have no value; in a .csv they are texts.
ERRORS = frozenset(("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"))
NO_VALUE = frozenset(("NULL", "Null", "null", "(NULL)", "(null)", "<NULL>", "NaN", "NAN", "nan", "<NA>", "NaT"))
POWER_OF_TEN = re.compile(r"[+-]?\d(?:\.\d+)?E\+\d{1,3}", re.IGNORECASE)  # 1.38E+10
FULL_DAY = re.compile(r"\d{4}\D+\d{1,2}\D+\d{1,2}(?!\d)")
# How a spreadsheet writes the 3-1 that it made a date of: 3月1日, 1-Mar.
PART_OF_DAY = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2}")
LONGEST_PART = 6  # characters
SHORT, REMEMBERED = 40, 8192  # characters of texts that are remembered, each asked about a dozen times, and how many
MANY = re.compile(r"[、；;，,\n]+")
LINES = re.compile(r"[；;\n]+")
UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SILENT_CATEGORIES = "CZM"  # controls, blanks, accents: what no text that shows something begins with
SUFFIXES, INFIXES = ("以上", "以下", "以内", "左右", "上下"), ("余", "多")
SCALES = "万亿"


class CellError(ValueError):
    """A cell that cannot be taken; `code` is one of `sentences.MESSAGES`, or a reading's own with its `message`."""

    part: str | None = None  # of the field: which of its cells it is

    def __init__(self, code: str, message: str = "", **details):
        super().__init__(code)
        self.code, self.message, self.details = code, message, details


class at:
    """What is refused inside is refused in the cell of this part, unless that is known better already.

    No generator: it would take longer than what is done inside, for every cell.
    """

    __slots__ = ("part",)

    def __init__(self, part: str):
        self.part = part

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind, error, trace) -> None:
        if isinstance(error, CellError) and error.part is None:
            error.part = self.part


@dataclass(frozen=True, slots=True)
class Open:
    """A cell that waits for a person's answer: the unit of a figure that nobody states. `text` is the question."""

    text: str

    def __str__(self):
        return self.text


def is_blank(cell: Cell | Open) -> bool:
    """Whether a cell tells its reader nothing; a dash or 无 is how clerks leave a field of a form empty."""
    return cell is None or (isinstance(cell, str) and (not cell or cell.strip() in NOTHING or _looks_empty(cell)))


def text_of(cell: Cell | Open) -> str:
    """A cell as the text it shows. Raises CellError for what is no text, number or day, or cannot be shown."""
    if isinstance(cell, str):
        return _text(cell.strip())
    if isinstance(cell, Open):
        raise CellError("undecided", text=cell.text)
    if isinstance(cell, ErrorCell):
        raise CellError(cell.code, text=cell.text)
    if isinstance(cell, Shown):
        return text_of(cell.text)
    if isinstance(cell, (bool, time)):
        raise CellError("wrong_type", text=str(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else number_text(cell)


def _text(text: str) -> str:
    return _short_text(text) if len(text) <= SHORT else _checked(text)


def _checked(text: str) -> str:
    if UNSHOWN.search(text):
        raise CellError("control_character")
    if character := unshowable(text, has_lines=True):
        raise CellError("hidden_character", character=character)
    if _looks_empty(text):
        return ""
    if is_ditto(text):
        raise CellError("ditto", text=text)
    if text in NO_VALUE:
        raise CellError("no_value", text=text)
    if text[:1] == "#" and (text in ERRORS or not text.strip("#")):
        raise CellError("excel_error", text=text)
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


_short_text = lru_cache(maxsize=REMEMBERED)(_checked)


def words_of(cell: Cell, *, may_be_day: bool = False) -> str:
    """The text of a cell in a column of texts, where a spreadsheet may have made a number or a date of it.

    Raises CellError for what has lost digits (or shows too few), and for days unless a longer text may be one.
    """
    value = cell.value if isinstance(cell, Shown) else cell
    if isinstance(value, int | float | Decimal) and abs(value) >= EXACT:
        raise CellError("damaged")
    text = text_of(cell)
    is_day = isinstance(value, date) and not (may_be_day and FULL_DAY.search(text))
    if is_day or (len(text) <= LONGEST_PART and PART_OF_DAY.fullmatch(text)):
        raise CellError("day_in_text", text=text)
    if "+" in text and POWER_OF_TEN.fullmatch(text):
        raise CellError("damaged")
    return text


def _looks_empty(text: str) -> bool:
    """Whether a text that is not empty shows nothing."""
    return _short_is_empty(text) if len(text) <= SHORT else _is_empty(text)


def _is_empty(text: str) -> bool:
    """Nearly all are told by their first character."""
    begins_unseen = text and (BLANK.match(text) or unicodedata.category(text[0])[0] in SILENT_CATEGORIES)
    return bool(begins_unseen) and not shows_something(text)


_short_is_empty = lru_cache(maxsize=REMEMBERED)(_is_empty)


def number_text(number: int | float | Decimal) -> str:
    """Without the noise of binary fractions: 0.1 + 0.2 was never typed."""
    if isinstance(number, float):
        number = Decimal(f"{number:.15g}")
    if isinstance(number, Decimal):
        return f"{number.normalize():f}" if number else "0"
    return str(number)


def same(cell: Cell, exported) -> bool:
    """Whether a cell still says what a download wrote into it, whatever type it has come back as."""
    if cell == exported:
        return True
    if exported is None:
        return False
    if isinstance(cell, str) and isinstance(exported, str) and _lines(cell) == _lines(in_cell(exported)):
        return True
    if isinstance(cell, Shown) and same(cell.value, exported):
        return True  # a format was put upon it
    try:
        return _comparable(cell) == _comparable(exported)
    except CellError:
        return False


def _lines(text: str) -> str:
    """With line breaks as XML knows them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _comparable(value) -> str:
    text = text_of(value).replace("\r\n", "\n")
    if isinstance(value, str) and len(text) < 40 and text[:1] in "-+.0123456789":
        try:
            return number_text(Decimal(text))
        except ArithmeticError:
            return text
    return text


def split(text: str, pattern=MANY) -> list[str]:
    """The parts of a cell that lists several things, without blanks and empty parts."""
    return list(filter(None, map(tidy, pattern.split(text))))


def compose(text: str, unit: str, qualifier: str, read: Callable) -> str:
    """A figure as it would be printed, from its own columns: 预计突破 + 2300 + 亿元 is 预计突破2300亿元.

    `read` reads a printed figure; it tells whether the text names a unit already.
    """
    number, remark = _without_remark(text)
    if unit and remark and lacks_unit(number, read):  # 3500（含税） in a column of 万元
        return f"{compose(number, unit, qualifier, read)}{remark}"
    word = qualifier if qualifier not in text else ""
    behind = next((suffix for suffix in SUFFIXES if text.endswith(suffix)), "") if not word else ""
    if unit and behind:  # 5.2以上 in a column of 万平方米
        return f"{compose(text.removesuffix(behind), unit, '', read)}{behind}"
    if unit and _may_take(text) and text[-1] in SCALES and _base_of(unit):
        text = f"{text}{_base_of(unit)}"  # 3.5亿 in a column of 万元 is 3.5亿元
    elif unit and _may_take(text) and not _has_unit(text, read):
        infix = word if word in INFIXES else ""
        text, word = f"{text}{infix}{unit}", "" if infix else word
    return f"{text}{word}" if word in SUFFIXES else f"{word}{text}"


def lacks_unit(text: str, read: Callable) -> bool:
    """Whether a text is a number that needs the unit of its column: 约3000, 3000以上, 3.5亿; not 3000家, not 待定."""
    text = _without_remark(text)[0]
    text = text.removesuffix(next((suffix for suffix in SUFFIXES if text.endswith(suffix)), ""))
    return _may_take(text) and (text[-1] in SCALES or not _has_unit(text, read))


def _without_remark(text: str) -> tuple[str, str]:
    """A number and the remark in brackets behind it, if there is one."""
    begin = max(text.rfind("("), text.rfind("（")) if text[-1:] in (")", "）") else 0
    return (text[:begin].rstrip(), text[begin:]) if begin > 0 else (text, "")


def _base_of(unit: str) -> str:
    """万元 counts 元, 平方米 itself; 万 alone counts nothing."""
    return unit.lstrip(SCALES)


def _may_take(text: str) -> bool:
    """A unit is set behind a number: "—" and "/" are none."""
    return any(map(str.isnumeric, text))


def _has_unit(text: str, read: Callable) -> bool:
    try:
        return bool(read(text).unit)
    except ValueError:
        behind = re.split(r"\d|[余多来]", text)[-1]  # 约5.2 is a number as yet
        return bool(re.search(r"[^\W\d_]|[%％‰]", behind))
