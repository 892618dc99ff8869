"""All reports that somebody may answer, open and closed; and the one of a number that is read out on the telephone."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from fengtai.review.corrections.models import Correction
from fengtai.review.corrections.numbers import read_number
from fengtai.review.corrections.sending import forget_contacts
from fengtai.review.corrections.subjects import may_answer

PAGE = 50


@require_safe
def correction_list(request):
    forget_contacts()
    typed, states = request.GET.get("number", "").strip(), Correction.State
    found = Correction.objects.filter(number=read_number(typed) or "-") if typed else ()
    if found and may_answer(request.user, found):
        return redirect("correction_of_staff", key=found[0].pk)
    state = request.GET.get("state", "")
    rows = Correction.objects.filter(state=state) if state in states.values else Correction.objects.all()
    pages = Paginator(may_answer(request.user, rows.select_related("by")), PAGE)
    context = {
        **admin.site.each_context(request),
        "title": capfirst(Correction._meta.verbose_name_plural),
        "shown": pages.get_page(request.GET.get("page")),
        "states": states.choices,
        "state": state,
        "typed": typed,
    }
    return TemplateResponse(request, "admin/corrections/list.html", context)
