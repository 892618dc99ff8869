"""What a column of a list is: one declaration says what it reads, and how it stands on a page, in files and in JSON."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import escape

import django_tables2 as tables
from django.db.models import Case, F, When
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_tables2.utils import Accessor

from fengtai.records.links import Link, address_of, escaped, link_maker, link_to, not_stated
from fengtai.records.readings import describe
from fengtai.values.figures import Bound, Figure
from fengtai.values.growths import Growth
from fengtai.values.periods import Kind, Period


class Column(tables.Column):
    """A text. `sort` names the database columns to order by; `detail_only` keeps a column off the list page.

    A value comes either from a record at hand (`value_of`) or from the database columns that `select` names
    (`reader`); html, cells and data take it from both.
    """

    numeric = False
    kinds = ("text",)  # of its cells in a sheet: text, number or date

    def __init__(self, *args, sort=None, detail_only=False, **kwargs):
        self.sort, self.detail_only = sort, detail_only
        super().__init__(*args, orderable=False, empty_values=(), **kwargs)

    def sort_by(self, name: str) -> tuple[str, ...]:
        """Database columns to order by; empty where the column cannot be sorted."""
        return (name,) if self.sort is None else tuple(self.sort)

    def value_of(self, record, name: str):
        return Accessor(self.accessor or name).resolve(record, quiet=True)

    def select(self, model, name: str) -> list:
        """The database columns or expressions from which `reader` makes the value."""
        return [str(self.accessor or name)]

    def reader(self, model, name: str) -> Callable[[tuple], object]:
        return lambda values: values[0]

    def cell(self, model, name: str) -> Callable[[tuple], str]:
        """What `html` makes of what `reader` reads, in the language at hand; common columns take a shorter way."""
        read, html, nothing = self.reader(model, name), self.html, not_stated()
        if type(self) is Column:
            return lambda values: escaped(str(values[0])) if values[0] not in (None, "") else nothing
        return lambda values: nothing if (value := read(values)) in (None, "") else html(value)

    def render(self, record, bound_column) -> SafeString:
        """As django-tables2 asks for it."""
        return self.html(self.value_of(record, bound_column.name))

    def html(self, value) -> SafeString:
        return not_stated() if value in (None, "") else mark_safe(escaped(str(value)))

    def detail_html(self, value) -> SafeString:
        """As on the record's own page, where there is room for more."""
        return self.html(value)

    def headings(self, label: str) -> list[str]:
        return [label]

    def cells(self, value) -> list:
        return [None if value in (None, "") else str(value)]

    def data(self, value):
        """The value as JSON."""
        return self.cells(value)[0]


class LabelColumn(Column):
    """The label of a linked row that has no page of its own."""

    def select(self, model, name):
        target, prefix = follow(model, "", str(self.accessor or name))
        return target.label_columns(prefix)

    def reader(self, model, name):
        target, _prefix = follow(model, "", str(self.accessor or name))
        return lambda values: target.label(*values)


class NumberColumn(Column):
    """A whole number that the platform counted itself."""

    numeric = True
    kinds = ("number",)

    def html(self, value):
        return not_stated() if value is None else mark_safe(f"{value:,}")

    def cells(self, value):
        return [value]


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


class FlagColumn(Column):
    """Yes or nothing."""

    def reader(self, model, name):
        return lambda values: bool(values[0])

    def html(self, value):
        return mark_safe(escape(str(_("yes"))) if value else "")

    def cells(self, value):
        return [str(_("yes")) if value else None]

    def data(self, value):
        return bool(value)


class ChoiceColumn(Column):
    """A choice: its label to read, its code in JSON."""

    def value_of(self, record, name):
        return self._labelled(record._meta.model, name)(super().value_of(record, name))

    def reader(self, model, name):
        labelled = self._labelled(model, name)
        return lambda values: labelled(values[0])

    def _labelled(self, model, name):
        labels = self.labels(model, name)
        return lambda code: (code, str(labels.get(code, code))) if code else None

    def labels(self, model, name) -> dict:
        *links, last = str(self.accessor or name).split("__")
        for link in links:
            model = model._meta.get_field(link).related_model
        return dict(model._meta.get_field(last).flatchoices)

    def cell(self, model, name):
        return lru_cache(super().cell(model, name))  # there are few choices, and each looks the same in every row

    def html(self, value):
        if value is None:
            return not_stated()
        return mark_safe(f'<span class="choice choice-{escape(value[0])}">{escape(value[1])}</span>')

    def cells(self, value):
        return [value[1] if value else None]

    def data(self, value):
        return value[0] if value else None


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
        return mark_safe(f'<data class="figure figure-{value.bound}" value="{number}" title="{title}">{printed}</data>')

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
        return mark_safe(f'<time title="{escape(describe(value))}">{escape(str(value))}</time>')

    def headings(self, label):
        return [label, *(f"{label}{end}" for end in (_(" (from)"), _(" (to)")))]

    def cells(self, value):
        return [str(value), value.start, value.end] if value else [None] * 3

    def data(self, value):
        if not value:
            return None
        days = {name: day.isoformat() if day else None for name, day in (("start", value.start), ("end", value.end))}
        return {"printed": value.printed, "kind": str(value.kind), **days}


class RecordColumn(Column):
    """A link to another record; one that is not public is not shown.

    `itself` links to the row's own record; `show` names the linked record whose label is printed for it.
    """

    def __init__(self, *args, itself=False, show="", **kwargs):
        self.itself, self.show = itself, show
        super().__init__(*args, **kwargs)

    def target(self, model, name):
        """The model of the records that it links to."""
        return model if self.itself else model._meta.get_field(str(self.accessor or name)).related_model

    def value_of(self, record, name) -> Link | None:
        linked = record if self.itself else super().value_of(record, name)
        if linked is None or not linked.is_public:
            return None
        link = link_to(linked)
        link.text = str(Accessor(self.show).resolve(record)) if self.show else link.text
        return link

    def select(self, model, name):
        path, target = "" if self.itself else f"{self.accessor or name}__", self.target(model, name)
        shown, prefix = follow(target, path, self.show)
        key = F(f"{path}pk") if self.itself else Case(When(target.public_condition(path), then=F(f"{path}pk")))
        doubt = [f"{path}doubt"] if self.itself else []
        return [key, *doubt, *shown.label_columns(prefix)]

    def reader(self, model, name):
        target = self.target(model, name)
        label, list_name = follow(target, "", self.show)[0].label, target.list_name
        if self.itself:
            return lambda v: Link(v[0], label(*v[2:]), address_of(list_name, v[0]), v[1])
        return lambda v: None if v[0] is None else Link(v[0], label(*v[1:]), address_of(list_name, v[0]))

    def cell(self, model, name):
        target = self.target(model, name)
        label, link, nothing = follow(target, "", self.show)[0].label, link_maker(target.list_name), not_stated()
        with_doubt = super().cell(model, name)
        if self.itself:
            return lambda v: with_doubt(v) if v[1] else link(v[0], label(*v[2:]))
        return lambda v: nothing if v[0] is None else link(v[0], label(*v[1:]))

    def html(self, value):
        if value is None:
            return not_stated()
        return value.html_with_doubt() if self.itself else value.html()

    def data(self, value):
        return None if value is None else {"id": value.pk, "name": value.text}


def follow(model, prefix: str, path: str):
    """The model at the end of a path of links, and the prefix by which its columns are reached."""
    for name in filter(None, path.split("__")):
        model = model._meta.get_field(name).related_model
    return model, f"{prefix}{path}__" if path else prefix


def day(value) -> date | None:
    """SQLite hands days over as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _number(value) -> Decimal:
    """SQLite hands decimals over as floats, PostgreSQL with all their places."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
