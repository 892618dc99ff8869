"""What waits for a second person: drafts in review of every model, and pending changes; counted in one statement."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengtai.importing.taking.rights import may_view
from fengtai.lists.paging import NUMBERED
from fengtai.records.as_indexed import not_public
from fengtai.records.doors import Shown
from fengtai.records.models import Record
from fengtai.records.paths import joined, links_read
from fengtai.review.comments import ReviewComment
from fengtai.review.contributors import typed_by
from fengtai.review.due import LATE
from fengtai.review.of_batches import made_by
from fengtai.review.pending import PendingChange

State = PendingChange.State
MINE, OTHERS = "mine", "others"  # what somebody typed themselves, and what they may release
PAGE = 100
ROUNDS = 20  # slices looked through for what somebody may release


@dataclass(frozen=True)
class Section:
    """Rows of one kind in the order in which they were made."""

    name: str
    title: str
    rows: models.QuerySet
    is_urgent: bool = False

    @property
    def model(self) -> type[Model]:
        return self.rows.model


@dataclass
class Page:
    targets: list[tuple[Section, Model]] = field(default_factory=list)
    following: str = ""  # from where the next page starts


@lru_cache
def _shown_models() -> tuple[type[Model], ...]:
    """Of which rows, or changes of rows, can wait."""
    return tuple(model for model in apps.get_models() if issubclass(model, Shown) and hasattr(model, "history"))


def kinds_seen(user) -> list:
    return [model for model in _shown_models() if may_view(user, model)]


def changes_of(user, whose: str = ""):
    """The pending changes of all that somebody may see, in any state."""
    return _changes(user, kinds_seen(user), whose)


def sections(user, *, kind: str = "", whose: str = "", batch: int = 0) -> list[Section]:
    """What stopped or is late first, then changes, then drafts by kind, then what waits for its time alone.

    Of one import, by its key, or of all and everybody.
    """
    seen = [model for model in kinds_seen(user) if not kind or model._meta.label_lower == kind]
    late = Q(state=State.SCHEDULED, release_at__lt=timezone.now() - timedelta(seconds=LATE))
    changes = _changes(user, seen, whose)
    changes = changes.filter(batch=batch) if batch else changes
    found = [
        *(returned(user, seen) if whose == MINE and not batch else ()),
        Section("conflict", _("Stopped"), changes.filter(state=State.CONFLICT), True),
        Section("late", _("Late"), changes.filter(late), True),
        Section("submitted", _("Changes of what is public"), changes.filter(state=State.SUBMITTED)),
    ]
    for model in (model for model in seen if issubclass(model, Record)):
        drafts = _drafts(user, model, whose)
        drafts = drafts.filter(pk__in=made_by(batch, model)) if batch else drafts
        found.append(Section(model._meta.label_lower, model._meta.verbose_name_plural, drafts))
    found.append(Section("scheduled", _("Wait for their time"), changes.filter(state=State.SCHEDULED).exclude(late)))
    return found


def returned(user, seen: list | None = None) -> list[Section]:
    """What somebody typed and a reviewer gave back, until it is submitted again."""
    seen = kinds_seen(user) if seen is None else seen
    title = _("Returned to you")
    found = [Section("returned", title, _changes(user, seen, MINE).filter(state=State.RETURNED), True)]
    for model in (model for model in seen if issubclass(model, Record)):
        kind = ContentType.objects.get_for_model(model).pk
        told = ReviewComment.objects.order_by().filter(content_type=kind, answered_at=None).exclude(by=user.pk)
        rows = model._base_manager.order_by("pk").filter(state=Record.State.DRAFT, pk__in=told.values("object_id"))
        found.append(Section(f"returned-{model._meta.label_lower}", title, _typed(user, model, rows), True))
    return found


def _typed(user, model, rows):
    return rows.filter(pk__in=model.history.filter(history_user=user.pk).values("id"))


def _changes(user, seen: list, whose: str):
    kinds = ContentType.objects.get_for_models(*seen).values() if seen else []
    rows = PendingChange.objects.order_by("pk").filter(content_type__in=[kind.pk for kind in kinds])
    own = PendingChange.contributors.through.objects.filter(user=user.pk).values("pendingchange")
    if whose == MINE:
        return rows.filter(Q(author=user.pk) | Q(pk__in=own))
    return rows.exclude(pk__in=own) if whose == OTHERS and settings.FOUR_EYES else rows


def _drafts(user, model, whose: str):
    rows = model._base_manager.order_by("pk").filter(not_public())
    rows = rows.filter(state=Record.State.REVIEW)
    return _typed(user, model, rows) if whose == MINE else rows


def counts(found: Iterable[Section]) -> list[int]:
    """Of each section, in one statement, and no further than lists are counted."""
    inner, params = [], []
    for number, section in enumerate(found):
        try:
            sql, own = section.rows.order_by().values("pk")[: NUMBERED + 1].query.sql_with_params()
        except EmptyResultSet:  # nothing can be found
            sql, own = "SELECT 1 WHERE 1 = 0", ()
        inner.append(f"(SELECT COUNT(*) FROM ({sql}) AS waiting_{number})")
        params += own
    if not inner:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(inner)}", params)
        return list(cursor.fetchone())


def page_of(user, found: list[Section], *, after: str = "", whose: str = "", size: int = PAGE) -> Page:
    """The rows from a place on: a section's name, and the key that the page before ended with."""
    name, _colon, key = after.partition(":")
    start = next((number for number, section in enumerate(found) if section.name == name), 0)
    page = Page()
    for number, section in enumerate(found[start:]):
        last = int(key) if number == 0 and after and _is_place(key) else 0
        for row in _rows(user, section, last, whose, size + 1 - len(page.targets)):
            page.targets.append((section, row))
        if len(page.targets) > size:
            page.targets = page.targets[:size]
            section, row = page.targets[-1]
            page.following = f"{section.name}:{row.pk}"
            break
    return page


def _is_place(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 19


def _rows(user, section: Section, last: int, whose: str, wanted: int) -> Iterator[Model]:
    """Whoever typed in a part of a draft typed in it: that is asked slice by slice."""
    asks = whose == OTHERS and settings.FOUR_EYES and issubclass(section.model, Record)
    rows = joined(section.rows, links_read(section.model) if issubclass(section.model, Record) else ["author"])
    for _round in range(ROUNDS if asks else 1):
        found = list(rows.filter(pk__gt=last)[:wanted])
        own = typed_by(user, section.model, [row.pk for row in found]) if asks else set()
        yield from (row for row in found if row.pk not in own)
        wanted -= len(found) - len(own)
        if not asks or not found or wanted <= 0:
            return
        last = found[-1].pk
