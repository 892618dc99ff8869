"""The page of one report: what was said, the record beside it, and the answer."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengtai.admin.corrections.access import opened
from fengtai.admin.corrections.forms import AnswerForm
from fengtai.admin.standing import address_of_row
from fengtai.pages.corrections.published import public_records
from fengtai.pages.corrections.subject import as_stored
from fengtai.records.trail.entering import Act, Way, enter
from fengtai.review.actions import Refused
from fengtai.review.corrections.answering import answer, take_up
from fengtai.review.corrections.models import Correction
from fengtai.review.corrections.subjects import record_of, successor_of
from fengtai.values.masking import masked

LOOK, REVEAL = "look", "reveal"


@require_http_methods(["GET", "HEAD", "POST"])
def correction_page(request, key: str):
    report = opened(request.user, key)
    act = request.POST.get("act", "") if request.method == "POST" else None
    form = AnswerForm(request.POST if act == "" else None, user=request.user, initial={"seen": report.revision})
    if act == LOOK:
        return _taken_up(request, report)
    if act == "" and form.is_valid() and _answered(request, report, form.cleaned_data):
        return redirect("correction_of_staff", key=report.pk)
    status = 400 if form.errors else 200
    response = TemplateResponse(request, "admin/corrections/one.html", _told(request, report, form, act), status=status)
    add_never_cache_headers(response)
    return response


def _taken_up(request, report: Correction):
    try:
        take_up(report, by=request.user, seen=report.revision)
        messages.success(request, _("Whoever asks by the number reads that it is being looked at."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("correction_of_staff", key=report.pk)


def _answered(request, report: Correction, said: dict) -> bool:
    try:
        answer(report, said.pop("state"), by=request.user, **said)
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, _("Report %(number)s is answered.") % {"number": report.number})
    return True


def _told(request, report: Correction, form: AnswerForm, act: str | None) -> dict:
    record, is_whole = record_of(report), act == REVEAL
    if is_whole:
        enter(Act.REVEALED, by=request.user, record=record or report, way=Way.CONTACTS, why=report.number)
    row = (type(record), record.pk) if record is not None else None
    is_public = row is not None and row in public_records([row])
    standing = successor_of(record) if is_public else None
    subject = as_stored(standing.get_absolute_url(), request.get_host()) if standing else None
    label, now = subject.shown.get(report.field, ("", "")) if subject else ("", "")
    return {
        **admin.site.each_context(request),
        "title": _("Correction"),
        "report": report,
        "record": record,
        "is_public": is_public,
        "successor": standing if standing != record else None,
        "form_address": address_of_row(record) if record is not None else "",
        "field_label": label or report.field,
        "shown_now": now,
        "form": form,
        "contacts": [(label, text if is_whole else masked(text)) for label, text in _contacts(report) if text],
        "is_whole": is_whole,
    }


def _contacts(report: Correction) -> list[tuple]:
    fields = [Correction._meta.get_field(name) for name in Correction.personal]
    return [(field.verbose_name, getattr(report, field.name)) for field in fields]
