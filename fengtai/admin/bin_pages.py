"""The bin in the admin: what was deleted, to those who may see such records, and the button that restores it."""

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.admin.guards.lists import GuardedLists
from fengtai.admin.holding import address_of_record, tell_waiting
from fengtai.admin.restoring import may_restore, refuse_what_comes
from fengtai.admin.trail.trailed import Trailed
from fengtai.importing.taking.histories import keep_history
from fengtai.importing.taking.rights import ADD, may, may_view
from fengtai.records.bin import BinEntry
from fengtai.records.models import Labelled
from fengtai.records.trail.acting import Way, acting
from fengtai.records.trail.entering import Act, enter
from fengtai.review.bin import InTheWay, contents, kinds_in, obstacles, restore
from fengtai.review.holding import Held

LARGEST = 2**63


def entries_for(user):
    """What a user may see of the bin: deletions of what they may look at."""
    kinds = ContentType.objects.filter(pk__in=BinEntry.objects.order_by().values("content_type"))
    seen = [kind.pk for kind in kinds if kind.model_class() and may_view(user, kind.model_class())]
    return BinEntry.objects.filter(content_type__in=seen)


class KindFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("kind"), "kind"

    def lookups(self, request, model_admin):
        keys = entries_for(request.user).order_by().values_list("content_type", flat=True).distinct()
        return [(str(key), _kind(ContentType.objects.get_for_id(key))) for key in keys]

    def queryset(self, request, queryset):
        known = {key for key, _name in self.lookup_choices}
        return queryset.filter(content_type=self.value()) if self.value() in known else queryset


@admin.register(BinEntry)
class BinAdmin(Trailed, GuardedLists, admin.ModelAdmin):
    """Nothing is edited here; an entry is restored whole, or thrown away for good."""

    list_display_links = None
    list_filter = (KindFilter,)
    search_fields = ("label",)
    list_per_page = 50
    list_select_related = ("by", "content_type", "owner_type")
    actions = None

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="fengtai_binentry_changelist"),
            path("<int:pk>/", wrap(self.entry_view), name="fengtai_binentry_change"),
            path("<int:object_id>/delete/", wrap(self.throw_away_view), name="fengtai_binentry_delete"),
        ]

    def get_queryset(self, request):
        return entries_for(request.user)

    def has_module_permission(self, request):
        models = [model for model in self.admin_site._registry if issubclass(model, Labelled)]
        return any(may_view(request.user, model) for model in models)

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def entry_view(self, request, pk: int):
        """What went together, what stands in the way of restoring it, and the button."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        entry = get_object_or_404(entries_for(request.user), pk=_key(pk))
        if request.method != "POST":
            return self._page(request, entry)
        if _lacking(request.user, entry) or not may_restore(request.user, entry):
            raise PermissionDenied
        try:
            rows, changes = self._restore(request, entry)
        except (InTheWay, IntegrityError):  # or somebody wrote something in its way at this moment
            return self._page(request, entry, status=400)
        except BinEntry.DoesNotExist as error:  # restored by somebody else at this moment
            raise Http404 from error
        if changes:
            tell_waiting(self, request, changes)
            return redirect(address_of_record(changes[0]))
        return redirect(self._address_of(request, rows[0]))

    @transaction.atomic
    def _restore(self, request, entry: BinEntry) -> tuple[list, list]:
        """The rows, and the changes in which they wait where what they belong to was published since.

        Then the entry stays as well, in case the change is dropped. Bare links to what waits are not made.
        """
        why = _("Restored from the bin")
        with acting(Way.BIN), Held(by=request.user, why=why) as held:
            rows = restore(entry)
            refuse_what_comes(request.user, rows)
            for model in {type(row) for row in rows if not row._meta.auto_created}:
                same = [row for row in rows if type(row) is model]
                keep_history(model, same, None, request.user, "+", why)
        if not held.changes:
            told = _("Restored, with all that was deleted with it: %(name)s.")
            self.message_user(request, told % {"name": entry.label}, messages.SUCCESS)
        return rows, held.changes

    def _address_of(self, request, row) -> str:
        page = self.admin_site._registry.get(type(row))
        if page is None or not page.has_view_or_change_permission(request, row):
            return reverse("admin:fengtai_binentry_changelist")
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])

    def _page(self, request, entry: BinEntry, status: int = 200):
        kinds, against = _looked_into(entry)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Deleted record"),
            "entry": entry,
            "kind": _kind(entry.content_type),
            "owner": _owner(entry, request.user),
            "kinds": [(capfirst(model._meta.verbose_name), count) for model, count in kinds.items()],
            "against": against,
            "theirs": may_restore(request.user, entry),
            "lacking": [capfirst(model._meta.verbose_name) for model in _lacking(request.user, entry)],
            "may_throw_away": self.has_delete_permission(request, entry),
        }
        return TemplateResponse(request, "admin/bin_entry.html", context, status=status)

    def throw_away_view(self, request, object_id: int):
        return self.delete_view(request, str(_key(object_id)))

    def delete_model(self, request, obj):
        self._enter_thrown_away([obj])
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        self._enter_thrown_away(queryset)
        super().delete_queryset(request, queryset)

    def _enter_thrown_away(self, entries) -> None:
        for entry in entries:
            record = entry.content_type.model_class()(pk=entry.object_id)
            enter(Act.THROWN_AWAY, way=Way.BIN, record=record, label=entry.label)

    def response_delete(self, request, obj_display, obj_id):
        self.message_user(request, _("Thrown away for good: %(name)s.") % {"name": obj_display}, messages.SUCCESS)
        return redirect("admin:fengtai_binentry_changelist")

    def get_list_display(self, request):
        """What it belonged to is named to those who may see that."""

        @admin.display(description=BinEntry._meta.get_field("owner_label").verbose_name)
        def owner(entry):
            return _owner(entry, request.user)

        return ("entry_link", "kind", owner, "by", "at", "why")

    @admin.display(description=BinEntry._meta.get_field("label").verbose_name, ordering="label")
    def entry_link(self, entry):
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:fengtai_binentry_change", args=[entry.pk]), entry.label
        )

    @admin.display(description=gettext_lazy("kind"), ordering="content_type")
    def kind(self, entry):
        return _kind(entry.content_type)


def _key(number: int) -> int:
    if number >= LARGEST:
        raise Http404
    return number


def _kind(content_type: ContentType) -> str:
    return capfirst(content_type.model_class()._meta.verbose_name)


def _owner(entry: BinEntry, user) -> str:
    model = entry.owner_type and entry.owner_type.model_class()
    return entry.owner_label if model and may_view(user, model) else ""


def _lacking(user, entry: BinEntry) -> list:
    """The models of which rows would be made that the user may not add; a bare link belongs to its record."""
    models = [apps.get_model(label) for label in dict.fromkeys(row["model"] for row in entry.rows)]
    return [model for model in models if not model._meta.auto_created and not may(user, model, ADD)]


def _looked_into(entry: BinEntry) -> tuple[dict, list[str]]:
    """How many rows of which model there are, and what stands in their way."""
    try:
        return kinds_in(entry), obstacles(contents(entry))
    except InTheWay as refusal:
        return {}, refusal.sentences
