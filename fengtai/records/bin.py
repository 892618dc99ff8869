"""What was deleted by hand, kept with all that went with it until it is restored or thrown away for good."""

from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from fengtai.records.trail.redacting import BLANKED, SHORTEST


class Exact(DjangoJSONEncoder):
    """Moments with their microseconds, which Django's own encoder leaves out."""

    def default(self, o):
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class ExactRows(models.JSONField):
    """Rows as serializers write them; migrations see a plain JSON field, wherever the encoder stands."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "encoder": Exact})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("encoder", None)
        return name, "django.db.models.JSONField", args, kwargs


class BinEntry(models.Model):
    """One deletion: the row that was deleted, and every row that went with it, as Django's serializers write them."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("kind"))
    object_id = models.PositiveBigIntegerField(_("number"))
    label = models.CharField(_("what was deleted"), max_length=300)
    owner_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    owner_label = models.CharField(_("belonged to"), max_length=300, blank=True)
    rows = ExactRows()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("deleted by")
    )
    why = models.CharField(_("why"), max_length=100, blank=True)
    at = models.DateTimeField(_("deleted at"), auto_now_add=True)

    class Meta:
        verbose_name = _("deleted record")
        verbose_name_plural = _("bin")
        ordering = ("-pk",)
        default_permissions = ("delete",)  # for good; who may see and restore follows from what is in it
        indexes = [models.Index(fields=("content_type", "object_id"), name="bin_record")]

    def __str__(self):
        return self.label


def forget_in_bin(model, key: int, blank: dict, printed: str, *, names: bool) -> None:
    """Writes `blank` wherever the bin keeps that a row says `printed`; where that names it, also in what it is called.

    Every entry is read: this is done rarely, and either database searches JSON in its own way.
    """
    for entry in BinEntry.objects.iterator():
        found = [row for row in entry.rows if (row["model"], row["pk"]) == (model._meta.label_lower, key)]
        for fields in (row["fields"] for row in found):
            if any(str(fields.get(name)) == printed for name in blank):
                fields |= {name: value for name, value in blank.items() if name in fields}
        if found or (names and len(printed) >= SHORTEST):
            entry.label = entry.label.replace(printed, BLANKED)
            entry.owner_label = entry.owner_label.replace(printed, BLANKED)
        entry.save()
