"""A value of old versions blanked for good, with who and why on record, and nothing of the value."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.records.batches import ImportRow, ImportWrite
from fengtai.records.bin import forget_in_bin
from fengtai.records.constraints import Check, Unique
from fengtai.records.fields import PrintedField
from fengtai.records.text_rules import check_text
from fengtai.records.trail.entering import Act, enter
from fengtai.records.trail.naming import names_of
from fengtai.records.trail.redacting import BLANKED, forget_in_trail
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
def redact(*, version, field: str, by, why: str) -> list[Redaction]:
    """Blanks what a version says in a field: there, in every other version that says the same, and wherever else the
    platform keeps it of the record. The record itself is left as it stands.
    """
    model, why = version.instance_type, tidy(why)
    if field not in filled(version):
        raise ValidationError({"field": _("This version holds nothing there that can be blanked.")})
    if not why:
        raise ValidationError({"why": _("Say why.")})
    check_text(why)
    column, key = model._meta.get_field(field), getattr(version, model._meta.pk.attname)
    printed, kind = str(getattr(version, column.attname)), ContentType.objects.get_for_model(model)
    alike = list(_alike(version, field).order_by("pk").values_list("pk", flat=True))
    model.history.filter(pk__in=alike).update(**_blank(column))
    _forget_in_imports(kind, key, column, printed)
    is_name = field in model.label_paths
    forget_in_bin(model, key, _blank(column), printed, names=is_name)
    forget_in_trail(kind, key, {column.name, *_blank(column)}, printed, is_name=is_name)
    _enter(model(pk=key), column, printed, by, why)
    found = {"content_type": kind, "object_id": key, "field": field, "by": by, "why": why}
    return [Redaction.objects.create(history_id=history, **found) for history in alike]


def _enter(row: models.Model, column, printed: str, by, why: str) -> None:
    """The redaction itself, without what it was about."""
    name = names_of([(type(row), row.pk)]).get((type(row), row.pk), "").replace(printed, BLANKED)
    enter(Act.REDACTED, by=by, why=why, record=row, label=name or "—", said={"field": ["", str(column.verbose_name)]})


def redacted_in(version) -> set[str]:
    """The fields of a version that were blanked: what stood there is not known."""
    kind = ContentType.objects.get_for_model(version.instance_type)
    return set(Redaction.objects.filter(content_type=kind, history_id=version.pk).values_list("field", flat=True))


def said_done(version, field: str, redactions: list[Redaction]) -> str:
    """How many versions were blanked, and whether the record itself still says it: `version` as it was before."""
    done = _("The value is blanked, in %(count)d versions.") % {"count": len(redactions)}
    model, column = version.instance_type, version.instance_type._meta.get_field(field)
    stored = model._base_manager.filter(pk=getattr(version, model._meta.pk.attname)).first()
    if stored is None or str(getattr(stored, column.attname)) != str(getattr(version, column.attname)):
        return done
    still = _("The record itself still says it: change it there as well.")
    return f"{done} {still}"


def filled(version) -> dict[str, str]:
    """The fields of a version that hold a value and can be blanked, with their labels."""
    columns = [field for field in version.instance_type._meta.concrete_fields if _can_be_blanked(field)]
    return {
        field.name: str(field.verbose_name) for field in columns if getattr(version, field.attname) not in (None, "")
    }


def also_held(version, field: str) -> int:
    """How many other versions say the same; they are blanked together."""
    return _alike(version, field).exclude(pk=version.pk).count()


def _alike(version, field: str):
    model = version.instance_type
    name, pk = model._meta.get_field(field).attname, model._meta.pk.attname
    return model.history.filter(**{pk: getattr(version, pk), name: getattr(version, name)})


def _can_be_blanked(field) -> bool:
    if field.name in KEPT or not field.editable or field.primary_key:
        return False
    return field.null or isinstance(field, models.CharField | models.TextField)


def _blank(column) -> dict:
    """A printed text is blanked with the columns that follow it."""
    value = None if column.null else ""
    companions = column.companion_values(value) if isinstance(column, PrintedField) else {}
    return {column.attname: value, **companions}


def _forget_in_imports(kind, key: int, column, printed: str) -> None:
    """What batches keep of the record. What a field said before is then unknown, and undoing leaves it as it stands."""
    writes = ImportWrite.objects.filter(content_type=kind, object_id=key)
    for write in writes:
        if str(write.before.get(column.name)) == printed:
            write.forget(column.name)
    made = Q(pk__in=writes.values("row")) | Q(batch__in=writes.values("batch"), object_id=key)
    for row in ImportRow.objects.filter(made):
        row.changes = [[label, *(_unless(printed, text) for text in texts)] for label, *texts in row.changes]
        row.label = row.label.replace(printed, BLANKED)
        row.save(update_fields=["changes", "label"])


def _unless(printed: str, text: str | None) -> str | None:
    """None stands for what was redacted."""
    return None if text == printed[:PREVIEWED] else text
