"""A plan written in bulk, within a transaction: records, links, histories, and for each what would take it back.

What touches published records is written for a moment only, so that it is kept as pending changes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from sys import intern

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from fengtai.importing.planning.items import Item
from fengtai.importing.planning.plans import Plan
from fengtai.importing.taking.guarded_writing import NOWHERE, ChangedSince, Position, write_guarded
from fengtai.importing.taking.histories import keep_history, reason_of
from fengtai.importing.taking.links import link_all
from fengtai.importing.taking.stored_rows import columns_of, start_of, stored_values, written
from fengtai.importing.taking.waiting import without_what_staff_see
from fengtai.records.batches import ImportBatch, ImportWrite
from fengtai.records.models import Kept
from fengtai.records.noting import note
from fengtai.records.slices import in_slices
from fengtai.records.trail.watching import now_watching
from fengtai.review.holding import Held

AT_ONCE = 1000  # rows written by one statement
HELD_AT_ONCE = 2000  # records whose changes are held together


class Writer:
    """Writes Items, those that others need first."""

    def __init__(self, batch: ImportBatch, by, tick: Callable):
        self.batch, self.by, self.tick = batch, by, tick
        self.now = timezone.now()
        self.positions: dict[int, Position] = {}  # of the row, by the identity of the Item that it states
        self.needed_by: dict[int, Position] = {}  # of what is made by a decision
        self.held: Held | None = None  # while that is written which waits
        rows = batch.rows.values_list("pk", "sheet", "number", "column")
        self.rows: dict[Position, int] = {
            (intern(sheet), number, intern(column)): pk for pk, sheet, number, column in rows.iterator()
        }

    def write(self, plan: Plan) -> None:
        items = dict.fromkeys(plan.created)
        for row in plan.all_rows():
            for item in row.items():
                items[item] = None
                self.positions[id(item)] = row.position
                self.needed_by |= {id(need): row.position for need in item.needs()}
        waiting = [item for item in items if item in plan.waiting]
        at_once = [item for item in items if item not in plan.waiting]
        self._write_in_turn([*at_once, *self._quiet(waiting)], len(items))
        if waiting := [item for item in waiting if item]:
            self._hold(waiting, plan, len(items))

    def _quiet(self, waiting: list[Item]) -> Iterator[Item]:
        """What nobody but staff sees of the published records that change."""
        for item in waiting:
            own = without_what_staff_see(item)
            if own is not None:
                self.positions[id(own)] = self._position(item)
                yield own

    def _hold(self, waiting: list[Item], plan: Plan, found: int) -> None:
        """So many records at a time: what is written for a moment, and taken back, is held in memory meanwhile."""
        of_top = defaultdict(list)
        for item in waiting:
            of_top[plan.waiting[item]].append(item)
        for some in in_slices(list(of_top), HELD_AT_ONCE):
            items = [item for top in some for item in of_top[top]]
            with Held(by=self.by, why=reason_of(self.batch), batch=self.batch) as held:
                self.held = held
                held.tops |= {
                    (item.model, item.key): plan.waiting[item]
                    for item in items
                    if item.key is not None and isinstance(plan.waiting[item], tuple)
                }
                self._write_in_turn(items, found)
            now_watching().enter()  # and forgets them
        self.held = None

    def _write_in_turn(self, pending: list[Item], found: int) -> None:
        """Those that others need first."""
        while pending:
            ready = [item for item in pending if not item.needs()]
            pending = [item for item in pending if item.needs()]
            for some in _by_model(ready):
                self._write_some(some)
            self.tick(max(found - len(pending), 0), found)

    def _write_some(self, items: list[Item]) -> None:
        """Items of one model."""
        new = [item for item in items if item.key is None]
        on_file = [item for item in items if item.key is not None]
        for write, kind, wanted in ((self._create, "+", new), (self._change, "~", on_file)):
            for some in in_slices(wanted, AT_ONCE):
                write_guarded(some, partial(self._write_all, write, kind), self._position)

    def _position(self, item: Item) -> Position:
        return self.positions.get(id(item)) or self.needed_by.get(id(item), NOWHERE)

    def _write_all(self, write: Callable, kind: str, items: list[Item]) -> None:
        model = items[0].model
        now_watching().touch((model, item.key) for item in items if item.key is not None)
        rows = write(model, items)
        link_all(model, items)
        if self.held is not None:
            self._capture(items, rows, kind)
            return
        keep_history(model, rows, self.batch, self.by, kind)
        self._remember(model, items, rows, created=kind == "+")
        now_watching().enter()  # and forgets them: a file may hold very many

    def _capture(self, items: list[Item], rows: list[models.Model], kind: str) -> None:
        """Written for a moment: neither a history nor a way back is needed before it is released."""
        for item, row in zip(items, rows, strict=True):
            note(row, kind)
            self.held.said_in[item.model, item.key] = self.rows.get(self._position(item))

    def _create(self, model, items: list[Item]) -> list[models.Model]:
        rows = [model(**start_of(model), **columns_of(model, item)) for item in items]
        for item, row in zip(items, model._default_manager.bulk_create(rows), strict=True):
            item.key = row.pk
        return rows

    def _change(self, model, items: list[Item]) -> list[models.Model]:
        stored = model._base_manager.order_by().select_for_update().in_bulk([item.key for item in items])
        changed = [
            item
            for item in items
            if item.key not in stored or getattr(stored[item.key], "version", None) != item.version
        ]
        if changed:
            raise ChangedSince([self._position(item) for item in changed])
        rows, names = [stored[item.key] for item in items], set()
        for item, row in zip(items, rows, strict=True):
            for name, value in columns_of(model, item).items():
                setattr(row, name, value)
            names |= item.values.keys()
        if issubclass(model, Kept):
            names |= {"version", "changed_at"}
            for row in rows:
                row.version, row.changed_at = row.version + 1, self.now
        if names:
            model._default_manager.bulk_update(rows, sorted(names))
        return rows

    def _remember(self, model, items, rows, *, created: bool) -> None:
        kind = ContentType.objects.get_for_model(model)
        ImportWrite.objects.bulk_create(
            ImportWrite(
                batch=self.batch,
                row_id=self.rows.get(self.positions.get(id(item))),
                content_type=kind,
                object_id=item.key,
                created=created,
                before={} if created else stored_values(row, item.before),
                after=written(row, item),
            )
            for item, row in zip(items, rows, strict=True)
        )


def _by_model(items: Iterable[Item]) -> Iterator[list[Item]]:
    found = defaultdict(list)
    for item in items:
        found[item.model].append(item)
    yield from found.values()
