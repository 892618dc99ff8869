"""What a list page shows: headers, rows, filters with counts, chips, pages and downloads."""

import json
from dataclasses import dataclass
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from fengtai.caching import remembered
from fengtai.columns import RecordColumn
from fengtai.exporting import FORMATS, file_name
from fengtai.marking import mark
from fengtai.paging import COUNTED, END
from fengtai.questions import PAGE_SIZES, Question
from fengtai.rows import row_reader

NUMERIC = ' class="number"'


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
    rows: int | None
    chosen: bool


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
        "headers": headers(page.table, question),
        "rows": read_rows(page.table, window.keys, question.filterset.looked_for),
        "questions": _questions_html(page, question),
        "loose_errors": _loose_errors(question),
        "window": window,
        "pages": _pages(question),
        "sizes": [(size, question.address(per_page=size), size == question.per_page) for size in PAGE_SIZES],
        "downloads": [(name, question.address(format=name), file_name(page, question, name)) for name in FORMATS],
    }


def headers(table, question: Question | None = None) -> list[Header]:
    """The headings of the columns on the page; without a question they cannot be sorted."""
    found = []
    for name, column in table.declared(detail=False).items():
        address = direction = ""
        if question is not None and name in question.sortable:
            direction = {name: "ascending", f"-{name}": "descending"}.get(question.sort, "")
            address = question.address(sort=f"-{name}" if direction == "ascending" else name)
        found.append(Header(table.label(name), column.numeric, address, direction))
    return found


def read_cells(table, keys, looked_for=None) -> list[list[tuple[str, bool, str]]]:
    """The rows of these keys: of each cell its heading, whether it is a number, its HTML."""
    declared = table.declared(detail=False)
    columns = [(table.label(name), column.numeric, _marked(column, looked_for)) for name, column in declared.items()]
    return [
        [(label, numeric, html(value)) for (label, numeric, html), value in zip(columns, values, strict=True)]
        for _key, values in row_reader(table, detail=False).read(keys)
    ]


def read_rows(table, keys, looked_for=None) -> list[SafeString]:
    return [row_html(cells) for cells in read_cells(table, keys, looked_for)]


def _marked(column, looked_for):
    """A column's HTML; in names what was looked for is marked."""
    if looked_for is None or not isinstance(column, RecordColumn):
        return column.html
    return lambda value: mark(column.html(value), looked_for)


def row_html(cells) -> SafeString:
    """A row of a table; each cell carries its heading for narrow screens."""
    return mark_safe(f"<tr>{''.join(_cell_html(*cell) for cell in cells)}</tr>")


def _cell_html(label: str, numeric: bool, html: str) -> str:
    return f'<td data-label="{escape(capfirst(label))}"{NUMERIC if numeric else ""}>{html}</td>'


def table_cells(table, record) -> list[tuple[str, bool, str]]:
    """A row's cells: heading, whether it is a number, HTML."""
    values = table.values(record, detail=False)
    return [(table.label(name), column.numeric, column.html(value)) for name, column, value in values]


def _questions_html(page, question: Question) -> SafeString:
    """The filter form; what it offers and counts is worked out once for each answer and each write."""

    def render() -> SafeString:
        return render_to_string("_questions.html", {"page": page, "question": question, "fields": fields(question)})

    if question.errors:
        return render()
    asked = json.dumps([question.active, question.sort, question.params.get("per_page")], ensure_ascii=False)
    return remembered(f"questions:{page.name}:{get_language()}:{asked}", render)


def fields(question: Question) -> list[Field]:
    facets = {} if question.errors else question.filterset.facets(question.table.rows())
    return [_field(question, name, facets.get(name)) for name in question.filterset_class.declared()]


def _field(question: Question, name: str, counts: dict | None) -> Field:
    form_field = question.filterset.form.fields[name]
    value = question.params.get(name, "")
    options = []
    for key, label in getattr(form_field, "choices", ()):
        code = str(getattr(key, "value", key))
        rows = None if counts is None or not code else counts.get(code, 0)
        options.append(Option(code, str(label), rows, code == value))
    kind = "choice" if options else getattr(form_field.widget, "input_type", "text")
    errors = question.errors.get(name, [])
    return Field(name, str(form_field.label), kind, value, options, errors, str(form_field.help_text))


def _loose_errors(question: Question) -> list[tuple[str, str]]:
    """Mistakes in parameters that have no field of their own."""
    declared = question.filterset_class.declared()
    return [(name, " ".join(texts)) for name, texts in question.errors.items() if name not in declared]


def _pages(question: Question) -> list[tuple]:
    """Page links: number, address, whether it is the one shown; a gap has no address. The last may have no number."""
    if question.errors or question.last_page == 1:
        return []
    shown = 0 if question.params.get("after") or question.params.get("before") else question.page
    near = {1, question.last_page, *range(shown - 2, shown + 3)} & {*range(1, question.last_page + 1)}
    links, last = [], 0
    for number in sorted(near):
        if number > last + 1:
            links.append(("…", "", False))
        links.append((number, question.address(page=number), number == shown))
        last = number
    if question.count > COUNTED:
        links += [("…", "", False), (gettext("last"), question.address(before=END), False)]
    return links
