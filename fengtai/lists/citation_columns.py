"""The column that every list ends with: where the sources state a row."""

from functools import lru_cache
from html import escape

from django.db.models import F

from fengtai.lists.many_columns import MEMORY, ManyColumn, Related
from fengtai.records.anchors import paragraph_name
from fengtai.records.chinese import langs
from fengtai.records.links import (
    Proof,
    citation_html,
    not_stated,
    paragraph_shown,
    proofs_html,
    public_pages,
    staff_pages,
)
from fengtai.records.models import Citation, Source

PROOF = ("source", "title", "paragraph", "words", "field")  # a citation in JSON


class CitationsColumn(ManyColumn):
    """Where the sources state it: source, paragraph, the figure's own words."""

    def related(self, model, name, *, cited=False):
        cited = Citation.objects.all_of(model) if self.staff else Citation.objects.public_of(model)
        rows, pages = cited.select_related(None), self._pages()
        order = [F(name).asc() for name in ("source", "paragraph", "pk")]
        parts = [F(part) for part in ("source", "source__title", "paragraph", "words", "field")]

        def read(found):
            source, title, paragraph, *words = found
            return Proof(source, title, self._address(pages, source, paragraph), paragraph, *words)

        return Related(rows, "object_id", order, parts, read)

    def _pages(self):
        return staff_pages(Source) if self.staff else public_pages(Source)

    def _address(self, pages, source: int, paragraph: int | None) -> str:
        """The paragraph on the source's page; the admin's forms know none."""
        address = pages.address(source)
        return address if self.staff else f"{address}#{paragraph_name(paragraph)}"

    def cell(self, model, name):
        several, pages, nothing, lang_of = super().cell(model, name), self._pages(), not_stated(), langs()
        address = lru_cache(MEMORY)(lambda source, paragraph: self._address(pages, source, paragraph))
        shown = lru_cache(MEMORY)(lambda paragraph: escape(paragraph_shown(paragraph)))

        def cell(rows):
            if len(rows) != 1:
                return several(rows) if rows else nothing
            [(source, title, paragraph, words, _field)] = rows
            return citation_html(address(source, paragraph), title, words, shown(paragraph), lang_of)

        return cell

    def html(self, value):
        return proofs_html(value) or not_stated()

    def cells(self, value):
        return ["；".join(f"{proof.title} {proof.paragraph_shown} {proof.words}".strip() for proof in value) or None]

    def data(self, value):
        return [{name: getattr(proof, name) for name in PROOF} for proof in value]

    def schema(self, model, name):
        return {"type": "array", "items": {"$ref": "#/components/schemas/Citation"}}
