"""What a list page shows: headers, rows, filters with counts, chips, pages and downloads."""

import json
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from fengtai.caching.store import remembered
from fengtai.downloads.exporting import FORMATS, file_name
from fengtai.lists.choices import OFFERED, Rows
from fengtai.lists.paging import COUNTED, END
from fengtai.lists.questions import PAGE_SIZES, Question
from fengtai.pages.row_html import cell_start, rendered_rows

GAP = ("…", "", "", False)
SURROUNDINGS = ("questions", "result_bar", "headers", "downloads")


@dataclass(frozen=True)
class Header:
    """A column's heading: the address that sorts by it, and how it is sorted now."""

    label: str
    numeric: bool
    address: str
    direction: str  # ascending, descending or empty: the values of aria-sort


@dataclass(frozen=True)
class Option:
    """A choice of a filter, with the rows it would leave; None where they cannot be counted."""

    value: str
    label: str
    rows: Rows | None
    chosen: bool

    @property
    def rows_shown(self) -> str:
        return "" if self.rows is None else str(self.rows)


@dataclass(frozen=True)
class Field:
    """A question of the filter form."""

    name: str
    label: str
    kind: str  # search, choice, number, date or text
    value: str
    options: list[Option]
    errors: list[str]
    hint: str


def list_context(page, question: Question) -> dict:
    """The context of list.html."""
    window = question.window  # first, since a page that leads nowhere is a mistake like any other
    return {
        "page": page,
        "question": question,
        "rows": rendered_rows(page.table, window.keys, question.filterset.looked_for),
        "loose_errors": _loose_errors(question),
        "window": window,
        "pages": _pages(question),
        **_surroundings(page, question),
    }


def _surroundings(page, question: Question) -> dict[str, SafeString]:
    """What stands around the rows whichever page of them is shown, made once for each answer and each write."""

    def render() -> dict[str, SafeString]:
        context = {
            "page": page,
            "question": question,
            "fields": fields(question),
            "headers": headers(page.table, question),
            "sizes": [(size, question.address(per_page=size), size == question.per_page) for size in PAGE_SIZES],
            "downloads": [(name, question.address(format=name), file_name(page, question, name)) for name in FORMATS],
        }
        return {name: render_to_string(f"_{name}.html", context) for name in SURROUNDINGS}

    if question.errors:
        return render()
    asked = json.dumps([question.active, question.sort, question.params.get("per_page")], ensure_ascii=False)
    return remembered(f"surroundings:{page.name}:{get_language()}:{asked}", render)


def headers(table, question: Question | None = None) -> list[Header]:
    """The headings of the columns on the page; without a question they cannot be sorted."""
    found = []
    for name, column in table.declared(detail=False).items():
        address = direction = ""
        if question is not None and name in table.sortable():
            direction = {name: "ascending", f"-{name}": "descending"}.get(question.sort, "")
            address = question.address(sort=f"-{name}" if direction == "ascending" else name)
        found.append(Header(table.label(name), column.numeric, address, direction))
    return found


def heading_row(heads: list[Header]) -> SafeString:
    return render_to_string("_headers.html", {"headers": heads})


def row_html(cells) -> SafeString:
    """A row of a table; each cell carries its heading for narrow screens."""
    return mark_safe(
        f"<tr>{''.join(f'{cell_start(label, numeric)}{html}</td>' for label, numeric, html in cells)}</tr>"
    )


def table_cells(table, record) -> list[tuple[str, bool, str]]:
    """A row's cells: heading, whether it is a number, HTML."""
    values = table.values(record, detail=False)
    return [(table.label(name), column.numeric, column.html(value)) for name, column, value in values]


def fields(question: Question) -> list[Field]:
    offered = question.offered
    facets = {} if question.errors else offered.facets(question.table.public_rows(), question.answer)
    return [
        _field(question, name, offered.form.fields[name], facets.get(name))
        for name in question.filterset_class.declared()
    ]


def _field(question: Question, name: str, form_field, counts: dict | None) -> Field:
    value = question.params.get(name, "")
    options = []
    for key, label in getattr(form_field, "choices", ()):
        code = str(getattr(key, "value", key))
        rows = counts.get(code) if counts and code else None
        options.append(Option(code, str(label), rows, code == value))
    if options and value and not question.errors and not any(option.chosen for option in options):
        options.append(Option(value, question.shown(name), None, True))
    limit = gettext("At most %(count)d are listed.") % {"count": OFFERED} if len(options) > OFFERED else ""
    kind = "choice" if options else getattr(form_field.widget, "input_type", "text")
    errors = question.errors.get(name, [])
    return Field(name, str(form_field.label), kind, value, options, errors, limit or str(form_field.help_text))


def _loose_errors(question: Question) -> list[tuple[str, str]]:
    """Mistakes in parameters that have no field of their own."""
    declared = question.filterset_class.declared()
    return [(name, " ".join(texts)) for name, texts in question.errors.items() if name not in declared]


def _pages(question: Question) -> list[tuple]:
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
    if question.count > COUNTED:
        end = gettext("last")
        links += [GAP, (end, question.address(before=END), end, False)]
    return links
