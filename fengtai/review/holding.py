"""The one door through which published records are changed: what is written inside is taken back and kept as a
pending change, whatever way it was written in; drafts are written as they are. What is not theirs to write (`scope.py`)
is refused with OutsideScope, and nothing of it is written.

    with Held(by=user, why="…") as held:
        …any writes…
    held.changes    the pending changes that came of it

In two steps for forms, which first read what their author has pending:

    held = Held(by=user, record=record).begin()
    …                  the form is shown, or bound and saved
    held.settle()      or held.forget()
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from fengtai.records.batches import ImportBatch
from fengtai.records.bin import BinEntry
from fengtai.records.noting import CHANGED, listening
from fengtai.records.trail.acting import acting
from fengtai.records.trail.stored import Row, quiet_fields, states
from fengtai.records.trail.watching import watched
from fengtai.review.bin import put_in
from fengtai.review.bounds import Bounds
from fengtai.review.edits import Edit, differences, with_keys
from fengtai.review.keeping import hold, set_aside
from fengtai.review.led_on import edits_now
from fengtai.review.of_imports import has_any, hold_all
from fengtai.review.pending import PendingChange
from fengtai.review.replaying import Replay
from fengtai.review.roots import guarded, held_roots

State = PendingChange.State


class Held:
    """`record` is the record whose page is being edited: what its author has pending of it is written first.

    Inside a transaction of the caller, or one of its own.
    """

    def __init__(
        self,
        *,
        by,
        why: str = "",
        batch: ImportBatch | None = None,
        record: models.Model | None = None,
        own: PendingChange | None = None,
    ):
        self.by, self.why, self.batch, self.record = by, why, batch, record
        self.own = own  # what the author has pending of the record; to be told where there is no record yet
        self.changes: list[PendingChange] = []
        self.tops: dict[Row, Row] = {}  # of rows known to wait with another record than they will belong to
        self.said_in: dict[Row, int] = {}  # of rows that an import writes, the row of its file
        self.keys: dict[Row, int] = {}  # of drafts that were written again
        self.left: list[Edit] = []  # of what the author has pending, what cannot be written any more
        self.bounds = Bounds(by)
        self.is_open = False

    def __enter__(self) -> "Held":
        return self.begin()

    def __exit__(self, kind, error, trace) -> None:
        if kind is None and self.is_open:
            try:
                self.settle()
            except BaseException:
                self._close(*sys.exc_info())
                raise
        elif self.is_open:
            self._close(kind, error, trace)

    def begin(self) -> "Held":
        self._around = ExitStack()
        self._around.enter_context(transaction.atomic())
        self._around.enter_context(acting(by=self.by, why=self.why, batch=self.batch))
        self._around.enter_context(watched())
        if self.record is not None:
            self.own = self._own_change()
            self.bounds.know(self.record)
        elif self.own is not None:
            self.own = PendingChange.objects.open().filter(pk=self.own.pk).locked().first()
        self._noted = self._around.enter_context(listening())
        self._inner = transaction.atomic()
        self._inner.__enter__()
        self.is_open = True
        if self.own is not None:
            replay = Replay(edits_now(self.own), by=self.by, revision=self.own.revision)
            replay.run()
            self.left = replay.left
        return self

    def _own_change(self) -> PendingChange | None:
        """Nobody else changes the record, or this change of it, while it is written."""
        list(type(self.record)._base_manager.order_by().select_for_update().filter(pk=self.record.pk).values_list("pk"))
        if self.by is None:
            return None
        return PendingChange.objects.open().of(self.record).of_author(self.by).locked().first()

    def forget(self) -> None:
        """What was written inside was never written."""
        if self.is_open:
            self._take_back()
            self._close()

    def settle(self) -> list[PendingChange]:
        """Takes back what is published, keeps it as pending changes, and lets the rest stand."""
        noted = self._noted
        self.bounds.refuse_after(noted)
        tops, held = held_roots(noted)
        if self.tops:
            tops |= self.tops
            held = guarded(tops.values(), noted)
        if not held and not self.bounds.must_look_back(noted):
            self.bounds.refuse_before(noted)
            self._close()
            return []
        after = states(noted.rows)
        binned = _binned(noted.gone)
        self._take_back()
        self.bounds.refuse_before(noted)
        edits = differences(noted.rows, states(noted.rows), after)
        direct, waiting = self._parted(edits, tops, held)
        for model, key in (row for row in binned if tops.get(row) not in held):
            put_in(model(pk=key), by=self.by)
        self.keys = self._write(direct)
        self.changes = self._keep_all({top: waiting.get(top, []) for top in sorted(held, key=_order)})
        self._close()
        return self.changes

    def _take_back(self) -> None:
        transaction.set_rollback(True)
        inner, self._inner = self._inner, None
        inner.__exit__(None, None, None)

    def _close(self, *error) -> None:
        self.is_open = False
        error = error or (None, None, None)
        if self._inner is not None:
            self._inner.__exit__(*error)
        self._around.__exit__(*error)

    def _parted(self, edits: list[Edit], tops: dict[Row, Row], held: set[Row]) -> tuple[list[Edit], dict]:
        """What is written at once, and by record what waits."""
        return _split(edits, tops, held)

    def _write(self, edits: list[Edit]) -> dict[Row, int]:
        replay = Replay(edits, by=self.by, why=self.why)
        replay.run()
        return replay.keys

    def _keep_all(self, waiting: dict[Row, list[Edit]]) -> list[PendingChange]:
        if self.batch is not None and not has_any(self.batch, waiting):
            found = {top: with_keys(edits, self.keys) for top, edits in waiting.items() if edits}
            return hold_all(found, self.batch, by=self.by, why=self.why, said_in=self.said_in)
        changes = [self._keep(top, edits) for top, edits in waiting.items()]
        return [change for change in changes if change is not None]

    def _keep(self, top: Row, edits: list[Edit]) -> PendingChange | None:
        own = self.own if self.own is not None and self.own.top == top else None
        kept = hold(top, with_keys(edits, self.keys), by=self.by, why=self.why, batch=self.batch, instead_of=own)
        if own is not None and kept is not None and self.left:
            set_aside(own, self.left)
        return kept


def _binned(gone: Iterable[Row]) -> list[Row]:
    """Those deleted rows that were put into the bin: what was written inside is about to be taken back."""
    kinds = ContentType.objects.get_for_models(*{model for model, _key in gone})
    lie = BinEntry.objects.filter(content_type__in=kinds.values(), object_id__in=[key for _model, key in gone])
    there = set(lie.values_list("content_type", "object_id")) if kinds else set()
    return [(model, key) for model, key in gone if (kinds[model].pk, key) in there]


def _split(edits: list[Edit], tops: dict[Row, Row], held: set[Row]) -> tuple[list[Edit], dict[Row, list[Edit]]]:
    """What is written at once, and by record what waits. A field that nobody but staff sees is written at once."""
    direct, waiting = [], defaultdict(list)
    for edit in edits:
        top = tops.get(edit.row)
        if top not in held:
            direct.append(edit)
            continue
        quiet = quiet_fields(edit.model) if edit.kind == CHANGED else set()
        parts = edit.only(quiet), edit.only(edit.new.keys() - quiet) if quiet else edit
        if parts[0] is not None:
            direct.append(parts[0])
        if parts[1] is not None:
            waiting[top].append(parts[1])
    return direct, waiting


def _order(row: Row) -> tuple[str, int]:
    return row[0]._meta.label_lower, row[1]
