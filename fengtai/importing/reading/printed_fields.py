"""Cells of figures, growths and periods: as printed, or from columns of their own for number, unit and qualifier."""

from fengtai.importing.reading.cells import at, compose, number_text, same
from fengtai.importing.reading.hidden_years import with_year
from fengtai.importing.reading.printed_values import printed_value
from fengtai.importing.reading.row_fields import Valued
from fengtai.importing.reading.said import Said
from fengtai.lists.exactness import bound_said
from fengtai.values.figures import FigureError, parse_figure
from fengtai.workbooks.data import Shown


class Period(Valued):
    """A period as printed; its first and last day beside it follow it."""

    kind = "period"
    parts = ("", "from", "to")

    def value(self, said, reading):
        cell = said.cells.get("")
        if isinstance(cell, Shown):
            cell = with_year(cell, said.columns[""], reading)
            if cell is None:
                return None
        whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
        value = printed_value(self.model_field, whole, reading, said.columns.get(""))
        if value is None:
            return None
        for part, day in (("from", value.start), ("to", value.end)):
            if part in said.changed and not same(said.cells[part], day):
                reading.problem("companion", said.columns[part], heading=self.label)
        return value

    def key(self, said, reading):
        return period_key(self.value(said, reading)) if "" in said.cells else None


def period_key(period):
    """What a period is compared by: the days that it means, however it is printed; without days, its own words."""
    if not period:
        return None
    return (str(period.kind), period.start, period.end) if period.start else str(period)


class Figure(Valued):
    """A figure or growth as printed, or from columns of its number, unit and qualifier."""

    kind = "figure"
    parts = ("", "number", "unit", "exactness")  # and "qualifier", in no download
    asks = True  # whether a person is asked what becomes of a text that is no figure

    def value(self, said, reading):
        main = "" if "" in said.cells else "number"
        asking = reading if self.asks else None
        with at(main):
            value = printed_value(self.model_field, self.printed(said, main), asking, said.columns.get(main))
        if value is not None:
            self.compare(said, value, main, reading)
        return value

    def compare(self, said: Said, value, main: str, reading) -> None:
        """The cells beside a figure that follow it say the same."""
        for part in sorted(said.changed & AGREES.keys() - {main}):
            if not AGREES[part](said.text(part), value):
                reading.problem("companion", said.columns[part], heading=self.label)

    def printed(self, said: Said, main: str = "") -> str:
        text = said.text(main)
        unit = said.unit(main)
        read = self.model_field.read if self.model_field is not None else parse_figure
        return compose(text, unit, said.text("qualifier"), read) if text else ""

    def read(self, said, reading):
        if said.changed and not said.changed & {"", "qualifier"} and "" in said.cells and reading.record is not None:
            for part in said.changed:
                reading.problem("companion", said.columns[part], heading=self.label)
        elif "" in said.cells or "number" in said.cells:
            super().read(said, reading)


def _is_number(text: str, value) -> bool:
    return value.value is not None and text in (number_text(value.value), number_text(value.value.normalize()))


def _is_unit(text: str, value) -> bool:
    if value.value is None:
        return True  # of what is not given or not read nobody knows the unit
    try:
        return parse_figure(f"1{text}").unit == value.unit
    except FigureError:
        return False


def _is_bound(text: str, value) -> bool:
    return text in bound_said(value.bound)


# The cells beside a figure that only repeat what it says, and must agree with it.
AGREES = {"number": _is_number, "unit": _is_unit, "exactness": _is_bound}
