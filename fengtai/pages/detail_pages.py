"""What a record's page shows: every column with its sources, the revisions, and everything linked to it."""

from dataclasses import dataclass

from django.db.models import ForeignKey, ManyToManyField
from django.utils.safestring import SafeString, mark_safe

from fengtai.lists.tables import COMMON
from fengtai.pages.list_pages import headers, heading_row, row_html, table_cells
from fengtai.records.links import not_stated
from fengtai.records.models import Record
from fengtai.records.revisions import public_revisions

SECTION_ROWS = 50  # of a linked list on a record's page; the rest is one click away


@dataclass(frozen=True)
class Fact:
    """One column of the record, with the citations that prove it."""

    label: str
    html: str
    citations: list


@dataclass(frozen=True)
class Section:
    """Linked records of one list, as that list shows them."""

    title: str
    name: str
    address: str  # of the list, asked for these rows where it knows the question
    headers: SafeString
    rows: SafeString
    records: list
    count: int


def detail_context(page, record: Record, lists) -> dict:
    sources = record.stated_in()
    sections = _stated_by(sources, record, lists) if sources else _linked_to(record, lists)
    siblings = page.table.siblings(record)
    return {
        "page": page,
        "record": record,
        "facts": _facts(page.table, record),
        "siblings": _section(page, siblings) if siblings is not None else None,
        "sections": sections,
        "citations": record.public_citations,
        "other_citations": _other_citations(page.table, record),
        "revisions": public_revisions(record, page.table),
    }


def _facts(table, record: Record) -> list[Fact]:
    """Columns and their proof; what common columns say stands elsewhere on the page."""
    facts = []
    for name, column, value in table.values(record):
        if name in COMMON:
            continue
        proof = [citation for citation in record.public_citations if citation.field == name]
        facts.append(Fact(table.label(name), column.detail_html(value), proof))
    return facts


def _other_citations(table, record: Record) -> list:
    """Citations that stand beside no fact of the page."""
    shown = {name for name, _column, _value in table.values(record) if name not in COMMON}
    return [citation for citation in record.public_citations if citation.field not in shown]


def _linked_to(record: Record, lists) -> list[Section]:
    """Records of every list that point to this one, directly or through a link table."""
    sections = []
    for page in lists:
        condition = _link(page.table.model(), type(record))
        if condition and page.detail:
            rows = page.table.rows().filter(**{condition: record}).distinct()
            sections.append(_section(page, rows, _asked(page, record)))
    return [section for section in sections if section.count]


def _asked(page, record: Record) -> str:
    """The question that leaves the rows of a record on a list; empty where the list knows none."""
    for name, question in page.filterset.declared().items():
        rows = getattr(question, "queryset", None)
        if callable(rows) and rows(None).model is type(record) and "to_field_name" not in question.extra:
            return f"?{name}={record.pk}"
    return ""


def _link(model, target) -> str:
    """The name of the field by which a model points to the target, if it does."""
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        if isinstance(field, ForeignKey | ManyToManyField) and field.related_model is target:
            return field.name
    return ""


def _stated_by(sources, record: Record, lists) -> list[Section]:
    """Everything that the sources state, list by list."""
    sections = []
    for page in (page for page in lists if page.detail):
        rows = page.table.rows().filter(citations__source__in=sources).distinct()
        if page.table.model() is type(record):
            rows = rows.exclude(pk=record.pk)
        sections.append(_section(page, rows, f"?source={sources[0].pk}" if len(sources) == 1 else ""))
    return [section for section in sections if section.count]


def _section(page, rows, asked: str = "") -> Section:
    shown = page.table.loaded(rows[:SECTION_ROWS])
    cells = [table_cells(page.table, row) for row in shown]
    heads, cells = _without_silence(headers(page.table), cells)
    made = mark_safe("".join(map(row_html, cells)))
    return Section(page.title, page.name, f"{page.address}{asked}", heading_row(heads), made, list(shown), rows.count())


def _without_silence(heads: list, rows: list) -> tuple[list, list]:
    """A column that is not stated of any row says nothing beside a record; the list itself still shows it."""
    nothing = not_stated()
    kept = [n for n in range(len(heads)) if any(row[n][2] != nothing for row in rows)]
    return [heads[n] for n in kept], [[row[n] for n in kept] for row in rows]
