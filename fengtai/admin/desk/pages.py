"""The admin's first page, a card for each queue that holds anything, and the page of each queue."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengtai.admin.desk.lines import Line, page_of
from fengtai.admin.desk.of_records import OF_RECORDS
from fengtai.admin.desk.of_review import OF_REVIEW
from fengtai.admin.desk.of_work import CORRECTIONS, OF_WORK, subject_queues
from fengtai.admin.desk.queues import Queue, Standing, standing
from fengtai.admin.desk.ways_on import ways_on
from fengtai.admin.review.targets import may_release
from fengtai.caching.store import one_generation
from fengtai.lists.paging import waiting_label

FIRST = 4  # rows on a card
PAGE = 50


@dataclass(frozen=True)
class Card:
    queue: Queue
    found: list[Standing]
    lines: list[Line]

    @property
    def count(self) -> str:
        return waiting_label(sum(one.count for one in self.found))

    @property
    def first(self) -> datetime | None:
        """Since when the oldest waits, or when the next comes."""
        return min((one.since for one in self.found if one.since is not None), default=None)

    @property
    def kinds(self) -> list[tuple]:
        counted = sorted(self.found, key=lambda one: -one.count)
        return [(one.group.title, waiting_label(one.count)) for one in counted]


def queues_of(user) -> list[Queue]:
    every = [*OF_REVIEW, CORRECTIONS, *OF_WORK[:1], *subject_queues(), *OF_RECORDS, *OF_WORK[1:]]
    return [queue for queue in every if queue.concerns(user)]


def card_of(queue: Queue, user) -> Card:
    """One statement where nothing waits."""
    found = standing(queue.groups(user))
    groups = [one.group for one in found]
    return Card(queue, found, page_of(groups, size=FIRST).lines if queue.shows_rows else [])


@require_safe
def desk(request):
    with one_generation():
        cards = [card_of(queue, request.user) for queue in queues_of(request.user)]
    if may_release(request.user):  # the number beside the link in the header is the same
        request.waits = next((card.count for card in cards if card.queue.act == "review" and card.found), "")
    context = {
        **admin.site.each_context(request),
        "title": _("Desk"),
        "cards": [card for card in cards if card.found],
        "empty": [card.queue for card in cards if not card.found],
        "is_nav_sidebar_enabled": False,
        **ways_on(request),
    }
    return TemplateResponse(request, "admin/desk/desk.html", context)


@require_safe
def queue_page(request, name: str):
    """404 also for whom it does not concern."""
    queue = next((queue for queue in queues_of(request.user) if queue.name == name), None)
    if queue is None:
        raise Http404
    found, after = standing(queue.groups(request.user)), request.GET.get("after", "")
    page = page_of([one.group for one in found], size=PAGE, after=after)
    context = {
        **admin.site.each_context(request),
        "title": queue.title,
        "card": Card(queue, found, page.lines),
        "following": page.following,
        "is_begun": bool(after),
    }
    return TemplateResponse(request, "admin/desk/queue.html", context)
