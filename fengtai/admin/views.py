"""Addresses of the staff side beside the admin's own: how a typed text is read, and the attachments of sources."""

from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied, SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengtai.importing.taking.rights import may
from fengtai.records.models import Source
from fengtai.records.readings import describe, explain
from fengtai.values.figures import FigureError, parse_figure
from fengtai.values.growths import parse_growth
from fengtai.values.labels import parse_labelled
from fengtai.values.periods import PeriodError, parse_period

READERS = {
    "figure": parse_figure,
    "labelled": parse_labelled,
    "growth": parse_growth,
    "period": parse_period,
}


@staff_member_required
@require_safe
def reading(request, kind: str):
    """How a typed text is understood, for the line under a field."""
    if kind not in READERS:
        raise Http404
    try:
        value = READERS[kind](request.GET.get("text", ""))
        return JsonResponse({"reading": _("Read as %(reading)s") % {"reading": describe(value)}})
    except (FigureError, PeriodError) as error:
        return JsonResponse({"problem": explain(error)})


@staff_member_required
@require_safe
def attachment(request, name: str):
    """A source's attachment, to staff who may see sources; never shown inside the site, whatever it says that it is."""
    if not may(request.user, Source, "view") and not may(request.user, Source, "change"):
        raise PermissionDenied
    try:
        return FileResponse(default_storage.open(name), as_attachment=True, content_type="application/octet-stream")
    except (OSError, ValueError, SuspiciousFileOperation) as error:  # no file, or no name that a file could have
        raise Http404 from error
