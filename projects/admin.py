"""The admin pages of places and projects."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from fengtai.admin.record_admin import RecordAdmin, RecordInline
from projects.imports import PlaceImport, ProjectImport
from projects.labelled_entry import AmountForm, PlaceAreaForm, PlaceForm
from projects.models import Amount, Party, Place, PlaceArea, PlaceEntry, Project, ProjectEntry, StageEntry
from projects.models.stages import Stage

CURRENT_STAGE = _("current stage")


class PlaceEntryInline(RecordInline):
    model = PlaceEntry
    fields = ("roster", "position", "printed", "held_back", "seen_version")


class PlaceAreaInline(RecordInline):
    model = PlaceArea
    begun = True
    form = PlaceAreaForm
    fields = ("kind", "kind_as_printed", "figure", "held_back", "seen_version")


class PartyInline(RecordInline):
    model = Party
    begun = True
    fields = ("organisation", "printed", "role", "held_back")


class AmountInline(RecordInline):
    model = Amount
    begun = True
    form = AmountForm
    fields = ("kind", "kind_as_printed", "figure", "as_of", "held_back", "seen_version")


class StageEntryInline(RecordInline):
    model = StageEntry
    fields = ("stage", "happened", "recorded_on", "evidence", "held_back", "seen_version")


class ProjectEntryInline(RecordInline):
    model = ProjectEntry
    fields = ("roster", "position", "printed", "held_back", "seen_version")


@admin.register(Place)
class PlaceAdmin(RecordAdmin):
    form = PlaceForm
    list_import = PlaceImport
    inlines = (PlaceAreaInline, PlaceEntryInline)


@admin.register(PlaceArea)
class PlaceAreaAdmin(RecordAdmin):
    form = PlaceAreaForm
    list_display = ("place", "kind", "figure")
    list_filter = ("kind",)
    listed = False


@admin.register(PlaceEntry)
class PlaceEntryAdmin(RecordAdmin):
    list_display = ("place", "roster", "position")
    list_filter = ("roster",)
    search_fields = ("place__name", "roster__title")
    listed = False


@admin.register(Project)
class ProjectAdmin(RecordAdmin):
    list_filter = ("work_group",)
    inlines = (PartyInline, AmountInline, StageEntryInline, ProjectEntryInline)
    readonly_fields = ("stage",)
    list_import = ProjectImport

    def get_queryset(self, request):
        return super().get_queryset(request).with_stage()

    @admin.display(description=CURRENT_STAGE)
    def stage(self, project):
        """As the public sees it: what is held back does not count."""
        code = getattr(project, "current_stage", "")
        return Stage(code).label if code else None


@admin.register(ProjectEntry)
class ProjectEntryAdmin(RecordAdmin):
    list_display = ("project", "roster", "position")
    list_filter = ("roster",)
    search_fields = ("project__title", "roster__title")
    listed = False


@admin.register(Amount)
class AmountAdmin(RecordAdmin):
    form = AmountForm
    list_display = ("project", "kind", "figure", "as_of")
    list_filter = ("kind",)
    listed = False


@admin.register(StageEntry)
class StageEntryAdmin(RecordAdmin):
    list_display = ("project", "stage", "happened", "recorded_on")
    list_filter = ("stage",)
    listed = False
