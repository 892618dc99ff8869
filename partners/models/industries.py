"""Industries as the district classifies them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fengtai.records.constraints import Unique
from fengtai.records.models import Bilingual, Record
from fengtai.search.fields import SearchField, SortKeyField
from partners.models.rosters import NamingEntry, Roster


class Industry(Bilingual, Record):
    """An industry by the name a source gives it; 智能建造 and 智能制造 are two."""

    class Tier(models.TextChoices):
        LEADING = "leading", _("Leading")
        SPECIALTY = "specialty", _("Specialty")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=50, unique=True)
    other_names = models.TextField(_("other names"), blank=True, help_text=_("One a line; a search finds them all."))
    tier = models.CharField(_("tier"), max_length=20, choices=Tier, blank=True)
    edition = models.CharField(_("classification"), max_length=50, blank=True)

    rosters = models.ManyToManyField(
        Roster, through="partners.IndustryEntry", related_name="+", verbose_name=_("rosters")
    )

    search = SearchField("name", "other_names", texts=("name_en", "edition"), choices_called=("tier",))
    sort_key = SortKeyField()

    list_name = "industries"

    class Meta:
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ("sort_key", "pk")
        indexes = [models.Index(fields=("sort_key", "id"), name="industry_order")]


class IndustryEntry(NamingEntry):
    """An industry that a published list names."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="industry_entries", verbose_name=_("roster"))
    industry = models.ForeignKey(Industry, models.CASCADE, related_name="entries", verbose_name=_("industry"))

    owner = ("industry",)
    counted_once_per = "industry"

    class Meta(NamingEntry.Meta):
        verbose_name = _("industry on a roster")
        verbose_name_plural = _("industries on rosters")
        constraints = [
            Unique(
                fields=("roster", "industry"),
                name="industry_once_on_a_roster",
                tells=_("This industry stands on this roster already."),
            ),
        ]
