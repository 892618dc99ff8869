"""What a list page shows: headers, rows, filters with counts, chips, pages and downloads."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from fengtai.caching.store import remembered
from fengtai.downloads.exporting import FORMATS, file_name
from fengtai.lists import paging
from fengtai.lists.ordering import END
from fengtai.lists.questions import Question
from fengtai.pages.question_form import fields
from fengtai.pages.row_html import rendered_rows

GAP = ("…", "", "", False)
SURROUNDINGS = ("questions", "result_bar", "headers", "downloads")


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
    return {
        "page": page,
        "question": question,
        "rows": rendered_rows(page.table, window.keys, question.filterset.looked_for),
        "loose_errors": loose_errors(question),
        "window": window,
        "pages": numbered_pages(question),
        **surroundings(page, question, around),
    }


def around(page, question: Question) -> dict:
    """What is told around the rows, for the partials that tell it."""
    return {
        "page": page,
        "question": question,
        "fields": fields(question),
        "headers": headers(page.table, question.columns, question),
        "sizes": [(size, question.address(per_page=size), size == question.per_page) for size in paging.PAGE_SIZES],
        "downloads": [(name, question.address(format=name), file_name(page, question, name)) for name in FORMATS],
    }


def surroundings(page, question: Question, tell: Callable) -> dict[str, SafeString]:
    """What stands around the rows whichever page of them is shown, made once for each answer and each write."""

    def render() -> dict[str, SafeString]:
        context = tell(page, question)
        return {name: render_to_string(f"{page.partials}_{name}.html", context) for name in SURROUNDINGS}

    if question.errors:
        return render()
    asked = json.dumps([question.active, *question.shown_by], ensure_ascii=False)
    return remembered(f"surroundings:{page.name}:{get_language()}:{asked}", render)


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


def loose_errors(question: Question) -> list[tuple[str, str]]:
    """Mistakes in parameters that have no field of their own."""
    declared = question.filterset_class.declared()
    return [(name, " ".join(texts)) for name, texts in question.errors.items() if name not in declared]


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
    if question.count > paging.COUNTED:
        end = gettext("last")
        links += [GAP, (end, question.address(before=END), end, False)]
    return links
