"""A list of staff at one address: its page, and the files of exactly what the page shows."""

from collections.abc import Callable

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from fengtai.admin.listing.list_rows import staff_rows
from fengtai.admin.listing.staff_lists import ALL, COLUMNS, StaffList, StaffQuestion
from fengtai.pages.list_pages import around, mistakes, numbered_pages, surroundings
from fengtai.pages.list_views import file_or_refusal
from fengtai.records.trail.acting import Act
from fengtai.records.trail.entering import enter

OK = 200
STATE = "state"  # the question that stands above the rows with its counts


def staff_list_view(page: StaffList | Callable[..., StaffList], *, may: Callable[..., bool]):
    """A view of a list that belongs to no admin class; where its rows depend on who asks, `page` takes the request.

    `may` says of a request whether it is answered at all.
    """

    @require_safe
    def view(request):
        if not may(request):
            raise PermissionDenied
        shown = page(request) if callable(page) else page
        return list_answer(request, shown, shown.ask(request.GET))

    return admin.site.admin_view(view)


def list_answer(request, page: StaffList, question: StaffQuestion, context: dict | None = None) -> HttpResponse:
    """The page or the file; `context` holds what else its template tells."""
    if len(request.GET.getlist(COLUMNS)) > 1:  # as a form sends its boxes
        return redirect(page.address + _in_one(request, question))
    if request.GET.get("format"):
        return _file(request, page, question)
    context = {**admin.site.each_context(request), "title": page.title, **(context or {})}
    return TemplateResponse(request, "admin/listing/list.html", {**context, **_told(page, question, context)})


def _file(request, page: StaffList, question: StaffQuestion) -> HttpResponse:
    """A file that leaves the house is entered in the trail, with what was asked."""
    answer = file_or_refusal(request, page, question)
    if answer.status_code == OK and request.method == "GET":
        enter(Act.EXPORTED, by=request.user, label=page.title, said={"address": ["", request.get_full_path()]})
    return answer


def _in_one(request, question: StaffQuestion) -> str:
    return question.address(**{COLUMNS: ",".join(request.GET.getlist(COLUMNS))})


def _told(page: StaffList, question: StaffQuestion, context: dict) -> dict:
    window = question.window  # first, since a page that leads nowhere is a mistake like any other
    return {
        "page": page,
        "question": question,
        "rows": staff_rows(question, window.keys, chosen_from=bool(context.get("action_form"))),
        "loose_errors": [(name, text) for name, label, text in mistakes(question) if not label],
        "window": window,
        "pages": numbered_pages(question),
        **surroundings(page, question, _around),
    }


def _around(page: StaffList, question: StaffQuestion) -> dict:
    """What a public list tells; also the states with their counts, and the columns to choose from."""
    told = around(page, question)
    states = next((field for field in told["fields"] if field.name == STATE), None)
    told["fields"] = [field for field in told["fields"] if field is not states or field.errors]
    told["states"] = [(one, question.address(state=one.value)) for one in states.options] if states else []
    first, *others = page.table.names()
    told["columns"] = [(name, page.table.label(name), name in question.columns) for name in others]
    told["columns_shown"] = ",".join(question.columns) if question.params.get(COLUMNS) else ""
    told["all_columns"], told["usual_columns"] = question.address(columns=ALL), question.address(columns=None)
    kept = [*question.active, "sort", "per_page"]
    told["kept"] = [(name, question.params[name]) for name in kept if question.params.get(name)]
    told["first_column"] = page.table.label(first)
    return told
