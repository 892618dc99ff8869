"""A redacted value taken out of what waits, and of what was released or dropped, and of what people said of either:
reasons and comments may repeat it.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Replace

from fengtai.records.batches import ImportBatch, ImportRow
from fengtai.records.bin import BinEntry
from fengtai.records.redactions import Redaction, redact
from fengtai.records.trail.redacting import BLANKED, SHORTEST
from fengtai.records.trail.stored import TEMPORARY
from fengtai.review.comments import ReviewComment
from fengtai.review.edits import Edit
from fengtai.review.merges import Merge, PairDecision
from fengtai.review.pending import PendingChange

SAID = ((PendingChange, "why"), (Merge, "why"), (PairDecision, "why"), (BinEntry, "why"), (ReviewComment, "text"))
REASON = "history_change_reason"


@transaction.atomic
def redact_everywhere(*, version, field: str, by, why: str) -> list[Redaction]:
    """As `redact`; an open change that held the value goes back to its author, who sees what is left of it."""
    model, key = version.instance_type, getattr(version, version.instance_type._meta.pk.attname)
    printed = str(getattr(version, model._meta.get_field(field).attname))
    done = redact(version=version, field=field, by=by, why=why)
    is_name = field in model.label_paths and len(printed) >= SHORTEST
    for change in PendingChange.objects.order_by("pk").select_for_update().iterator():
        _forget(change, (model, key), field, printed, is_name)
    if len(printed) >= SHORTEST:
        if is_name:
            _forget_in_offers(key, printed)
        for said, column in _said():
            blanked = Replace(F(column), Value(printed), Value(BLANKED))
            said._base_manager.order_by().filter(**{f"{column}__contains": printed}).update(**{column: blanked})
    return done


def _forget_in_offers(key: int, printed: str) -> None:
    """Imports ask of rows that look like a record on file whether they mean it, and name it."""
    for row in ImportRow.objects.exclude(near=[]).select_related("batch").iterator():
        if any((known, name) == (key, printed) for known, name in row.near):
            row.near = [[known, BLANKED if (known, name) == (key, printed) else name] for known, name in row.near]
            row.problems = [{**one, "message": one["message"].replace(printed, BLANKED)} for one in row.problems]
            row.save(update_fields=["near", "problems"])
            _forget_in_questions(row.batch, printed)


def _forget_in_questions(batch: ImportBatch, printed: str) -> None:
    for question in batch.notes.get("questions", ()):
        question["choices"] = [[answer, label.replace(printed, BLANKED)] for answer, label in question["choices"]]
    batch.save(update_fields=["notes"])


def _said() -> Iterator[tuple[type[models.Model], str]]:
    """Where people say why, by column; histories of every model too, and what models name themselves."""
    yield from SAID
    for model in apps.get_models():
        yield from ((model, column) for column in getattr(model, "may_repeat", ()))
        if any(field.name == REASON for field in model._meta.concrete_fields):
            yield model, REASON


def _forget(change: PendingChange, row: tuple, field: str, printed: str, is_name: bool) -> None:
    edits = [_without(edit, row, field, printed, change.is_open) for edit in change.read_edits()]
    said = [edit.as_json() for edit in edits]
    conflicts = [_quiet(clash, row, field) for clash in change.conflicts]
    label = change.label.replace(printed, BLANKED) if is_name else change.label
    if said == change.edits and conflicts == change.conflicts and label == change.label:
        return
    if said != change.edits and change.is_open:
        change.state, change.release_at, change.revision = PendingChange.State.DRAFT, None, change.revision + 1
    change.edits, change.conflicts, change.label = said, conflicts, label
    change.save()


def _without(edit: Edit, row: tuple, field: str, printed: str, is_open: bool) -> Edit:
    """A row that a released change added is known there by its temporary key alone."""
    is_meant = edit.row == row or (edit.model is row[0] and edit.key >= TEMPORARY and not is_open)
    if not is_meant:
        return edit
    blank = None if edit.model._meta.get_field(field).null else ""
    old, new = ({**said, field: blank} if str(said.get(field)) == printed else said for said in (edit.old, edit.new))
    return replace(edit, old=old, new=new)


def _quiet(clash: dict, row: tuple, field: str) -> dict:
    is_meant = (clash["model"], clash["key"], clash["field"]) == (row[0]._meta.label_lower, row[1], field)
    return {**clash, "old": "", "now": "", "new": ""} if is_meant else clash
