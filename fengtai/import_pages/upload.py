"""The page where a file is brought: which file, which sheet of it, and the list's last imports."""

from django import forms
from django.conf import settings
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fengtai.import_pages.access import batches_for, open_list
from fengtai.import_pages.batch_page import way_back
from fengtai.import_pages.remembered import memories_of
from fengtai.import_pages.running import ask_preview
from fengtai.importing.reading.answers import Answers
from fengtai.importing.taking.steps import receive
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
        batch = receive(page, form.cleaned_data["file"], by=request.user, answers=form.answers)
        if "scripted" not in request.POST:
            ask_preview(batch, request.user)
        return redirect("admin:import_batch", batch.uuid)
    context = {
        **site.each_context(request),
        "title": _("Import a workbook"),
        "page": page,
        "form": form,
        "last": batches_for(request.user).filter(list_name=page.name)[:LAST],
        "memories": memories_of(page.name),
        "limits": {
            "megabytes": settings.IMPORT_MAX_BYTES // 1_000_000,
            "rows": settings.IMPORT_MAX_ROWS,
            "columns": settings.IMPORT_MAX_COLUMNS,
        },
        **way_back(page),
    }
    return TemplateResponse(request, "admin/imports/upload.html", context, status=400 if form.errors else 200)
