"""What every subject shares: sources, the citations that prove a field, and the life of a published record."""

import hashlib

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fengtai.records.added_once import AddedOnce
from fengtai.records.batches import ImportBatch, ImportRow, ImportWrite
from fengtai.records.constraints import broken
from fengtai.records.doors import Shown
from fengtai.records.fields import PeriodField
from fengtai.records.histories import History
from fengtai.records.links import place
from fengtai.records.paths import value_at
from fengtai.records.querysets import FollowingQuerySet, RecordQuerySet, with_companions
from fengtai.records.redactions import Redaction
from fengtai.records.text_rules import refuse_hidden, refused_texts, text_rules
from fengtai.search.fields import SearchField, SortKeyField, following

__all__ = [
    "AddedOnce",
    "Bilingual",
    "Citation",
    "Followed",
    "ImportBatch",
    "ImportRow",
    "ImportWrite",
    "Labelled",
    "Record",
    "Redaction",
    "Source",
]


class Followed(Shown):
    """A row whose columns follow its texts, also when it is loaded or saved in part, and whose texts can be seen."""

    objects = FollowingQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        for field in following(type(self)):
            self.__dict__.setdefault(field.attname, "")  # what is not loaded would not be saved
        refuse_hidden([self], update_fields)
        if update_fields is not None:
            update_fields = with_companions(type(self), update_fields)
        super().save(*args, update_fields=update_fields, **kwargs)

    def clean_fields(self, exclude=None):
        """Every field at fault is told, also where others are."""
        errors = refused_texts(self, text_rules(type(self)).keys() - {*(exclude or ())})
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            errors = {**errors, **error.error_dict}
        if errors:
            raise ValidationError(errors)

    def validate_constraints(self, exclude=None):
        """Told at the last field that a constraint speaks of. Columns that follow a text are looked at with it."""
        told = {}
        for fields, error in broken(self, exclude or ()):
            told.setdefault(fields[-1] if fields else NON_FIELD_ERRORS, []).append(error)
        if told:
            raise ValidationError(told)


class Labelled(Followed):
    """Something that pages speak of by a label, made alike from a row at hand and from its database columns."""

    label_paths: tuple[str, ...] = ("name",)
    list_name = ""  # the list in the site map whose detail page shows this row

    class Meta:
        abstract = True

    def __str__(self):
        return self.label(*(value_at(self, path) for path in self.label_paths))

    @staticmethod
    def label(*parts) -> str:
        return str(parts[0])

    @classmethod
    def label_columns(cls, prefix: str) -> list:
        """The database columns, seen from another model, that `label` takes."""
        return [F(f"{prefix}{path}") for path in cls.label_paths]


class StaleVersion(Exception):
    """Somebody else saved the record after it was read; writing now would lose their change."""


class Record(Labelled):
    """A row that is drafted, reviewed, published and may be withdrawn, and whose fields can be proved by citations."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    state = models.CharField(_("publication"), max_length=20, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(
        _("publish at"), null=True, blank=True, help_text=_("Not public before this time.")
    )
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

    class Meta:
        abstract = True

    @classmethod
    def released_condition(cls, prefix: str = "") -> Q:
        # The database's clock, so that a compiled statement stays true.
        embargo = Q(**{f"{prefix}publish_at": None}) | Q(**{f"{prefix}publish_at__lte": Now()})
        return Q(**{f"{prefix}state": cls.State.PUBLISHED}) & embargo

    @property
    def is_released(self) -> bool:
        embargoed = self.publish_at is not None and self.publish_at > timezone.now()
        return self.state == self.State.PUBLISHED and not embargoed

    def get_absolute_url(self) -> str:
        return reverse(f"{self.list_name}-detail", args=[self.pk])

    def stated_in(self):
        """The sources whose every statement the record's page restates; of most records none."""
        return Source.objects.none()

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


class Bilingual(Labelled):
    """Something named in Chinese, with an English name of our own making for English readers."""

    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    label_paths = ("name", "name_en")

    class Meta:
        abstract = True

    @staticmethod
    def label(name, name_en):
        return (name_en if get_language() == "en" else "") or name


class SourceQuerySet(RecordQuerySet):
    def cited_by(self, rows):
        """The public sources that state any of the rows."""
        proofs = Citation.objects.filter(
            content_type=ContentType.objects.get_for_model(rows.model), object_id__in=rows.order_by().values("pk")
        )
        return self.public().filter(pk__in=proofs.values("source"))


class Source(Record):
    """A publication that states facts. Its full text is someone else's: kept for checking, never public."""

    class Kind(models.TextChoices):
        CONFERENCE_REPORT = "conference-report", _("Conference report")
        STATISTICAL_BULLETIN = "statistical-bulletin", _("Statistical bulletin")
        WORK_REPORT = "work-report", _("Government work report")
        YEARBOOK = "yearbook", _("Yearbook")
        NEWS = "news", _("News")
        OFFICIAL_LIST = "official-list", _("Official list")
        LEDGER = "ledger", _("Internal ledger")
        OTHER = "other", _("Other")

    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    number = models.CharField(_("document number"), max_length=100, blank=True)
    url = models.URLField(_("address on the web"), max_length=500, blank=True)
    published = PeriodField(_("published"), blank=True)
    attachment = models.FileField(
        _("attachment"),
        upload_to="sources/%Y",
        blank=True,
        validators=[FileExtensionValidator(["pdf", "doc", "docx", "xls", "xlsx", "csv", "txt", "png", "jpg"])],
        help_text=_("Staff only."),
    )
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    full_text = models.TextField(_("full text"), blank=True, help_text=_("Staff only: someone else's text."))

    search = SearchField("title", texts=("publisher", "number"))
    sort_key = SortKeyField("title")

    objects = SourceQuerySet.as_manager()
    list_name = "sources"
    label_paths = ("title",)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("-published_start", "sort_key", "pk")
        indexes = [models.Index(fields=("sort_key", "id"), name="source_order")]

    def seal_attachment(self):
        """Keeps the digest of the attachment as it was received."""
        self.sha256 = hashlib.file_digest(self.attachment.open("rb"), "sha256").hexdigest() if self.attachment else ""

    def stated_in(self):
        return type(self).objects.public().filter(pk=self.pk)


class CitationQuerySet(FollowingQuerySet):
    def public(self):
        return self.filter(self.model.public_condition()).select_related("source")


class Citation(Followed):
    """Where a source states a fact: the paragraph, and the figure's own words."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="citations_made", verbose_name=_("source"))
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()
    field = models.CharField(_("field proved"), max_length=50, blank=True)
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), null=True, blank=True)
    words = models.CharField(_("own words"), max_length=40, blank=True, help_text=_("At most 40 characters."))
    speaker = models.CharField(_("speaker's office"), max_length=100, blank=True, help_text=_("An office, not a name."))
    history = History()

    objects = CitationQuerySet.as_manager()
    public_through = ("source",)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ("source_id", "paragraph", "pk")
        indexes = [models.Index(fields=("content_type", "object_id"), name="citation_record")]

    def __str__(self):
        return f"{self.source} {self.place}".strip()

    @property
    def place(self) -> str:
        return place(self.paragraph)
