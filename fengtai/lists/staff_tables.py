"""The list of a model as staff see it, derived from its list on the site or, where it has none, from a few names.

What is added: the row's state, its internal fields, and when and by whom it was changed. All rows stand in it, and all
that they are linked to.
"""

from django.db.models import TextField
from django.utils.translation import gettext_lazy as _

from fengtai.lists.columns import Column
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.staff_columns import (
    ChangedByColumn,
    HeldBackColumn,
    MomentColumn,
    StateColumn,
    column_of,
    name_order,
)
from fengtai.lists.tables import COMMON, ListTable, RecordTable
from fengtai.records.mergeable import unmerged
from fengtai.records.models import KeptPart, Record

STATE = "state"  # the column that follows the name
LAST = ("changed_at", "changed_by")


class StaffTable:
    """What differs from the public table that a list of staff is derived from: it stands before that."""

    staff = True

    @classmethod
    def rows(cls):
        return unmerged(cls.base())

    @classmethod
    def may_be_sorted(cls):
        """Any column that can be shown, but texts of any length: a cursor could not hold them."""
        return {name: column for name, column in cls.declared().items() if not _is_long(cls.model(), column, name)}

    @classmethod
    def in_sequence(cls):
        """The name, the state, what the public list shows; then what is chosen, and the last change."""
        ends = [name for name in (*COMMON, *LAST) if name in cls.base_columns]
        first, *others = [name for name in cls.base_columns if name not in (*ends, *STATES)]
        return [first, *(name for name in STATES if name in cls.base_columns), *others, *ends]


def staff_table(model, shown: type[ListTable] | None, names: tuple[str, ...] = ()) -> type[ListTable]:
    """The table of staff: of the columns `shown` on the site, of the fields named, and of what staff need."""
    named = [name for name in names if name not in ("__str__", *(shown.base_columns if shown else ()))]
    if shown is None:
        first, *named = named
        columns = {first: _itself(model, first)}
        base = RecordTable if hasattr(model, "citations") else ListTable
    else:
        own = {name: column for name, column in shown.base_columns.items() if name not in COMMON}
        columns, base = _led_by_the_row(own), shown
    columns |= {name: column_of(model, name) for name in named}
    columns |= _added(model, columns)
    body = {name: column.seen_by_staff() for name, column in {**base.base_columns, **columns}.items()}
    if "sources" in body:
        body["sources"] = body["sources"].seen_by_staff(detail_only=True)
    meta = type("Meta", (), {"model": model, "fields": ()})
    return type(
        f"Staff{model.__name__}Table", (StaffTable, base), {"Meta": meta, "__module__": model.__module__, **body}
    )


def _itself(model, name: str) -> RecordColumn:
    """The first column: the row by its name, or by that of the record it belongs to."""
    field = model._meta.get_field(name)
    if field.is_relation:
        label = field.verbose_name
        return RecordColumn(
            itself=True, show=name, verbose_name=label, sort=name_order(field.related_model, f"{name}__")
        )
    return RecordColumn(itself=True, sort=name_order(model))


def _led_by_the_row(columns: dict[str, Column]) -> dict[str, Column]:
    """The first column leads to the row's own page, where on the site another leads there."""
    first = next(iter(columns))
    if not columns[first].itself:
        own = next(name for name, column in columns.items() if getattr(column, "itself", False))
        columns[first] = columns[first].seen_by_staff(itself=True, show=columns[first].path(first))
        columns[own] = columns[own].seen_by_staff(itself=False, show="")
    return columns


def _added(model, columns: dict[str, Column]) -> dict[str, Column]:
    added = {}
    if issubclass(model, Record):
        added[STATE] = StateColumn(sort=("state", "publish_at"))
    if issubclass(model, KeptPart):
        added["held_back"] = HeldBackColumn()
    internal = [name for name in getattr(model, "for_staff", ()) if name not in (*columns, *model.unlisted)]
    added |= {name: column_of(model, name, detail_only=True) for name in internal}
    if hasattr(model, "changed_at"):
        added["changed_at"] = MomentColumn()
    if hasattr(model, "history"):
        added["changed_by"] = ChangedByColumn(verbose_name=_("changed by"), detail_only=True)
    return added


def _is_long(model, column: Column, name: str) -> bool:
    if column.sort is not None:
        return False
    names = {field.name for field in model._meta.concrete_fields if isinstance(field, TextField)}
    return not names.isdisjoint(column.sort_by(name))


STATES = (STATE, "held_back")
