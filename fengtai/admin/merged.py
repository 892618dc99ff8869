"""Records that became others, as their admin pages have them: lists leave them out, their own page says where to."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fengtai.records.mergeable import Mergeable, is_merged, unmerged
from fengtai.review.merges import Merge


class MergedAway:
    """For admin classes; of a model that knows no merging nothing changes."""

    @property
    def merges(self) -> bool:
        return issubclass(self.model, Mergeable)

    def get_queryset(self, request):
        """For lists and choices; a page that is asked for by its number is found."""
        rows = super().get_queryset(request)
        return rows if getattr(request, "shows_merged", False) else unmerged(rows)

    def get_object(self, request, object_id, from_field=None):
        request.shows_merged = True
        return super().get_object(request, object_id, from_field)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A form that was open before the merge is told by its own check, so that what was typed is shown again."""
        request.tells_of_merge = request.method == "POST"
        return super().changeform_view(request, object_id, form_url, extra_context)

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (not is_merged(obj) or getattr(request, "tells_of_merge", False))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not is_merged(obj)

    def tools_of(self, request, record):
        tools = super().tools_of(request, record)
        if not self.merges or is_merged(record) or not self.has_change_permission(request, record):
            return tools
        return [*tools, (_("Merge with…"), reverse("merge_with", args=[self.opts.label_lower, record.pk]))]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if self.merges and obj is not None and obj.pk:
            merges = [*Merge.objects.of(self.model, [obj.pk]).with_people()]
            context = {**context, "merges": merges, "is_merged": is_merged(obj)}
        return super().render_change_form(request, context, obj=obj, **kwargs)
