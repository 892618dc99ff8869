"""What changed in a record while it was public: the old value is never lost, and a reader can see it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.core.exceptions import ObjectDoesNotExist


@dataclass(frozen=True)
class Change:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Revision:
    """One saving of a published record that changed something a reader can see."""

    at: datetime
    changes: list[Change]


def public_revisions(record, table) -> list[Revision]:
    """Newest first; only columns that the list shows, only versions that were public."""
    versions = list(record.history.filter(state=record.State.PUBLISHED).order_by("-history_date", "-history_id"))
    names = {field.name for field in record._meta.concrete_fields} & table.declared().keys()
    revisions = []
    for newer, older in pairwise(versions):
        changes = [
            change for name in table.declared() if name in names and (change := _change(table, name, older, newer))
        ]
        if changes:
            revisions.append(Revision(newer.history_date, changes))
    return revisions


def _change(table, name: str, older, newer) -> Change | None:
    old, new = _shown(older, name), _shown(newer, name)
    return Change(table.label(name), old, new) if old != new else None


def _shown(version, name: str) -> str:
    try:
        display = getattr(version, f"get_{name}_display", None)
        value = display() if display else getattr(version, name)
    except ObjectDoesNotExist:  # a linked record that was deleted since
        return ""
    return "" if value is None else str(value)
