"""What a record's page says of it: every column with its sources, read as the rows of a list are."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from django.http import Http404

from fengtai.lists.many_columns import RecordsColumn
from fengtai.lists.rows import RowReader
from fengtai.lists.tables import COMMON
from fengtai.records.links import Link, proof_of
from fengtai.records.models import Citation, Record
from fengtai.records.paths import linked_model


@dataclass(frozen=True)
class Fact:
    """One column of the record, with the citations that prove it."""

    label: str
    html: str
    citations: list


def facts(table, record: Record) -> list[Fact]:
    """Columns and their proof; what common columns say stands elsewhere on the page."""
    columns, found = _shown(table), _reader(table).read([record.pk])
    if not found:  # deleted since it was found
        raise Http404
    [(_key, values)] = found
    made = []
    for (name, column), value in zip(columns.items(), values, strict=True):
        if isinstance(column, RecordsColumn):
            _prove(linked_model(table.model(), name), value)
        proof = [citation for citation in record.public_citations if citation.field == name]
        made.append(Fact(table.label(name), column.html(value), proof))
    return made


def other_citations(table, record: Record) -> list:
    """Citations that stand beside no fact of the page."""
    return [citation for citation in record.public_citations if citation.field not in _shown(table)]


def _shown(table) -> dict:
    return {name: column for name, column in table.declared().items() if name not in COMMON}


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
