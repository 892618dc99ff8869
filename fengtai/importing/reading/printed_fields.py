"""Cells of figures, growths and periods: as printed, or from columns of their own for number, unit and qualifier."""

from django.core.exceptions import ValidationError

from fengtai.importing.reading.cells import CellError, compose, number_text, same, text_of
from fengtai.importing.reading.row_fields import Said, Valued
from fengtai.values.figures import FigureError, parse_figure


class Period(Valued):
    """A period as printed; its first and last day beside it follow it."""

    kind = "period"
    parts = ("", "from", "to")

    def value(self, said, reading):
        cell = said.cells.get("")
        value = printed_value(self.model_field, int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
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

    def value(self, said, reading):
        main = "" if "" in said.cells else "number"
        text = self.printed(said, main)
        value = printed_value(self.model_field, text)
        self.compare(said, value, main, reading)
        return value

    def compare(self, said: Said, value, main: str, reading) -> None:
        """The cells beside a figure that follow it say the same."""
        for part in sorted(said.changed & AGREES.keys() - {main}):
            if not AGREES[part](said.text(part), value):
                reading.problem("companion", said.columns[part], heading=self.label)

    def printed(self, said: Said, main: str = "") -> str:
        cell = said.cells.get(main)
        text = text_of(cell) if cell is not None else ""
        unit = said.unit(main)
        read = self.model_field.read if self.model_field is not None else parse_figure
        return compose(text, unit, said.text("qualifier"), read) if text else ""

    def read(self, said, reading):
        if said.changed and not said.changed & {"", "qualifier"} and "" in said.cells and reading.record is not None:
            for part in said.changed:
                reading.problem("companion", said.columns[part], heading=self.label)
        elif "" in said.cells or "number" in said.cells:
            super().read(said, reading)


def printed_value(model_field, value):
    """What a field reads in a printed text. Raises CellError with the reader's own reason where it cannot."""
    try:
        read = model_field.to_python(value)
    except ValidationError as error:
        raise CellError(error.code, " ".join(error.messages)) from error
    if len(str(read or "")) > model_field.max_length:
        raise CellError("too_long", length=len(str(read)), most=model_field.max_length)
    return read


def _is_number(text: str, value) -> bool:
    return value.value is not None and text in (number_text(value.value), number_text(value.value.normalize()))


def _is_unit(text: str, value) -> bool:
    try:
        return parse_figure(f"1{text}").unit == value.unit
    except FigureError:
        return False


def _is_bound(text: str, value) -> bool:
    return text == str(value.bound)


# The cells beside a figure that only repeat what it says, and must agree with it.
AGREES = {"number": _is_number, "unit": _is_unit, "exactness": _is_bound}
