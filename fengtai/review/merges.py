"""Merges, and what was decided of pairs of records: kept for good, also once undone or taken back.

What a merge writes is a pending change `of_several`: it is released, and undone, whole.
"""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.records.constraints import Check, Unique
from fengtai.records.links_to import rows_naming
from fengtai.records.mergeable import would_hide
from fengtai.records.record import state_at
from fengtai.review.pending import PendingChange
from fengtai.review.replaying import Clash, Conflict

State = PendingChange.State


class MergeQuerySet(models.QuerySet):
    def of(self, model, keys):
        """In which some records take part, on either side."""
        sides = Q(loser_id__in=[*keys]) | Q(survivor_id__in=[*keys])
        return self.filter(sides, content_type=ContentType.objects.get_for_model(model))

    def waiting(self):
        """Those that somebody is yet to release, or whose undoing is."""
        return self.filter(Q(change__state__in=PendingChange.OPEN) | Q(undoing__state__in=PendingChange.OPEN))

    def with_people(self):
        return self.select_related("by", "content_type", "change", "change__decided_by", "undoing", "undoing__author")


class Merge(models.Model):
    """One record that became another: by whom, why, and in which change it was written."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    loser_id = models.PositiveBigIntegerField()
    survivor_id = models.PositiveBigIntegerField()
    change = models.OneToOneField(PendingChange, models.PROTECT, related_name="merge")
    undoing = models.OneToOneField(PendingChange, models.PROTECT, null=True, related_name="undone_merge")
    stays = models.JSONField(default=list)  # model and key of each row that goes on naming the record that went
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("merged by")
    )
    why = models.CharField(gettext_lazy("why"), max_length=100)
    at = models.DateTimeField(gettext_lazy("merged at"), auto_now_add=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("merge")
        verbose_name_plural = gettext_lazy("merges")
        ordering = ("-pk",)
        default_permissions = ()
        indexes = [
            models.Index(fields=("content_type", "loser_id"), name="merge_loser"),
            models.Index(fields=("content_type", "survivor_id"), name="merge_survivor"),
        ]

    def __str__(self):
        return str(self.change)

    @property
    def model(self) -> type[models.Model]:
        return self.content_type.model_class()

    @property
    def is_done(self) -> bool:
        return self.change.state == State.RELEASED and not self.is_undone

    @property
    def is_undone(self) -> bool:
        return self.undoing is not None and self.undoing.state == State.RELEASED

    @property
    def undoing_waits(self) -> bool:
        return self.undoing is not None and self.undoing.is_open

    @property
    def in_words(self) -> str:
        if self.is_undone:
            return _("Undone")
        if self.undoing_waits:
            return _("Its undoing waits for review")
        return _("Merged") if self.is_done else str(self.change.get_state_display())


class PairDecision(models.Model):
    """What somebody decided of two records that looked like one. Taken back it is kept, and the pair comes again."""

    class Verdict(models.TextChoices):
        DIFFERENT = "different", gettext_lazy("Different")
        SAME_GROUP = "group", gettext_lazy("Same group")

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    first_id = models.PositiveBigIntegerField()  # the lower of the two keys
    second_id = models.PositiveBigIntegerField()
    verdict = models.CharField(gettext_lazy("decision"), max_length=20, choices=Verdict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("decided by")
    )
    why = models.CharField(gettext_lazy("why"), max_length=100, blank=True)
    at = models.DateTimeField(gettext_lazy("decided at"), auto_now_add=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = gettext_lazy("decision on a pair")
        verbose_name_plural = gettext_lazy("decisions on pairs")
        ordering = ("-pk",)
        default_permissions = ()
        constraints = [
            Unique(
                fields=("content_type", "first_id", "second_id"),
                condition=Q(taken_back_at=None),
                name="pair_decided_once",
                tells=gettext_lazy("This pair is decided already."),
            ),
            Check(
                condition=Q(first_id__lt=F("second_id")),
                name="pair_in_order",
                tells=gettext_lazy("A pair is two records."),
            ),
        ]

    def __str__(self):
        return f"{self.content_type} {self.first_id} / {self.second_id}: {self.get_verdict_display()}"


def refuse_latecomers(change: PendingChange) -> None:
    """A merge that was just written: raises Conflict where something came to the record that went which nobody knew of
    when it was merged, or where what was public would go to something that is not.
    """
    merge = Merge.objects.filter(change=change).first()
    if merge is None:
        return
    loser, survivor = (merge.model._base_manager.get(pk=key) for key in (merge.loser_id, merge.survivor_id))
    was = next((edit.old for edit in change.read_edits() if edit.row == (merge.model, loser.pk)), {})
    if survivor.merged_into_id or would_hide(_publication(merge.model, was), survivor.publication_state):
        told = _("%(record)s is not published any more: nothing comes to it.") % {"record": survivor}
        raise Conflict([Clash(merge.model._meta.label_lower, survivor.pk, "", reason=told)])
    known = {(label, key) for label, key in merge.stays}
    late = [(model, key) for model, key in rows_naming(loser) if (model._meta.label_lower, key) not in known]
    if late:
        told = _("It came to %(record)s after the merge was submitted: merge anew.") % {"record": loser}
        raise Conflict([Clash(model._meta.label_lower, key, "", reason=told) for model, key in late])


def _publication(model, said: dict) -> str:
    """The state as of now of what an edit says of a record."""
    publish_at = model._meta.get_field("publish_at").to_python(said.get("publish_at"))
    return state_at(said.get("state", ""), publish_at, timezone.now())
