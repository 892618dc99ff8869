"""A list at one address: the page and the files of the same filtered rows."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengtai.downloads.exporting import JSON_FORMATS, download
from fengtai.downloads.turns import RETRY_AFTER, TURNS, take_turn
from fengtai.lists import paging
from fengtai.lists.questions import Question
from fengtai.lists.site import ListPage
from fengtai.pages.detail_pages import detail_view
from fengtai.pages.list_pages import list_context


def list_urls(name: str, table: type, filterset: type, *, detail: bool = True) -> list:
    """The addresses of a list and, unless another list shows its records, of each of its records."""
    page = ListPage(name, table, filterset, detail)
    views = [path(f"{name}/", _list_view(page), name=name)]
    if detail:
        views.append(path(f"{name}/<int:pk>/", detail_view(page), name=f"{name}-detail"))
    return views


def _list_view(page: ListPage):
    @require_safe
    def view(request):
        question = page.ask(request.GET)
        if request.GET.get("format"):
            return file_or_refusal(request, page, question)
        response = render(request, page.templates("list"), list_context(page, question))
        if question.errors:
            response["Cache-Control"] = "no-store"  # mistakes are endless: none is worth keeping
        return response

    view.list_page = page
    return view


def file_or_refusal(request, page: ListPage, question: Question) -> HttpResponse:
    return _refusal(question) if question.errors else _file(request, page, question)


def _file(request, page: ListPage, question: Question) -> HttpResponse:
    """The rows as a file. One of more rows than are counted needs a turn among the reader's heavy downloads."""
    if request.method == "HEAD" or question.count <= paging.COUNTED:
        return download(request, page, question)
    turn = take_turn(request)
    return download(request, page, question, turn) if turn else _busy(request, question)


def _busy(request, question: Question) -> HttpResponse:
    reason = _("At most %(turns)d large files at a time: wait until one of them is complete, then ask again.")
    reason %= {"turns": TURNS}
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
