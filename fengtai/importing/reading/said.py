"""What a row says of one field: its cells by part, each as text, and the unit that is nearest to it."""

import re
from dataclasses import dataclass, field
from datetime import date, time

from fengtai.importing.reading.cells import CellError, at, text_of, words_of
from fengtai.values.figure_words import FRONTS
from fengtai.values.texts import plain
from fengtai.values.units import base_of
from fengtai.workbooks.data import Cell, Shown
from fengtai.workbooks.section_units import unit_of_section

SIGNS = sorted((front for front, unit in FRONTS.items() if unit not in "%‰"), key=len, reverse=True)
SIGNED = re.compile(rf"-?(?:￥|{'|'.join(map(re.escape, SIGNS))})\s*-?[\d,.]+")  # ¥1,200


@dataclass(slots=True)
class Said:
    """What a row says of one field: its filled cells by part, and which of them differ from the record on file."""

    cells: dict[str, Cell] = field(default_factory=dict)
    columns: dict = field(default_factory=dict)  # FileColumn by part
    changed: set[str] = field(default_factory=set)
    section: str = ""  # the headings of the sections that the row stands in
    named_unit: str = ""  # the unit in the name of what the row is about: 户数（户）

    def text(self, part: str = "") -> str:
        if part not in self.cells:
            return ""
        cell = self.cells[part]
        with at(part):
            text = text_of(cell)
            if isinstance(cell, Shown) and isinstance(cell.value, date | time):
                raise CellError("day_in_text", text=text)  # 3-5 was typed, or a number under the format of a date
        is_figure = isinstance(cell, Shown) or (text[-1:].isdigit() and SIGNED.fullmatch(text))
        return self._without_sign(text, part) if is_figure and part not in ("unit", "qualifier") else text

    def words(self, part: str = "") -> str:
        """The text of a part that is no figure and no date."""
        with at(part):
            return words_of(self.cells[part]) if part in self.cells else ""

    def _without_sign(self, text: str, part: str) -> str:
        """Without the sign of a currency, where the column names it too: ¥1,200 in a column of 万元 is 1,200万元."""
        narrow = text.replace("￥", "¥")
        sign = next((front for front in SIGNS if front in narrow), "")
        same = sign and base_of(self.unit(part)) == FRONTS[sign]
        return narrow.replace(sign, "", 1).strip() if same else text

    def value_of(self, field, part: str, reading):
        """What another field makes of a part."""
        with at(part):
            return field.value(self.only(part), reading)

    def only(self, part: str) -> "Said":
        """What one part says, as if it were all."""
        changed = {""} if part in self.changed else set()
        return Said({"": self.cells[part]}, {"": self.columns[part]}, changed, self.section)

    def unit(self, part: str = "") -> str:
        """The nearest unit of a part: of its own heading, of the row's column of units, of the name of what the row is
        about, of the section, of the sheet, or the one that a person stated for the file.
        """
        column, of_units = self.columns.get(part), self.columns.get("unit")
        stated, constant = self.text("unit"), ""
        if of_units is not None and of_units.is_constant:
            stated, constant = "", stated
        if column is None:
            return stated or self.named_unit or constant
        if column.unit and stated and plain(column.unit) != plain(stated) and not self._has_unitless():
            raise CellError("units_disagree", heading_unit=column.unit, unit=stated)
        named = self.named_unit if not part else ""
        around = unit_of_section(self.section, column.heading) if self.section else ""
        return column.unit or stated or named or around or column.sheet_unit or constant

    def _has_unitless(self) -> bool:
        """Whether the column of units is there for a figure whose heading names none."""
        return any(not column.unit for part, column in self.columns.items() if part not in ("unit", "qualifier"))
