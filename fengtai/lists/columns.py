"""What a column of a list is: one declaration says what it reads, and how it stands on a page, in files and in JSON.

Texts and choices stand here; numbers, days and figures in `value_columns`, links in `record_columns`.
"""

from collections.abc import Callable
from copy import copy
from functools import lru_cache
from html import escape

import django_tables2 as tables
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from fengtai.lists.telling_columns import Telling
from fengtai.records.chinese import text_html
from fengtai.records.links import not_stated
from fengtai.records.paths import end_of, field_at, linked_model


class Column(Telling, tables.Column):
    """A text. `sort` names the database columns to order by; `detail_only` keeps a column off the list page."""

    staff = False  # whether it stands in a list of staff, which shows what is hidden too
    numeric = False
    kinds = ("text",)  # of its cells in a sheet: text, number or date

    def __init__(self, *args, sort=None, detail_only=False, applies=None, **kwargs):
        self.sort, self.detail_only, self.applies = sort, detail_only, applies
        super().__init__(*args, orderable=False, empty_values=(), **kwargs)

    def seen_by_staff(self, **changes) -> "Column":
        """The same column in a list of staff; `changes` are attributes that differ there."""
        seen = copy(self)
        vars(seen).update(changes, staff=True)
        return seen

    def sort_by(self, name: str) -> tuple[str, ...]:
        """Database columns to order by; empty where the column cannot be sorted."""
        return (self.path(name),) if self.sort is None else tuple(self.sort)

    def path(self, name: str) -> str:
        return str(self.accessor or name)

    def select(self, model, name: str) -> list:
        """The database columns or expressions from which `reader` makes the value."""
        return [self.path(name)]

    def reader(self, model, name: str) -> Callable[[tuple], object]:
        return lambda values: values[0]

    def cell(self, model, name: str) -> Callable[[tuple], str]:
        """What `html` makes of what `reader` reads, in the language at hand; common columns take a shorter way."""
        read, html, nothing = self.reader(model, name), self.html, not_stated()
        if type(self) is Column:
            shown = text_html()
            return lambda values: shown(str(values[0])) if values[0] not in (None, "") else nothing
        return lambda values: nothing if (value := read(values)) in (None, "") else html(value)

    def html(self, value) -> SafeString:
        return not_stated() if value in (None, "") else mark_safe(text_html()(str(value)))

    def headings(self, label: str) -> list[str]:
        return [label]

    def keys(self, name: str) -> list[str]:
        """What names the same columns of a sheet for programs, as JSON names the parts of a value."""
        return [name]

    def cells(self, value) -> list:
        return [None if value in (None, "") else str(value)]

    def data(self, value):
        """The value as JSON."""
        return self.cells(value)[0]

    def schema(self, model, name: str) -> dict:
        """What `data` makes, as a JSON schema."""
        return {"type": ["string", "null"]}


class LabelColumn(Column):
    """The label of a linked row that has no page of its own."""

    def select(self, model, name):
        target, prefix = end_of(model, "", self.path(name))
        return target.label_columns(prefix)

    def reader(self, model, name):
        target = linked_model(model, self.path(name))
        return lambda values: target.label(*values)


class FlagColumn(Column):
    """Yes or nothing: what is not so goes without saying."""

    def is_told(self, name, said):
        return bool(said[name])

    def reader(self, model, name):
        return lambda values: bool(values[0])

    def html(self, value):
        return mark_safe(escape(str(_("yes"))) if value else "")

    def cells(self, value):
        return [str(_("yes")) if value else None]

    def data(self, value):
        return bool(value)

    def schema(self, model, name):
        return {"type": "boolean"}


class ChoiceColumn(Column):
    """A choice: its label to read, its code in JSON. `choices` are the model field's unless they are given."""

    def __init__(self, *args, choices=(), **kwargs):
        self.choices = dict(choices)
        super().__init__(*args, **kwargs)

    def reader(self, model, name):
        labels = self.labels(model, name)
        return lambda values: (values[0], str(labels.get(values[0], values[0]))) if values[0] else None

    def labels(self, model, name) -> dict:
        return self.choices or dict(field_at(model, self.path(name)).flatchoices)

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

    def schema(self, model, name):
        return {"enum": [*self.labels(model, name), None]}


def component(name: str) -> dict:
    """The schema of an object that the API description names, or of nothing."""
    return {"anyOf": [{"$ref": f"#/components/schemas/{name}"}, {"type": "null"}]}
