"""Columns of several linked records, and of the citations that every list ends with."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, OrderBy, Q, QuerySet, Subquery, When
from django.utils.safestring import mark_safe

from fengtai.lists.columns import Column, follow
from fengtai.records.links import (
    Link,
    Proof,
    address_of,
    citation_html,
    escaped,
    link_maker,
    link_to,
    not_stated,
    place,
    proof_of,
    proofs_html,
)
from fengtai.records.models import Citation, Record

PROOF = ("source", "title", "paragraph", "words", "field")  # a citation in JSON
MEMORY = 4096  # links of a column that are made once: a few stand in very many rows


@dataclass(frozen=True)
class Related:
    """How the linked rows of many owners are read at once: `owner` is the column that says whose they are."""

    rows: QuerySet
    owner: str
    order: list[OrderBy]
    parts: list
    read: Callable[[tuple], object]


class ManyColumn(Column):
    """Several values in a row. They are read for all rows of a page together."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, sort=(), **kwargs)

    def related(self, model, name: str) -> Related:
        raise NotImplementedError

    def cell(self, model, name: str) -> Callable[[list[tuple]], str]:
        """As of any column, from the parts of its linked rows."""
        read, html = self.related(model, name).read, self.html
        return lambda rows: html([read(parts) for parts in rows])


class RecordsColumn(ManyColumn):
    """Links to several records; `show` names the attribute to print for each, `links_to` the one to link to."""

    def __init__(self, *args, show="", links_to="", **kwargs):
        self.show, self.links_to = show, links_to
        super().__init__(*args, **kwargs)

    def value_of(self, record, name) -> list[Link]:
        rows = getattr(record, f"public_{name}", None)
        if rows is None:
            rows = [row for row in getattr(record, name).all() if getattr(row, "is_public", True)]
        return [self._link(row) for row in rows]

    def _link(self, row) -> Link:
        target = getattr(row, self.links_to) if self.links_to else row
        link = link_to(target) if target is not None and hasattr(target, "is_public") else Link(row.pk, "")
        own = link_to(row)
        return Link(link.pk, str(getattr(row, self.show) if self.show else row), link.address, own.doubt, own.proofs)

    def related(self, model, name):
        rows, owner, path = _rows_and_owner(model._meta.get_field(name))
        target, prefix = follow(rows, "", path)
        condition = target.public_condition(prefix) if issubclass(target, Record) else Q()
        shown, shown_prefix = follow(target, prefix, self.show)
        linked, link_prefix = follow(target, prefix, self.links_to)
        key = F(f"{link_prefix}pk")
        if self.links_to and issubclass(linked, Record):
            key = Case(When(linked.public_condition(link_prefix), then=key))
        order = [_prefixed(ordered, prefix) for ordered in (*target._meta.ordering, "pk")]
        list_name = getattr(linked, "list_name", "")

        def read(parts):
            pk = parts[0] or 0
            return Link(pk, shown.label(*parts[1:]), address_of(list_name, pk) if pk else "")

        parts = [key, *shown.label_columns(shown_prefix)]
        return Related(rows._base_manager.filter(condition), owner, order, parts, read)

    def cell(self, model, name):
        target = model._meta.get_field(name).related_model
        linked = follow(target, "", self.links_to)[0]
        label, link = follow(target, "", self.show)[0].label, link_maker(getattr(linked, "list_name", ""))
        nothing = not_stated()

        @lru_cache(MEMORY)
        def item(parts):
            text = label(*parts[1:])
            return f"<li>{link(parts[0], text) if parts[0] else escaped(text)}</li>"

        return lambda rows: f'<ul class="inline">{"".join(map(item, rows))}</ul>' if rows else nothing

    def html(self, value):
        items = "".join(f"<li>{link.html()}</li>" for link in value)
        return mark_safe(f'<ul class="inline">{items}</ul>') if items else not_stated()

    def detail_html(self, value):
        """Each with its doubt and with where the sources state it."""
        items = "".join(f"<li>{link.html_with_doubt()} {proofs_html(link.proofs)}</li>" for link in value)
        return mark_safe(f'<ul class="inline">{items}</ul>') if items else not_stated()

    def cells(self, value):
        return ["；".join(link.text for link in value) or None]

    def data(self, value):
        return [link.text for link in value]


class CitationsColumn(ManyColumn):
    """Where the sources state it: source, paragraph, the figure's own words."""

    def value_of(self, record, name) -> list[Proof]:
        return [proof_of(citation) for citation in record.public_citations]

    def related(self, model, name):
        kind = ContentType.objects.filter(app_label=model._meta.app_label, model=model._meta.model_name).values("pk")
        rows = Citation.objects.public().select_related(None).filter(content_type=Subquery(kind))
        parts = ["source", "source__title", "paragraph", "words", "field"]

        def read(found):
            source, title, paragraph, words, field = found
            return Proof(source, title, address_of("sources", source), paragraph, words, field)

        return Related(
            rows,
            "object_id",
            [F(name).asc() for name in ("source", "paragraph", "pk")],
            [F(part) for part in parts],
            read,
        )

    def cell(self, model, name):
        several, base, nothing = super().cell(model, name), address_of("sources", 0).removesuffix("0/"), not_stated()
        shown = lru_cache(MEMORY)(lambda paragraph: escape(place(paragraph)))

        def cell(rows):
            if len(rows) != 1:
                return several(rows) if rows else nothing
            [(source, title, paragraph, words, _field)] = rows
            return citation_html(f"{base}{source}/", title, words, shown(paragraph))

        return cell

    def html(self, value):
        return proofs_html(value) or not_stated()

    def cells(self, value):
        return ["；".join(f"{proof.title} {proof.place} {proof.words}".strip() for proof in value) or None]

    def data(self, value):
        return [{name: getattr(proof, name) for name in PROOF} for proof in value]


def _rows_and_owner(field) -> tuple[type, str, str]:
    """The model whose rows link to their owner, the column that names the owner, and the path to what is linked."""
    if field.one_to_many:
        return field.related_model, field.field.attname, ""
    through = field.remote_field.through
    return through, through._meta.get_field(field.m2m_field_name()).attname, field.m2m_reverse_field_name()


def _prefixed(path: str, prefix: str) -> OrderBy:
    """A model's own ordering, as seen from its owner."""
    column = F(prefix + path.removeprefix("-"))
    return column.desc() if path.startswith("-") else column.asc()
