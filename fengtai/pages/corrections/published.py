"""What was corrected, as everybody may read it: a record that is hidden by now takes its corrections along."""

from dataclasses import dataclass
from datetime import date

from fengtai.records.models import Record
from fengtai.records.slices import in_slices
from fengtai.records.trail.stored import by_model
from fengtai.review.corrections.models import PublishedCorrection
from fengtai.review.corrections.subjects import published_of, rows_of


@dataclass(frozen=True)
class Corrected:
    """One correction; without a record it is of the site as a whole."""

    day: date
    sentence: str
    record: Record | None


def published() -> list[Corrected]:
    """All of them, the latest first: an office makes some hundred a year."""
    found = list(PublishedCorrection.objects.all())
    rows = rows_of(found)
    public = public_records(rows.values())
    return [
        Corrected(one.day, one.sentence, public.get(rows.get(one.pk)))
        for one in found
        if rows.get(one.pk) in public or (one.content_type_id is None and one.object_id is None)
    ]


def corrected_of(record: Record) -> list[Corrected]:
    return [Corrected(one.day, one.sentence, record) for one in published_of(record)]


def public_records(rows) -> dict[tuple, Record]:
    """Those of some rows that the public may see and that have a page."""
    found = {}
    for model, keys in by_model({*rows}).items():
        if issubclass(model, Record) and model.list_name:
            for some in in_slices(sorted(keys)):
                found |= {(model, row.pk): row for row in model.objects.public().filter(pk__in=some)}
    return found
