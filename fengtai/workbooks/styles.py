"""Which styles of a workbook make a cell say something else than its value: by their number format, or struck out."""

import re
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from fengtai.workbooks.archive_parts import tags
from fengtai.workbooks.date_display import parts_shown, words_of
from fengtai.workbooks.digit_patterns import pattern_of
from fengtai.workbooks.format_codes import built_in, parse
from fengtai.workbooks.number_formats import FormatError
from fengtai.workbooks.shown_cells import DAYS, SEPARATORS, TIMES, Form, shown_cell

PROBES = 1_234_567, -1_234_567, 7, 0, "x"
DAY = datetime(2024, 3, 1)
NAMES = {"numFmt", "fonts", "font", "strike", "fills", "cellXfs", "xf", "cellStyles", "dxfs"}
FALSE = ("0", "false")
YEAR = re.compile(rb"(?:19\d\d|20\d\d|2100)")  # typed where a date was expected


@dataclass(slots=True)
class Styles:
    """Styles by number as the sheets write it; most say nothing of their own and stand in none of these."""

    always: dict[bytes, Form] = field(default_factory=dict)  # change whatever the cell holds
    rounding: dict[int, dict[bytes, Form]] = field(default_factory=dict)  # those that show so many decimals
    days: dict[bytes, Form] = field(default_factory=dict)  # show the day alone of a moment
    struck: set[bytes] = field(default_factory=set)

    def add(self, style: bytes, form: Form):
        """Puts a style where it belongs."""
        if form.format is None or not _is_plain(form):
            kept = self.days if _is_day(form) else self.always
            kept[style] = form
        elif (places := _places(form)) is not None:
            self.rounding.setdefault(places, {})[style] = form

    def form_of(self, style: bytes, value: bytes) -> Form | None:
        """The format to be read with a value, as the sheet writes it; a whole number loses nothing by most of them."""
        if style in self.days and YEAR.fullmatch(value):
            return self.days[style]
        if style in self.always or not (b"." in value or b"E" in value):
            return self.always.get(style)
        found = (forms[style] for forms in (self.days, *self.rounding.values()) if style in forms)
        return next(found, None)


def read_styles(archive: zipfile.ZipFile) -> Styles:
    """The styles of a workbook that matter; every format is read once."""
    codes: dict[str, str] = {}
    struck: list[bool] = []
    cells: list[dict[str, str]] = []
    place = ""
    for name, attributes in tags(archive, "xl/styles.xml", NAMES):
        if name == "numFmt" and place != "dxfs":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "font" and place == "fonts":
            struck.append(False)
        elif name == "strike" and place == "fonts":
            struck[-1] = attributes.get("val", "1") not in FALSE
        elif name == "xf" and place == "cellXfs":
            cells.append(attributes)
        elif name not in ("numFmt", "font", "strike", "xf"):
            place = name
    return _styles(cells, codes, [str(font) for font, is_struck in enumerate(struck) if is_struck])


def _styles(cells: list[dict[str, str]], codes: dict[str, str], struck: list[str]) -> Styles:
    styles, forms = Styles(), {}
    for number, attributes in enumerate(cells):
        key, style = attributes.get("numFmtId", "0"), str(number).encode()
        if key not in forms:
            forms[key] = _form(key, codes)
        styles.add(style, forms[key])
        if attributes.get("fontId") in struck:
            styles.struck.add(style)
    return styles


def _form(key: str, codes: dict[str, str]) -> Form:
    code = codes.get(key, "")
    try:
        code = code or built_in(int(key) if key.isdecimal() else 0)
        return Form(code, parse(code))
    except FormatError:
        return Form(code or key, None)


@cache
def _is_plain(form: Form) -> bool:
    """Whether it leaves numbers as they are, but for the decimals it cuts off, and moments and texts wholly."""
    sections = form.format.numbers
    if any(section.condition for section in sections):
        return False
    if any(section.is_date for section in sections):
        return len(sections) == 1 and _shows_days(form) and bool(parts_shown(sections[0]) & TIMES)
    return all((found := shown_cell(probe, form)).cell == probe and not found.note for probe in PROBES)


@cache
def _is_day(form: Form) -> bool:
    is_date = form.format is not None and len(form.format.numbers) == 1 and form.format.numbers[0].is_date
    return is_date and _shows_days(form) and shown_cell("x", form).cell == "x"


def _shows_days(form: Form) -> bool:
    """Year, month and day in words that calamine too takes for a date's; an era's e alone it does not."""
    section = form.format.numbers[0]
    codes = "".join(token.text for token in section.tokens if token.kind == "date")
    is_seen = bool(set(codes) & set("ymdhs")) and "elapsed" not in section.kinds
    return is_seen and parts_shown(section) >= DAYS and bool(SEPARATORS.fullmatch(words_of(section)))


@cache
def _places(form: Form) -> int | None:
    """The fewest decimals that any of its sections shows; None where it shows all."""
    patterns = [pattern_of(section) for section in form.format.numbers if not section.is_date]
    found = [len(pattern.decimals) for pattern in patterns if not pattern.is_general]
    return min(found, default=None)
