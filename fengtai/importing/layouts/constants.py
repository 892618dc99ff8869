"""What a person states once for a whole file or sheet: it stands in every row whose own cell says nothing of it."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from fengtai.importing.layouts.titles import Titles
from fengtai.importing.reading.headings import DATA, VIRTUAL, FileColumn, find
from fengtai.importing.reading.list_imports import ListImport
from fengtai.importing.reading.questions import SET, Asked, Question
from fengtai.importing.reading.row_fields import Computed
from fengtai.importing.reading.sheets import OpenSheet
from fengtai.values.texts import plain
from fengtai.workbooks.data import SheetData

UNIT, OF_SHEET = "unit", "@"
ALSO = {"source": "sources"}  # what a field is called in decisions too
FIRST = VIRTUAL + 100


class Constants:
    """Decisions of the topic “set”: `scope`, `地区`, `unit`, `scope@Sheet1`."""

    def __init__(self, declared: ListImport, asked: Asked):
        self.declared, self.asked = declared, asked
        self._titles: dict[str, Titles] = {}
        self.is_of_many = False  # whether several sheets are read: each is asked about by itself
        self.spelled: dict[str, list[str]] = {}  # a field, or a field and its part: how the decisions call it
        for key in asked.answers.decided.get(SET, {}):
            name, _at, _sheet = key.partition(OF_SHEET)
            self.spelled.setdefault(self._canonical(name.strip()), []).append(key)

    def _canonical(self, name: str) -> str:
        name = ALSO.get(name, name)
        if name == UNIT or name.partition(".")[0] in self.declared.fields:
            return name
        field, part = find(name, self.declared.headings) or ("", "")
        return UNIT if part == UNIT else f"{field}.{part}".rstrip(".")

    def titles(self, sheet: SheetData) -> Titles:
        """The lines around a sheet's rows; read before its rows are let go."""
        return self._titles.setdefault(sheet.name, Titles(sheet, self.declared))

    def with_unit(self, sheet: SheetData) -> SheetData:
        """The unit of all figures that state none is that of the sheet, as if a line above it said so."""
        if UNIT not in self.spelled or sheet.unit or not self._has_open_figures(sheet):
            return sheet
        return replace(sheet, unit=self.unit(sheet.name))

    def unit(self, sheet: str) -> str:
        return self._answer(UNIT, sheet, "") if UNIT in self.spelled else ""

    def ask_unit(self, sheet: str, row: int) -> None:
        """A figure of this row states none."""
        self._answer(UNIT, sheet, "", row=row)

    def _has_open_figures(self, sheet: SheetData) -> bool:
        """Whether any heading of figures names no unit."""
        names = (find(heading.text, self.declared.headings) for heading in sheet.headings if not heading.unit)
        return any(where and self.declared.fields[where[0]].kind == "figure" for where in names)

    def fill(self, sheet: OpenSheet) -> None:
        """Adds to a sheet's rows what was stated once for the fields that they leave open."""
        titles = self.titles(sheet.sheet)
        for place, (name, part) in enumerate(self._stated()):
            columns = [column for column in sheet.by_field.get(name, ()) if column.part == part]
            key = f"{name}.{part}".rstrip(".")
            if columns and not sheet.leaves_open(columns[0]):
                continue
            if text := self._answer(key, sheet.name, self._offered(titles, name)):
                sheet.state(columns[0] if columns else self._column(sheet.name, FIRST + place, name, part), text)

    def _stated(self) -> Iterator[tuple[str, str]]:
        for key in self.spelled:
            name, _dot, part = key.partition(".")
            field = self.declared.fields.get(name)
            if field is not None and part in field.parts and not isinstance(field, Computed):
                yield name, part

    def _column(self, sheet: str, number: int, name: str, part: str) -> FileColumn:
        return FileColumn(
            sheet, number, self.declared.fields[name].label, use=DATA, field=name, part=part, is_constant=True
        )

    def ask(self, sheet: SheetData, name: str, *, required: bool = True) -> str:
        """What a sheet does not say of a field; nothing as long as nobody has stated it."""
        return self._answer(name, sheet.name, self._offered(self.titles(sheet), name), required=required)

    def _answer(self, key: str, sheet: str, offered: str, *, required: bool = True, row: int = 0) -> str:
        """By the decision for this sheet first; each that is spelled otherwise is asked as it is spelled."""
        spelled = self.spelled.get(key, [])
        own = [each for each in spelled if plain(each.partition(OF_SHEET)[2]) == plain(sheet)]
        alone = f"{key}{OF_SHEET}{sheet}" if self.is_of_many else key
        for each in own or [each for each in spelled if OF_SHEET not in each] or [alone]:
            text = self.text(key, sheet)
            question = Question(SET, each, text, offered=offered, required=required, sheet=sheet, row=row)
            if answer := self.asked.ask(question):
                return answer
        return ""

    def text(self, key: str, sheet: str) -> str:
        if key == UNIT:
            return _("What unit are the figures of sheet “%(sheet)s” in that state none?") % {"sheet": sheet}
        label = self.declared.fields[key.partition(".")[0]].label
        return _("The sheet “%(sheet)s” does not state: %(label)s. What is it for the whole sheet?") % {
            "sheet": sheet,
            "label": label,
        }

    def _offered(self, titles: Titles, name: str) -> str:
        axes = self.declared.axes
        known = {axes.place: titles.place, axes.period: titles.period} if axes is not None else {}
        return titles.labelled.get(name) or known.get(name, "")
