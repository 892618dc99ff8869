"""What a list page shows: headers, rows, filters with counts, chips, pages and downloads."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from fengtai.caching.reading import reading
from fengtai.caching.store import remembered
from fengtai.downloads.exporting import FORMATS, file_name
from fengtai.lists import paging
from fengtai.lists.empty_answers import EmptyAnswer
from fengtai.lists.ordering import END
from fengtai.lists.questions import Question
from fengtai.pages.charts.declared import charts_above
from fengtai.pages.charts.figures import figures_html
from fengtai.pages.question_form import fields
from fengtai.pages.row_html import rendered_rows
from fengtai.pages.sharing.titles import list_description, list_query, list_title

GAP = ("…", "", "", False)
SURROUNDINGS = ("questions", "result_bar", "headers", "downloads", "charts")


@dataclass(frozen=True)
class Header:
    """A column's heading: the address that sorts by it, and how it is sorted now."""

    label: str
    numeric: bool
    address: str
    direction: str  # ascending, descending or empty: the values of aria-sort


def list_context(page, question: Question) -> dict:
    """The context of list.html."""
    window = question.window  # first, since a page that leads nowhere is a mistake like any other
    looked_for = question.filterset.looked_for
    return {
        "page": page,
        "question": question,
        "rows": rendered_rows(page.table, window.keys, looked_for, question.columns),
        "mistakes": mistakes(question),
        "window": window,
        **placed(page, question),
        **(_instead(page, question, looked_for) if looked_for and not question.errors and not question.count else {}),
        **surroundings(page, question, around),
    }


def _instead(page, question: Question, looked_for) -> dict:
    """What else may be asked where words find nothing."""
    answer = EmptyAnswer(looked_for, (page,), {name: text for name, text in question.active.items() if name != "q"})
    parts, meant = answer.parted(), answer.meant()
    return {"parted": parts and answer.offer(parts), "meant": meant, "told": answer.words(but_for=parts or meant)}


def around(page, question: Question) -> dict:
    """What is told around the rows, for the partials that tell it."""
    told = fields(question)
    return {
        "page": page,
        "question": question,
        "fields": told,
        **_charts(page, question, told),
        "headers": headers(page.table, question.columns, question),
        **_choosing(page, question),
        "sizes": [(size, question.address(per_page=size), size == question.per_page) for size in paging.PAGE_SIZES],
        "downloads": [(name, question.address(format=name), file_name(page, question, name)) for name in FORMATS],
    }


def _choosing(page, question: Question) -> dict:
    """The columns to choose from, and what else the address asks, which a form hands on."""
    first, *others = page.table.names()
    kept = [*question.active, "sort", "per_page"]
    return {
        "columns": [(name, page.table.label(name), name in question.columns) for name in others],
        "first_column": page.table.label(first),
        "usual_columns": question.address(show=None),
        "kept": [(name, question.params[name]) for name in kept if question.params.get(name)],
    }


def _charts(page, question: Question, told: list) -> dict:
    """The charts of the rows that answer, and their titles."""
    charts = charts_above(page, question, told)
    figures = figures_html(charts, f"{page.address}chart.svg{question.address()}") if charts else ""
    return {"figures": figures, "titles": [chart.title for chart in charts]}


def surroundings(page, question: Question, tell: Callable) -> dict[str, SafeString]:
    """What stands around the rows whichever page of them is shown, made once for each answer and each write."""

    def render() -> dict[str, SafeString]:
        context = tell(page, question)
        return {name: render_to_string(f"{page.partials}_{name}.html", context) for name in SURROUNDINGS}

    if question.errors:
        return render()
    asked = json.dumps([question.active, *question.shown_by], ensure_ascii=False)
    name = f"surroundings:{page.name}:{get_language()}:{asked}"
    with reading(question.reading):
        return remembered(name, render, lambda: question.known.is_complete)


def placed(page, question: Question) -> dict[str, str]:
    """What a page of the list is called, and the links to its others, made once for each answer and each write."""

    def tell() -> dict[str, str]:
        links = {"pages": numbered_pages(question), "window": question.window, "question": question}
        return {
            "title": list_title(page, question),
            "description": list_description(page, question),
            "asked": list_query(question),
            "pages": render_to_string("_pages.html", links),
        }

    if question.errors:
        return tell()
    asked = json.dumps([question.active, *question.shown_by, *question.place], ensure_ascii=False)
    with reading(question.reading):
        return remembered(f"place:{page.name}:{get_language()}:{asked}", tell)


def headers(table, names: Iterable[str], question: Question | None = None) -> list[Header]:
    """The headings of some columns; without a question they cannot be sorted."""
    found = []
    for name in names:
        address = direction = ""
        if question is not None and name in table.sortable():
            direction = {name: "ascending", f"-{name}": "descending"}.get(question.sort, "")
            address = question.address(sort=f"-{name}" if direction == "ascending" else name)
        found.append(Header(table.label(name), table.base_columns[name].numeric, address, direction))
    return found


def heading_row(heads: list[Header]) -> SafeString:
    return render_to_string("_headers.html", {"headers": heads})


def mistakes(question: Question) -> list[tuple[str, str, str]]:
    """Each mistake with where it is put right: the parameter, the label of its field if it has one, the text."""
    if not question.errors:
        return []
    labels = {name: str(one.label) for name, one in question.filterset_class.declared().items()}
    return [(name, labels.get(name, ""), " ".join(texts)) for name, texts in question.errors.items()]


def numbered_pages(question: Question) -> list[tuple]:
    """Links: number, address, label, whether it is shown; a gap has no address, and the last may have no number."""
    if question.errors or question.last_page == 1:
        return []
    shown = 0 if question.params.get("after") or question.params.get("before") else question.page
    near = {1, question.last_page, *range(shown - 2, shown + 3)} & {*range(1, question.last_page + 1)}
    label = gettext("Page %(number)s")
    links, last = [], 0
    for number in sorted(near):
        if number > last + 1:
            links.append(GAP)
        links.append((number, question.address(page=number), label % {"number": number}, number == shown))
        last = number
    if question.count > paging.NUMBERED:
        end = gettext("last")
        links += [GAP, (end, question.address(before=END), end, False)]
    return links
