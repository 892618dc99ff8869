"""Imports as they are kept: the file, who brought it, what became of each row, and every record that it wrote."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import storages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

REDACTED = "redacted"  # in what a write keeps


def import_storage():
    """Where the files are kept."""
    return storages["imports"]


class KeptFile(models.FileField):
    """A file that came; migrations see a plain file, whatever keeps it."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("storage", None)
        return name, "django.db.models.FileField", args, kwargs


class ImportBatch(models.Model):
    """One file on its way into a list."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        READING = "reading", _("Being read")
        PREVIEWED = "previewed", _("Previewed")
        COMMITTING = "committing", _("Being taken")
        COMMITTED = "committed", _("Taken")
        REFUSED = "refused", _("Not taken")
        UNREADABLE = "unreadable", _("Unreadable")
        INTERRUPTED = "interrupted", _("Interrupted")
        UNDONE = "undone", _("Undone")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    list_name = models.CharField(_("list"), max_length=50, db_index=True)
    file = KeptFile(_("file"), storage=import_storage, upload_to="%Y/%m", max_length=300)
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("brought by")
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("taken by")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED, db_index=True)
    good_rows = models.BooleanField(_("only its good rows"), default=False)  # the others went back to the sender
    continues = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="continued_by", verbose_name=_("continues")
    )
    answers = models.JSONField(_("decisions"), default=dict, blank=True)
    counts = models.JSONField(_("rows"), default=dict, blank=True)
    notes = models.JSONField(_("what was found"), default=dict, blank=True)  # problems of the file, missing, skipped …
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    finished_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-received_at", "-pk")

    def __str__(self):
        return f"{self.file_name} → {self.list_name}"

    def moves(self, *before: str, to: str, **values) -> bool:
        """Changes the state if it is one of `before`: of two who try, one succeeds."""
        changed = type(self).objects.filter(pk=self.pk, state__in=before).update(state=to, **values)
        if changed:
            self.refresh_from_db()
        return bool(changed)


class ImportRow(models.Model):
    """What the preview says of one row."""

    class Part(models.TextChoices):
        ROWS = "rows", _("rows")
        SOURCES = "sources", _("sources")
        TOTALS = "totals", _("totals of signings")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    part = models.CharField(max_length=10, choices=Part, default=Part.ROWS)
    sheet = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    column = models.CharField(max_length=3, blank=True)  # the letters of that in which a figure of a wide table stands
    mark = models.CharField(max_length=50, blank=True)
    label = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10)
    object_id = models.PositiveBigIntegerField(null=True)
    changes = models.JSONField(default=list, encoder=DjangoJSONEncoder)  # label, old, new; null: redacted
    problems = models.JSONField(default=list)
    near = models.JSONField(default=list)  # key, name
    digest = models.CharField(max_length=16, blank=True)  # of what would be written

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=("batch", "outcome"), name="import_row_outcome")]

    def __str__(self):
        return f"{self.sheet} {self.column}{self.number}: {self.outcome}"


class ImportWriteQuerySet(models.QuerySet):
    def of(self, record):
        """What imports wrote of a record, the latest first."""
        kind = ContentType.objects.get_for_model(record)
        return self.filter(content_type=kind, object_id=record.pk).select_related("batch", "row").order_by("-pk")


class ImportWrite(models.Model):
    """A record, of whatever model, that a batch made or changed: enough to take it back."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="writes")
    row = models.ForeignKey(ImportRow, models.SET_NULL, null=True, related_name="writes")  # of a decision: none
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    created = models.BooleanField()
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)  # by column; links as lists of keys
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)  # with REDACTED: columns taken out of `before`

    objects = ImportWriteQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=("content_type", "object_id"), name="import_write_record")]

    def __str__(self):
        return f"{self.content_type} {self.object_id}"

    @property
    def redacted(self) -> list[str]:
        """The columns of which nobody knows any more what they said before."""
        return self.after.get(REDACTED, [])

    def forget(self, name: str) -> None:
        """Takes out what a column said before."""
        del self.before[name]
        self.after[REDACTED] = sorted({*self.redacted, name})
        self.save(update_fields=["before", "after"])
