"""How edits of a published record are kept: added to what their author, or an import, has pending of it already."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from fengtai.records.batches import ImportBatch
from fengtai.records.trail.acting import Act
from fengtai.records.trail.stored import Row
from fengtai.review.edits import Edit, joined
from fengtai.review.pending import PendingChange
from fengtai.review.trailing import enter_act, enter_kept

State = PendingChange.State


def hold(top: Row, edits: list[Edit], *, by, why="", batch=None, instead_of=None) -> PendingChange | None:
    """Adds edits of a record to what its author, or its import, has pending of it, or puts them `instead_of` that.

    None where nothing is left of it.
    """
    change = instead_of or _change_of(top, by, batch)
    before = change.read_edits()
    if instead_of is None and change.edits:
        edits = joined(before, edits)
    if not edits:
        _leave(change)
        return None
    if change.state != State.CONFLICT and change.edits == [edit.as_json() for edit in edits]:
        return change  # looked at and saved as it was: it goes on waiting
    change.keep(edits)
    change.state, change.conflicts, change.release_at = State.DRAFT, [], None
    change.why = why or change.why
    change.save()
    enter_kept([(change.top, before, change.read_edits())])
    if by is not None:
        change.contributors.add(by)
    return change


def set_aside(change: PendingChange, edits: list[Edit]) -> None:
    """What can be written no more was told above the form; it stays on record as dropped."""
    aside = PendingChange(content_type=change.content_type, object_id=change.object_id, author=change.author)
    aside.label, aside.why, aside.state, aside.revision = change.label, change.why, State.DROPPED, change.revision
    aside.edits, aside.decided_by, aside.decided_at = [edit.as_json() for edit in edits], change.author, timezone.now()
    aside.save()
    enter_act(Act.DROPPED, [aside])


def _leave(change: PendingChange) -> None:
    """What was once kept stays on record."""
    if change.edits:
        change.state = State.DROPPED
        change.save()
        enter_act(Act.DROPPED, [change])
    else:
        change.delete()


def _change_of(top: Row, by, batch: ImportBatch | None) -> PendingChange:
    model, key = top
    kind = ContentType.objects.get_for_model(model)
    found = PendingChange.objects.open().filter(content_type=kind, object_id=key)
    mine = found.filter(batch=batch) if batch else found.of_author(by)
    label = str(model._base_manager.filter(pk=key).first() or model._meta.verbose_name)[:300]
    return mine.locked().first() or PendingChange.objects.create(
        content_type=kind, object_id=key, author=by, batch=batch, label=label
    )
