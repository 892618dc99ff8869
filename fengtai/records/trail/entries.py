"""An entry of the trail. The database itself refuses to change or delete one (`guarding.py`)."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengtai.records.trail.acting import GUARDED, WRITES, Act, Way
from fengtai.search.fields import SearchField

LONGEST = 300  # characters of a name

# Whom and what an entry names may go, and the entry stays: these links are kept by number and hold nothing.
LOOSE = {"on_delete": models.DO_NOTHING, "db_constraint": False, "related_name": "+"}


class TrailQuerySet(models.QuerySet):
    def of(self, record: models.Model):
        """Of a record and its parts."""
        return self.filter(record_type=ContentType.objects.get_for_model(record), record_id=record.pk)

    def writes(self):
        return self.filter(act__in=WRITES)

    def about_records(self):
        """Without sign-ins, downloads and accounts."""
        return self.exclude(act__in=GUARDED)


class TrailEntry(models.Model):
    """One row written, or one act that writes none: `old` and `new` hold fields as `stored.states` gives them."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, verbose_name=_("who"), db_index=False, **LOOSE)
    by_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    way = models.CharField(_("way"), max_length=20, choices=Way)
    act = models.CharField(_("act"), max_length=20, choices=Act)
    content_type = models.ForeignKey(ContentType, null=True, db_index=False, **LOOSE)  # of the row
    object_id = models.PositiveBigIntegerField(null=True)
    record_type = models.ForeignKey(ContentType, null=True, db_index=False, verbose_name=_("list"), **LOOSE)
    record_id = models.PositiveBigIntegerField(null=True)  # of the record that the row is a part of, or is
    label = models.CharField(_("row"), max_length=LONGEST, blank=True)
    record_label = models.CharField(_("record"), max_length=LONGEST, blank=True)
    old = models.JSONField(_("before"), default=dict, encoder=DjangoJSONEncoder)
    new = models.JSONField(_("after"), default=dict, encoder=DjangoJSONEncoder)
    why = models.CharField(_("why"), max_length=LONGEST, blank=True)
    batch = models.ForeignKey("fengtai.ImportBatch", null=True, db_index=False, verbose_name=_("import"), **LOOSE)
    redacted_at = models.DateTimeField(_("redacted at"), null=True)
    search = SearchField("record_label", texts=("label",))

    objects = TrailQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the trail")
        verbose_name_plural = _("trail")
        ordering = ("-at", "-pk")
        default_permissions = ()
        indexes = [
            models.Index(fields=("at", "id"), name="trail_at"),
            models.Index(fields=("by", "at", "id"), name="trail_by"),
            models.Index(fields=("way", "at", "id"), name="trail_way"),
            models.Index(fields=("act", "at", "id"), name="trail_act"),
            models.Index(fields=("record_type", "at", "id"), name="trail_list"),
            models.Index(fields=("record_type", "record_id", "at", "id"), name="trail_record"),
            models.Index(fields=("batch", "at", "id"), name="trail_batch", condition=models.Q(batch__isnull=False)),
        ]

    def __str__(self):
        return f"{self.get_act_display()}: {self.record_label or self.by_name}"
