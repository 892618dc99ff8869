"""Numbers like 0.083 under a heading in per cent: 8.3%, or 0.083%; only a person can say."""

from fengtai.importing.layouts.cells import number_of
from fengtai.importing.layouts.units import Units
from fengtai.importing.planning.merged_figures import BESIDE
from fengtai.importing.reading.cells import Open
from fengtai.importing.reading.sheets import OpenSheet

PER_CENT = ("%", "％")


def settle_fractions(planner, sheet: OpenSheet) -> None:
    """Asks about each such column, and takes its numbers as the answer says; a table across has asked already."""
    for column in () if sheet.is_across else sheet.data:
        is_figure = sheet.declared.fields[column.field].kind == "figure" and column.part not in BESIDE
        if is_figure and column.unit in PER_CENT:
            _settle(planner, sheet, column)


def _settle(planner, sheet: OpenSheet, column) -> None:
    cells = ((row, number_of(row.cells.get(column.number))) for row in sheet.sheet.rows)
    found = [(row, number) for row, number in cells if number is not None]
    if not any(number for _row, number in found) or any(abs(number) >= 1 for _row, number in found):
        return
    units = Units(planner.asked, sheet.name)
    for _row, number in found:
        units.see(column.heading, column.unit, number)
    measure = units.of(column.heading, column.unit)
    for row, number in found:
        if isinstance(measure.unit, Open):
            row.cells[column.number] = measure.unit
        elif (said := measure.number(number)) != number:
            row.cells[column.number] = said
