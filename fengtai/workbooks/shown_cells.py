"""What a cell's value and its number format say together: the plain value, or the text that the sheet shows instead.

A number rounded by its format is kept as typed if it has few decimals; one with more is the result of a computation,
and the figure is what is shown.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from fengtai.workbooks.cells import EXACT
from fengtai.workbooks.currency_signs import ANY, FRONT, MEANT, WRITTEN, currency_of
from fengtai.workbooks.data import Cell, ErrorCell, Shown
from fengtai.workbooks.date_display import EPOCHS, date_text, moment_of, parts_shown, serial_of, words_of
from fengtai.workbooks.digit_patterns import Pattern, pattern_of
from fengtai.workbooks.number_display import Printed, printed
from fengtai.workbooks.number_formats import Format, FormatError, Section

TYPED_DECIMALS = 4  # a value with more is computed
KEPT = 10_000  # values of one format
SEPARATORS = re.compile(r"[年月日号时分秒時\-/.,，:：()（）'\s]*")
DASHES = re.compile(r"[-–—−\s]*")
MINUS = re.compile("[-−–]")
YEARS = range(1900, 2101)
DAYS, TIMES = {"year", "month", "day"}, {"hour", "minute", "second"}


class Unsaid(Exception):
    """What a format leaves out, so that its cell cannot be taken; `code` names it."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Read(NamedTuple):
    """A cell as it is taken, with the code and text of a notice if there is something to tell."""

    cell: Cell
    note: str = ""
    text: str = ""


class Quick(NamedTuple):
    """How a section without anything unusual prints the numbers that it need not round: most cells of most formats."""

    before: str
    after: str
    scale: int
    least: Decimal
    written: str


@dataclass(frozen=True, eq=False)
class Form:
    """The number format of a style; `format` is None if it is not understood. It keeps what it made of values."""

    code: str
    format: Format | None
    known: dict[Cell, Read] = field(default_factory=dict)

    @cached_property
    def quick(self) -> Quick | None:
        """Of its first section, if that takes all numbers above zero."""
        section = self.format.numbers[0] if self.format.numbers else None
        if section is None or section.is_date or any(other.condition for other in self.format.numbers):
            return None
        pattern = pattern_of(section)
        try:
            front, before, after = _currency(section, pattern.before.strip(), pattern.after.strip())
        except Unsaid:
            return None
        if not pattern.is_simple or (pattern.scale and not (front or before or after)):
            return None
        written = ",f" if pattern.has_groups else "f"
        return Quick(before + front, after, pattern.scale, Decimal(1).scaleb(-len(pattern.decimals)), written)


def shown_cell(value: Cell, form: Form, epoch: datetime = EPOCHS[0]) -> Read:
    """What is read of a value that calamine gave, in a cell of this format."""
    if value is None or isinstance(value, bool | ErrorCell | Shown):
        return Read(value)
    if form.format is None:
        return Read(ErrorCell(form.code, "unknown_format"))
    if isinstance(value, str):
        return _text(value, form.format)
    if (known := form.known.get(value)) is not None:
        return known
    found = _quickly(value, form) or _slowly(value, form, epoch)
    if len(form.known) < KEPT:
        form.known[value] = found
    return found


def _quickly(value: Cell, form: Form) -> Read | None:
    quick = form.quick
    if quick is None or not isinstance(value, int | float) or not 0 < value < EXACT:
        return None
    exact = Decimal(str(value)).scaleb(quick.scale)
    shown = exact.quantize(quick.least)
    if shown != exact:
        return None
    if not quick.before and not quick.after:
        return Read(value)
    return Read(Shown(f"{quick.before}{shown:{quick.written}}{quick.after}", value, form.code))


def _slowly(value: Cell, form: Form, epoch: datetime) -> Read:
    try:
        number = Decimal(str(_serial(value, epoch)))
        section, own_minus = form.format.section_of(number)
        if section.is_date:
            return Read(_moment(value, section, form, epoch))
        return _number(value if isinstance(value, int | float) else float(number), section, own_minus, form)
    except Unsaid as error:
        return Read(ErrorCell(form.code, error.code))
    except (FormatError, OverflowError):
        return Read(ErrorCell(form.code, "unknown_format"))


def _serial(value, epoch: datetime) -> int | float:
    if isinstance(value, time):
        return serial_of(datetime.combine(epoch, value), epoch)
    return serial_of(_at(value), epoch) if isinstance(value, date) else value


def _at(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time.min)


def _text(value: str, form: Format) -> Read:
    if form.text is None or any("elapsed" in section.kinds for section in form.numbers):
        return Read(value)
    text = "".join(value if token.kind == "text" else token.text for token in form.text.tokens)
    if text.strip() == value.strip():
        return Read(value)
    return Read(text) if text.strip() else Read(None, "shows_nothing", value)


def _moment(value: Cell, section: Section, form: Form, epoch: datetime) -> Cell:
    """A whole date as such, however its parts are arranged; one that is shown in part as what it shows."""
    if isinstance(value, time):
        return value if parts_shown(section) <= TIMES else ErrorCell(form.code, "unknown_format")
    moment = _at(value) if isinstance(value, date) else moment_of(value, epoch)
    if serial_of(moment, epoch) in YEARS and "elapsed" not in section.kinds:
        raise Unsaid("year_as_day")  # 2024, typed under the format of a date, shows 1905-07-16
    parts = parts_shown(section) - {"weekday"}
    days, is_bare = parts & DAYS, bool(SEPARATORS.fullmatch(words_of(section)))
    if is_bare and days == DAYS:
        return moment if parts & TIMES and moment.time() != time.min else moment.date()
    text = date_text(section, moment, moment - epoch).strip()
    if is_bare and parts in ({"year", "month"}, {"year"}):
        text = f"{moment.year}年{moment.month}月" if "month" in parts else f"{moment.year}年"
    return Shown(text, value if isinstance(value, date) else moment, form.code)


def _number(value: int | float, section: Section, own_minus: bool, form: Form) -> Read:
    number = Decimal(str(value))
    found = printed(section, number)
    if not found.text.strip():
        return Read(None, "shows_nothing" if number else "", str(value))
    if not number and not found.number.strip() and DASHES.fullmatch(ANY.sub("", found.before + found.after)):
        return Read("-")  # of accountants, for a nought: it says no more than a dash that was typed
    before, after, minus = _with_minus(found, section, form) if own_minus else _stripped(found, number < 0)
    front, before, after = _currency(section, before, after)
    pattern = pattern_of(section)
    if found.exact is None or (not pattern.shift and any(token.kind == "literal" for token in pattern.whole)):
        return Read(Shown(f"{before}{minus}{front}{found.number}{after}", value, form.code))
    digits, is_typed, lost = _digits(found, pattern)
    plain = not (before or after or front or pattern.scale or pattern.shift or _is_padded(digits))
    note = ("rounded", f"{value} → {found.text.strip()}") if lost and is_typed else ()
    if plain and is_typed:
        return Read(value, *note)
    minus = minus if is_typed or found.shown else ""
    return Read(Shown(f"{before}{minus}{front}{digits}{after}", value, form.code), *note)


def _stripped(found: Printed, is_negative: bool) -> tuple[str, str, str]:
    return found.before.strip(), found.after.strip(), "-" if is_negative else ""


def _with_minus(found: Printed, section: Section, form: Form) -> tuple[str, str, str]:
    """How a section of negative numbers says so: by a minus, by brackets, by words of its own, or in red."""
    before, after, minus = _stripped(found, is_negative=True)
    if "(" in before and ")" in after:
        return before.replace("(", "").strip(), after.replace(")", "").strip(), minus
    if MINUS.search(before):
        return MINUS.sub("", before, count=1).strip(), after, minus
    if MINUS.match(after):
        return before, after[1:].strip(), minus
    patterns = [pattern_of(other) for other in form.format.numbers if other is not section]
    if (before, after) not in [(pattern.before.strip(), pattern.after.strip()) for pattern in patterns]:
        return before, after, ""
    if section.is_red:
        return before, after, minus
    raise Unsaid("sign_hidden")


def _currency(section: Section, before: str, after: str) -> tuple[str, str, str]:
    """The sign of a currency, so that a figure names the right one, and what is left of the other words."""
    signs = [token for token in section.tokens if token.kind == "sign"]
    front, locale = "", next((token.locale for token in signs), "")
    for sign in (token.text.strip() for token in signs):
        if ANY.search(sign) or sign in MEANT:
            front = FRONT.get(currency_of(sign, locale), "")
            if not front:
                raise Unsaid("unknown_currency")
            before, after = before.replace(sign, "", 1).strip(), after.replace(sign, "", 1).strip()
    if not front and (written := WRITTEN.search(before) or WRITTEN.search(after)):
        front = FRONT.get(currency_of(written[0], locale), "")
        before, after = WRITTEN.sub("", before, count=1).strip(), WRITTEN.sub("", after, count=1).strip()
    if ANY.search(before + after):
        raise Unsaid("unknown_currency")
    return front, before, after


def _digits(found: Printed, pattern: Pattern) -> tuple[str, bool, bool]:
    """The number's digits as they count, whether that is all that was typed, and whether the format cuts some off."""
    digits = found.number.replace(" ", "")
    if pattern.power or "E" in digits:
        digits = f"{found.shown:f}"
    elif digits.startswith("."):
        digits = f"0{digits}"
    digits = digits.removesuffix(".")
    if found.exact == found.shown:
        return digits, True, False
    exact = found.exact.normalize()
    if -exact.as_tuple().exponent <= TYPED_DECIMALS:
        return f"{exact:f}", True, True
    return digits, False, True


def _is_padded(digits: str) -> bool:
    return digits[:1] == "0" and digits[1:2].isdigit()
