"""A list at one address: the page and the files of the same filtered rows."""

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengtai.downloads.exporting import JSON_FORMATS, download
from fengtai.downloads.turns import RETRY_AFTER, TURNS, take_turn
from fengtai.lists import paging
from fengtai.lists.parameters import SHOW
from fengtai.lists.questions import Question
from fengtai.lists.site import ListPage
from fengtai.pages.chart_views import list_chart_view, record_chart_view
from fengtai.pages.cors import open_to_all
from fengtai.pages.detail_pages import detail_view
from fengtai.pages.list_pages import list_context
from fengtai.pages.proofs import proof_view
from fengtai.pages.record_files import with_json

REFUSED = 400


def list_urls(name: str, table: type, filterset: type, *, detail: bool = True) -> list:
    """The addresses of a list and, unless another list shows its records, of each of its records."""
    page = ListPage(name, table, filterset, detail)
    views = [path(f"{name}/", _list_view(page), name=name)]
    key = "<int:pk>" if table.model().addressed_by == "pk" else "<slug:pk>"
    if detail:
        views.append(path(f"{name}/{key}/", with_json(page, detail_view(page)), name=f"{name}-detail"))
        views.append(path(f"{name}/{key}/proof/<slug:place>/", proof_view(page), name=f"{name}-proof"))
    if table.charts:
        views.append(path(f"{name}/chart.svg", list_chart_view(page), name=f"{name}-charts"))
    if table.charts and detail:
        views.append(path(f"{name}/{key}/chart.svg", record_chart_view(page), name=f"{name}-chart"))
    return views


def _list_view(page: ListPage):
    @require_safe
    def view(request):
        question = page.ask(_in_one(request.GET))
        if request.GET.get("format"):
            return open_to_all(request, file_or_refusal(request, page, question))
        context = list_context(page, question)
        response = render(request, page.templates("list"), context, status=REFUSED if question.errors else 200)
        if question.errors:
            response["Cache-Control"] = "no-store"  # mistakes are endless: none is worth keeping
        elif not question.known.is_complete:
            response["Cache-Control"] = "no-cache"  # the next answer counts more
        return response

    view.list_page = page
    return view


def _in_one(params: QueryDict) -> QueryDict:
    """The same question with its columns in one parameter: a form sends each of its boxes."""
    if len(params.getlist(SHOW)) < 2:
        return params
    asked = params.copy()
    asked[SHOW] = ",".join(params.getlist(SHOW))
    return asked


def file_or_refusal(request, page: ListPage, question: Question) -> HttpResponse:
    return _refusal(question) if question.errors else _file(request, page, question)


def _file(request, page: ListPage, question: Question) -> HttpResponse:
    """The rows as a file. A heavy one needs a turn among the reader's heavy downloads."""
    if request.method == "HEAD" or question.count <= paging.HEAVY:
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
        return _json({"errors": problems}, REFUSED)
    lines = [_("This download was refused:"), *(f"{name}: {text}" for name, text in problems.items())]
    return HttpResponse("\n".join(lines), status=REFUSED, content_type="text/plain; charset=utf-8")
