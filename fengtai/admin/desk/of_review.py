"""Queues of review: what waits for it, what came back from it, what is not sent to it yet, what it stopped."""

from datetime import timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengtai.admin.desk.kinds import keeps_any, rows_where, seen_by, sees_any
from fengtai.admin.desk.queues import Group, Queue, standing
from fengtai.admin.desk.review_sql import CAME_BACK, IN_STATE, RETURNED_AT, SENT_AT, TYPED, names_in_sql
from fengtai.admin.review.queue import MINE, changes_of, kinds_seen
from fengtai.admin.review.targets import may_release
from fengtai.caching.store import remembered
from fengtai.lists.paging import waiting_label
from fengtai.review.due import LATE
from fengtai.review.pending import PendingChange

State = PendingChange.State


def to_review(user) -> list[Group]:
    """As the page where it is decided shows it (`admin/review/queue.py`)."""
    changes = changes_of(user)
    minute = timezone.now().replace(
        second=0, microsecond=0
    )  # a statement that is another each time is never remembered
    late = Q(release_at__lt=minute - timedelta(seconds=LATE))
    ahead = changes.filter(state=State.SCHEDULED)
    return [
        _changes("conflict", _("Stopped"), changes.filter(state=State.CONFLICT), is_urgent=True, notes=_authors),
        _changes("late", _("Late"), ahead.filter(late), is_urgent=True, notes=_authors),
        _changes("submitted", _("Changes of what is public"), changes.filter(state=State.SUBMITTED), notes=_authors),
        *(
            rows_where(model, IN_STATE.format(state="review"), since=SENT_AT.format(**names_in_sql(model)))
            for model in seen_by(user)
        ),
        _changes("scheduled", _("Wait for their time"), ahead.exclude(late), notes=_authors),
    ]


def waiting(user) -> str:
    """How much there is to review, for the header of every page."""
    seen = ",".join(model._meta.label for model in kinds_seen(user))
    total = remembered(f"waiting:{seen}", lambda: sum(one.count for one in standing(to_review(user))))
    return waiting_label(total) if total else ""


def _changes(name: str, title, rows, since=None, **more) -> Group:
    rows = rows.annotate(since=since or Coalesce("submitted_at", "changed_at"))
    return Group.of_rows(name, title, rows, **more)


def _authors(changes: list) -> dict[int, str]:
    """Two people may have a change of one record."""
    return {change.pk: str(change.author or change.batch or "") for change in changes}


def _returned(user) -> list[Group]:
    mine = changes_of(user, MINE).filter(state=State.RETURNED)
    found = [_changes("change", _("Changes of what is public"), mine, Coalesce("decided_at", "changed_at"))]
    for model in seen_by(user):
        names = names_in_sql(model)
        where = [IN_STATE.format(state="draft"), TYPED, CAME_BACK.format(**names, by_others=" AND by_id <> %s")]
        where = " AND ".join(where).format(**names)
        found.append(rows_where(model, where, (user.pk, user.pk), since=RETURNED_AT.format(**names)))
    return found


def _unsent(user) -> list[Group]:
    """What came back stands in its own queue."""
    mine = changes_of(user, MINE).filter(state=State.DRAFT)
    found = [_changes("change", _("Changes of what is public"), mine, F("changed_at"))]
    for model in seen_by(user):
        names = names_in_sql(model)
        where = [IN_STATE.format(state="draft"), TYPED, f"NOT {CAME_BACK.format(**names, by_others='')}"]
        found.append(rows_where(model, " AND ".join(where).format(**names), (user.pk,)))
    return found


def _stopped(user) -> list[Group]:
    """One's own; of everybody for those who release."""
    rows = changes_of(user, "" if may_release(user) else MINE).filter(state=State.CONFLICT)
    return [_changes("conflict", State.CONFLICT.label, rows, F("changed_at"), is_urgent=True, notes=_authors)]


def _ahead(user) -> list[Group]:
    """Releases whose time is over come first."""
    changes = changes_of(user).filter(state=State.SCHEDULED)
    told = {"by_time": True, "notes": _authors}
    found = [_changes("scheduled", _("Changes of what is public"), changes, F("release_at"), **told)]
    where = "publish_at IS NOT NULL AND state = 'published' AND publish_at > CURRENT_TIMESTAMP"
    return [*found, *(rows_where(model, where, since="publish_at", by_time=True) for model in seen_by(user))]


def _sends_or_releases(user) -> bool:
    return keeps_any(user) or may_release(user)


OF_REVIEW = (
    Queue(
        "to-review",
        _("To review"),
        _("Somebody entered it, a second person checks it against its source and releases it."),
        may_release,
        to_review,
        act="review",
    ),
    Queue(
        "conflicts",
        _("Stopped"),
        _("What is public changed meanwhile: open it and decide which value stands."),
        _sends_or_releases,
        _stopped,
        is_urgent=True,
    ),
    Queue(
        "returned",
        _("Returned to me"),
        _("A reviewer says what is to be changed. Change it and submit it again."),
        keeps_any,
        _returned,
        is_urgent=True,
    ),
    Queue(
        "drafts",
        _("My drafts"),
        _("You typed it and did not submit it yet."),
        keeps_any,
        _unsent,
    ),
    Queue(
        "ahead",
        _("Embargoes ahead"),
        _("Released, and public at a time to come."),
        sees_any,
        _ahead,
        is_ahead=True,
    ),
)
