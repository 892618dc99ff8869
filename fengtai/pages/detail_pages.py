"""What a record's page shows: every column with its sources, the revisions, and everything linked to it."""

from dataclasses import dataclass

from django.db.models import ForeignKey, ManyToManyField, QuerySet
from django.http import QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from fengtai.lists.linked_record_choices import RecordFilter
from fengtai.lists.site import ListPage, site_lists
from fengtai.pages.facts import facts, other_citations
from fengtai.pages.list_pages import headers, heading_row
from fengtai.pages.row_html import telling_rows
from fengtai.pages.withdrawn import withdrawn
from fengtai.records.doors import expanded, seen
from fengtai.records.models import Record
from fengtai.records.revisions import public_revisions

SECTION_ROWS = 50  # of a linked list on a record's page; the rest is one click away


@dataclass(frozen=True)
class Section:
    """Linked records of one list, as that list shows them."""

    page: ListPage
    address: str  # of the list asked for exactly these rows; empty where it knows no such question
    headers: SafeString
    rows: SafeString
    shown: QuerySet
    count: int

    @property
    def is_cut(self) -> bool:
        """Whether there are more records than are shown."""
        return self.count > SECTION_ROWS

    @property
    def records(self):
        """The records themselves, for those that are printed as cards."""
        return self.page.table.loaded(self.shown)


def detail_view(page: ListPage):
    @require_safe
    def view(request, pk: int):
        rows = page.table.loaded(page.table.rows()).with_citations()
        record = rows.filter(pk=pk).first() if pk < 2**63 else None
        if record is None:
            return withdrawn(request, page, pk)
        return render(request, page.templates("detail"), detail_context(page, record, site_lists()))

    view.detail_of = page
    return view


def detail_context(page, record: Record, lists) -> dict:
    sources = record.stated_in()
    sections = _stated_by(sources, record, lists) if sources else _linked_to(record, lists)
    siblings = page.table.siblings(record)
    return {
        "page": page,
        "record": record,
        "facts": facts(page.table, record),
        "siblings": _section(page, siblings) if siblings is not None else None,
        "sections": sections,
        "citations": record.public_citations,
        "other_citations": other_citations(page.table, record),
        "revisions": public_revisions(record, page.table),
    }


def _linked_to(record: Record, lists) -> list[Section]:
    """Records of every list that point to this one, directly or through a link table."""
    sections = []
    for page in lists:
        link = _link(page.table.model(), type(record))
        if link and page.detail:
            sections.append(_linked_section(page, record, link))
    return [section for section in sections if section.count]


def _linked_section(page, record: Record, link: str) -> Section:
    """The rows of a list that link to the record: the list's own answer, where it knows the question."""
    if asked := question_of(page, link):
        query = f"{asked}={record.pk}"
        return _section(page, page.ask(QueryDict(query)).rows, f"?{query}")
    return _section(page, _linked(page, link, [record]))


def _linked(page, link: str, targets) -> QuerySet:
    """The rows of a list that link to some records, each once, as far as the public may know."""
    model = page.table.model()
    linked = model._base_manager.order_by().filter(seen(model, link), **{f"{link}__in": targets})
    return page.table.rows().filter(pk__in=linked.values("pk"))


def question_of(page, link: str) -> str:
    """The name of the question that asks a list for the rows that link to a record; empty where it knows none."""
    for name, question in page.filterset.declared().items():
        by_key = isinstance(question, RecordFilter) and "to_field_name" not in question.extra
        if by_key and expanded(page.table.model(), question.field_name) == link:
            return name
    return ""


def _link(model, target) -> str:
    """The path by which a model points to the target, if it does."""
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        if isinstance(field, ForeignKey | ManyToManyField) and field.related_model is target and field.editable:
            return expanded(model, field.name)
    return ""


def _stated_by(sources, record: Record, lists) -> list[Section]:
    """Everything that the sources state, list by list."""
    sections = []
    for page in (page for page in lists if page.detail):
        rows = _linked(page, "citations__source", sources)
        own = page.table.model() is type(record)
        if own:
            rows = rows.exclude(pk=record.pk)
        asked = "" if own or len(sources) > 1 else f"?source={sources[0].pk}"
        sections.append(_section(page, rows, asked))
    return [section for section in sections if section.count]


def _section(page, rows, asked: str = "") -> Section:
    """A column that is not stated of any row says nothing beside a record; the list itself still shows it."""
    shown, heads = page.table.in_order(rows)[:SECTION_ROWS], headers(page.table, page.table.names(detail=False))
    keys = list(shown.values_list("pk", flat=True))
    telling, made = telling_rows(page.table, keys)
    head = heading_row([heads[position] for position in telling])
    address = f"{page.address}{asked}" if asked else ""
    count = len(keys) if len(keys) < SECTION_ROWS else rows.count()
    return Section(page, address, head, made, shown, count)
