"""What an indicator's page tells beside its facts: the latest figure, all figures, scopes side by side, downloads."""

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils import timezone

from fengtai.downloads.exporting import FORMATS, file_name
from fengtai.lists.site import page_of
from fengtai.pages.detail_pages import Section, section_of
from fengtai.records.models import Source
from indicators.expected import is_overdue, next_expected
from indicators.figure_tables import FiguresByScope, FiguresOfIndicator
from indicators.models import Indicator, Observation

SHOWN = 300  # figures in the table of the page; the list of all is one click away


def told_of(indicator: Indicator) -> dict:
    """The context of the indicator's template."""
    figures, latest = Observation.objects.public().filter(indicator=indicator.pk), indicator.latest
    last = indicator.frequency, latest.period if latest else None
    by_scope = [row for scope in indicator.scopes[1:] if (row := _latest_of(figures, scope))]
    return {
        "latest": latest,
        "next_expected": next_expected(*last),
        "is_overdue": is_overdue(*last, timezone.localdate()),  # no page is kept longer than a day
        "figures": _all(indicator, figures),
        "scopes": _side_by_side([latest, *by_scope]) if by_scope else None,
        "parts": _parts(indicator),
        "stated_by": Source.objects.cited_by(figures),
        **_downloads(indicator),
    }


def _latest_of(figures: QuerySet, scope) -> Observation | None:
    return figures.filter(scope=scope).latest_published().most_telling_first().first()


def _all(indicator: Indicator, figures: QuerySet) -> Section:
    """By scope, the latest period first, and of one period what is in force before what it replaced."""
    order = ("scope__sort_key", F("period_end").desc(nulls_last=True), "-pk")
    return section_of(page_of("observations"), figures.order_by(*order), _asked(indicator), FiguresOfIndicator, SHOWN)


def _side_by_side(rows: list[Observation]) -> Section:
    keys = [row.pk for row in rows]
    rows = Observation.objects.public().filter(pk__in=keys).order_by("scope__sort_key", "pk")
    return section_of(page_of("observations"), rows, "", FiguresByScope)


def _parts(indicator: Indicator) -> Section | None:
    page = page_of("indicators")
    section = section_of(page, page.table.rows().filter(part_of=indicator.pk), f"?part_of={indicator.code}")
    return section if section.count else None


def _asked(indicator: Indicator) -> str:
    return f"?indicator={indicator.code}"


def _downloads(indicator: Indicator) -> dict:
    """The figures as files, as the list of all figures gives them."""
    page = page_of("observations")
    question = page.ask(QueryDict(_asked(indicator).removeprefix("?")))
    files = [(name, page.address + question.address(format=name), file_name(page, question, name)) for name in FORMATS]
    return {"question": question, "downloads": files}
