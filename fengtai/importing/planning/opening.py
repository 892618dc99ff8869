"""A sheet opened for its list: however it lies, with what a person stated once for all of it."""

from fengtai.importing.layouts.constants import Constants
from fengtai.importing.layouts.laying import Laying
from fengtai.importing.layouts.regions import Places
from fengtai.importing.reading.sheets import OpenSheet
from fengtai.workbooks.data import SheetData


class Opening:
    """For a planner, which hears what is wrong, and keeps what was understood."""

    def __init__(self, planner):
        self.planner, self.declared = planner, planner.declared
        self.constants = Constants(self.declared, planner.asked)
        axes = self.declared.axes
        model = self.declared.fields[axes.place].target if axes is not None else self.declared.model
        self.laying = Laying(self.declared, self.constants, Places(planner.resolver.book(model)))
        self.missing: set[tuple[str, str]] = set()  # sheet and label of the columns whose want was told

    def opened(self, sheet: SheetData) -> OpenSheet:
        self.constants.titles(sheet)
        laid = self.laying.lay(sheet)
        opened = OpenSheet(laid.sheet, self.declared, self.planner.answers, laid.columns, laid.headings)
        if opened.fits:
            self.constants.fill(opened)
            self._ask_axes(opened)
        self.planner.result.problems += laid.problems
        if laid.layout:
            self.planner.result.layouts.append(laid.layout)
        return opened

    def _ask_axes(self, sheet: OpenSheet) -> None:
        """What a table across says nowhere was asked while it was read; of a list only the period may be left open."""
        axes = self.declared.axes
        for name in axes.names if axes is not None else ():
            if name in sheet.by_field or not sheet.sheet.rows:
                continue
            if sheet.is_across:
                self.missing.add((sheet.name, self.declared.fields[name].label))
                self.planner.note("undecided", sheet.name, text=self.constants.text(name, sheet.name))
            elif name == axes.period:
                self.constants.ask(sheet.sheet, name, required=False)

    def note_missing_column(self, sheet: OpenSheet, name: str, label: str) -> None:
        """A person may state once for the sheet what no column says."""
        if (sheet.name, label) not in self.missing:
            self.missing.add((sheet.name, label))
            self.planner.note("missing_column", sheet.name, heading=label)
            if name:
                self.constants.ask(sheet.sheet, name)
