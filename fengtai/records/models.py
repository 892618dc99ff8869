"""The models that every subject shares: sources, and the citations that prove a field."""

import hashlib

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Subquery
from django.utils.translation import gettext_lazy as _

from fengtai.records.added_once import AddedOnce
from fengtai.records.anchors import paragraph_name
from fengtai.records.batches import ImportBatch, ImportRow, ImportWrite
from fengtai.records.bilingual import Bilingual
from fengtai.records.bin import BinEntry
from fengtai.records.fields import PeriodField
from fengtai.records.histories import History
from fengtai.records.kept import Kept, StaleVersion
from fengtai.records.labelled import Followed, Labelled
from fengtai.records.links import paragraph_shown
from fengtai.records.memories import ImportMemory
from fengtai.records.numbers import SmallNumber
from fengtai.records.parts import KeptPart, Part
from fengtai.records.proving import proves_public
from fengtai.records.querysets import FollowingQuerySet, RecordQuerySet
from fengtai.records.record import Record
from fengtai.records.redactions import Redaction
from fengtai.search.fields import SearchField, SortKeyField

__all__ = [
    "AddedOnce",
    "Bilingual",
    "BinEntry",
    "Citation",
    "Followed",
    "ImportBatch",
    "ImportMemory",
    "ImportRow",
    "ImportWrite",
    "Kept",
    "KeptPart",
    "Labelled",
    "Part",
    "Record",
    "Redaction",
    "Source",
    "StaleVersion",
]


class SourceQuerySet(RecordQuerySet):
    def cited_by(self, rows, *, staff: bool = False):
        """The sources that state any of the rows; `staff` names those that are not public too."""
        proofs = Citation.objects.all_of(rows.model) if staff else Citation.objects.public_of(rows.model)
        sources = self.all() if staff else self.public()
        return sources.filter(pk__in=proofs.filter(object_id__in=rows.order_by().values("pk")).values("source"))


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

    search = SearchField("title", texts=("publisher", "number", "published"), choices_called=("kind",))
    sort_key = SortKeyField("title")

    objects = SourceQuerySet.as_manager()
    list_name = "sources"
    label_paths = ("title",)
    for_staff = unlisted = ("attachment", "sha256", "full_text")
    proved_as = ("source",)
    added_by_all = True  # whoever enters a fact names where it is stated

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("-published_start", "sort_key", "pk")
        indexes = [models.Index(fields=("sort_key", "id"), name="source_order")]

    def seal_attachment(self):
        """Keeps the digest of the attachment as it was received."""
        self.sha256 = hashlib.file_digest(self.attachment.open("rb"), "sha256").hexdigest() if self.attachment else ""


class CitationQuerySet(FollowingQuerySet):
    def public(self):
        return self.filter(self.model.public_condition()).select_related("source")

    def public_of(self, model):
        """Those of a model's rows that the public may read: no others prove what is hidden, or for staff alone."""
        return self.all_of(model).public().filter(proves_public(model, "", "object_id"))

    def all_of(self, model):
        """Those of a model's rows, public or not."""
        kind = ContentType.objects.filter(app_label=model._meta.app_label, model=model._meta.model_name).values("pk")
        return self.filter(content_type=Subquery(kind))


class Citation(Part):
    """Where a source states a fact: the paragraph, and the figure's own words."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="citations_made", verbose_name=_("source"))
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()
    field = models.CharField(_("field proved"), max_length=50, blank=True)
    paragraph = SmallNumber(_("paragraph"), null=True, blank=True)
    words = models.CharField(_("own words"), max_length=40, blank=True, help_text=_("At most 40 characters."))
    speaker = models.CharField(_("speaker's office"), max_length=100, blank=True, help_text=_("An office, not a name."))
    search = SearchField(texts=("words",), hang_on="content_type")
    history = History()

    objects = CitationQuerySet.as_manager()
    owner = ("record",)
    public_through = ("source",)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ("source_id", "paragraph", "pk")
        indexes = [
            models.Index(fields=("content_type", "object_id"), name="citation_record"),
            models.Index(fields=("source", "paragraph", "content_type", "id"), name="citation_paragraph"),
        ]

    def __str__(self):
        return f"{self.source} {self.paragraph_shown}".strip()

    @classmethod
    def seen_from(cls, owner, prefix, known=()):
        key = f"{prefix.removesuffix('citations__')}pk"
        return super().seen_from(owner, prefix, known) & proves_public(owner, prefix, key)

    @property
    def paragraph_shown(self) -> str:
        return paragraph_shown(self.paragraph)

    @property
    def paragraph_name(self) -> str:
        return paragraph_name(self.paragraph)
