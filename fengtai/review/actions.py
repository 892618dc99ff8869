"""What is done to what waits, a draft or a pending change: submitted, returned, released, withdrawn, dropped.

Each act is done whole or is Refused with a reason; of several (`each`) those refused do not stop the others.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.records.mergeable import is_merged
from fengtai.records.models import Record
from fengtai.records.noting import CHANGED
from fengtai.records.record import EMBARGOED
from fengtai.records.trail.acting import Act, Way, acting
from fengtai.records.trail.stored import states
from fengtai.records.trail.watching import watched
from fengtai.review.comments import ReviewComment
from fengtai.review.edits import Edit
from fengtai.review.keeping import hold
from fengtai.review.pending import ADMINISTER, PendingChange
from fengtai.review.trailing import enter_act
from fengtai.review.whose import OutsideScope, refuse_outside

State = PendingChange.State
Target = Record | PendingChange

SUBMIT, RETURN, RELEASE = gettext_lazy("Submit for review"), gettext_lazy("Return"), gettext_lazy("Release")
WITHDRAW, DROP = gettext_lazy("Withdraw"), gettext_lazy("Drop the change")


class Refused(Exception):
    """The act was not done; `reasons` say why, in the reader's language."""

    def __init__(self, *reasons: str):
        super().__init__("；".join(reasons))
        self.reasons = reasons
        self.clashes: list = []  # where what is public says something else by now


def each(targets: Iterable[Target], act: Callable[[Target], object]) -> tuple[list, list[tuple[Target, Refused]]]:
    """Those for which it was done, and those for which it was refused."""
    done, refused = [], []
    for target in targets:
        try:
            with transaction.atomic():
                act(target)
            done.append(target)
        except Refused as error:
            refused.append((target, error))
    return done, refused


def locked(target: Target) -> Target:
    """As it is stored now; nobody else changes it before this transaction ends."""
    found = type(target)._base_manager.order_by().select_for_update().filter(pk=target.pk).first()
    if found is None:
        raise Refused(_("It was deleted meanwhile."))
    return found


def acts(way: Way) -> Callable:
    """Done whole, and entered in the trail as such, by whoever it is told that acts."""

    def wrapped(act: Callable) -> Callable:
        @wraps(act)
        def done(target: Target, *, by, **said):
            why = said.get("why") or said.get("comment") or ""
            with transaction.atomic(), acting(way, by=by, why=why), watched():
                return act(target, by=by, **said)

        return done

    return wrapped


@acts(Way.REVIEW)
def submit(target: Target, *, by, why: str = "") -> Target:
    target = locked(target)
    refuse_not_theirs(target, by)
    if isinstance(target, PendingChange):
        refuse_unless(target, target.state in (State.DRAFT, State.RETURNED))
        _note(target, State.SUBMITTED, submitted_at=timezone.now(), why=why or target.why)
        enter_act(Act.SUBMITTED, [target], why=why)
    else:
        refuse_unless(target, target.state in (Record.State.DRAFT, Record.State.WITHDRAWN))
        refuse_merged(target)
        move(target, Record.State.REVIEW, by=by, why=why or str(SUBMIT))
    ReviewComment.answer(target)
    return target


@acts(Way.REVIEW)
def give_back(target: Target, *, by, comment: str) -> None:
    """To those who typed it, who read the comment on the form."""
    if not comment.strip():
        raise Refused(_("Say what is to be changed."))
    target = locked(target)
    if isinstance(target, PendingChange):
        refuse_unless(target, target.state in PendingChange.WAITING)
        _note(target, State.RETURNED, decided_by=by, decided_at=timezone.now(), release_at=None)
        enter_act(Act.RETURNED, [target], why=comment)
    else:
        refuse_unless(target, target.state == Record.State.REVIEW)
        move(target, Record.State.DRAFT, by=by, why=f"{RETURN}: {comment}")
    ReviewComment.objects.create(returned=target, text=comment.strip()[:500], by=by)


@acts(Way.REVIEW)
def drop(change: PendingChange, *, by) -> None:
    """By its author, whosever the record is by now: what was typed stays on record, and nothing comes of it."""
    change = locked(change)
    refuse_unless(change, change.is_open)
    if change.author_id != by.pk:
        raise Refused(_("Only its author drops a change."))
    _note(change, State.DROPPED, decided_by=by, decided_at=timezone.now())
    enter_act(Act.DROPPED, [change])


@acts(Way.REVIEW)
def withdraw(record: Record, *, by, why: str = "", emergency: bool = False) -> PendingChange | None:
    """Asks a second person to take a published record off the site; what is not public yet is withdrawn at once.

    In an emergency an administrator withdraws by themselves, with a reason.
    """
    record = locked(record)
    refuse_not_theirs(record, by)
    refuse_unless(record, record.state == Record.State.PUBLISHED)
    if emergency:
        refuse_emergency(by, why)
    if emergency or record.publication_state == EMBARGOED:
        with acting(Way.EMERGENCY if emergency else None, by=by):
            move(record, Record.State.WITHDRAWN, by=by, why=why or str(WITHDRAW))
        return None
    stored = states([(type(record), record.pk)])[type(record), record.pk]
    new = {"state": Record.State.WITHDRAWN.value, "publish_at": None}
    edit = Edit(type(record), record.pk, CHANGED, {name: stored[name] for name in new}, new)
    change = hold(edit.row, [edit], by=by, why=why)
    return submit(change, by=by)


def move(record: Record, state: str, *, by, why: str, publish_at: datetime | None = None) -> None:
    record.state, record.publish_at = state, publish_at
    record._history_user, record._change_reason = by, why[:100]
    record.save(update_fields=["state", "publish_at"])


def refuse_emergency(by, why: str) -> None:
    if by is None or not (by.has_perm(ADMINISTER) and why.strip()):
        raise Refused(_("In an emergency administrators act alone, and say why."))


def refuse_unless(target: Target, allowed: bool) -> None:
    if not allowed:
        raise Refused(_("Not possible as it is: %(state)s.") % {"state": state_in_words(target)})


def refuse_not_theirs(target: Target, by) -> None:
    """A clerk of a work group acts upon what is theirs; releasing and giving back is the reviewer's, whosever it is."""
    row = target.top if isinstance(target, PendingChange) else (type(target), target.pk)
    try:
        refuse_outside(by, [row])
    except OutsideScope as error:
        raise Refused(str(error)) from error


def refuse_merged(record: Record) -> None:
    """What became another record is published under that alone."""
    if is_merged(record):
        raise Refused(_("%(record)s was merged into %(other)s.") % {"record": record, "other": record.merged_into})


def state_in_words(target: Target) -> str:
    return target.get_state_display() if isinstance(target, PendingChange) else target.publication_in_words


def _note(change: PendingChange, state: str, **values) -> None:
    for name, value in {"state": state, **values}.items():
        setattr(change, name, value)
    change.save(update_fields=["state", "changed_at", *values])
