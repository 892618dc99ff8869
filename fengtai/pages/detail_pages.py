"""What a record's page shows: every column with its sources, the revisions, and everything linked to it."""

from dataclasses import dataclass

from django.db.models import ForeignKey, ManyToManyField, QuerySet
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from fengtai.lists.linked_record_choices import RecordFilter
from fengtai.lists.site import ListPage, site_lists
from fengtai.pages.charts.declared import charts_of
from fengtai.pages.charts.figures import figures_html
from fengtai.pages.facts import facts, other_citations
from fengtai.pages.list_pages import headers, heading_row
from fengtai.pages.row_html import telling_rows
from fengtai.pages.telling import sentences
from fengtai.pages.withdrawn import named_by, withdrawn
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
    is_cut: bool  # whether there are more records than are shown

    @property
    def records(self):
        """The records themselves, for those that are printed as cards."""
        return self.page.table.loaded(self.shown)


def detail_view(page: ListPage):
    @require_safe
    def view(request, pk: int | str):
        """`pk` is what the address holds: the record's key, or its name there."""
        rows, asked = page.table.loaded(page.table.seen_rows()).with_citations(), named_by(page.table.model(), pk)
        record = rows.filter(**asked).first() if asked else None
        if record is None:
            return withdrawn(request, page, pk)
        return render(request, page.templates("detail"), detail_context(page, record, site_lists()))

    view.detail_of = page
    return view


def detail_context(page, record: Record, lists) -> dict:
    sources = record.stated_in()
    sections = _stated_by(sources, record, lists) if sources else _linked_to(record, lists)
    siblings = page.table.siblings(record)
    told = facts(page.table, record)
    stated = [fact for fact in told if fact.is_stated]
    said = {fact.name: fact for fact in stated}
    return {
        "page": page,
        "record": record,
        "said": said,
        "sentences": sentences(page.table, said),
        "facts": [fact for fact in stated if not fact.is_itself and fact.name not in page.table.told()],
        "named": next((fact for fact in stated if fact.is_itself), None),
        "unstated": [fact.label for fact in told if not fact.is_stated],
        "siblings": _section(page, siblings) if siblings is not None else None,
        "sections": sections,
        "citations": record.public_citations,
        "other_citations": other_citations(record, stated),
        "revisions": public_revisions(record, page.table),
        "charts": figures_html(charts_of(page.table, record), chart_address(page, record)),
        **page.table.beside(record),
    }


def chart_address(page, record: Record) -> str:
    return reverse(f"{page.name}-chart", args=[getattr(record, record.addressed_by)]) if page.table.charts else ""


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
        query = f"{asked}={getattr(record, asked_by(page, asked))}"
        question = page.ask(QueryDict(query))
        return _section(page, question.rows, f"?{query}", question.exact_count, without=link)
    return _section(page, _linked(page, link, [record]), without=link)


def _linked(page, link: str, targets) -> QuerySet:
    """The rows of a list that link to some records, each once, as far as the public may know."""
    model = page.table.model()
    linked = model._base_manager.order_by().filter(seen(model, link), **{f"{link}__in": targets})
    return page.table.rows().filter(pk__in=linked.values("pk"))


def question_of(page, link: str) -> str:
    """The name of the question that asks a list for the rows that link to a record; empty where it knows none."""
    for name, question in page.filterset.declared().items():
        if isinstance(question, RecordFilter) and expanded(page.table.model(), question.field_name) == link:
            return name
    return ""


def asked_by(page, name: str) -> str:
    """The column of a linked record by which a question asks for it."""
    return page.filterset.declared()[name].extra.get("to_field_name", "pk")


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


def _section(page, rows, asked: str = "", count: int | None = None, *, without: str = "") -> Section:
    """`count` is how many rows there are, where that is known."""
    return section_of(page, rows, asked, count=count, without=without)


def section_of(page, rows, asked: str, table=None, most: int = 0, *, count: int | None = None, without="") -> Section:
    """Some rows of a list, by columns of the list or of a `table` of their own; no more than `most` are shown.

    A column that is not stated of any row says nothing beside a record, nor does one that says the same of all
    (`without`); the list itself still shows them.
    """
    table, most = table or page.table, most or SECTION_ROWS
    shown, heads = table.in_order(rows)[:most], headers(table, table.names(detail=False))
    keys = list(shown.values_list("pk", flat=True))
    telling, made = telling_rows(table, keys, without)
    head = heading_row([heads[position] for position in telling])
    address = f"{page.address}{asked}" if asked else ""
    if len(keys) < most:
        count = len(keys)
    elif count is None:
        count = rows.count()
    return Section(page, address, head, made, shown, count, count > len(keys))
