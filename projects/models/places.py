"""Buildings, parks, areas and venues."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fengtai.records.constraints import Unique
from fengtai.records.fields import FigureField, PeriodField
from fengtai.records.models import Record
from fengtai.search.fields import SearchField, SortKeyField
from fengtai.values.fitting_units import AREAS
from partners.models import Honour, NamingEntry, Organisation, Roster


class Place(Record):
    """A place. Its kind is what a roster calls it, never a guess from a word in its name."""

    class Kind(models.TextChoices):
        BUILDING = "building", _("Building")
        PARK = "park", _("Park")
        AREA = "area", _("Area")
        VENUE = "venue", _("Venue")
        TOWN = "town", _("Town")

    name = models.CharField(_("name"), max_length=100, db_index=True)
    other_names = models.TextField(_("other names"), blank=True, help_text=_("One a line; a search finds them all."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    kind_as_printed = models.CharField(_("kind as printed"), max_length=50, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("lies in")
    )
    as_of = PeriodField(_("as of"), blank=True)
    area = FigureField(_("area"), blank=True, units=AREAS)
    location = models.CharField(_("location"), max_length=200, blank=True)
    region = models.CharField(_("region"), max_length=50, blank=True)
    remark = models.TextField(_("internal remark"), blank=True, help_text=_("Staff only."))
    rosters = models.ManyToManyField(
        Roster, through="projects.PlaceEntry", related_name="places", verbose_name=_("rosters")
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="places", verbose_name=_("organisations there")
    )
    honours = models.ManyToManyField(Honour, blank=True, related_name="places", verbose_name=_("honours"))

    search = SearchField("name", "other_names", texts=("location",))
    sort_key = SortKeyField()
    for_staff = ("remark",)

    list_name = "places"

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("sort_key", "pk")
        indexes = [
            models.Index(fields=("sort_key", "id"), name="place_order"),
            models.Index(fields=("kind", "sort_key", "id"), name="place_kind"),
            models.Index(fields=("region", "sort_key", "id"), name="place_region"),
            models.Index(fields=("location", "sort_key", "id"), name="place_location"),
        ]


class PlaceEntry(NamingEntry):
    """A place that a published list names."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="place_entries", verbose_name=_("roster"))
    place = models.ForeignKey(Place, models.CASCADE, related_name="entries", verbose_name=_("place"))

    owner = ("place",)
    counted_once_per = "place"

    class Meta(NamingEntry.Meta):
        verbose_name = _("place on a roster")
        verbose_name_plural = _("places on rosters")
        constraints = [
            Unique(
                fields=("roster", "place"),
                name="place_once_on_a_roster",
                tells=_("This place stands on this roster already."),
            )
        ]
