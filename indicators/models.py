"""Published figures: what is measured, and each observation exactly as it was stated."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fengtai.records.constraints import Check
from fengtai.records.fields import FigureField, GrowthField, PeriodField
from fengtai.records.histories import History
from fengtai.records.models import Bilingual, Record
from fengtai.records.numbers import SmallNumber
from fengtai.records.readings import explain
from fengtai.search.fields import SearchField, SortKeyField
from fengtai.values.figures import FigureError
from fengtai.values.fitting_units import require_unit, units_like
from indicators.findings import unlike_growths
from indicators.querysets import IndicatorQuerySet, ObservationQuerySet

NO_NUMBER = _("A code stands in the address of the indicator's page and holds a letter, not digits alone.")
OTHER_SUBJECT = _("A revision speaks of the same indicator, scope and period as what it replaces.")


class Scope(Bilingual):
    """What area a figure speaks of: the district, a park within it, another district."""

    name = models.CharField(_("name"), max_length=50, unique=True)
    other_names = models.TextField(_("other names"), blank=True, help_text=_("One a line; a search finds them all."))
    search = SearchField("name", "other_names", texts=("name_en",))
    sort_key = SortKeyField()
    history = History()

    class Meta:
        verbose_name = _("scope")
        verbose_name_plural = _("scopes")
        ordering = ("sort_key", "pk")
        indexes = [models.Index(fields=("sort_key", "id"), name="scope_order")]


class Indicator(Bilingual, Record):
    """What is measured. A threshold (注册资本5000万元以上) is part of the definition, never a value."""

    class Nature(models.TextChoices):
        STOCK = "stock", _("Stock")
        FLOW = "flow", _("Flow")
        NET_CHANGE = "net-change", _("Net change")
        RATIO = "ratio", _("Ratio")
        GROWTH_ONLY = "growth-only", _("Growth only")

    class Category(models.TextChoices):
        ECONOMY = "economy", _("Economy")
        ENTERPRISES = "enterprises", _("Enterprises")
        INNOVATION = "innovation", _("Innovation")
        FINANCE = "finance", _("Public finance")
        PEOPLE = "people", _("Population")
        OTHER = "other", _("Other")

    class Frequency(models.TextChoices):
        YEARLY = "yearly", _("Yearly")
        QUARTERLY = "quarterly", _("Quarterly")
        MONTHLY = "monthly", _("Monthly")

    name = models.CharField(_("name"), max_length=100, unique=True)
    other_names = models.TextField(_("other names"), blank=True, help_text=_("One a line; a search finds them all."))
    code = models.SlugField(_("code"), unique=True, validators=[RegexValidator(r"[^0-9]", NO_NUMBER, "number")])
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    nature = models.CharField(_("nature"), max_length=20, choices=Nature, blank=True)
    definition = models.CharField(_("definition"), max_length=300, blank=True)
    category = models.CharField(_("category"), max_length=20, choices=Category, blank=True)
    frequency = models.CharField(_("frequency"), max_length=20, choices=Frequency, blank=True)
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("A part and its whole are never added."),
    )
    headline = SmallNumber(_("place on the home page"), null=True, blank=True, help_text=_("Empty: not shown there."))
    search = SearchField("name", "other_names", texts=("name_en", "definition", "code"), choices_called=("category",))
    sort_key = SortKeyField()
    for_staff = steering = ("headline",)

    objects = IndicatorQuerySet.as_manager()
    list_name, addressed_by = "indicators", "code"
    found_links: ClassVar[dict] = {"latest": "indicators.Observation"}

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("sort_key", "pk")
        indexes = [models.Index(fields=("sort_key", "id"), name="indicator_order")]

    @cached_property
    def latest(self) -> "Observation | None":
        """The figure that tells the indicator."""
        return self.observations.public().latest_published().most_telling_first().first()

    @cached_property
    def scopes(self) -> list[Scope]:
        """Of which its public figures speak: first the one that most of all figures speak of."""
        keys = self.observations.public().scopes_in_order()
        found = Scope.objects.in_bulk(keys)
        return [found[key] for key in keys]


class Observation(Record):
    """A figure as published. A revision is a new row that names the one it replaces; nothing is overwritten."""

    class Vintage(models.TextChoices):
        TARGET = "target", _("Target")
        EXPECTED = "expected", _("Expected")
        PRELIMINARY = "preliminary", _("Preliminary accounting")
        FINAL = "final", _("Final verification")
        CENSUS = "census", _("Census revision")

    class Basis(models.TextChoices):
        REAL = "real", _("Constant prices")
        NOMINAL = "nominal", _("Current prices")

    WORKED_OUT = ("", Vintage.EXPECTED, Vintage.PRELIMINARY, Vintage.FINAL, Vintage.CENSUS)

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations", verbose_name=_("indicator"))
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="observations", verbose_name=_("scope"))
    period = PeriodField(_("period"), blank=True)
    value = FigureField(_("value"), blank=True)
    growth = GrowthField(_("growth"), blank=True, help_text=_("As published; never computed from two levels."))
    growth_basis = models.CharField(_("basis of the growth"), max_length=20, choices=Basis, blank=True)
    comparison = models.CharField(_("comparison as printed"), max_length=100, blank=True)
    vintage = models.CharField(_("vintage"), max_length=20, choices=Vintage, blank=True)
    coverage = models.CharField(
        _("coverage as printed"),
        max_length=300,
        blank=True,
        help_text=_("What the figure covers and how it was counted."),
    )
    remark = models.TextField(_("internal remark"), blank=True, help_text=_("Staff only."))
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("replaces")
    )
    reason = models.CharField(_("reason of the revision"), max_length=200, blank=True)

    search = SearchField(
        texts=("value", "growth", "comparison", "period", "coverage"), choices_called=("vintage", "growth_basis")
    )

    objects = ObservationQuerySet.as_manager()
    for_staff, proved_as = ("remark",), ("definition", "nature", "category")
    list_name = "observations"
    public_through = ("indicator",)
    unique_tells = {"supersedes": _("Another observation replaces this one already.")}

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ("indicator__sort_key", "-period_start", "pk")
        constraints = [
            Check(
                condition=~Q(value="") | ~Q(growth="") | ~Q(comparison=""),
                name="observation_states_something",
                tells=_("Give a value, a growth or a comparison."),
            ),
            Check(
                condition=Q(supersedes=None) | ~Q(reason=""),
                name="observation_revision_gives_its_reason",
                tells=_("A revision gives its reason."),
            ),
            Check(
                condition=Q(supersedes=None) | ~Q(supersedes=F("pk")),
                name="observation_does_not_replace_itself",
                tells=_("An observation cannot replace itself."),
            ),
        ]

    label_paths = ("indicator__name", "indicator__name_en", "period", "value", "growth")

    @property
    def may_lie_ahead(self) -> tuple[str, ...]:
        """A target, or what is expected, speaks of days to come."""
        return ("period",) if self.vintage in (self.Vintage.TARGET, self.Vintage.EXPECTED) else ()

    @classmethod
    def findings(cls, rows):
        yield from super().findings(rows)
        yield from unlike_growths(rows)

    def clean(self):
        super().clean()
        errors = self._unfit_unit()
        if not all(map(self.speaks_of_the_same_as, self._beside())):
            errors["supersedes"] = OTHER_SUBJECT
        if errors:
            raise ValidationError(errors)

    def _unfit_unit(self) -> dict:
        """A figure is in a unit of what its indicator counts; an import asks the same."""
        unit = self.indicator.unit if self.indicator_id else ""
        try:
            require_unit(self.value, units_like(unit))
        except FigureError as error:
            return {"value": ValidationError(explain(error), code=error.code)}
        return {}

    def _beside(self) -> list["Observation"]:
        """What it replaces, and what replaces it."""
        return [*filter(None, [self.supersedes, getattr(self, "superseded_by", None)])]

    @property
    def public_revision(self) -> "Observation | None":
        """What replaced it, as far as the public may know."""
        return type(self).objects.public().filter(supersedes=self.pk).first()

    @property
    def public_successor(self):
        return self.public_revision

    @property
    def replaced_by(self):
        return getattr(self, "superseded_by", None)

    @cached_property
    def chain(self) -> list["Observation"]:
        """The public figures that replaced each other, this one among them: from the first to the one in force."""
        return type(self).objects.public().chain_of(self)

    def speaks_of_the_same_as(self, other) -> bool:
        """A period that one of the two does not state, or that nobody can read, contradicts nothing."""
        periods = [period for period in (self.period, other.period) if period and not period.is_unread]
        return (self.indicator_id, self.scope_id) == (other.indicator_id, other.scope_id) and len(
            {(period.kind, period.start, period.end) for period in periods}
        ) < 2

    @staticmethod
    def label(name, name_en, period, value, growth):
        parts = (Indicator.label(name, name_en), str(period), str(value or growth or ""))
        return " ".join(part for part in parts if part)
