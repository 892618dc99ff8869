"""One value of one old version blanked for good, with who and why on record, and nothing of the value."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.records.batches import ImportRow, ImportWrite
from fengtai.records.constraints import Check, Unique
from fengtai.records.fields import PrintedField
from fengtai.records.text_rules import check_text
from fengtai.values.texts import tidy

PREVIEWED = 500  # characters of a value that an import's preview keeps
KEPT = {"state", "publish_at", "version", "created_at", "changed_at", "checked_on"}  # what tells a version's life


class Redaction(models.Model):
    """Who blanked which value of which version, and why. It is never changed or taken back."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    history_id = models.PositiveBigIntegerField(gettext_lazy("version"))
    field = models.CharField(gettext_lazy("field"), max_length=50)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("redacted by")
    )
    why = models.CharField(gettext_lazy("why"), max_length=200)
    at = models.DateTimeField(gettext_lazy("redacted at"), auto_now_add=True)

    class Meta:
        verbose_name = gettext_lazy("redaction")
        verbose_name_plural = gettext_lazy("redactions")
        ordering = ("pk",)
        default_permissions = ()
        permissions = [("redact", gettext_lazy("Can blank values of old versions"))]
        constraints = [
            Unique(
                fields=("content_type", "history_id", "field"),
                name="redaction_once",
                tells=gettext_lazy("This value is blanked already."),
            ),
            Check(condition=~models.Q(why=""), name="redaction_says_why", tells=gettext_lazy("Say why.")),
        ]

    def __str__(self):
        return f"{self.content_type} {self.object_id}: {self.field}"


@transaction.atomic
def redact(*, version, field: str, by, why: str) -> Redaction:
    """Blanks the field of this one version, and wherever an import kept the same value of the record."""
    model, why = version.instance_type, tidy(why)
    if field not in filled(version):
        raise ValidationError({"field": _("This version holds nothing there that can be blanked.")})
    if not why:
        raise ValidationError({"why": _("Say why.")})
    check_text(why)
    column, key = model._meta.get_field(field), getattr(version, model._meta.pk.attname)
    old, kind = getattr(version, column.attname), ContentType.objects.get_for_model(model)
    type(version).objects.filter(pk=version.pk).update(**_blank(column))
    _forget_in_imports(kind, key, column, old)
    return Redaction.objects.create(
        content_type=kind, object_id=key, history_id=version.pk, field=field, by=by, why=why
    )


def filled(version) -> dict[str, str]:
    """The fields of a version that hold a value and can be blanked, with their labels."""
    columns = [field for field in version.instance_type._meta.concrete_fields if _can_be_blanked(field)]
    return {
        field.name: str(field.verbose_name) for field in columns if getattr(version, field.attname) not in (None, "")
    }


def also_held(version, field: str) -> int:
    """How many other versions hold the same value; each is blanked by itself."""
    model = version.instance_type
    name, pk = model._meta.get_field(field).attname, model._meta.pk.attname
    others = type(version).objects.filter(**{pk: getattr(version, pk)}).exclude(pk=version.pk)
    return others.filter(**{name: getattr(version, name)}).count()


def _can_be_blanked(field) -> bool:
    if field.name in KEPT or not field.editable or field.primary_key:
        return False
    return field.null or isinstance(field, models.CharField | models.TextField)


def _blank(column) -> dict:
    """A printed text is blanked with the columns that follow it."""
    value = None if column.null else ""
    companions = column.companion_values(value) if isinstance(column, PrintedField) else {}
    return {column.attname: value, **companions}


def _forget_in_imports(kind, key: int, column, old) -> None:
    """What batches keep of the record, to be undone or looked up."""
    printed = str(old)
    writes = ImportWrite.objects.filter(content_type=kind, object_id=key)
    for write in writes:
        held = [part for part in (write.before, write.after) if str(part.get(column.name)) == printed]
        for part in held:
            part[column.name] = None if column.null else ""
        if held:
            write.save(update_fields=["before", "after"])
    for row in ImportRow.objects.filter(batch__in=writes.values("batch"), object_id=key):
        row.changes = [[label, *(_unless(printed, text) for text in texts)] for label, *texts in row.changes]
        row.save(update_fields=["changes"])


def _unless(printed: str, text: str) -> str:
    return "" if text == printed[:PREVIEWED] else text
