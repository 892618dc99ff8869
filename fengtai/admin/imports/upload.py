"""The page where a file is brought: which file, which sheet of it, and the list's last imports."""

import hashlib
import uuid

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fengtai.admin.imports.access import batches_for, open_list
from fengtai.admin.imports.batch_page import way_back
from fengtai.admin.imports.remembered import memories_of
from fengtai.admin.imports.running import ask_preview
from fengtai.importing.reading.answers import Answers
from fengtai.importing.taking.steps import receive
from fengtai.lists.site import ListPage
from fengtai.records.added_once import AddedOnce, token_of
from fengtai.records.batches import ImportBatch
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.words import explain

LAST = 8  # imports shown


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )
    sheet = forms.CharField(label=gettext_lazy("Sheet"), max_length=100, required=False)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            size, limit = (f"{number / 1e6:.1f}" for number in (file.size, settings.IMPORT_MAX_BYTES))
            raise forms.ValidationError(explain(WorkbookError("too_large", size=size, limit=limit)))
        return file

    @property
    def answers(self) -> Answers:
        sheet = self.cleaned_data["sheet"].strip()
        return Answers(sheets=(sheet,) if sheet else ())


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, name: str, site):
    """Keeps the file and reads it; a script that shows the progress asks for the reading itself."""
    page = open_list(request.user, name)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        batch, is_new = _received(request, page, form)
        if not is_new:
            messages.warning(request, _("This form was sent already: here is the file that it brought."))
        elif "scripted" not in request.POST:
            ask_preview(batch, request.user)
        return redirect("admin:import_batch", batch.uuid)
    context = {**site.each_context(request), **_told(request, page, form)}
    return TemplateResponse(request, "admin/imports/upload.html", context, status=400 if form.errors else 200)


def _told(request, page: ListPage, form: UploadForm) -> dict:
    return {
        "title": _("Import a workbook"),
        "page": page,
        "form": form,
        "once": uuid.uuid4(),
        "last": batches_for(request.user).filter(list_name=page.name)[:LAST],
        "memories": memories_of(page.name),
        "limits": {
            "megabytes": settings.IMPORT_MAX_BYTES // 1_000_000,
            "rows": settings.IMPORT_MAX_ROWS,
            "columns": settings.IMPORT_MAX_COLUMNS,
        },
        **way_back(page),
    }


def _received(request, page: ListPage, form: UploadForm) -> tuple[ImportBatch, bool]:
    """The batch, and whether it is new: one form brings one file once, however often it is sent. Another file, or
    another sheet of it, is another import.
    """
    file, once = form.cleaned_data["file"], _once(request, page, form)
    if known := AddedOnce.objects.filter(token=once).first():
        if known.record is not None:
            return known.record, False
        once = uuid.uuid4()  # what it brought is gone
    batch = None
    try:
        with transaction.atomic():
            batch = receive(page, file, by=request.user, answers=form.answers)
            AddedOnce.note(once, batch, batch.sha256)
            return batch, True
    except IntegrityError:  # the same form was sent twice at this moment
        if batch is not None:
            batch.file.delete(save=False)
        return AddedOnce.objects.get(token=once).record, False


def _once(request, page: ListPage, form: UploadForm) -> uuid.UUID:
    """Of the form as it was opened and of what it says; without a token of its own each sending is another."""
    file, token = form.cleaned_data["file"], token_of(request.POST.get("once", "")) or uuid.uuid4()
    said = (page.name, request.user.pk, file.name, hashlib.file_digest(file, "sha256").hexdigest(), form.answers.sheets)
    file.seek(0)
    return uuid.uuid5(token, repr(said))
