"""Which rows are written while somebody listens: every way of writing tells it here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import models

from fengtai.records.trail.stored import ADDED, CHANGED, DELETED

__all__ = ["ADDED", "CHANGED", "DELETED", "Noted", "listening", "note", "note_before"]


@dataclass
class Noted:
    """The rows written, in the order of their first writing, by model and key."""

    rows: dict[tuple[type, int], str] = field(default_factory=dict)  # what was done to each first
    gone: dict[tuple[type, int], models.Model] = field(default_factory=dict)  # those deleted, as they were
    before: dict[tuple[type, int], models.Model] = field(default_factory=dict)  # those saved one by one, as they were

    def add(self, row: models.Model, kind: str) -> None:
        at = (row._meta.concrete_model, row.pk)
        self.rows.setdefault(at, kind)
        if kind == DELETED:
            self.gone[at] = row

    @property
    def added(self) -> set[tuple[type, int]]:
        return {at for at, kind in self.rows.items() if kind == ADDED}


_listening: ContextVar[Noted | None] = ContextVar("noted", default=None)


@contextmanager
def listening() -> Iterator[Noted]:
    """What is written inside, by this thread."""
    noted = Noted()
    before = _listening.set(noted)
    try:
        yield noted
    finally:
        _listening.reset(before)


def note_before(row: models.Model) -> None:
    """To be told before a row is saved: its owner, and whether it is published, may be other ones afterwards."""
    noted, at = _listening.get(), (row._meta.concrete_model, row.pk)
    if noted is None or row._state.adding or at in noted.rows or at in noted.before:
        return
    stored = type(row)._base_manager.filter(pk=row.pk).first()
    if stored is not None:
        noted.before[at] = stored


def note(row: models.Model, kind: str) -> None:
    noted = _listening.get()
    if noted is not None:
        noted.add(row, kind)
