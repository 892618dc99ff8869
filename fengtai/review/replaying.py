"""Edits written to the database: for a release all or nothing, for a form or a preview on top of what is public now."""

from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from fengtai.records.kept import Kept
from fengtai.records.noting import ADDED, CHANGED, DELETED
from fengtai.records.trail.stored import TEMPORARY, Row, columns_of, links_of, on_file, revived, states
from fengtai.records.trail.watching import Watch, watched
from fengtai.review.edits import Edit, references, referring


@dataclass(frozen=True)
class Clash:
    """A field that no longer says what it said when the change was made; without a field, why a row cannot be written.

    Values are as `stored.states` gives them.
    """

    model: str
    key: int
    field: str
    old: object = None
    now: object = None
    new: object = None
    reason: str = ""

    as_json = asdict


APART = 100_000  # between the versions that a trial tells, so that none is told that somebody else's release made


class Conflict(Exception):
    """The edits cannot be written: `clashes` say where and why. Nothing was."""

    def __init__(self, clashes: list[Clash]):
        super().__init__(clashes)
        self.clashes = clashes


class Replay:
    """Writes edits, with one entry in each row's history.

    `revision` replays for a form or a preview, in a transaction that is rolled back: rows that were added keep their
    temporary keys, versions tell the revision, and what changed meanwhile is written over. Else nothing is: a field
    that says something else by now is a Conflict.
    """

    def __init__(self, edits: list[Edit], *, by=None, why: str = "", revision: int | None = None):
        self.edits, self.by, self.why, self.revision = edits, by, why[:100], revision
        self.keys: dict[Row, int] = {}  # of rows that were added
        self.written: list[tuple[Edit, models.Model]] = []
        self.left: list[Edit] = []  # what a trial could not write

    @property
    def is_trial(self) -> bool:
        return self.revision is not None

    def run(self) -> None:
        self._leave_out(_without_target(self.edits))
        kinds = {kind: [edit for edit in self.edits if edit.kind == kind] for kind in (ADDED, CHANGED, DELETED)}
        refers = [edit for edit in kinds[CHANGED] if _refers_to_added(edit)]
        stands_alone = [edit for edit in kinds[CHANGED] if edit not in refers]
        if not self.is_trial:
            self._refuse_clashes(kinds[CHANGED] + kinds[DELETED])
        with watched() as watch:
            self._write_all([*reversed(kinds[DELETED]), *stands_alone, *kinds[ADDED], *refers], watch)

    def _write_all(self, edits: list[Edit], watch: Watch) -> None:
        watch.touch(edit.row for edit in edits if edit.kind != ADDED)
        for edit in edits:
            self._write(edit)

    def _leave_out(self, edits: list[Edit]) -> None:
        """What names a row that is gone is told now: the database would tell of it when all is committed."""
        if edits and not self.is_trial:
            reason = _("What it refers to is not there any more.")
            raise Conflict([Clash(edit.model._meta.label_lower, edit.key, "", reason=reason) for edit in edits])
        rows = {edit.row for edit in edits}
        self.left += edits
        self.edits = [edit for edit in self.edits if edit.row not in rows] if rows else self.edits

    def _refuse_clashes(self, edits: list[Edit]) -> None:
        stored = states({edit.row for edit in edits}, links={name for edit in edits for name in edit.old}, locked=True)
        if clashes := [clash for edit in edits for clash in _clashes(edit, stored.get(edit.row))]:
            raise Conflict(clashes)

    def _write(self, edit: Edit) -> None:
        try:
            with transaction.atomic():
                row = self._added(edit) if edit.kind == ADDED else self._stored(edit)
                if row is None:
                    self.left.append(edit)
                else:
                    self._save(edit, row)
                    self.written.append((edit, row))
        except (IntegrityError, ValidationError, models.ProtectedError) as error:
            if not self.is_trial:
                label = edit.model._meta.label_lower
                raise Conflict([Clash(label, edit.key, "", reason=_told(edit, error))]) from error
            self.left.append(edit)

    def _added(self, edit: Edit) -> models.Model:
        row = edit.model(pk=edit.key if self.is_trial else None)
        if isinstance(row, Kept) and self.is_trial:
            row.version = self.revision - 1
        return row

    def _stored(self, edit: Edit) -> models.Model | None:
        stored = edit.model._base_manager.filter(pk=edit.key)
        if self.is_trial and edit.kind == CHANGED and issubclass(edit.model, Kept):
            models.QuerySet.update(stored, version=F("version") + self.revision * APART - 1)
        return stored.first()

    def _save(self, edit: Edit, row: models.Model) -> None:
        row._history_user, row._change_reason = self.by, self.why
        if edit.kind == DELETED:
            row.delete()
            return
        new = referring(edit, self.keys)
        columns = [column for column in columns_of(edit.model) if column.name in new]
        for column in columns:
            setattr(row, column.attname, revived(column, new[column.name]))
        # Links alone: the record is saved as well, so that its version tells of it.
        row.save(**({} if edit.kind == ADDED else {"update_fields": [column.name for column in columns]}))
        self.keys[edit.row] = row.pk
        for link in links_of(edit.model):
            if link.name in new and (edit.kind == CHANGED or new[link.name]):
                getattr(row, link.name).set(new[link.name])


def _without_target(edits: list[Edit]) -> list[Edit]:
    """Those that name a row that neither is on file nor is added with them; and so on with those that name these."""
    added = {edit.row for edit in edits if edit.kind == ADDED}
    named = [(edit, {*references(edit)} - {edit.row}) for edit in edits]
    here = on_file({row for _edit, rows in named for row in rows} - added) | added
    found: list[Edit] = []
    while lost := [edit for edit, rows in named if not rows <= here]:
        named = [(edit, rows) for edit, rows in named if rows <= here]
        found += lost
        here = here - {edit.row for edit in lost}
    return found


def _refers_to_added(edit: Edit) -> bool:
    values = [one for value in edit.new.values() for one in (value if isinstance(value, list) else [value])]
    return any(isinstance(value, int) and value >= TEMPORARY for value in values)


def _clashes(edit: Edit, stored: dict | None):
    label = edit.model._meta.label_lower
    if stored is None:
        if edit.kind != DELETED:  # what two would delete is gone
            yield Clash(label, edit.key, "", old=edit.old, new=edit.new)
        return
    for name, old in edit.old.items():
        now, new = stored.get(name), edit.new.get(name)
        if now not in (old, new) or (edit.kind == DELETED and now != old):
            yield Clash(label, edit.key, name, old, now, new)


def _told(edit: Edit, error: Exception) -> str:
    """In words where the model has some for it: a constraint says what it forbids."""
    if isinstance(error, ValidationError):
        return "；".join(error.messages)
    row = edit.model._base_manager.filter(pk=edit.key).first() or edit.model()
    for column in columns_of(edit.model):
        if column.name in edit.new:
            setattr(row, column.attname, revived(column, edit.new[column.name]))
    try:
        row.full_clean()
    except ValidationError as found:
        return "；".join(found.messages)
    return str(error).partition("\n")[0]
