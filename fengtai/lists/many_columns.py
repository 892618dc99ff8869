"""Columns of several linked rows, which are read for all rows of a page together."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Case, F, OrderBy, Q, QuerySet, When
from django.utils.safestring import mark_safe

from fengtai.lists.columns import Column
from fengtai.lists.part_proofs import has_figures, proof_link
from fengtai.records.chinese import text_html
from fengtai.records.doors import Shown, as_known, way_back
from fengtai.records.label_marks import marks_of
from fengtai.records.links import Link, Pages, not_stated, proofs_html, public_pages, staff_pages
from fengtai.records.models import Kept
from fengtai.records.paths import end_of, linked_model

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

    def related(self, model, name: str, *, cited: bool = False) -> Related:
        """How they are read; where they are `cited`, with what is doubtful about them and what finds their proofs."""
        raise NotImplementedError

    def cell(self, model, name: str) -> Callable[[list[tuple]], str]:
        """As of any column, from the parts of its linked rows."""
        read, html = self.related(model, name).read, self.html
        return lambda rows: html([read(parts) for parts in rows])


class RecordsColumn(ManyColumn):
    """Links to several records; `show` names the attribute to print for each, `links_to` the one to link to.

    With `once` a name that several of them share stands once in a row of a list, as a link to the first of them.
    """

    def __init__(self, *args, show="", links_to="", once=False, **kwargs):
        self.show, self.links_to, self.once = show, links_to, once
        super().__init__(*args, **kwargs)

    def related(self, model, name, *, cited=False):
        field = model._meta.get_field(name)
        rows, owner, path = rows_and_owner(field)
        target, prefix = end_of(rows, "", path)
        hides = issubclass(target, Shown) and not self.staff
        condition = target.public_condition(prefix, way_back(field)) if hides else Q()
        shown, shown_prefix = end_of(target, prefix, self.show)
        linked, link_prefix = end_of(target, prefix, self.links_to)
        key = F(f"{link_prefix}{'pk' if self.staff else getattr(linked, 'addressed_by', 'pk')}")
        if self.links_to and issubclass(linked, Shown) and not self.staff:
            key = Case(When(linked.public_condition(link_prefix), then=key))
        order = [_prefixed(target, ordered, prefix, self.staff) for ordered in (*target._meta.ordering, "pk")]
        parts = [key, *shown.label_columns(shown_prefix)]
        read = self._reader(shown, linked, len(parts))
        if cited and issubclass(target, Kept):
            # What proves a record that is not this one's own is told on that record's page.
            parts += [F(f"{prefix}doubt"), *([F("pk")] if field.one_to_many else [])]
        return Related(rows._base_manager.filter(condition), owner, order, parts, read)

    def _reader(self, shown, linked, end_of_label: int) -> Callable[[tuple], Link]:
        pages, marks = self.pages(linked), marks_of(shown)

        def read(parts):
            pk, named = parts[0] or 0, parts[1:end_of_label]
            address = pages.address(pk) if pk else ""
            return Link(pk, shown.label(*named), address, *parts[end_of_label:], mark=marks(named) if marks else "")

        return read

    def pages(self, linked) -> Pages:
        """Where the pages of the records stand that it links to."""
        return staff_pages(linked) if self.staff else public_pages(linked)

    def cell(self, model, name):
        target = model._meta.get_field(name).related_model
        linked = linked_model(target, self.links_to)
        shown = linked_model(target, self.show)
        label, marks, nothing, unlinked = shown.label, marks_of(shown), not_stated(), text_html()
        link = proof_link(name) if has_figures(self, model, name) else self.pages(linked).html()

        @lru_cache(MEMORY)
        def item(parts):
            text = label(*parts[1:])
            beside = marks(parts[1:]) if marks else ""
            return f"<li>{link(parts[0], text) if parts[0] else unlinked(text)}{beside}</li>"

        def items(rows):
            if self.once and len(rows) > 1:
                rows = {label(*parts[1:]): parts for parts in reversed(rows)}.values()
                return map(item, reversed(rows))
            return map(item, rows)

        return lambda rows: f'<ul class="inline">{"".join(items(rows))}</ul>' if rows else nothing

    def part_text(self, model, name) -> Callable[[tuple], str]:
        """What a file says of a linked row, from its parts."""
        label = linked_model(linked_model(model, name), self.show).label
        return lambda parts: label(*parts[1:])  # the first is the key of what it links to

    def part_data(self, model, name) -> Callable[[tuple], object]:
        """The same in JSON."""
        return self.part_text(model, name)

    def html(self, value):
        """Each with its doubt, and where the sources state it."""
        told = ((link.html(), proofs_html(link.proofs)) for link in value)
        items = "".join(f"<li>{' '.join(filter(None, parts))}</li>" for parts in told)
        return mark_safe(f'<ul class="inline">{items}</ul>') if items else not_stated()

    def cells(self, value):
        return ["；".join(link.text for link in value) or None]

    def data(self, value):
        return [link.text for link in value]

    def schema(self, model, name):
        return {"type": "array", "items": {"type": "string"}}


def rows_and_owner(field) -> tuple[type, str, str]:
    """The model whose rows link to their owner, the column that names the owner, and the path to what is linked."""
    if field.one_to_many:
        return field.related_model, field.field.attname, ""
    through = field.remote_field.through
    return through, through._meta.get_field(field.m2m_field_name()).attname, field.m2m_reverse_field_name()


def _prefixed(model, path: str, prefix: str, staff: bool) -> OrderBy:
    """A model's own ordering, as seen from its owner; what is hidden orders nothing but for staff."""
    bare = path.removeprefix("-")
    column = F(f"{prefix}{bare}") if staff else as_known(model, bare, prefix)
    return OrderBy(column, descending=path.startswith("-"))
