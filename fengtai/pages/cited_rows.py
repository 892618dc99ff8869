"""What a source states of the rows of one model, read lean: of very many citations the first of each paragraph.

The public doors make long statements. Each is compiled once for a model, like those of a list's rows.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString

from fengtai.pages.cited_names import Named, names_of
from fengtai.records.doors import Shown
from fengtai.records.fields import PrintedField
from fengtai.records.models import Citation, Source
from fengtai.records.printing import printed_html
from fengtai.records.proving import provable_fields

SOURCE, PARAGRAPH = -20241, 32767  # stand in a compiled statement for what is asked; no other parameter is either


@dataclass(frozen=True)
class Cited:
    """One citation: the record by its name and page, the field that it proves, what it says there, in which words."""

    paragraph: int | None
    name: str
    address: str
    label: str
    figure: SafeString | str
    words: str
    speaker: str


def kinds_cited(source: Source) -> dict[type, list[int | None]]:
    """By model in which paragraphs the source is cited, whatever the public may see of that."""
    rows = Citation.objects.order_by().filter(source=source).values_list("content_type", "paragraph").distinct()
    found: dict[type, list] = defaultdict(list)
    for kind, paragraph in rows:
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is not None and issubclass(model, Shown) and not getattr(model, "staff_only", False):
            found[model].append(paragraph)
    return found


def few_cited(source: Source, kinds: Iterable[type], few: int) -> dict[type, list[Cited]] | None:
    """By model all that the public may see of a source; None where it is more than so many. What is hidden does not
    count: it would tell of itself by what the page leaves out."""
    found, left = {}, few
    with connection.cursor() as cursor:
        for model in kinds:
            found[model] = _read(cursor, _statement(model, few + 1), {SOURCE: source.pk})
            left -= len(found[model])
            if left < 0:
                return None
    return {model: _named(model, rows) for model, rows in found.items()}


def cited_rows(source: Source, model, paragraphs: Iterable[int | None], most: int) -> list[Cited]:
    """At most so many citations of each paragraph, in the order in which they were made."""
    asked = [{SOURCE: source.pk, PARAGRAPH: number} for number in paragraphs]
    with connection.cursor() as cursor:
        return _named(model, [row for one in asked for row in _read(cursor, _statement(model, most, _key(one)), one)])


def _key(asked: dict) -> int | None:
    """What stands for the paragraph in the statement."""
    return None if asked[PARAGRAPH] is None else PARAGRAPH


@lru_cache(256)
def _statement(model, most: int, *paragraph: int | None) -> tuple[str, tuple]:
    """Public citations of public rows, of a whole source or the first of one paragraph."""
    own = model.objects.public().order_by().filter(pk=OuterRef("object_id"))
    rows = Citation.objects.public_of(model).filter(Exists(own), source=SOURCE).select_related(None)
    if paragraph:
        rows = rows.filter(paragraph=paragraph[0]).order_by("pk")
    return rows.values_list("object_id", "paragraph", "field", "words", "speaker")[:most].query.sql_with_params()


def _read(cursor, statement: tuple[str, tuple], asked: dict) -> list[tuple]:
    sql, params = statement
    cursor.execute(sql, [asked.get(param, param) for param in params])
    return cursor.fetchall()


def _named(model, rows: list[tuple]) -> list[Cited]:
    names = names_of(model, {key for key, *_told in rows})
    return [_cited(model, names[key], *told) for key, *told in rows if key in names]


def _cited(model, named: Named, paragraph, field: str, words: str, speaker: str) -> Cited:
    label, figure = str(provable_fields(model).get(field, "")), ""
    if named.said:
        label = named.said
    elif printed := named.printed.get(field):
        value = _field(model, field).from_stored(printed)
        figure = printed_html(value, f"{named.address}#{field}" if named.address else "")
    return Cited(paragraph, named.name, named.address, label, figure, words, speaker)


def _field(model, name: str) -> PrintedField:
    return model._meta.get_field(name)
