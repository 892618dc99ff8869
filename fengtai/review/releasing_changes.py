"""Pending changes released together: each is written whole or not at all, and one that stops leaves the others."""

from contextlib import nullcontext

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengtai.records.batches import ImportBatch, ImportWrite
from fengtai.records.findings import Finding
from fengtai.records.models import Kept, Record
from fengtai.records.noting import ADDED, DELETED
from fengtai.records.trail.acting import Act, acting
from fengtai.records.trail.stored import by_model, slices
from fengtai.records.trail.watching import watched
from fengtai.review.actions import Refused, State, refuse_unless
from fengtai.review.as_printed import accept
from fengtai.review.checklist import checklists
from fengtai.review.comments import ReviewComment
from fengtai.review.edits import referring, with_keys
from fengtai.review.led_on import current_edits
from fengtai.review.merges import refuse_latecomers
from fengtai.review.moved_on import moved_on
from fengtai.review.pending import PendingChange
from fengtai.review.replaying import Conflict, Replay
from fengtai.review.terms import Terms, refuse_found, refuse_own
from fengtai.review.trailing import enter_act


class Changes:
    """`seen` holds, by change, the revision that the reviewer looked at."""

    def __init__(self, changes: list[PendingChange], terms: Terms, seen: dict):
        self.terms, self.refused = terms, []
        keys = [change.pk for change in changes]
        self.seen = {change.pk: revision for change, revision in seen.items() if isinstance(change, PendingChange)}
        _lock_records(keys)
        self.changes = list(PendingChange.objects.filter(pk__in=keys).locked().order_by("pk"))
        self.own = _contributed(keys, terms.by)

    def release(self) -> tuple[list, list]:
        ready = [change for change in self.changes if self._is_allowed(change)]
        while True:
            with transaction.atomic(), watched(anew=True) as watch:
                edits = current_edits(ready)
                watch.foresee(edit.row for some in edits.values() for edit in some if edit.kind != ADDED)
                replays = self._replays(ready, edits)
                stopped = self._against(replays)
                if stopped or self.terms.waits:
                    transaction.set_rollback(True)
                    watch.forget()
            if not stopped:
                break
            self.refused += stopped.items()  # what they would have written must not stop others either
            ready = [change for change in ready if change not in stopped]
        for change in ready:
            if change not in replays:
                _stop(change, self.clashes[change])
        for change, replay in replays.items():
            self._decide(change, replay)
        return [*replays], [
            *self.refused,
            *((change, self._stopped(change)) for change in ready if change not in replays),
        ]

    def _is_allowed(self, change: PendingChange) -> bool:
        ready = [State.SUBMITTED, State.SCHEDULED] + ([State.DRAFT, State.RETURNED] if self.terms.is_alone else [])
        try:
            refuse_unless(change, change.state in ready)
            if self.seen.get(change.pk, change.revision) != change.revision:
                raise Refused(_("It was changed since you looked at it. Look again."))
            refuse_own(change.pk in self.own, self.terms)
        except Refused as error:
            self.refused.append((change, error))
            return False
        return True

    def _replays(self, changes: list[PendingChange], edits: dict[int, list]) -> dict[PendingChange, Replay]:
        """Of those that can be written; the history names who typed it, and says who released it."""
        found, self.clashes = {}, {}
        for change in changes:
            why = "；".join(said for said in (change.why, f"{self.terms.reason}（{self.terms.by}）") if said)
            replay = Replay(edits[change.pk], by=change.author, why=why)
            try:
                # One edit alone has a transaction of its own.
                whole = transaction.atomic() if len(replay.edits) > 1 else nullcontext()
                with whole, acting(why=_why(change, self.terms), batch=change.batch, apart=change.pk):
                    replay.run()
                    if change.of_several:
                        refuse_latecomers(change)
                found[change] = replay
            except Conflict as conflict:
                self.clashes[change] = conflict.clashes
        return found

    def _against(self, replays: dict[PendingChange, Replay]) -> dict[PendingChange, Refused]:
        self.found = self._findings(replays)
        stopped = {}
        for change, found in self.found.items():
            try:
                refuse_found(found, self.terms)
            except Refused as error:
                stopped[change] = error
        return stopped

    def _findings(self, replays: dict[PendingChange, Replay]) -> dict[PendingChange, list[Finding]]:
        """What the checklist says of the records as they are now, of those that are public then."""
        rows = {
            change: (change.content_type.model_class(), _key_of(change, replay)) for change, replay in replays.items()
        }
        touched = {}
        for replay in replays.values():
            for edit, row in replay.written:
                touched.setdefault((edit.model, row.pk), set()).update(edit.new)
        found = {}
        for model, keys in by_model(set(rows.values())).items():
            records = [row for row in model._base_manager.filter(pk__in=keys) if _is_published(row)]
            listed = checklists(records, at=self.terms.at, touched=touched)
            found |= {(model, record.pk): findings for record, findings in listed.items()}
        asked = moved_on(rows)
        return {
            change: [*found.get(row, []), *([asked[change]] if change in asked else [])] for change, row in rows.items()
        }

    def _stopped(self, change: PendingChange) -> Refused:
        refused = Refused(_("What is public was changed meanwhile: the change stops."))
        refused.clashes = self.clashes[change]
        return refused

    def _decide(self, change: PendingChange, replay: Replay) -> None:
        change.conflicts, change.decided_by, change.decided_at = [], self.terms.by, timezone.now()
        if self.terms.waits:
            change.state, change.release_at = State.SCHEDULED, self.terms.at
        else:
            change.state, change.release_at, change.object_id = State.RELEASED, None, _key_of(change, replay)
            _remember_import(change, replay)
            if change.of_several:  # what is undone names the rows that were added
                change.edits = [edit.as_json() for edit in with_keys(replay.edits, replay.keys)]
        change.save()
        if self.terms.waits:
            enter_act(Act.SCHEDULED, [change])
        self._accept(change, replay)
        ReviewComment.answer(change)

    def _accept(self, change: PendingChange, replay: Replay) -> None:
        """Of a change that waits nothing is written yet: its new rows are known by the keys that it gives them."""
        keys = {(model, key): own for (model, own), key in replay.keys.items()} if self.terms.waits else {}
        record = change.content_type.model_class(), change.object_id
        accept(record, self.found[change], self.terms.as_printed, self.terms.by, keys)


def _why(change: PendingChange, terms: Terms) -> str:
    return "；".join(said for said in (change.why, terms.why) if said)


def _lock_records(keys: list[int]) -> None:
    """Before their changes, as those who edit them do: two who take both in different orders wait for each other."""
    kept = PendingChange.objects.order_by().filter(pk__in=keys).values_list("content_type", "object_id")
    rows = by_model((ContentType.objects.get_for_id(kind).model_class(), key) for kind, key in kept)
    for model in sorted(rows, key=lambda model: model._meta.label_lower):
        for some in slices(sorted(rows[model])):
            list(model._base_manager.order_by("pk").select_for_update().filter(pk__in=some).values_list("pk"))


def _is_published(row: models.Model) -> bool:
    return not isinstance(row, Record) or row.state == Record.State.PUBLISHED


def _contributed(keys: list[int], user) -> set[int]:
    rows = PendingChange.contributors.through.objects.filter(pendingchange__in=keys, user=user)
    return set(rows.values_list("pendingchange_id", flat=True))


def _key_of(change: PendingChange, replay: Replay) -> int:
    """Of a part that belongs to no record the key that it got."""
    return replay.keys.get((change.content_type.model_class(), change.object_id), change.object_id)


def _stop(change: PendingChange, clashes: list) -> None:
    change.state, change.release_at = State.CONFLICT, None
    change.conflicts = [clash.as_json() for clash in clashes]
    change.save(update_fields=["state", "release_at", "conflicts", "changed_at"])
    enter_act(Act.STOPPED, [change])


def _remember_import(change: PendingChange, replay: Replay) -> None:
    """So that undoing the import takes back what came of it; what an undone one still changes is that undoing."""
    if change.batch is None or change.batch.state == ImportBatch.State.UNDONE:
        return
    kinds = ContentType.objects.get_for_models(*{edit.model for edit, _row in replay.written})
    ImportWrite.objects.bulk_create(
        ImportWrite(
            batch=change.batch,
            row_id=edit.said_in,
            content_type=kinds[edit.model],
            object_id=row.pk,
            created=edit.kind == ADDED,
            before=edit.old,
            after={"version": row.version} if isinstance(row, Kept) else referring(edit, replay.keys),
        )
        for edit, row in replay.written
        if edit.kind != DELETED
    )
