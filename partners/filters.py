"""The questions of the programme's lists."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengtai.lists import paging
from fengtai.lists.choices import ChoiceFilter, Rows
from fengtai.lists.filters import AT_LEISURE, ListFilter
from fengtai.lists.linked_record_choices import LinkFilter, RecordFilter
from fengtai.lists.value_filters import DayFilter, LeastFilter, MostFilter, PeriodFilter
from partners.models import Conference, Event, Industry, Level, Membership, Organisation, Policy, Roster
from partners.standing import CURRENT, EVER, FORMER, STANDINGS, LevelFilter, Standing, StandingFilter


def industries():
    return Industry.objects.public()


def rosters():
    return Roster.objects.public()


def organisations():
    return Organisation.objects.public()


def levels_shown():
    """Levels have no publication: one that nobody public has is nobody's to know of."""
    return Level.objects.filter(Exists(Membership.objects.public().filter(level=OuterRef("pk"))))


class OrganisationFilter(ListFilter):
    level = RecordFilter(
        field_name="memberships__level", rows=levels_shown, to_field_name="code", label=_("Level"), blank=False
    )
    kind = ChoiceFilter(choices=Organisation.Kind.choices, label=_("Kind"))
    industry = RecordFilter(field_name="industries", rows=industries, label=_("Industry"))
    roster = RecordFilter(field_name="memberships__roster", rows=rosters, label=_("Roster"), blank=False)

    searched = (
        *("names", "industries", "memberships", "memberships__level", "memberships__chain", "memberships__roster"),
        *("honours", "honours__roster"),
    )


class PartnerFilter(OrganisationFilter):
    """Those who are partners today, unless former ones or those of another day are asked for."""

    level = LevelFilter(
        field_name="memberships__level", rows=levels_shown, to_field_name="code", label=_("Level"), blank=False
    )
    status = StandingFilter()
    as_of = DayFilter(method="of_the_day", label=_("As of the day"))

    usual = {"status": CURRENT}
    counted_first = ("status", "level")  # of a day they are counted anew, in no bits

    @property
    def day(self) -> date | None:
        return self.standing.day

    @property
    def standing(self) -> Standing:
        answers = self.form.cleaned_data if self.is_valid() else {}
        return Standing(answers.get("status") or CURRENT, answers.get("as_of"))

    @property
    def told(self):
        standing = self.standing
        day = {"day": (standing.day or timezone.localdate()).isoformat()}
        if standing.code == FORMER:
            return _("Whose memberships all ended before %(day)s.") % day
        if standing.code == EVER:
            return _("Whoever is a partner or was one; a level that ended says so.")
        if standing.day:
            return _("Partners as of %(day)s, as far as the start of their membership is known.") % day
        return _("Partners as of %(day)s. Those who left are found under “former partners”.") % day

    @property
    def told_in_names(self):
        standing = self.standing
        named = "" if standing.code == CURRENT else str(STANDINGS[standing.code])
        return "_".join(filter(None, (named, standing.day and standing.day.isoformat())))

    def _counts(self, rows, name, answer, known):
        """Which level counts depends on the standing, so under a level each standing is asked for by itself."""
        if name != "status" or not self.data.get("level"):
            return super()._counts(rows, name, answer, known)

        def count() -> dict[str, Rows]:
            return {code: self._standing_so(rows, code) for code in STANDINGS}

        return count() if answer is not None and len(answer) < AT_LEISURE else known.get(name, count)

    def _standing_so(self, rows, code: str) -> Rows:
        other = type(self)({**dict(self.data.items()), "status": code}, queryset=self.queryset)
        count = other.counted(rows, paging.COUNTED + 1) if other.is_valid() else 0
        return Rows(min(count, paging.COUNTED), count > paging.COUNTED)

    def of_the_day(self, queryset, name, day):
        """It says of which day the other questions ask."""
        return queryset


class MembershipFilter(ListFilter):
    level = RecordFilter(field_name="level", rows=levels_shown, to_field_name="code", label=_("Level"), blank=False)
    chain = RecordFilter(field_name="chain", rows=industries, label=_("Industry chain"))
    roster = RecordFilter(field_name="roster", rows=rosters, label=_("Roster"))
    as_of = DayFilter(method="in_force", label=_("In force on"))
    organisation = LinkFilter(field_name="organisation", rows=organisations, label=_("organisation"))

    searched = ("organisation", "organisation__names", "level", "chain", "roster", "organisation__industries")
    ranked = "organisation__sort_key"

    def in_force(self, queryset, name, day):
        return queryset.as_of(day)


class HonourFilter(ListFilter):
    roster = RecordFilter(field_name="roster", rows=rosters, label=_("Roster"))
    organisation = LinkFilter(field_name="organisation", rows=organisations, label=_("organisation"))

    searched = ("organisation", "organisation__names", "roster")


class RosterFilter(ListFilter):
    conference = RecordFilter(field_name="conference", rows=lambda: Conference.objects.public(), label=_("Conference"))
    stated_min = LeastFilter("stated", label=_("Stated, at least"))
    stated_max = MostFilter("stated", label=_("Stated, at most"))
    industry = LinkFilter(field_name="industries", rows=industries, label=_("Industry"))

    searched = ("figures", "conference", "industries")


class IndustryFilter(ListFilter):
    tier = ChoiceFilter(choices=Industry.Tier.choices, label=_("Tier"))
    roster = RecordFilter(field_name="entries__roster", rows=rosters, label=_("Roster"), blank=False)

    searched = ("entries__roster", "chain_memberships__level", "chain_memberships__organisation")


class PolicyFilter(ListFilter):
    kind = ChoiceFilter(choices=Policy.Kind.choices, label=_("Kind"), blank=False)
    status = ChoiceFilter(choices=Policy.Status.choices, label=_("Status"))
    industry = RecordFilter(field_name="industries", rows=industries, label=_("Industry"))
    valid = PeriodFilter(field_name="valid", label=_("Valid in"))

    searched = ("industries",)


class ConferenceFilter(ListFilter):
    held = PeriodFilter(field_name="held", label=_("Held in"))


class EventFilter(ListFilter):
    kind = ChoiceFilter(choices=Event.Kind.choices, label=_("Kind"), blank=False)
    conference = RecordFilter(field_name="conference", rows=lambda: Conference.objects.public(), label=_("Conference"))
    industry = RecordFilter(field_name="industry", rows=industries, label=_("Industry"))
    happened = PeriodFilter(field_name="happened", label=_("Happened in"))
    organisation = LinkFilter(field_name="organisations", rows=organisations, label=_("organisation"))

    searched = ("organisations", "organisations__names", "industry", "conference")
