"""The last question of every way of writing: was all that was written theirs, before it was written and after?"""

from django.db import models

from fengtai.records.noting import Noted
from fengtai.records.trail.stored import Row, on_file
from fengtai.review.reach import reach_of
from fengtai.review.roots import root_of, tops_of
from fengtai.review.scope import outside
from fengtai.review.whose import refuse_outside


class Bounds:
    """Of one person, while they write. Asks nothing of those whom nothing but their roles limits."""

    def __init__(self, by):
        self.by = by
        self.limited = reach_of(by, anew=True) is not None
        self.theirs: set[Row] = set()  # records that were looked at, and locked, before anything was written

    def know(self, record: models.Model) -> None:
        root = root_of(record)
        row = (root._meta.concrete_model, root.pk)
        if self.limited and not outside(self.by, [row]):
            self.theirs.add(row)

    def refuse_after(self, noted: Noted) -> None:
        """As everything is now. What anybody may add was just added; what is gone is asked about before."""
        if self.limited:
            anybodys = {row for row in noted.added if getattr(row[0], "added_by_all", False)}
            gone = {*noted.gone} - on_file(noted.gone)
            refuse_outside(self.by, [row for row in noted.rows if row not in anybodys | gone])

    def must_look_back(self, noted: Noted) -> bool:
        """Whether what was written has to be taken back to know whose it was.

        A record that was written is known if it was looked at first, a part if its record was not written.
        """
        if not self.limited:
            return False
        rows, as_were = _not_added(noted), {**noted.before, **noted.gone}
        if any(getattr(row[0], "owner", ()) and row not in as_were for row in rows):
            return True
        written = {*noted.rows} - noted.added - self.theirs
        return not written.isdisjoint(tops_of(rows, as_were).values())

    def refuse_before(self, noted: Noted) -> None:
        """Whose all that was, once what was written is taken back, or as far as it is known without."""
        if self.limited:
            rows = [row for row in _not_added(noted) if row not in self.theirs]
            refuse_outside(self.by, rows, {**noted.before, **noted.gone})


def _not_added(noted: Noted) -> list[Row]:
    return [row for row in noted.rows if row not in noted.added]
