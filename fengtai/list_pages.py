"""What a list page shows: headers, rows, filters with counts, chips, pages and downloads."""

from dataclasses import dataclass

from django.core.paginator import Paginator

from fengtai.exporting import FORMATS, file_name
from fengtai.questions import PAGE_SIZES, Question


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
    """The context of list.html; asks for a page that does not exist are refused like any other mistake."""
    paginator = Paginator(question.rows, question.per_page)
    paginator.count = question.count
    if question.page > paginator.num_pages:
        question.refuse_page(paginator.num_pages)
    rows = [] if question.errors else page.table.loaded(paginator.page(question.page).object_list)
    return {
        "page": page,
        "question": question,
        "headers": headers(page.table, question),
        "rows": [table_cells(page.table, record) for record in rows],
        "fields": _fields(question),
        "loose_errors": _loose_errors(question),
        "paginator": paginator,
        "pages": _pages(question, paginator),
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


def table_cells(table, record) -> list[tuple[str, bool, str]]:
    """A row's cells: heading, whether it is a number, HTML."""
    values = table.values(record, detail=False)
    return [(table.label(name), column.numeric, column.html(value)) for name, column, value in values]


def _fields(question: Question) -> list[Field]:
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


def _pages(question: Question, paginator: Paginator) -> list[tuple]:
    """Page links: number, address, whether it is the one shown; a gap has no address."""
    if question.errors or paginator.num_pages == 1:
        return []
    numbers = paginator.get_elided_page_range(question.page, on_each_side=2, on_ends=1)
    gap = paginator.ELLIPSIS
    return [(n, "" if n == gap else question.address(page=n), n == question.page) for n in numbers]
