"""What an import changes of published records: thousands of pending changes kept, submitted and dropped together."""

from collections.abc import Iterable
from dataclasses import replace

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from fengtai.records.batches import ImportBatch
from fengtai.records.noting import ADDED
from fengtai.records.trail.acting import Act
from fengtai.records.trail.naming import names_of
from fengtai.records.trail.stored import AT_ONCE, Row, by_model, slices
from fengtai.review.comments import ReviewComment
from fengtai.review.edits import Edit
from fengtai.review.pending import PendingChange
from fengtai.review.scope import outside
from fengtai.review.trailing import enter_act, enter_kept

State = PendingChange.State


def has_any(batch: ImportBatch, tops: Iterable[Row]) -> bool:
    """Whether a batch changes any of these records already."""
    kinds, opened = by_model(tops), batch.pending.open()
    return opened.exists() and any(
        opened.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=some).exists()
        for model, keys in kinds.items()
        for some in slices(sorted(keys))
    )


def hold_all(
    waiting: dict[Row, list[Edit]], batch: ImportBatch, *, by, why: str = "", said_in: dict[Row, int] | None = None
) -> list[PendingChange]:
    """A change for each record, of a batch that has none of them yet.

    Who brought the file contributed, and who took it.
    """
    labels, kinds = names_of(waiting), ContentType.objects.get_for_models(*{model for model, _key in waiting})
    changes, adding = [], []
    for (model, key), edits in waiting.items():
        edits = [replace(edit, said_in=(said_in or {}).get(edit.row)) for edit in edits]
        change = PendingChange(content_type=kinds[model], object_id=key, author=by, batch=batch, why=why)
        change.label = labels.get((model, key), str(model._meta.verbose_name))[:300]
        changes.append(change)
        if any(edit.kind == ADDED for edit in edits):
            adding.append((change, edits))  # the keys of new rows follow from the change's own
        else:
            change.keep(edits)
    PendingChange.objects.bulk_create(changes, batch_size=AT_ONCE)
    for change, edits in adding:
        change.keep(edits)
    PendingChange.objects.bulk_update([c for c, _edits in adding], ["edits", "revision", "object_id"], batch_size=100)
    enter_kept((change.top, [], change.read_edits()) for change in changes)
    _note_contributors(changes, {person.pk for person in (by, batch.by) if person is not None})
    return changes


def submit_all(batch: ImportBatch, *, by=None) -> int:
    """What of a batch is being edited or was returned, and is theirs; how many changes."""
    waiting = [*batch.pending.filter(state__in=(State.DRAFT, State.RETURNED)).locked()]
    others = outside(by, [change.top for change in waiting])
    keys = [change.pk for change in waiting if change.top not in others]
    now = timezone.now()
    enter_act(Act.SUBMITTED, batch.pending.filter(state__in=(State.DRAFT, State.RETURNED)).defer("edits"))
    for some in slices(keys):
        of_some = PendingChange.objects.filter(pk__in=some)
        of_some.update(state=State.SUBMITTED, submitted_at=now, changed_at=now)
    _answer_comments(keys, now)
    return len(keys)


def drop_all(batch: ImportBatch, *, by) -> int:
    """What of a batch nobody has released yet: it stays on record, and nothing comes of it."""
    now = timezone.now()
    keys = [*batch.pending.open().locked().values_list("pk", flat=True)]
    enter_act(Act.DROPPED, batch.pending.open().defer("edits"), by=by)
    for some in slices(keys):
        of_some = PendingChange.objects.filter(pk__in=some)
        of_some.update(state=State.DROPPED, decided_by=by, decided_at=now, release_at=None, changed_at=now)
    return len(keys)


def _note_contributors(changes: list[PendingChange], people: set[int]) -> None:
    through = PendingChange.contributors.through
    through.objects.bulk_create(
        (through(pendingchange_id=change.pk, user_id=person) for change in changes for person in sorted(people)),
        batch_size=AT_ONCE,
    )


def _answer_comments(keys: list[int], now) -> None:
    kind = ContentType.objects.get_for_model(PendingChange)
    for some in slices(keys):
        unanswered = ReviewComment.objects.filter(content_type=kind, object_id__in=some, answered_at=None)
        unanswered.update(answered_at=now)
