"""Pending changes: what somebody would change of a published record, until a second person releases it."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengtai.records.batches import ImportBatch
from fengtai.records.constraints import Unique
from fengtai.records.noting import ADDED
from fengtai.records.trail.stored import TEMPORARY, Row
from fengtai.review.edits import MOST_ADDED, Edit, with_keys


class PendingChangeQuerySet(models.QuerySet):
    def open(self):
        """Those that nobody has released or dropped."""
        return self.filter(state__in=PendingChange.OPEN)

    def of(self, record: models.Model):
        """Of the record itself: its parts change with it."""
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)

    def of_author(self, user):
        """Typed by somebody; what an import brought is a change of its own."""
        return self.filter(author=user, batch=None)

    def locked(self):
        # In no order, and no links followed: PostgreSQL locks no row that an ordering joins to others.
        return self.order_by().select_for_update()


class PendingChange(models.Model):
    """One person's, or one import's, edits of a record and its parts. Nothing of it is ever public."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being edited")
        SUBMITTED = "submitted", _("Waits for review")
        RETURNED = "returned", _("Returned")
        SCHEDULED = "scheduled", _("Released at a time to come")
        CONFLICT = "conflict", _("Stopped: changed meanwhile")
        RELEASED = "released", _("Released")
        DROPPED = "dropped", _("Dropped")

    OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.SCHEDULED, State.CONFLICT)
    WAITING = (State.SUBMITTED, State.SCHEDULED, State.CONFLICT)

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()  # of the record; of a part that belongs to none, maybe a temporary key
    record = GenericForeignKey()
    label = models.CharField(_("record"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("changed by")
    )
    batch = models.ForeignKey(ImportBatch, models.SET_NULL, null=True, related_name="pending", verbose_name=_("import"))
    contributors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")  # none of them may release it
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, db_index=True)
    edits = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    revision = models.PositiveIntegerField(default=0)  # goes up with every saving of the edits
    why = models.CharField(_("why"), max_length=100, blank=True)
    conflicts = models.JSONField(default=list, encoder=DjangoJSONEncoder)  # model, key, field, old, now, new
    made_at = models.DateTimeField(_("begun"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    release_at = models.DateTimeField(_("release at"), null=True)

    objects = PendingChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pending change")
        verbose_name_plural = _("pending changes")
        ordering = ("submitted_at", "pk")
        default_permissions = ()
        permissions = [
            ("release", _("Can release what others entered")),
            ("administer", _("Keeps accounts, and acts alone in an emergency")),
        ]
        indexes = [models.Index(fields=("content_type", "object_id"), name="pending_record")]
        constraints = [
            Unique(
                fields=("content_type", "object_id", "author"),
                condition=Q(batch=None, state__in=("draft", "submitted", "returned", "scheduled", "conflict")),
                name="pending_once_per_author",
                tells=_("You have a pending change of this record already."),
            )
        ]

    def __str__(self):
        return self.label

    @property
    def top(self) -> Row:
        return self.content_type.model_class(), self.object_id

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def read_edits(self) -> list[Edit]:
        return [Edit.from_json(said) for said in self.edits]

    def keep(self, edits: Iterable[Edit]) -> None:
        """Stores the edits as the next revision; rows that were added get the change's own temporary keys."""
        edits = list(edits)
        keys = self._temporary_keys(edits) if any(edit.kind == ADDED for edit in edits) else {}
        self.edits = [edit.as_json() for edit in with_keys(edits, keys)]
        # A new part that belongs to no record: the key that it was written with for a moment may be another's soon.
        self.object_id = keys.get((self.content_type.model_class(), self.object_id), self.object_id)
        self.revision += 1

    def _temporary_keys(self, edits: list[Edit]) -> dict[Row, int]:
        first = TEMPORARY + self.pk * MOST_ADDED
        own = {edit["key"] for edit in self.edits if edit["kind"] == ADDED}
        free = (key for key in range(first, first + MOST_ADDED) if key not in own)
        return {edit.row: next(free) for edit in edits if edit.kind == ADDED and edit.key not in own}


def change_holding(key: int) -> int | None:
    """The pending change in which a row with a temporary key exists."""
    return (key - TEMPORARY) // MOST_ADDED if key >= TEMPORARY else None
