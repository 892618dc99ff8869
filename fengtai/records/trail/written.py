"""Entries of rows that were written: what each said, and what it says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from fengtai.records.trail.acting import Act, Acting, Way
from fengtai.records.trail.entering import entry_of
from fengtai.records.trail.entries import TrailEntry
from fengtai.records.trail.naming import names_of
from fengtai.records.trail.owners import owner_columns, tops
from fengtai.records.trail.stored import ADDED, CHANGED, DELETED, Row, difference
from fengtai.values.masking import masked

AT_ONCE = 500  # entries written by one statement
ACTS = {ADDED: Act.ADDED, CHANGED: Act.CHANGED, DELETED: Act.DELETED}
EMPTY = (None, "", [])


@dataclass
class Written:
    """A row and what it says before and after; None where it is not there."""

    row: Row
    before: dict | None
    doing: Acting
    after: dict | None = None
    act: Act | None = None  # if it is another than what was done to the row
    owner: Row | None = None  # if it is known
    at: datetime = field(default_factory=timezone.now)  # before it was written, and before its version was

    def difference(self) -> tuple[str, dict, dict] | None:
        return difference(self.before, self.after)


def enter_written(written: Iterable[Written], names: dict[Row, str]) -> None:
    """One entry of each row that says something else; `names` are those of rows that are gone."""
    found = [(one, *what) for one, what in ((one, one.difference()) for one in written) if what]
    if not found:
        return
    rows = {one.row for one, *_what in found}
    owned = {one.row: one.owner for one, *_what in found if one.owner is not None}
    owners = tops(rows - owned.keys(), _known(one for one, *_what in found if one.owner is None)) | owned
    names = names | names_of(rows | {*owners.values()})
    kinds = ContentType.objects.get_for_models(*{model for model, _key in rows | {*owners.values()}})
    entries = [_entry(one, kind, old, new, owners[one.row], names, kinds) for one, kind, old, new in found]
    TrailEntry.objects.bulk_create(entries, batch_size=AT_ONCE)


def _entry(one: Written, kind, old, new, owner: Row, names, kinds) -> TrailEntry:
    entry = entry_of(one.doing, one.act or ACTS[kind])
    entry.at = one.at
    model, key = one.row
    if one.doing.way == Way.FORM and one.doing.page not in (None, model):
        entry.way = Way.INLINE
    entry.content_type, entry.object_id = kinds[model], key
    entry.record_type, entry.record_id = kinds[owner[0]], owner[1]
    entry.label = names.get(one.row, "") if owner != one.row else ""  # told once
    entry.record_label = names.get(owner, "")
    entry.old, entry.new = (said_by(model, kind, values) for values in (old, new))
    return entry


def said_by(model, kind: str, values: dict) -> dict:
    """Of a row that comes or goes what it says at all; nothing personal in full."""
    if kind != CHANGED:
        values = {name: value for name, value in values.items() if value not in EMPTY}
    personal = personal_fields(model)
    return {name: masked(value) if name in personal and value else value for name, value in values.items()}


def personal_fields(model) -> set[str]:
    """What is masked of a model's rows: of people also what they are called."""
    return {*model.personal, *model.label_paths} if getattr(model, "personal", ()) else set()


def _known(written: Iterable[Written]) -> dict[Row, dict]:
    """The columns that tell of which record each is a part: as it is, or was."""
    found = {}
    for one in written:
        model, state = one.row[0], one.after or one.before
        if getattr(model, "owner", ()):
            columns = {*owner_columns(model)}
            fields = [field for field in model._meta.concrete_fields if field.attname in columns]
            found[one.row] = {field.attname: state.get(field.name) for field in fields}
    return found
