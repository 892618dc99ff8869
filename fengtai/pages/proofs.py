"""What proves one figure: the fragment that the site's script shows beside it, wherever it stands."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fengtai.pages.facts import Fact, facts
from fengtai.pages.withdrawn import named_by
from fengtai.records.links import Link, proof_of
from fengtai.records.readings import describe


def proof_view(page):
    """For a list with pages of its records: `place` is the anchor of a fact, or of a part, on the record's page."""

    @require_safe
    def view(request, pk: int | str, place: str):
        record = _record(page.table, pk)
        told = facts(page.table, record)
        fact, part = _found(told, place)
        response = render(request, "_proof.html", _context(page, record, told, fact, part) | {"place": place})
        response["X-Robots-Tag"] = "noindex"
        return response

    return view


def _record(table, pk: int | str):
    rows, asked = table.loaded(table.rows()).with_citations(), named_by(table.model(), pk)
    record = rows.filter(**asked).first() if asked else None
    if record is None:
        raise Http404
    return record


def _found(told: list[Fact], place: str) -> tuple[Fact, Link | None]:
    """The fact at a place, and the part of the record that it is, if it is one."""
    for fact in told:
        if fact.is_stated and fact.anchor == place:
            return fact, None
        if part := fact.part(place):
            return fact, part
    raise Http404


def _context(page, record, told: list[Fact], fact: Fact, part: Link | None) -> dict:
    beside = [one for one in told if one.name in page.table.beside_figures and one.is_stated and one.name != fact.name]
    proofs = [*part.proofs] if part else _proofs_of(fact)
    return {
        "record": record,
        "fact": fact,
        "printed": part.text if part else fact.html,
        "read": "" if part else _read(fact.value),
        "proofs": proofs,
        "elsewhere": [] if proofs else [proof_of(citation) for citation in record.public_citations],
        "beside": [] if part else beside,
        "successor": record.public_successor,
    }


def _read(value) -> str:
    """What was read of a figure or period, where that says more than the print: 9个 is 9个."""
    read = describe(value)
    return "" if read.removeprefix("=").replace(" ", "").replace(",", "") == str(value) else read


def _proofs_of(fact: Fact) -> list:
    """Its own, and those of its parts."""
    return [*fact.citations, *(proof for link in fact.parts for proof in link.proofs)]
