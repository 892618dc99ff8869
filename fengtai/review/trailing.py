"""What is done to pending changes, in the trail: what was typed, and what became of it."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models

from fengtai.records.noting import ADDED, DELETED
from fengtai.records.trail.acting import Act, now_acting
from fengtai.records.trail.entering import entry_of
from fengtai.records.trail.entries import TrailEntry
from fengtai.records.trail.stored import Row
from fengtai.records.trail.written import AT_ONCE, Written, enter_written
from fengtai.review.edits import Edit


def enter_act(act: Act, changes: Iterable[models.Model], *, by=None, why: str = "") -> None:
    """Of pending changes as such; the rows that they write are another matter."""
    doing, kind = now_acting(), None
    entries = []
    for change in changes:
        kind = kind or ContentType.objects.get_for_model(change)
        entry = entry_of(doing, act, by=by, why=why)
        entry.content_type, entry.object_id = kind, change.pk
        entry.record_type_id, entry.record_id = change.content_type_id, change.object_id
        entry.record_label = change.label
        entry.batch_id = change.batch_id or entry.batch_id
        entries.append(entry)
    TrailEntry.objects.bulk_create(entries, batch_size=AT_ONCE)


def enter_kept(typed: Iterable[tuple[Row, list[Edit], list[Edit]]]) -> None:
    """Of records what their pending changes said before and say now, as far as it differs."""
    doing = now_acting()
    written = [one for top, before, now in typed for one in _kept(top, before, now, doing)]
    enter_written(written, {})


def _kept(top: Row, before: list[Edit], now: list[Edit], doing) -> Iterable[Written]:
    earlier, later = ({edit.row: edit for edit in edits} for edits in (before, now))
    for row, edit in later.items():
        if row not in earlier or (earlier[row].old, earlier[row].new) != (edit.old, edit.new):
            old = None if edit.kind == ADDED else edit.old
            yield Written(row, old, doing, None if edit.kind == DELETED else edit.new, Act.KEPT, top)
    for row, edit in earlier.items():
        if row not in later:  # as it was again
            new = None if edit.kind == ADDED else edit.old
            yield Written(row, None if edit.kind == DELETED else edit.new, doing, new, Act.KEPT, top)
