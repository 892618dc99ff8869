"""Pages that belong to no list: home, search, the reading of a typed text, and errors."""

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengtai.figures import FigureError, parse_figure, parse_growth
from fengtai.filters import unreadable
from fengtai.list_pages import headers, table_cells
from fengtai.lists import site_lists
from fengtai.periods import PeriodError, parse_period
from fengtai.readings import describe, explain

READERS = {"figure": parse_figure, "growth": parse_growth, "period": parse_period}
FOUND_ROWS = 5  # of each list on the search page


def site_menu(request) -> dict:
    """For every template: the lists of the site map, and this page in the other language."""
    other = "en" if get_language() != "en" else "zh-hans"
    return {
        "site_lists": site_lists(),
        "other_language": other,
        "other_address": translate_url(request.get_full_path(), other),
    }


@require_safe
def home(request):
    """Headline figures and ways in."""
    headlines = [headline for page in site_lists() for headline in page.table.headlines()]
    ways = [(page, page.table.rows().count()) for page in site_lists()]
    return render(request, "home.html", {"headlines": sorted(headlines, key=lambda h: h.order), "ways": ways})


@require_safe
def search(request):
    """The same words asked of every list; each shows its first rows and leads to the rest."""
    words = request.GET.get("q", "").strip()
    problem = unreadable(words)
    found = [] if problem or not words else [result for page in site_lists() if (result := _found(page, words))]
    return render(request, "search.html", {"words": words, "problem": problem, "found": found})


def _found(page, words: str) -> dict | None:
    rows = page.filterset({"q": words}, queryset=page.table.rows()).qs
    count = rows.count()
    if not count or not page.detail:
        return None
    shown = page.table.loaded(rows[:FOUND_ROWS])
    return {
        "page": page,
        "count": count,
        "headers": headers(page.table),
        "rows": [table_cells(page.table, record) for record in shown],
    }


@staff_member_required
@require_safe
def reading(request, kind: str):
    """How a typed text is understood, for the line under a field."""
    if kind not in READERS:
        raise Http404
    try:
        value = READERS[kind](request.GET.get("text", ""))
        return JsonResponse({"reading": _("Read as %(reading)s") % {"reading": describe(value)}})
    except (FigureError, PeriodError) as error:
        return JsonResponse({"problem": explain(error)})


@staff_member_required
@permission_required("fengtai.view_source", raise_exception=True)
@require_safe
def attachment(request, name: str):
    """A source's attachment, to staff who may see sources; never shown inside the site."""
    if not default_storage.exists(name):
        raise Http404
    return FileResponse(default_storage.open(name), as_attachment=True)


def bad_request(request, exception):
    return render(request, "400.html", status=400)
