"""One merge: who made it and why, what it moved, and the button that takes it back."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengtai.admin.guards.keys import is_key
from fengtai.admin.merging.access import may_change
from fengtai.importing.taking.rights import CHANGE, may, may_view
from fengtai.review.actions import Refused
from fengtai.review.merges import Merge
from fengtai.review.merging.merging import LONGEST
from fengtai.review.merging.undoing import standing_against, undo
from fengtai.review.words import said

LISTED = 100  # rows told


@require_http_methods(["GET", "HEAD", "POST"])
def done_page(request, key: str):
    merge = Merge.objects.with_people().filter(pk=int(key)).first() if is_key(key) else None
    if merge is None:
        messages.error(request, _("There is no such merge."))
        return redirect("merge")
    if not may_view(request.user, merge.model):
        raise PermissionDenied
    records = merge.model._base_manager.in_bulk([merge.survivor_id, merge.loser_id])
    may_undo = _may_undo(request, merge, records)
    if request.method == "POST":
        if not may_undo:
            raise PermissionDenied
        return _undone(request, merge)
    context = {
        **admin.site.each_context(request),
        "title": _("Merge"),
        "opts": merge.model._meta,
        "survivor": records.get(merge.survivor_id),
        "loser": records.get(merge.loser_id),
        "may_undo": may_undo and not merge.is_undone,
        **_told(request.user, merge, may_undo),
    }
    return TemplateResponse(request, "admin/merging/done.html", context)


def _told(user, merge: Merge, may_undo: bool) -> dict:
    """What it wrote, as far as somebody may see that, and what stands against undoing it."""
    edits = merge.change.read_edits()
    seen = [edit for edit in edits if may_view(user, edit.model)][:LISTED]
    against = [*standing_against(merge)] if may_undo and merge.is_done and not merge.undoing_waits else []
    told = {"merge": merge, "rows": said(seen), "more": len(edits) - len(seen), "longest": LONGEST}
    return told | {"against": against}


def _may_undo(request, merge: Merge, records: dict) -> bool:
    """Of the record that went its own page says that nobody changes it: the right to the model counts."""
    survivor = records.get(merge.survivor_id)
    return len(records) == 2 and may(request.user, merge.model, CHANGE) and may_change(request, survivor)


def _undone(request, merge: Merge):
    try:
        merge = undo(merge, by=request.user, why=request.POST.get("why", "").replace("\x00", ""))
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return redirect("merge_done", merge.pk)
    waits = _("The undoing waits for somebody else's review. Until then readers see them as one.")
    told = waits if merge.undoing_waits else _("Undone: they are two records again, as they were.")
    messages.success(request, told)
    return redirect("merge_done", merge.pk)
