"""The admin pages of the partner programme."""

from django.contrib import admin
from django.db.models import Prefetch

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
    list_display = ("name", "kind", "levels", "credit_code")
    list_filter = ("memberships__level", "kind", "industries")
    inlines = (NameInline, MembershipInline, HonourInline, ContactInline)
    list_import = OrganisationImport
    acts = (Promotion(),)

    def get_queryset(self, request):
        levels = Prefetch("memberships", Membership.objects.public().select_related("level"), "public_memberships")
        return super().get_queryset(request).prefetch_related(levels)

    @admin.display(description=Level._meta.verbose_name)
    def levels(self, organisation):
        return "、".join(str(membership.level) for membership in organisation.public_memberships)


@admin.register(Conference)
class ConferenceAdmin(RecordAdmin):
    list_display = ("name", "edition", "held", "venue")
    shows = ("rosters", "events")
    list_import = ConferenceImport


@admin.register(Roster)
class RosterAdmin(RecordAdmin):
    list_display = ("title", "conference", "stated", "on_file", "not_yet_named")
    list_filter = ("conference", "series")
    inlines = (RosterFigureInline, IndustryEntryInline)
    queues = (UNLIKE_STATED,)
    shows = tuple(relation.get_accessor_name() for relation in Roster.entry_relations())
    list_import = RosterImport

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    @admin.display(description=Roster.ON_FILE)
    def on_file(self, roster):
        return roster.on_file

    @admin.display(description=Roster.NOT_YET_NAMED)
    def not_yet_named(self, roster):
        return roster.not_yet_named


@admin.register(RosterFigure)
class RosterFigureAdmin(RecordAdmin):
    list_display = ("name", "roster", "figure")
    listed = False


@admin.register(Industry)
class IndustryAdmin(RecordAdmin):
    list_display = ("name", "name_en", "tier", "edition")
    list_filter = ("tier",)
    shows = ("organisations", "chain_memberships", "policies", "events")
    inlines = (IndustryEntryInline,)
    list_import = IndustryImport


@admin.register(IndustryEntry)
class IndustryEntryAdmin(RecordAdmin):
    list_display = ("industry", "roster", "position")
    search_fields = ("industry__name", "roster__title")
    listed = False


@admin.register(Level)
class LevelAdmin(CarefulAdmin):
    fields = ("name", "name_en", "code", "rank", "definition")
    list_display = ("name", "name_en", "code", "rank")
    search_fields = ("name", "name_en", "code")


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    list_display = ("organisation", "level", "chain", "since", "until", "roster")
    list_filter = ("level", "roster", "chain")
    list_import = MembershipImport
    acts = (Promotion(),)


@admin.register(Honour)
class HonourAdmin(RecordAdmin):
    list_display = ("title", "organisation", "printed", "roster", "position")
    list_filter = ("roster", "revoked")
    list_import = HonourImport


@admin.register(Policy)
class PolicyAdmin(RecordAdmin):
    list_display = ("name", "kind", "issuer", "number", "valid", "status")
    list_filter = ("kind", "status", "industries")
    list_import = PolicyImport


@admin.register(WorkGroup)
class WorkGroupAdmin(RecordAdmin):
    list_display = ("name", "roster")
    search_fields = ("name",)


@admin.register(Event)
class EventAdmin(RecordAdmin):
    list_display = ("title", "kind", "happened", "conference", "claim", "figure")
    list_filter = ("kind", "conference", "industry")

    list_import = EventImport
