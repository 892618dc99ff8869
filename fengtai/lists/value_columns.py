"""Columns of numbers, days, figures and periods; what a source printed stands with what was read of it beside it."""

from datetime import date
from decimal import Decimal

from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import Column, component
from fengtai.lists.exactness import bound_shown
from fengtai.records.links import not_stated
from fengtai.records.paths import field_at
from fengtai.records.printing import printed_html, unit_html
from fengtai.values.figures import Bound, Figure
from fengtai.values.growths import Growth
from fengtai.values.periods import Kind, Period


class NumberColumn(Column):
    """A whole number that the platform counted itself."""

    numeric = True
    kinds = ("number",)

    def is_stated(self, value):
        return value is not None

    def html(self, value):
        return not_stated() if value is None else mark_safe(f"{value:,}")

    def cells(self, value):
        return [value]

    def schema(self, model, name):
        return {"type": ["integer", "null"]}


class DateColumn(Column):
    kinds = ("date",)

    def reader(self, model, name):
        return lambda values: day(values[0])

    def html(self, value):
        return not_stated() if value is None else mark_safe(f"<time>{value.isoformat()}</time>")

    def cells(self, value):
        return [value]

    def data(self, value):
        return value.isoformat() if value else None

    def schema(self, model, name):
        return {"type": ["string", "null"], "format": "date"}


class FigureColumn(Column):
    """A figure as printed; the number, unit and exactness beside it in files. Sorts within one unit."""

    numeric = True
    kinds = ("text", "number", "text", "text")
    leads_on = False  # whether it is a link already, to another record that holds it

    def sort_by(self, name):
        return (f"{name}_unit", f"{name}_value") if self.sort is None else tuple(self.sort)

    def select(self, model, name):
        path = self.path(name)
        return [path, f"{path}_value", f"{path}_unit", f"{path}_bound"]

    def reader(self, model, name):
        """From the companion columns; the few whose reading says more than they hold are read again."""
        field = field_at(model, self.path(name))
        read_again, is_growth = field.from_db_value, field.reading_kind == "growth"

        def read(values):
            printed, value, unit, bound = values
            if not printed:
                return None
            if bound == Bound.BETWEEN or value is None or "到" in printed or "至" in printed or "达" in printed:
                return read_again(printed, None, None)
            made = (printed, _number(value), unit, Bound(bound))
            return Growth(*made, measure=None) if is_growth else Figure(*made)

        return read

    def html(self, value):
        return printed_html(value)

    def headings(self, label):
        return [f"{label}{part}" for part in (_(" (as printed)"), _(" (number)"), _(" (unit)"), _(" (exactness)"))]

    def keys(self, name):
        return [f"{name}.{part}" for part in ("printed", "value", "unit", "bound")]

    def cells(self, value):
        if value is None:
            return [None] * 4
        return [value.printed, value.value, value.unit or None, bound_shown(value.bound, get_language())]

    def data(self, value):
        if value is None:
            return None
        return {"printed": value.printed, "value": value.value, "unit": value.unit or None, "bound": str(value.bound)}

    def schema(self, model, name):
        return component("Figure")


class UnitColumn(Column):
    """The unit that figures are printed in."""

    def html(self, value):
        return not_stated() if value in (None, "") else unit_html(str(value))


class PeriodColumn(Column):
    """A period as printed; its first and last day beside it in files."""

    kinds = ("text", "date", "date")

    def sort_by(self, name):
        return (f"{name}_start", f"{name}_end") if self.sort is None else tuple(self.sort)

    def select(self, model, name):
        path = self.path(name)
        return [path, f"{path}_kind", f"{path}_start", f"{path}_end"]

    def reader(self, model, name):
        """Nothing where the path leads by a link that the row has not."""
        return lambda v: None if v[1] is None else Period(v[0], Kind(v[1]), day(v[2]), day(v[3]))

    def html(self, value):
        return printed_html(value)

    def headings(self, label):
        return [label, *(f"{label}{end}" for end in (_(" (from)"), _(" (to)")))]

    def keys(self, name):
        return [f"{name}.{part}" for part in ("printed", "start", "end")]

    def cells(self, value):
        return [str(value), value.start, value.end] if value else [None] * 3

    def data(self, value):
        if not value:
            return None
        days = {name: day.isoformat() if day else None for name, day in (("start", value.start), ("end", value.end))}
        return {"printed": value.printed, "kind": str(value.kind), **days}

    def schema(self, model, name):
        return component("Period")


def day(value) -> date | None:
    """SQLite hands days over as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _number(value) -> Decimal:
    """SQLite hands decimals over as floats, PostgreSQL with all their places."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
