"""A batch taken back: what it made goes, what it changed becomes what it was; what was touched since is not lost.

What is published by now is taken back by pending changes, which a second person releases.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models

from fengtai.importing.taking.histories import keep_history, reason_of
from fengtai.importing.taking.ways_back import WaysBack
from fengtai.importing.taking.written_rows import Kind, kinds_of
from fengtai.records.batches import REDACTED, ImportBatch
from fengtai.records.models import Citation, Kept, Record
from fengtai.records.noting import CHANGED
from fengtai.records.slices import in_slices
from fengtai.records.trail.acting import Way, acting
from fengtai.records.trail.stored import Row, revived, states
from fengtai.records.trail.watching import now_watching, watched
from fengtai.review.edits import Edit
from fengtai.review.holding import Held
from fengtai.review.of_imports import drop_all, hold_all

LISTED = 20  # names in the message


class Touched(Exception):
    """Rows that somebody changed, or refers to, since the batch wrote them: (sheet, row, label)."""

    def __init__(self, rows: list[tuple[str, int, str]]):
        super().__init__("、".join(label for _sheet, _row, label in rows[:LISTED]))
        self.rows = rows


def take_back(batch: ImportBatch, by) -> None:
    """Inside the transaction of the caller; raises Touched where a row cannot be taken back without losing a change."""
    with acting(Way.UNDO, by=by, batch=batch), watched():
        _take_back(batch, by)


def _take_back(batch: ImportBatch, by) -> None:
    kinds = kinds_of(batch)
    if touched := [row for kind in kinds.values() for row in kind.touched(kinds, by)]:
        raise Touched(touched)
    drop_all(batch, by=by)
    way = WaysBack(kinds)
    _TakingBack(batch, by, kinds, way.at_once).run()
    if way.held:
        with Held(by=by, why=_reason(batch), batch=batch):
            _TakingBack(batch, by, kinds, way.held).run()
    if way.withdrawn:
        stored = states(way.withdrawn)
        waiting = {row: [_withdrawal(row, stored[row])] for row in sorted(way.withdrawn, key=_order)}
        hold_all(waiting, batch, by=by, why=_reason(batch))


def left_as_they_are(batch: ImportBatch) -> list[tuple[str, str]]:
    """The fields that undoing cannot bring back, since what they said before was redacted: record, field."""
    found = []
    for write in batch.writes.filter(after__has_key=REDACTED).order_by("pk"):
        model = ContentType.objects.get_for_id(write.content_type_id).model_class()
        row = model._base_manager.filter(pk=write.object_id).first()
        found += [(str(row or write), str(model._meta.get_field(name).verbose_name)) for name in write.redacted]
    return found


def _withdrawal(row: Row, stored: dict) -> Edit:
    new = {"state": Record.State.WITHDRAWN.value, "publish_at": None}
    return Edit(*row, CHANGED, {name: stored[name] for name in new}, new)


def _order(row: Row) -> tuple[str, int]:
    return row[0]._meta.label_lower, row[1]


@dataclass
class _TakingBack:
    """Some of what a batch wrote becomes what it was."""

    batch: ImportBatch
    by: object
    kinds: dict[type, Kind]
    rows: set[Row]

    def run(self) -> None:
        for kind in self.kinds.values():
            self._restore(kind, [key for key in kind.written - kind.made if (kind.model, key) in self.rows])
        for kind in _those_that_hang_first(self.kinds.values()):
            self._remove(kind, [key for key in kind.made if (kind.model, key) in self.rows])

    def _restore(self, kind: Kind, keys: list[int]) -> None:
        """Gives what was changed its old values and links again, as a new version with its history.

        What nobody knows any more stays as it is.
        """
        now_watching().touch((kind.model, key) for key in keys)
        rows, names = [kind.rows[key] for key in keys], set()
        for row in rows:
            names |= _give_back(row, kind.before[row.pk])
        if names:
            kind.model._default_manager.bulk_update(rows, sorted(names))
        keep_history(kind.model, rows, self.batch, self.by, "~", _reason(self.batch))

    def _remove(self, kind: Kind, keys: list[int]) -> None:
        """Deletes what was made, with a last entry in its history."""
        rows = [kind.rows[key] for key in keys]
        keep_history(kind.model, rows, self.batch, self.by, "-", _reason(self.batch))
        now_watching().going(rows)
        for some in in_slices(sorted(keys)):
            kind.model._base_manager.filter(pk__in=some).delete()


def _give_back(row: models.Model, before: dict) -> set[str]:
    """The columns that are to be written; links are written here."""
    names = set()
    for name, value in before.items():
        field = row._meta.get_field(name)
        if isinstance(field, models.ManyToManyField):
            getattr(row, name).through.objects.filter(**{field.m2m_field_name(): row.pk}).delete()
            getattr(row, name).add(*value)
        else:
            setattr(row, field.attname, revived(field, value))
            names.add(name)
    if isinstance(row, Kept):
        row.version += 1
        names.add("version")
    return names


def _reason(batch: ImportBatch) -> str:
    return f"undo {reason_of(batch)}"[:100]


def _those_that_hang_first(kinds) -> list[Kind]:
    """A record is removed after all that point to it."""
    kinds = list(kinds)
    made = {kind.model for kind in kinds}

    def depth(model, seen=()) -> int:
        links = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
        return 1 + max(
            (depth(link, (*seen, model)) for link in links if link in made and link not in (*seen, model)), default=0
        )

    return sorted(kinds, key=lambda kind: (kind.model is not Citation, -depth(kind.model)))
