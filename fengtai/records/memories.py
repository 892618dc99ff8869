"""What was decided about a sender's files, kept so that it can be offered for the next one with the same headings."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fengtai.records.batches import ImportBatch
from fengtai.records.constraints import Unique


class ImportMemory(models.Model):
    """The decisions of the last import of a list that had these headings."""

    list_name = models.CharField(_("list"), max_length=50)
    fingerprint = models.CharField(_("headings' fingerprint"), max_length=64)
    headings = models.JSONField(_("headings"), default=list)
    answers = models.JSONField(_("decisions"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    batch = models.ForeignKey(
        ImportBatch, models.SET_NULL, null=True, blank=True, related_name="memories", verbose_name=_("import")
    )
    kept_at = models.DateTimeField(_("kept"), auto_now=True)

    class Meta:
        verbose_name = _("remembered decisions")
        verbose_name_plural = _("remembered decisions")
        ordering = ("-kept_at", "-pk")
        constraints = [
            Unique(
                fields=("list_name", "fingerprint"),
                name="import_memory_once",
                tells=_("Decisions for these headings are remembered already."),
            )
        ]

    def __str__(self):
        return f"{self.list_name}: {'、'.join(self.headings)[:100]}"
