"""Who belongs to the programme at which level, since when, and who was honoured."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from fengtai.records.constraints import Check, Unique
from fengtai.records.doors import as_known
from fengtai.records.fields import PeriodField
from fengtai.records.histories import History
from fengtai.records.models import Bilingual, KeptPart
from fengtai.records.numbers import SmallNumber
from fengtai.records.querysets import RecordQuerySet
from fengtai.search.fields import SearchField, SortKeyField
from partners.models.rosters import Entry


class Level(Bilingual):
    """A level of membership. Levels are rows, not code: other places have 链主 or 轮值执行长."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=50, unique=True)
    rank = SmallNumber(_("rank"), default=0, help_text=_("A higher level has a higher rank."))
    definition = models.CharField(pgettext("level", "definition"), max_length=200, blank=True)
    search = SearchField("name", texts=("name_en",))
    history = History()

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ("-rank", "pk")


@dataclass(frozen=True)
class Changes:
    """What changed between two days: organisation ids that joined, left, or rose to a higher level."""

    joined: frozenset[int]
    left: frozenset[int]
    promoted: frozenset[int]


def is_over(day: date, prefix: str = "") -> Q:
    """What ended before a day, its last day included: of 2023年 nobody knows before 2024. `prefix` leads to the row."""
    return Q(**{f"{prefix}until_end__lt": day})


def goes_on(day: date, prefix: str = "") -> Q:
    """What is not known to be over: also where no end is stated, or nobody can read it."""
    return Q(**{f"{prefix}until_end": None}) | Q(**{f"{prefix}until_end__gte": day})


class MembershipQuerySet(RecordQuerySet):
    def in_force(self):
        """Those of today; where no start is stated, too: that it is on file proves that it began."""
        return self.filter(goes_on(timezone.localdate()))

    def over(self):
        """Those that ended before today."""
        return self.filter(is_over(timezone.localdate()))

    def as_of(self, day: date):
        """Those in force on a day. Where no start is stated, the list that named them is the earliest proof.

        The public asks this too: a hidden list or conference proves nothing, or the answers would tell its date.
        """
        return self._dated().filter(goes_on(day), known_from__lte=day)

    def perhaps_as_of(self, day: date):
        """The same with those of which nobody knows when they began."""
        return self._dated().filter(Q(known_from=None) | Q(known_from__lte=day), goes_on(day))

    def _dated(self):
        named_on = as_known(self.model, "roster__as_of_end"), as_known(self.model, "roster__conference__held_start")
        return self.alias(known_from=Coalesce(F("since_start"), *named_on))

    def ranks_as_of(self, day: date) -> dict[int, int]:
        """The highest level's rank of each organisation on a day."""
        rows = self.as_of(day).order_by().values_list("organisation").annotate(models.Max("level__rank"))
        return dict(rows)

    def compare(self, earlier: date, later: date) -> Changes:
        before, after = self.ranks_as_of(earlier), self.ranks_as_of(later)
        return Changes(
            joined=frozenset(after.keys() - before.keys()),
            left=frozenset(before.keys() - after.keys()),
            promoted=frozenset(pk for pk in after.keys() & before.keys() if after[pk] > before[pk]),
        )


class Membership(Entry, KeptPart):
    """An organisation at a level of the programme, for a time."""

    organisation = models.ForeignKey(
        "partners.Organisation", models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    level = models.ForeignKey(Level, models.PROTECT, related_name="memberships", verbose_name=_("level"))
    chain = models.ForeignKey(
        "partners.Industry",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chain_memberships",
        verbose_name=_("industry chain"),
    )
    since = PeriodField(pgettext("membership", "since"), blank=True)
    until = PeriodField(_("until"), blank=True)

    search = SearchField("printed", texts=("since", "until"))

    objects = MembershipQuerySet.as_manager()
    list_name = "memberships"
    may_lie_ahead = ("until",)
    owner = ("organisation",)
    counted_once_per = "organisation"

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("-level__rank", "position", "pk")
        # Of a roster with thousands of entries the count is read from it alone.
        indexes = [models.Index(fields=("roster", "organisation", "held_back"), name="membership_entries")]
        constraints = [
            Unique(
                fields=("organisation", "level", "roster"),
                name="membership_once_on_a_roster",
                tells=_("The organisation has this level on this roster already."),
            ),
            Check(
                condition=Q(until_start=None) | Q(since_start=None) | Q(until_start__gte=F("since_start")),
                name="membership_ends_after_it_starts",
                tells=_("The end lies before the start."),
            ),
        ]

    label_paths = ("organisation__name", "organisation__name_en", "level__name", "level__name_en")

    @staticmethod
    def label(organisation, organisation_en, level, level_en):
        return f"{Bilingual.label(organisation, organisation_en)} · {Level.label(level, level_en)}"


class Honour(Entry, KeptPart):
    """An honour as announced, to an organisation or to somebody named in the text only."""

    title = models.CharField(_("honour"), max_length=100)
    organisation = models.ForeignKey(
        "partners.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="honours",
        verbose_name=_("organisation"),
    )
    category = models.CharField(_("category"), max_length=50, blank=True)
    awarded = PeriodField(_("awarded"), blank=True)
    awarded_by = models.CharField(_("awarded by"), max_length=100, blank=True)
    revoked = models.BooleanField(_("revoked"), default=False)

    search = SearchField("title", "printed", texts=("category", "awarded", "awarded_by"))
    sort_key = SortKeyField("title")
    proved_as = ("honour",)

    list_name = "honours"
    owner = ("organisation", "roster")

    class Meta:
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        ordering = ("-roster__conference__held_start", "roster_id", "position", "pk")
        indexes = [models.Index(fields=("sort_key", "id"), name="honour_order")]
        constraints = [
            Check(
                condition=Q(organisation__isnull=False) | ~Q(printed=""),
                name="honour_names_who_received_it",
                tells=_("Choose the organisation, or give the name as printed."),
            ),
        ]

    label_paths = ("organisation__name", "organisation__name_en", "printed", "title")

    @staticmethod
    def label(organisation, organisation_en, printed, title):
        return f"{Bilingual.label(organisation, organisation_en) or printed} · {title}"
