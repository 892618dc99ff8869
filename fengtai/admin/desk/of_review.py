"""Queues of review: what waits for it, what came back from it, what is not sent to it yet, what it stopped."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from fengtai.admin.desk.kinds import LAST_WRITTEN, group_of, keeps_any, sees_any
from fengtai.admin.desk.queues import Group, Queue
from fengtai.admin.desk.through_records import records
from fengtai.admin.review.queue import MINE, Section, changes_seen, drafts, returned, sections
from fengtai.admin.review.targets import may_release
from fengtai.importing.taking.rights import may_view
from fengtai.records.models import Record
from fengtai.review.comments import ReviewComment
from fengtai.review.pending import PendingChange

State = PendingChange.State
SENT = Coalesce(F("submitted_at"), F("changed_at"))


def _to_review(user) -> list[Group]:
    return [_as_group(section, _sent_at(section.model)) for section in sections(user)]


def _returned(user) -> list[Group]:
    return [_as_group(section, _came_back_at(section.model)) for section in returned(user)]


def _as_group(section: Section, since) -> Group:
    return Group(section.name, section.title, section.rows.annotate(since=since), is_urgent=section.is_urgent)


def _sent_at(model):
    """Of a draft the day of the first version since which it waited all the time."""
    if model is PendingChange:
        return SENT
    later = model.history.order_by().filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    waited = model.history.filter(id=OuterRef("pk"), state=Record.State.REVIEW)
    waited = waited.exclude(Exists(later.exclude(state=Record.State.REVIEW))).order_by("history_id")
    return Coalesce(Subquery(waited.values("history_date")[:1]), F("changed_at"))


def _came_back_at(model):
    kind = ContentType.objects.get_for_model(model).pk
    told = ReviewComment.objects.order_by().filter(content_type=kind, object_id=OuterRef("pk"), answered_at=None)
    return Coalesce(Subquery(told.order_by("-at").values("at")[:1]), F("changed_at"))


def _unsent(user) -> list[Group]:
    """What came back stands in its own queue."""
    seen = [model for model in records() if may_view(user, model)]
    mine = changes_seen(user, seen, MINE).filter(state=State.DRAFT)
    found = [Group("change", _("Changes of what is public"), mine.annotate(since=F("changed_at")))]
    for model in seen:
        kind = ContentType.objects.get_for_model(model).pk
        told = ReviewComment.objects.order_by().filter(content_type=kind, answered_at=None)
        rows = drafts(user, model, MINE, Record.State.DRAFT).exclude(pk__in=told.values("object_id"))
        found.append(group_of(rows, LAST_WRITTEN))
    return found


def _stopped(user) -> list[Group]:
    """One's own; of everybody for those who release."""
    seen = [model for model in records() if may_view(user, model)]
    rows = changes_seen(user, seen, "" if may_release(user) else MINE).filter(state=State.CONFLICT)
    return [Group("conflict", _("Stopped: changed meanwhile"), rows.annotate(since=F("changed_at")), is_urgent=True)]


def _ahead(user) -> list[Group]:
    """Late ones first: their time is over."""
    seen = [model for model in records() if may_view(user, model)]
    changes = changes_seen(user, seen, "").filter(state=State.SCHEDULED).annotate(since=F("release_at"))
    title = _("Releases at a time to come")
    found = [Group("scheduled", title, changes, by_time=True)]
    for model in seen:
        rows = model._base_manager.filter(state=Record.State.PUBLISHED, publish_at__gt=Now())
        found.append(group_of(rows, F("publish_at"), by_time=True))
    return found


def _sends_or_releases(user) -> bool:
    return keeps_any(user) or may_release(user)


OF_REVIEW = (
    Queue(
        "to-review",
        _("To review"),
        _("Somebody entered it, a second person checks it against its source and releases it."),
        may_release,
        _to_review,
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
