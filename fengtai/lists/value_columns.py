"""Columns of numbers, days, figures and periods; what a source printed stands with what was read of it beside it."""

from datetime import date
from decimal import Decimal
from html import escape

from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import Column, component
from fengtai.records.links import not_stated, unread_mark
from fengtai.records.readings import describe
from fengtai.values.figures import Bound, Figure
from fengtai.values.growths import Growth
from fengtai.values.periods import Kind, Period


class NumberColumn(Column):
    """A whole number that the platform counted itself."""

    numeric = True
    kinds = ("number",)

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

    def sort_by(self, name):
        return (f"{name}_unit", f"{name}_value") if self.sort is None else tuple(self.sort)

    def select(self, model, name):
        return [name, f"{name}_value", f"{name}_unit", f"{name}_bound"]

    def reader(self, model, name):
        """From the companion columns; the few whose reading says more than they hold are read again."""
        field = model._meta.get_field(name)
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
        if value is None:
            return not_stated()
        number = "" if value.value is None else f"{value.value:f}"
        title, printed = escape(describe(value)), escape(value.printed)
        data = f'<data class="figure figure-{value.bound}" value="{number}" title="{title}">{printed}</data>'
        return mark_safe(f"{data}{unread_mark(value)}")

    def headings(self, label):
        return [f"{label}{part}" for part in (_(" (as printed)"), _(" (number)"), _(" (unit)"), _(" (exactness)"))]

    def cells(self, value):
        if value is None:
            return [None] * 4
        return [value.printed, value.value, value.unit or None, str(value.bound)]

    def data(self, value):
        if value is None:
            return None
        return dict(zip(("printed", "value", "unit", "bound"), self.cells(value), strict=True))

    def schema(self, model, name):
        return component("Figure")


class PeriodColumn(Column):
    """A period as printed; its first and last day beside it in files."""

    kinds = ("text", "date", "date")

    def sort_by(self, name):
        return (f"{name}_start", f"{name}_end") if self.sort is None else tuple(self.sort)

    def select(self, model, name):
        return [name, f"{name}_kind", f"{name}_start", f"{name}_end"]

    def reader(self, model, name):
        return lambda values: Period(values[0], Kind(values[1]), day(values[2]), day(values[3]))

    def html(self, value):
        if not str(value or ""):
            return not_stated()
        time = f'<time title="{escape(describe(value))}">{escape(str(value))}</time>'
        return mark_safe(f"{time}{unread_mark(value)}")

    def headings(self, label):
        return [label, *(f"{label}{end}" for end in (_(" (from)"), _(" (to)")))]

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
