"""Where a pending change meets what others did, or would do, to the same record: in words, for both of them."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from fengtai.records.noting import CHANGED
from fengtai.review.edits import Edit
from fengtai.review.pending import PendingChange
from fengtai.review.words import RowSaid, label_of, said, touched, value_said


@dataclass(frozen=True)
class Clash:
    """A field that no longer says what it said; without a field why a row cannot be written."""

    row: str
    label: str
    old: str
    now: str
    new: str
    reason: str


@dataclass(frozen=True)
class Other:
    """A change by somebody else; its rows and fields that one's own would write too are `shared`."""

    change: PendingChange
    rows: list[RowSaid]
    shared: list[str]


def clashes_of(change: PendingChange) -> list[Clash]:
    return [_clash(stored) for stored in change.conflicts]


def _clash(stored: dict) -> Clash:
    edit = Edit.from_json({**stored, "kind": CHANGED, "old": {}, "new": {}})
    name, row = stored["field"], said([edit])[0].name
    if not name:
        return Clash(row, "", "", "", "", stored["reason"] or _("This row is not there any more."))
    values = (value_said(edit.model, name, stored[when]) for when in ("old", "now", "new"))
    return Clash(row, label_of(edit.model, name), *values, stored["reason"])


def others_of(record: Model | None, own: PendingChange | None, edits: list[Edit]) -> list[Other]:
    """The open changes of a record by others, marked where they meet these edits."""
    if record is None:
        return []
    found = PendingChange.objects.open().of(record).exclude(pk=own.pk if own else None)
    return [_other(change, touched(edits)) for change in found.select_related("author", "batch")]


def _other(change: PendingChange, own: set[tuple]) -> Other:
    rows = said(change.read_edits())
    for row in rows:
        for one in row.fields:
            one.shared = (row.row, one.name) in own
    shared = [one.label for row in rows for one in row.fields if one.shared]
    return Other(change, rows, [*dict.fromkeys(shared)])
