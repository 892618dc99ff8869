"""The questions of the programme's lists."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django_filters import DateFilter

from fengtai.lists.choices import ChoiceFilter
from fengtai.lists.filters import ListFilter
from fengtai.lists.linked_record_choices import LinkFilter, RecordFilter
from fengtai.lists.value_filters import LeastFilter, MostFilter, PeriodFilter
from partners.models import Conference, Event, Industry, Level, Membership, Organisation, Policy, Roster


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


class MembershipFilter(ListFilter):
    level = RecordFilter(field_name="level", rows=levels_shown, to_field_name="code", label=_("Level"), blank=False)
    chain = RecordFilter(field_name="chain", rows=industries, label=_("Industry chain"))
    roster = RecordFilter(field_name="roster", rows=rosters, label=_("Roster"))
    as_of = DateFilter(method="in_force", label=_("In force on"))
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
