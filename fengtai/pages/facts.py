"""What a record's page says of it: every column with its sources, read as the rows of a list are."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from django.http import Http404

from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.part_proofs import on_page
from fengtai.lists.rows import RowReader
from fengtai.lists.site import page_of
from fengtai.lists.tables import COMMON
from fengtai.records.anchors import part_name
from fengtai.records.links import Link, Proof, proof_of
from fengtai.records.models import Citation, Record
from fengtai.records.paths import linked_model


@dataclass(frozen=True)
class Fact:
    """One column of the record, with what proves it; `parts` are rows of the record's own, each proved by itself."""

    name: str
    label: str
    value: object
    html: str
    citations: list[Proof]
    is_stated: bool
    is_itself: bool  # whether it says no more than the page's heading
    parts: list[Link] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Its place on the page; one that is called as a list keeps clear of that list's section."""
        return self.name if page_of(self.name) is None else f"{self.name}-fact"

    def part(self, anchor: str) -> Link | None:
        """The part that has this place on the page."""
        return next((link for link in self.parts if link.row and part_name(self.name, link.row) == anchor), None)


def facts(table, record: Record) -> list[Fact]:
    """What columns say and what proves it; what common columns say stands elsewhere on the page."""
    columns, found = _shown(table), _reader(table).read([record.pk])
    if not found:  # deleted since it was found
        raise Http404
    [(_key, values)] = found
    said = {
        name: value if column.is_stated(value) else None
        for (name, column), value in zip(columns.items(), values, strict=True)
    }
    proofs = [proof_of(citation) for citation in record.public_citations]
    return [
        _fact(table, name, said[name], [proof for proof in proofs if proof.field == name])
        for name, column in columns.items()
        if column.is_told(name, said)
    ]


def _fact(table, name: str, value, proofs: list[Proof]) -> Fact:
    column, links = _shown(table)[name], []
    if isinstance(column, RecordsColumn):
        links = value or []
        _prove(linked_model(table.model(), name), links)
        html = on_page(name, links)
        beside = {(proof.source, proof.paragraph, proof.words) for link in links for proof in link.proofs}
        proofs = [proof for proof in proofs if (proof.source, proof.paragraph, proof.words) not in beside]
    else:
        html = column.html(value)
    itself = bool(getattr(column, "itself", False))
    return Fact(name, table.label(name), value, html, proofs, value is not None, itself, links)


def other_citations(record: Record, told: list[Fact]) -> list[Proof]:
    """What stands beside no fact of the page."""
    names = {fact.name for fact in told}
    return [proof_of(citation) for citation in record.public_citations if citation.field not in names]


def _shown(table) -> dict:
    return {name: column for name, column in table.declared().items() if name not in (*COMMON, *table.told_above)}


@cache
def _reader(table) -> RowReader:
    return RowReader(table, _shown(table), cited=True)


def _prove(model, links: list[Link]):
    """Rows of the record's own bring what proves them."""
    rows = [link.row for link in links if link.row]
    if not rows:
        return
    proofs = defaultdict(list)
    for citation in Citation.objects.public_of(model).filter(object_id__in=rows):
        proofs[citation.object_id].append(proof_of(citation))
    for link in links:
        link.proofs = proofs[link.row]
