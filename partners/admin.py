"""The admin pages of the partner programme."""

from django.contrib import admin

from fengtai.admin.careful import CarefulAdmin
from fengtai.admin.record_admin import RecordAdmin, RecordInline
from partners.imports import (
    ConferenceImport,
    EventImport,
    HonourImport,
    IndustryImport,
    MembershipImport,
    OrganisationImport,
    PolicyImport,
    RosterImport,
)
from partners.models import (
    Conference,
    Contact,
    Event,
    Honour,
    Industry,
    IndustryEntry,
    Level,
    Membership,
    Organisation,
    OrganisationName,
    Policy,
    Roster,
    RosterFigure,
    WorkGroup,
)
from partners.promoting import Promotion
from partners.stated_counts import UNLIKE_STATED


class NameInline(RecordInline):
    model = OrganisationName
    fields = ("name", "kind", "held_back")


class MembershipInline(RecordInline):
    model = Membership
    begun = True
    fields = ("level", "roster", "chain", "since", "until", "position", "printed", "held_back", "seen_version")


class HonourInline(RecordInline):
    model = Honour
    begun = True
    fields = ("title", "organisation", "roster", "category", "position", "printed", "revoked")
    fields += ("held_back", "seen_version")


class ContactInline(RecordInline):
    model = Contact
    exclude = ("kept_by",)


class RosterFigureInline(RecordInline):
    model = RosterFigure
    fields = ("name", "figure", "held_back", "seen_version")


class IndustryEntryInline(RecordInline):
    model = IndustryEntry
    fields = ("industry", "roster", "position", "printed", "held_back", "seen_version")


@admin.register(Organisation)
class OrganisationAdmin(RecordAdmin):
    inlines = (NameInline, MembershipInline, HonourInline, ContactInline)
    list_import = OrganisationImport
    acts = (Promotion(),)


@admin.register(Conference)
class ConferenceAdmin(RecordAdmin):
    shows = ("rosters", "events")
    list_import = ConferenceImport


@admin.register(Roster)
class RosterAdmin(RecordAdmin):
    inlines = (RosterFigureInline, IndustryEntryInline)
    queues = (UNLIKE_STATED,)
    shows = tuple(relation.get_accessor_name() for relation in Roster.entry_relations())
    list_import = RosterImport


@admin.register(RosterFigure)
class RosterFigureAdmin(RecordAdmin):
    list_display = ("name", "roster", "figure")
    list_filter = ("roster",)
    listed = False


@admin.register(Industry)
class IndustryAdmin(RecordAdmin):
    list_display = ("name_en",)
    shows = ("organisations", "chain_memberships", "policies", "events")
    inlines = (IndustryEntryInline,)
    list_import = IndustryImport


@admin.register(IndustryEntry)
class IndustryEntryAdmin(RecordAdmin):
    list_display = ("industry", "roster", "position")
    list_filter = ("roster",)
    search_fields = ("industry__name", "roster__title")
    listed = False


@admin.register(Level)
class LevelAdmin(CarefulAdmin):
    fields = ("name", "name_en", "code", "rank", "definition")
    list_display = ("name", "name_en", "code", "rank")


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    list_import = MembershipImport
    acts = (Promotion(),)


@admin.register(Honour)
class HonourAdmin(RecordAdmin):
    list_filter = ("revoked",)
    list_import = HonourImport


@admin.register(Policy)
class PolicyAdmin(RecordAdmin):
    list_import = PolicyImport


@admin.register(WorkGroup)
class WorkGroupAdmin(RecordAdmin):
    exclude = ("staff",)  # who belongs to it is said on the page of an account
    list_display = ("name", "roster")
    search_fields = ("name",)


@admin.register(Event)
class EventAdmin(RecordAdmin):
    list_import = EventImport
