"""The yearly conference, and what was announced, founded or achieved."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fengtai.records.fields import FigureField, PeriodField
from fengtai.records.models import Bilingual, Record, Source
from fengtai.search.fields import SearchField, SortKeyField


class Conference(Bilingual, Record):
    """One edition of the yearly conference; of some only the month is known."""

    name = models.CharField(_("name"), max_length=100)
    other_names = models.TextField(_("other names"), blank=True, help_text=_("One a line; a search finds them all."))
    edition = models.CharField(_("edition as printed"), max_length=20, blank=True)
    held = PeriodField(_("held"), blank=True)
    venue = models.CharField(_("venue"), max_length=100, blank=True)
    theme = models.CharField(_("theme"), max_length=100, blank=True)
    aim = models.CharField(_("stated aim"), max_length=100, blank=True)
    attended_by = models.CharField(_("attended by"), max_length=200, blank=True, help_text=_("Offices, not names."))

    search = SearchField("name", "other_names", texts=("name_en", "edition", "held", "venue", "theme", "aim"))
    sort_key = SortKeyField()

    list_name = "conferences"

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ("-held_start", "pk")
        indexes = [models.Index(fields=("sort_key", "id"), name="conference_order")]

    def stated_in(self):
        """The reports of this conference: its page restates all that they state."""
        return Source.objects.public().filter(citations_made__in=self.citations.public().filter(field="name"))


class Event(Bilingual, Record):
    """Something announced, founded, launched or achieved, by whom where the source says so."""

    class Kind(models.TextChoices):
        OUTCOME = "outcome", _("Conference outcome")
        ACHIEVEMENT = "achievement", _("Achievement")
        FOUNDING = "founding", _("Founding")

    title = models.CharField(_("title"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    happened = PeriodField(_("happened"), blank=True)
    conference = models.ForeignKey(
        Conference, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("conference")
    )
    industry = models.ForeignKey(
        "partners.Industry", models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("industry")
    )
    organisations = models.ManyToManyField(
        "partners.Organisation", blank=True, related_name="events", verbose_name=_("organisations")
    )
    claim = models.CharField(_("claim as printed"), max_length=100, blank=True, help_text=_("Such as 全国首个."))
    figure = FigureField(_("figure"), blank=True)
    figure_of = models.CharField(_("what the figure counts"), max_length=50, blank=True)

    search = SearchField(
        "title", texts=("name_en", "claim", "figure", "figure_of", "happened"), choices_called=("kind",)
    )
    sort_key = SortKeyField("title")
    proved_as = ("event",)

    list_name = "events"
    label_paths = ("title", "name_en")
    belongs_by = ("industry",)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("-happened_start", "pk")
        indexes = [models.Index(fields=("sort_key", "id"), name="event_order")]
