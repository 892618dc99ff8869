"""What is kept with its proofs and its past: cited, dated, told to be doubtful, and never written over unseen."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fengtai.records.histories import History
from fengtai.records.labelled import Labelled
from fengtai.records.querysets import RecordQuerySet


class StaleVersion(Exception):
    """Somebody else saved the row after it was read; writing now would lose their change."""


class Kept(Labelled):
    """A record, or a part with facts of its own: its fields can be proved by citations, its versions compared."""

    doubt = models.CharField(
        _("to be checked"), max_length=300, blank=True, help_text=_("What is uncertain and why; shown to readers.")
    )
    checked_on = models.DateField(_("checked against the source"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    citations = GenericRelation("fengtai.Citation", verbose_name=_("citations"))
    history = History(inherit=True)

    objects = RecordQuerySet.as_manager()
    life = ("version", "created_at", "changed_at")  # what tells of the row itself, and follows by itself
    for_staff: tuple[str, ...] = ()  # fields that no page shows: nothing of them is proved in public
    steering: tuple[
        str, ...
    ] = ()  # those of them that decide what pages show: they wait for a release as all else does
    unlisted: tuple[str, ...] = ()  # those of them that no list and no file of staff holds either
    proved_as: tuple[str, ...] = ()  # columns of its list that are no field of its own, and may be proved

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return reverse(f"{self.list_name}-detail", args=[getattr(self, self.addressed_by)])

    @property
    def public_successor(self) -> "Kept | None":
        """A public record that says the same anew, while this one is still to be read."""
        return None

    def stated_in(self):
        """The sources whose every statement the record's page restates; of most records none."""
        return ()

    def save(self, *args, update_fields=None, **kwargs):
        """Refuses to write over a version newer than the one that was read."""
        with transaction.atomic():
            if not self._state.adding:
                self._refuse_if_stale()
            self.version += 1
            if update_fields is not None:
                update_fields = {*update_fields, "version", "changed_at"}
            super().save(*args, update_fields=update_fields, **kwargs)

    def locked_version(self) -> int | None:
        """The version stored now, which nobody else can change before this transaction ends."""
        # In no order: PostgreSQL locks no row that an ordering joins to others.
        rows = type(self)._base_manager.order_by().select_for_update().filter(pk=self.pk)
        return rows.values_list("version", flat=True).first()

    def _refuse_if_stale(self):
        stored = self.locked_version()
        if stored is not None and stored != self.version:
            raise StaleVersion(f"{self._meta.label} {self.pk}: version {self.version} read, {stored} stored")
