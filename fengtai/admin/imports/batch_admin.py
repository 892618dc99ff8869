"""The imports in the admin: a list to look at, and the addresses of everything about one of them."""

from functools import partial

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from fengtai.admin.guards.lists import GuardedLists
from fengtai.admin.imports import files, remembered, steps_asked, upload
from fengtai.admin.imports.access import batches_for, importable_lists
from fengtai.admin.imports.running import standing_of
from fengtai.admin.imports.words import OUTCOMES
from fengtai.lists.site import page_of, site_lists
from fengtai.records.batches import ImportBatch


class ListNameFilter(admin.SimpleListFilter):
    title, parameter_name = _("list"), "list"

    def lookups(self, request, model_admin):
        names = {*batches_for(request.user).order_by().values_list("list_name", flat=True)}
        return [(page.name, page.import_title) for page in site_lists() if page.name in names]

    def queryset(self, request, queryset):
        return queryset.filter(list_name=self.value()) if self.value() else queryset


class ImportBatchAdmin(GuardedLists, admin.ModelAdmin):
    """Nothing is edited here: a batch is what happened."""

    list_display = ("file_link", "list_title", "state_shown", "rows_shown", "by", "received_at")
    list_display_links = None
    list_filter = (ListNameFilter, "state")
    search_fields = ("file_name", "sha256")
    list_per_page = 50
    actions = None

    def get_urls(self):
        wrap, site = self.admin_site.admin_view, self.admin_site
        of_batch = {
            "": partial(steps_asked.batch_page, site=site),
            "progress/": steps_asked.progress,
            "start/": steps_asked.start,
            "check/": partial(steps_asked.check, site=site),
            "take/": steps_asked.take,
            "submit/": steps_asked.submit,
            "recall/": remembered.recall,
            "undo/": partial(steps_asked.undo, site=site),
            "original/": files.original,
            "returned/": files.returned,
        }
        return [
            path("", wrap(self.changelist_view), name="fengtai_importbatch_changelist"),
            path("new/<slug:name>/", wrap(partial(upload.upload, site=site)), name="import_upload"),
            path("template/<slug:name>/", wrap(files.template), name="import_template"),
            *(
                path(f"<uuid:uuid>/{end}", wrap(view), name=f"import_{end.strip('/') or 'batch'}")
                for end, view in of_batch.items()
            ),
            path("forget/<int:pk>/", wrap(remembered.forget), name="import_forget"),
            path("<int:pk>/", wrap(self.by_number), name="fengtai_importbatch_change"),
        ]

    def by_number(self, request, pk: int):
        """The number that a history names leads to the page as well."""
        batch = batches_for(request.user).filter(pk=pk).first()
        return redirect("admin:import_batch", batch.uuid) if batch else redirect("admin:fengtai_importbatch_changelist")

    def get_queryset(self, request):
        return batches_for(request.user)

    def has_module_permission(self, request):
        return bool(importable_lists(request.user)) or batches_for(request.user).exists()

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("file"), ordering="file_name")
    def file_link(self, batch):
        return format_html('<a href="{}">{}</a>', reverse("admin:import_batch", args=[batch.uuid]), batch.file_name)

    @admin.display(description=_("list"), ordering="list_name")
    def list_title(self, batch):
        return page_of(batch.list_name).import_title

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, batch):
        state = ImportBatch.State(standing_of(batch).state)
        return format_html('<span class="state import-{}">{}</span>', state.value, state.label)

    @admin.display(description=_("rows"))
    def rows_shown(self, batch):
        counts = ((_(label), batch.counts.get(name, 0)) for name, label in OUTCOMES.items())
        return format_html_join(" · ", "{} {}", ((label, count) for label, count in counts if count))
