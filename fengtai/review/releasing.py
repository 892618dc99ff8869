"""The release by a second person: of drafts, which become public with their parts, and of pending changes."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from fengtai.records.findings import Finding
from fengtai.records.models import Record
from fengtai.records.record import EMBARGOED
from fengtai.records.trail.acting import Way, acting
from fengtai.records.trail.watching import now_watching, watched
from fengtai.review.actions import Refused, Target, move, refuse_merged, refuse_unless
from fengtai.review.as_printed import accept
from fengtai.review.checklist import checklists
from fengtai.review.comments import ReviewComment
from fengtai.review.contributors import typed_by
from fengtai.review.pending import PendingChange
from fengtai.review.releasing_changes import Changes
from fengtai.review.seen import marks
from fengtai.review.terms import Terms, refuse_found, refuse_own, refuse_without_right


def release(target: Target, terms: Terms, *, seen: int | None = None) -> None:
    """Of one. `seen` is what the reviewer looked at: the mark of a draft, or the revision of a change."""
    _done, refused = release_all([target], terms, seen={target: seen} if seen is not None else {})
    if refused:
        raise refused[0][1]


@transaction.atomic
def release_all(targets: Iterable[Target], terms: Terms, *, seen: dict | None = None) -> tuple[list, list]:
    """Those released, and those refused, each with its Refused; one refused stops no other."""
    refuse_without_right(terms)
    with acting(Way.EMERGENCY if terms.emergency else Way.RELEASE, by=terms.by, why=terms.why), watched():
        return _release_all(targets, terms, seen or {})


def _release_all(targets: Iterable[Target], terms: Terms, seen: dict) -> tuple[list, list]:
    drafts, changes = defaultdict(list), []
    for target in targets:
        (changes if isinstance(target, PendingChange) else drafts[type(target)]).append(target)
    done, refused = Changes(changes, terms, seen).release() if changes else ([], [])
    together = [draft for some in drafts.values() for draft in some]
    for model, some in drafts.items():
        _Drafts(model, some, terms, seen).release(together, done, refused)
    return done, refused


class _Drafts:
    """Drafts of one model: what is asked of each is asked of all at once."""

    def __init__(self, model: type[Record], drafts: list[Record], terms: Terms, seen: dict):
        self.model, self.terms, self.seen = model, terms, seen
        self.keys = [draft.pk for draft in drafts]

    def release(self, together: list[Record], done: list, refused: list) -> None:
        """`together` are all that go out in this act."""
        rows = self.model._base_manager.order_by("pk").select_for_update().filter(pk__in=self.keys)
        now_watching().touch((self.model, key) for key in self.keys)
        drafts, own = list(rows), typed_by(self.terms.by, self.model, self.keys)
        self.now = marks(self.model, [draft.pk for draft in drafts if draft in self.seen])
        found = checklists(drafts, released_with=together, at=self.terms.at)
        for draft in drafts:
            try:
                with transaction.atomic():
                    self._release(draft, draft.pk in own, found[draft])
                done.append(draft)
            except Refused as error:
                refused.append((draft, error))

    def _release(self, draft: Record, is_own: bool, findings: list[Finding]) -> None:
        ready = [Record.State.REVIEW, EMBARGOED]
        ready += [Record.State.DRAFT, Record.State.WITHDRAWN] if self.terms.is_alone else []
        refuse_unless(draft, draft.publication_state in ready)
        refuse_merged(draft)
        if draft in self.seen and self.seen[draft] != self.now[draft.pk]:
            raise Refused(_("It was changed since you looked at it. Look again."))
        refuse_own(is_own, self.terms)
        refuse_found(findings, self.terms)
        accept((self.model, draft.pk), findings, self.terms.as_printed, self.terms.by, {})
        at = self.terms.at if self.terms.waits else None
        move(draft, Record.State.PUBLISHED, by=self.terms.by, why=self.terms.reason, publish_at=at)
        ReviewComment.answer(draft)
