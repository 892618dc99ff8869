"""The addresses of charts as files: of a list with its filters, and of a record."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from fengtai.lists.addresses import site_root
from fengtai.pages.charts.declared import charts_above, charts_of
from fengtai.pages.charts.files import svg
from fengtai.pages.charts.marks import Chart
from fengtai.pages.question_form import fields
from fengtai.pages.withdrawn import named_by


def list_chart_view(page):
    """A chart of the rows that the filters leave; `chart` names it among those of the list."""

    @require_safe
    def view(request):
        params = request.GET.copy()
        name = params.pop("chart", [""])[-1]
        question = page.ask(params)
        if question.errors:
            raise Http404
        about = site_root(request) + page.address + question.address()
        return _file(charts_above(page, question, fields(question)), name, page.title, about)

    return view


def record_chart_view(page):
    """A chart of a record's page."""

    @require_safe
    def view(request, pk: int | str):
        asked = named_by(page.table.model(), pk)
        record = page.table.loaded(page.table.rows()).filter(**asked).first() if asked else None
        if record is None:
            raise Http404
        about = site_root(request) + reverse(f"{page.name}-detail", args=[pk])
        return _file(charts_of(page.table, record), request.GET.get("chart", ""), str(record), about)

    return view


def _file(charts: list[Chart], name: str, subject: str, about: str) -> HttpResponse:
    """The chart of this name, or the first; whoever asks for one that is not there is told so."""
    chart = next((chart for chart in charts if name in ("", chart.name)), None)
    if chart is None:
        raise Http404
    response = HttpResponse(svg(chart, subject, about), content_type="image/svg+xml; charset=utf-8")
    told = subject if chart.title == subject else f"{subject}_{chart.title}"
    response["Content-Disposition"] = content_disposition_header(True, f"{told}.svg")
    return response
