"""The pages of corrections that everybody may open."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fengtai.pages.corrections.forms import TRAP, ReportForm, kept_stamp, new_stamp
from fengtai.pages.corrections.limiting import WINDOW, may_send
from fengtai.pages.corrections.published import published
from fengtai.pages.corrections.receipts import receipt_of
from fengtai.pages.corrections.subject import Subject, as_stored, subject_at
from fengtai.review.corrections.models import Correction
from fengtai.review.corrections.numbers import read_number
from fengtai.review.corrections.sending import send, sent_before

PAGE = 50
WRONG, TOO_MANY, NOT_FOUND = 400, 429, 404


@require_http_methods(["GET", "HEAD", "POST"])
def new_report(request):
    """Asks what is wrong, and leads on to the number of the report."""
    asked = request.POST if request.method == "POST" else request.GET
    about = asked.get("about", "").strip()
    subject = subject_at(about, request.get_host()) if about else None
    if request.method == "POST":
        return _taken(request, ReportForm(request.POST, subject=subject), subject)
    if about and subject is None:
        form = ReportForm({"about": about, "stamp": new_stamp()})
        form.errors.clear()
        form.add_error("about", _("There is no public page of this site at that address."))
        return _asked(request, form, None, WRONG)
    named = asked.get("field", "")
    begun = {"about": about, "field": named if subject and named in subject.shown else ""}
    return _asked(request, ReportForm(initial=begun, subject=subject), subject)


def _taken(request, form: ReportForm, subject: Subject | None):
    if not form.is_valid():
        return _asked(request, form, subject, WRONG)
    said = dict(form.cleaned_data)
    token, said["address"] = said.pop("token"), said.pop("about")
    made = sent_before(token)
    if made is None and not may_send(request, token):
        answer = _asked(request, form, subject, TOO_MANY)
        answer["Retry-After"] = str(WINDOW)
        return answer
    return redirect("correction", number=(made or _sent(request, token, said)).number)


def _sent(request, token, said: dict) -> Correction:
    """With the record's name and the fact as they are shown now."""
    said.pop("stamp")
    subject = as_stored(said["address"], request.get_host()) if said["address"] else None
    if subject is not None:
        name = said.get("field", "")
        shown = subject.shown.get(name, ("", ""))[1]
        said |= {"label": subject.label, "address": subject.address, "shown": shown}
    return send(token, subject.record if subject else None, **said)


def _asked(request, form: ReportForm, subject: Subject | None, status: int = 200):
    context = {
        "form": form,
        "subject": subject,
        "stamp": kept_stamp(form.data.get("stamp", "")),
        "trap": TRAP,
        "is_busy": status == TOO_MANY,
        "field_shown": _field_shown(form, subject),
    }
    answer = render(request, "corrections/new.html", context, status=status)
    add_never_cache_headers(answer)
    return answer


def _field_shown(form: ReportForm, subject: Subject | None) -> tuple[str, str] | None:
    """Label and text of the fact that is pointed at."""
    named = form["field"].value() if subject and "field" in form.fields else ""
    return subject.shown.get(named) if named else None


@require_safe
def receipt(request, number: str):
    """How far a report is; nothing of what was typed into it."""
    known = read_number(number)
    if known and known != number:
        return redirect("correction", number=known)
    found = Correction.objects.filter(number=known).select_related("same_as").first() if known else None
    context = {"receipt": receipt_of(found) if found else None, "number": known or number[:40]}
    answer = render(request, "corrections/receipt.html", context, status=200 if found else NOT_FOUND)
    add_never_cache_headers(answer)
    return answer


@require_safe
def corrections(request):
    """What was corrected, with dates; a number that is typed here leads to its page."""
    if typed := request.GET.get("number", "").strip():
        return redirect("correction", number=typed[:40].replace("/", "-"))
    text = request.GET.get("page", "1")
    pages = Paginator(published(), PAGE)
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= pages.num_pages):
        raise Http404
    return render(request, "corrections/list.html", {"shown": pages.page(int(text))})
