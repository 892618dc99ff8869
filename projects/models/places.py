"""Buildings, parks, areas and venues."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fengtai.records.constraints import Unique
from fengtai.records.fields import LabelledFigureField, PeriodField
from fengtai.records.models import Bilingual, KeptPart, Record
from fengtai.search.fields import SearchField, SortKeyField
from fengtai.values.fitting_units import AREAS
from fengtai.values.labels import AREA, OTHER
from partners.models import Honour, NamingEntry, Organisation, Roster
from projects.models.labelled_figures import called


class Place(Bilingual, Record):
    """A place. Its kind is what a roster calls it, never a guess from a word in its name."""

    class Kind(models.TextChoices):
        BUILDING = "building", _("Building")
        PARK = "park", _("Park")
        AREA = "area", _("Area")
        VENUE = "venue", _("Venue")
        TOWN = "town", _("Town")

    class AreaKind(models.TextChoices):
        TOTAL = "total", _("Total area")
        LAND = "land", _("Land area")
        PLANNED = "planned", _("Planned area")
        FLOOR_AREA = "floor-area", _("Floor area")
        TOTAL_FLOOR_AREA = "total-floor-area", _("Total floor area")
        ABOVE_GROUND = "above-ground", _("Floor area above ground")
        BELOW_GROUND = "below-ground", _("Floor area below ground")
        OTHER = OTHER, _("Other area")

    name = models.CharField(_("name"), max_length=100, db_index=True)
    other_names = models.TextField(_("other names"), blank=True, help_text=_("One a line; a search finds them all."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    kind_as_printed = models.CharField(_("kind as printed"), max_length=50, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("lies in")
    )
    as_of = PeriodField(_("as of"), blank=True)
    area = LabelledFigureField(_("area"), blank=True, units=AREAS, labels=AREA)
    area_kind = models.CharField(_("kind of area"), max_length=20, choices=AreaKind, blank=True)
    area_kind_as_printed = models.CharField(_("kind of area as printed"), max_length=50, blank=True)
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

    search = SearchField(
        "name",
        "other_names",
        texts=("name_en", "location", "region", "area", "kind_as_printed"),
        choices_called=("kind",),
    )
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
            models.Index(fields=("area_kind", "sort_key", "id"), name="place_area_kind"),
            models.Index(fields=("region", "sort_key", "id"), name="place_region"),
            models.Index(fields=("location", "sort_key", "id"), name="place_location"),
        ]


class PlaceArea(KeptPart):
    """A further area that a source states of a place, beside the main one: 占地162公顷, and 总建筑面积约202万平方米."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="further_areas", verbose_name=_("place"))
    kind = models.CharField(_("kind of area"), max_length=20, choices=Place.AreaKind, blank=True)
    kind_as_printed = models.CharField(_("kind of area as printed"), max_length=50, blank=True)
    figure = LabelledFigureField(_("area"), units=AREAS, labels=AREA)
    search = SearchField(texts=("figure",))

    owner = ("place",)

    class Meta:
        verbose_name = _("further area")
        verbose_name_plural = _("further areas")
        ordering = ("pk",)

    label_paths = ("kind", "kind_as_printed", "figure")

    @staticmethod
    def label(kind, words, figure):
        return f"{called(Place.AreaKind, kind, words)} {figure}".strip()


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
