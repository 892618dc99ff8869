"""What rows say before they are written, and afterwards: every way of writing passes here.

    with watched() as watch:
        watch.touch(rows)       before they are written
        …writes…                what is taken back meanwhile leaves no entry

Entries are made as the outermost block ends, in its transaction, from what the database has then.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import datetime

from django.db import connection, models, transaction

from fengtai.records.trail.acting import Acting, acting_on, now_acting
from fengtai.records.trail.naming import name_of, names_of
from fengtai.records.trail.reaching import also_written
from fengtai.records.trail.stored import Row, states
from fengtai.records.trail.written import Written, enter_written


class Watch:
    """Rows written since it began; one that two acts write has an entry of each."""

    def __init__(self):
        self.rows: dict[Row, Written] = {}
        self.done: list[Written] = []
        self.foreseen: dict[Row, dict] = {}
        self.names: dict[Row, str] = {}  # of rows that go

    def touch(self, rows: Iterable[Row], doing: Acting | None = None) -> None:
        """To be told before they are written."""
        doing = doing or now_acting()
        known = self.rows
        rows = [row for row in dict.fromkeys(rows) if row not in known or not known[row].doing.is_one_with(doing)]
        if not rows:
            return
        now = self._now(rows)
        for row in rows:
            if row in self.rows:
                self.rows[row].after = now.get(row)
                self.done.append(self.rows[row])
            self.rows[row] = Written(row, now.get(row), doing)

    def foresee(self, rows: Iterable[Row]) -> None:
        """Reads together what will be touched one by one."""
        self.foreseen |= states(rows)

    def _now(self, rows: list[Row]) -> dict[Row, dict]:
        seen = {row: self.foreseen.pop(row) for row in rows if row in self.foreseen}
        others = [row for row in rows if row not in seen]
        return seen | states(others) if others else seen

    def touch_row(self, row: models.Model) -> None:
        if row.pk is not None:
            at, doing = (row._meta.concrete_model, row.pk), acting_on(row)
            self.touch([at], doing)
            self.rows[at].doing = doing

    def added(self, rows: Iterable[models.Model], *, begun: datetime) -> None:
        """To be told afterwards, and when it was begun."""
        for row in rows:
            key = (row._meta.concrete_model, row.pk)
            self.rows.setdefault(key, Written(key, None, acting_on(row), at=begun))

    def going(self, rows: Iterable[models.Model]) -> None:
        """To be told before they are deleted: what links to them is written as well."""
        fresh = {(row._meta.concrete_model, row.pk): row for row in rows}
        fresh = {at: row for at, row in fresh.items() if at not in self.names}
        if not fresh:
            return
        doing = acting_on(next(iter(fresh.values())))  # they go together
        also = also_written(fresh)
        self.names |= names_of(also) | {at: name_of(row) for at, row in fresh.items()}
        self.touch([*fresh, *also], doing)

    def enter_gone(self, row: models.Model) -> None:
        """Of a row that is about to go while nobody watches."""
        self.touch_row(row)
        self.names[row._meta.concrete_model, row.pk] = name_of(row)
        enter_written(self.rows.values(), self.names)

    def enter(self) -> None:
        """Makes the entries of what was written until now."""
        now = states(self.rows)
        for row, one in self.rows.items():
            one.after = now.get(row)
        written, self.rows, self.done = [*self.done, *self.rows.values()], {}, []
        enter_written(written, self.names)

    def forget(self) -> None:
        """Nothing of it was ever written."""
        self.rows, self.done = {}, []


_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


def now_watching() -> Watch | None:
    return _watch.get()


@contextmanager
def watched(*, anew: bool = False) -> Iterator[Watch]:
    """The watch that is kept already, or one that ends with this block; `anew` one of its own in any case."""
    kept = _watch.get()
    if kept is not None and not anew:
        yield kept
        return
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        watch = Watch()
        before = _watch.set(watch)
        try:
            yield watch
        finally:
            _watch.reset(before)
        watch.enter()
