"""The steps of an import as a person asks for them: read, decide, take, undo. Only a POST does anything."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengtai.admin.imports.access import open_batch, open_to_decide
from fengtai.admin.imports.batch_page import batch_context
from fengtai.admin.imports.decisions import DecisionForm
from fengtai.admin.imports.running import State, ask_commit, ask_preview, standing_of
from fengtai.admin.imports.takeable import is_takeable, may_part
from fengtai.importing.taking import steps
from fengtai.importing.taking.previews import preview_mark
from fengtai.importing.taking.rights import against_undo, as_of_now, lacking
from fengtai.importing.taking.undoing import Touched, left_as_they_are
from fengtai.operations.sessions.using import in_background
from fengtai.review.of_imports import submit_all
from fengtai.review.whose import OutsideScope

LISTED = 20  # fields in the message


@require_safe
def batch_page(request, uuid, site):
    return _page(request, open_batch(request.user, uuid), site)


def _page(request, batch, site, form=None, status=200):
    context = {**site.each_context(request), "title": batch.file_name, **batch_context(request, batch, form)}
    return TemplateResponse(request, "admin/imports/batch.html", context, status=status)


@in_background
@require_safe
def progress(request, uuid) -> JsonResponse:
    return JsonResponse(standing_of(open_batch(request.user, uuid)).as_json())


@require_POST
def start(request, uuid):
    """Reads the file: first, again, or after a worker was lost."""
    batch = open_to_decide(request.user, uuid)
    steps.interrupt_if_lost(batch)
    if batch.moves(*steps.OPEN, to=State.RECEIVED):
        ask_preview(batch, request.user)
    else:
        messages.warning(request, _("Somebody else is at this file."))
    return _back(batch)


@require_POST
def check(request, uuid, site):
    """What was decided is kept, and the file is planned anew."""
    batch = open_to_decide(request.user, uuid)
    form = DecisionForm(batch, request.user, request.POST)
    if not form.is_valid():
        return _page(request, batch, site, form, status=400)
    if batch.moves(*steps.OPEN, to=State.RECEIVED, answers=form.answers().as_json()):
        ask_preview(batch, request.user)
    else:
        messages.warning(request, _("The file was taken, or is being read, meanwhile: nothing was decided anew."))
    return _back(batch)


@require_POST
def take(request, uuid):
    """All of it or nothing, or all its good rows, as it was seen; whoever comes second finds it taken."""
    batch = open_to_decide(request.user, uuid)
    good_rows = "good_rows" in request.POST
    takeable = may_part(batch) if good_rows else is_takeable(batch)
    if batch.state != State.PREVIEWED or standing_of(batch).waiting or not takeable:
        return _back(batch)
    if lacking(request.user, batch.notes.get("needs", ())):
        raise PermissionDenied
    if request.POST.get("seen") == str(preview_mark(batch)):
        submit = "submit" in request.POST
        ask_commit(batch, request.user, seen=preview_mark(batch), submit=submit, good_rows=good_rows)
    else:
        messages.warning(request, _("The preview was made anew meanwhile: look at it before you take it."))
    return _back(batch)


@require_POST
def submit(request, uuid):
    """All that the import would change of published records, for review together."""
    batch = open_to_decide(request.user, uuid)
    with transaction.atomic():
        count = submit_all(batch, by=request.user)
    told = ngettext("%(count)d change was submitted.", "%(count)d changes were submitted.", count)
    messages.success(request, told % {"count": count})
    return _back(batch)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request, uuid, site):
    """Asked once more before it is done; refused where somebody has touched a row since."""
    batch = open_batch(request.user, uuid)
    touched, against = [], against_undo(batch, as_of_now(request.user))
    if request.method == "POST" and not against:
        try:
            if steps.undo(batch, by=request.user) and (left := left_as_they_are(batch)):
                messages.warning(request, left_told(left))
            return _back(batch)
        except Touched as error:
            touched = error.rows
            batch.refresh_from_db()  # it was undone for a moment, in a transaction that did not last
        except OutsideScope as error:
            against = [str(error)]
            batch.refresh_from_db()
    if batch.state != State.COMMITTED:
        return _back(batch)
    context = {**site.each_context(request), **batch_context(request, batch), **_what_undoing_does(batch)}
    context |= {"title": _("Undo the import"), "touched": touched, "against": against}
    return TemplateResponse(request, "admin/imports/undo.html", context, status=_status(touched, against))


def _what_undoing_does(batch) -> dict:
    created, left = batch.writes.filter(created=True).count(), left_as_they_are(batch)
    changed = batch.writes.count() - created
    dropped = batch.pending.open().count()
    return {"created": created, "changed": changed, "dropped": dropped, "left": left_told(left) if left else ""}


def left_told(left: list[tuple[str, str]]) -> str:
    fields = "；".join(f"{record} · {field}" for record, field in left[:LISTED])
    said = _("What these fields said before was redacted, so undoing leaves them as they are: %(fields)s.")
    return said % {"fields": fields}


def _status(touched, against) -> int:
    if against:
        return 403
    return 409 if touched else 200


def _back(batch) -> HttpResponse:
    return redirect("admin:import_batch", batch.uuid)
