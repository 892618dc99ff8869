"""The files of an import, handed out to those who may import: the original, the one with marks, the template."""

from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fengtai.admin.imports.access import must_ask, open_batch, open_list
from fengtai.importing.taking.handing_back import returned_file, template_file
from fengtai.records.batches import ImportBatch
from fengtai.records.trail.entering import Act, Way, enter
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.words import explain

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def original(request, uuid) -> FileResponse:
    """The file as it came, byte for byte; never shown inside the site."""
    batch = _asked_for(request, uuid)
    kind = "application/octet-stream"
    try:
        return FileResponse(batch.file.open("rb"), as_attachment=True, filename=batch.file_name, content_type=kind)
    except FileNotFoundError:
        return _gone()


@require_http_methods(["GET", "HEAD", "POST"])
def returned(request, uuid) -> HttpResponse:
    """The sender's file with its faults marked, whole or only the rows at fault."""
    batch = _asked_for(request, uuid)
    only_faulty = request.GET.get("rows") == "faulty"
    try:
        content = returned_file(batch, only_faulty=only_faulty)
    except WorkbookError as error:
        return _text(explain(error), status=422)
    except FileNotFoundError:
        return _gone()
    name = _("%(name)s_to_correct_faulty_rows.xlsx") if only_faulty else _("%(name)s_to_correct.xlsx")
    return _workbook(content, name % {"name": Path(batch.file_name).stem})


def _asked_for(request, uuid) -> ImportBatch:
    """Of somebody else's file that may say whom to call the asking is entered in the trail; a link asks nothing."""
    batch = open_batch(request.user, uuid)
    if must_ask(request.user, batch):
        if request.method != "POST":
            raise PermissionDenied
        enter(Act.REVEALED, by=request.user, record=batch, label=batch.file_name, way=Way.CONTACTS)
    return batch


@require_safe
def template(request, name: str) -> HttpResponse:
    page = open_list(request.user, name)
    return _workbook(template_file(page), _("%(title)s_template.xlsx") % {"title": page.title})


def _gone() -> HttpResponse:
    return _text(_("The file of this import is not on the disk any more."), status=410)


def _text(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
