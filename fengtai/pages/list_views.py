"""A list at one address: the page and the files of the same filtered rows."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengtai.downloads.exporting import JSON_FORMATS, download
from fengtai.downloads.places_in_line import PLACES, RETRY_AFTER, take_place
from fengtai.lists.paging import COUNTED
from fengtai.lists.questions import Question
from fengtai.lists.site import ListPage, site_lists
from fengtai.pages.detail_pages import detail_context
from fengtai.pages.list_pages import list_context


def list_urls(name: str, table: type, filterset: type, *, detail: bool = True) -> list:
    """The addresses of a list and, unless another list shows its records, of each of its records."""
    page = ListPage(name, table, filterset, detail)
    views = [path(f"{name}/", _list_view(page), name=name)]
    if detail:
        views.append(path(f"{name}/<int:pk>/", _detail_view(page), name=f"{name}-detail"))
    return views


def _list_view(page: ListPage):
    @require_safe
    def view(request):
        question = page.ask(request.GET)
        if request.GET.get("format"):
            return _refusal(question) if question.errors else _file(request, page, question)
        response = render(request, [f"{page.name}_list.html", "list.html"], list_context(page, question))
        if question.errors:
            response["Cache-Control"] = "no-store"  # mistakes are endless: none is worth keeping
        return response

    view.list_page = page
    return view


def _detail_view(page: ListPage):
    @require_safe
    def view(request, pk: int):
        record = page.table.loaded(page.table.rows().filter(pk=pk)).first() if pk < 2**63 else None
        if record is None:
            raise Http404
        context = detail_context(page, record, site_lists())
        return render(request, [f"{page.name}_detail.html", "detail.html"], context)

    view.detail_of = page
    return view


def _file(request, page: ListPage, question: Question) -> HttpResponse:
    """The rows as a file. One of more rows than are counted needs a place among the reader's heavy downloads."""
    if request.method == "HEAD" or question.count <= COUNTED:
        return download(request, page, question)
    place = take_place(request)
    return download(request, page, question, place) if place else _busy(request, question)


def _busy(request, question: Question) -> HttpResponse:
    reason = _("At most %(places)d large files at a time: wait until one of them is complete, then ask again.")
    reason %= {"places": PLACES}
    if question.format in JSON_FORMATS:
        response = _json({"errors": {"format": reason}}, 429)
    else:
        response = render(request, "429.html", {"reason": reason}, status=429)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _json(content: dict, status: int) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})


def _refusal(question: Question) -> HttpResponse:
    """A download that cannot be given says why; it never holds everything instead."""
    problems = {name: " ".join(texts) for name, texts in question.errors.items()}
    if question.params.get("format") in JSON_FORMATS:
        return _json({"errors": problems}, 400)
    lines = [_("This download was refused:"), *(f"{name}: {text}" for name, text in problems.items())]
    return HttpResponse("\n".join(lines), status=400, content_type="text/plain; charset=utf-8")
