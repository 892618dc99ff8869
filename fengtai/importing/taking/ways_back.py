"""Which rows of an import are taken back at once, and which by pending changes."""

from collections.abc import Iterable

from django.db import models

from fengtai.importing.taking.written_rows import Kind
from fengtai.records.models import Record
from fengtai.records.noting import Noted
from fengtai.records.trail.stored import Row
from fengtai.review.roots import guarded, roots


class WaysBack:
    """Which rows are taken back at once, and which by pending changes.

    A record that was published is withdrawn instead of deleted, with all its parts, and what a row still names that
    waits for its removal is not removed: a draft that nobody else sees.
    """

    def __init__(self, kinds: dict[type, Kind]):
        self.kinds = kinds
        rows = {(kind.model, key) for kind in kinds.values() for key in kind.last}
        made = {(kind.model, key) for kind in kinds.values() for key in kind.made}
        tops = roots(rows, {})
        published = guarded(tops.values(), Noted())
        once = {row for row in made if self._was_published(row)}
        stay = {row for row in made if tops.get(row) in once}
        self.withdrawn = once & published
        self.held = {row for row in rows - stay if tops.get(row) in published}
        self.at_once = rows - stay - self.held
        self.at_once -= self._needed_by(stay | self.held) & made

    def _was_published(self, row: Row) -> bool:
        model, key = row
        return issubclass(model, Record) and key in self.kinds[model].once_published

    def _needed_by(self, rows: set[Row]) -> set[Row]:
        """What rows that stay for now link to, and what that links to."""
        found, waiting = set(), [*rows]
        while waiting:
            model, key = waiting.pop()
            kind = self.kinds.get(model)
            stored = kind.rows.get(key) if kind is not None else None
            named = set(_named_by(stored)) - found if stored is not None else set()
            found |= named
            waiting += named
        return found


def _named_by(row: models.Model) -> Iterable[Row]:
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and (key := getattr(row, field.attname)) is not None:
            yield field.related_model, key
