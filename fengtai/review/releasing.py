"""The release by a second person: of drafts, which become public with their parts, and of pending changes."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengtai.records.batches import ImportBatch, ImportWrite
from fengtai.records.findings import Finding
from fengtai.records.models import Kept, Record
from fengtai.records.noting import ADDED, DELETED
from fengtai.records.record import EMBARGOED
from fengtai.review.actions import Refused, State, Target, locked, move, refuse_unless
from fengtai.review.checklist import checklist, checklists
from fengtai.review.comments import ReviewComment
from fengtai.review.contributors import typed_by
from fengtai.review.edits import referring
from fengtai.review.pending import PendingChange
from fengtai.review.replaying import Conflict, Replay

PERMISSION = "fengtai.release"


@dataclass(frozen=True)
class Terms:
    """Who releases, when (now, if no time is given), whether warnings were read and accepted, and why.

    An `emergency` release is an administrator's: alone, and with a reason.
    """

    by: object
    at: datetime | None = None
    accepted: bool = False
    why: str = ""
    emergency: bool = False

    @property
    def waits(self) -> bool:
        return self.at is not None and self.at > timezone.now()

    @property
    def reason(self) -> str:
        return f"{_('Emergency release')}: {self.why}" if self.emergency else self.why or _("Released")


class Warned(Refused):
    """Nothing forbids the release, but these warnings ask: it is done once they are accepted."""


def release(target: Target, terms: Terms, *, seen: int | None = None) -> None:
    """Of one. `seen` is what the reviewer looked at: the version of a draft, or the revision of a change."""
    done, refused = release_all([target], terms, seen={target: seen} if seen is not None else {})
    if refused:
        raise refused[0][1]


def release_all(targets: Iterable[Target], terms: Terms, *, seen: dict | None = None) -> tuple[list, list]:
    """Those released, and those refused, each with its Refused; one refused stops no other."""
    refuse_without_right(terms)
    done, refused = [], []
    drafts, changes = defaultdict(list), []
    for target in targets:
        (changes if isinstance(target, PendingChange) else drafts[type(target)]).append(target)
    for model, some in drafts.items():
        _Drafts(model, some, terms, seen or {}).release(done, refused)
    contributed = _contributed(changes, terms.by)
    for change in changes:
        _try(change, lambda c: _release_change(c, terms, c.pk in contributed, (seen or {}).get(c)), done, refused)
    return done, refused


def refuse_without_right(terms: Terms) -> None:
    """A command without a named user releases nothing."""
    if terms.by is None or not terms.by.has_perm(PERMISSION):
        raise Refused(_("You have no right to release."))
    if terms.emergency and not (terms.by.is_superuser and terms.why.strip()):
        raise Refused(_("In an emergency administrators act alone, and say why."))


def _try(target: Target, act: Callable[[Target], None], done: list, refused: list) -> None:
    try:
        with transaction.atomic():
            act(target)
        done.append(target)
    except Refused as error:
        if error.clashes:
            _stop(target, error.clashes)
        refused.append((target, error))


def _refuse_own(is_own: bool, terms: Terms) -> None:
    if is_own and settings.FOUR_EYES and not terms.emergency:
        raise Refused(_("Nobody releases what they typed themselves."))


def _refuse_found(findings: list[Finding], terms: Terms) -> None:
    errors = [_told(finding) for finding in findings if finding.is_error]
    if errors and not terms.emergency:
        raise Refused(*errors)
    warnings = [_told(finding) for finding in findings if not finding.is_error]
    if warnings and not (terms.accepted or terms.emergency):
        raise Warned(*warnings)


def _told(finding: Finding) -> str:
    return f"{finding.row}: {finding.message}"


class _Drafts:
    """Drafts of one model: what is asked of each is asked of all at once."""

    def __init__(self, model: type[Record], drafts: list[Record], terms: Terms, seen: dict):
        self.model, self.terms, self.seen = model, terms, seen
        self.keys = [draft.pk for draft in drafts]

    @transaction.atomic
    def release(self, done: list, refused: list) -> None:
        rows = self.model._base_manager.order_by("pk").select_for_update().filter(pk__in=self.keys)
        drafts = list(rows)
        own, found = typed_by(self.terms.by, self.model, self.keys), checklists(drafts)
        for draft in drafts:
            _try(draft, lambda d: self._release(d, d.pk in own, found.get(d, [])), done, refused)

    def _release(self, draft: Record, is_own: bool, findings: list[Finding]) -> None:
        ready = [Record.State.REVIEW, EMBARGOED]
        alone = not settings.FOUR_EYES or self.terms.emergency
        ready += [Record.State.DRAFT, Record.State.WITHDRAWN] if alone else []
        refuse_unless(draft, draft.publication_state in ready)
        if self.seen.get(draft, draft.version) != draft.version:
            raise Refused(_("It was changed since you looked at it. Look again."))
        _refuse_own(is_own, self.terms)
        _refuse_found(findings, self.terms)
        at = self.terms.at if self.terms.waits else None
        move(draft, Record.State.PUBLISHED, by=self.terms.by, why=self.terms.reason, publish_at=at)
        ReviewComment.answer(draft)


def _contributed(changes: list[PendingChange], user) -> set[int]:
    through = PendingChange.contributors.through
    rows = through.objects.filter(pendingchange__in=[change.pk for change in changes], user=user)
    return set(rows.values_list("pendingchange_id", flat=True))


def _release_change(change: PendingChange, terms: Terms, is_own: bool, seen: int | None) -> None:
    change = locked(change)
    alone = not settings.FOUR_EYES or terms.emergency
    ready = [State.SUBMITTED, State.SCHEDULED] + ([State.DRAFT, State.RETURNED] if alone else [])
    refuse_unless(change, change.state in ready)
    if seen is not None and seen != change.revision:
        raise Refused(_("It was changed since you looked at it. Look again."))
    _refuse_own(is_own, terms)
    with transaction.atomic():
        replay = _replayed(change, terms)
        record = _record_of(change, replay)
        if record is None or getattr(record, "state", Record.State.PUBLISHED) == Record.State.PUBLISHED:
            _refuse_found(checklist(record) if record is not None else [], terms)
        if terms.waits:  # tried only
            transaction.set_rollback(True)
    if terms.waits:
        change.state, change.release_at = State.SCHEDULED, terms.at
    else:
        change.state, change.release_at, change.conflicts = State.RELEASED, None, []
        _remember_import(change, replay)
        change.object_id = _key_of(change, replay)
    change.decided_by, change.decided_at = terms.by, timezone.now()
    change.save()


def _replayed(change: PendingChange, terms: Terms) -> Replay:
    """The history names who typed it; who released it stands in its reason and on the change."""
    why = "；".join(said for said in (change.why, f"{terms.reason}（{terms.by}）") if said)
    replay = Replay(change.read_edits(), by=change.author, why=why)
    try:
        replay.run()
    except Conflict as conflict:
        refused = Refused(_("What is public was changed meanwhile: the change stops."))
        refused.clashes = conflict.clashes
        raise refused from conflict
    return replay


def _stop(change: PendingChange, clashes) -> None:
    found = PendingChange.objects.open().filter(pk=change.pk)
    found.update(state=State.CONFLICT, conflicts=[clash.as_json() for clash in clashes], release_at=None)


def _record_of(change: PendingChange, replay: Replay) -> models.Model | None:
    return change.content_type.model_class()._base_manager.filter(pk=_key_of(change, replay)).first()


def _key_of(change: PendingChange, replay: Replay) -> int:
    """Of a part that belongs to no record the key that it got."""
    return replay.keys.get((change.content_type.model_class(), change.object_id), change.object_id)


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
