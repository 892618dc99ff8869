"""What tells that a draft is as somebody saw it: the record, its parts, and the citations of both."""

from collections import defaultdict
from collections.abc import Iterable
from zlib import crc32

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Max

from fengtai.records.models import Citation, Record
from fengtai.records.trail.stored import slices
from fengtai.review.whole import part_links


def mark_of(record: Record) -> int:
    return marks(type(record), [record.pk]).get(record.pk, 0)


def marks(model: type[Record], keys: Iterable[int]) -> dict[int, int]:
    """By record; two are alike only where nothing was written in between. In few statements, whatever the number."""
    found: dict[int, list] = defaultdict(list)
    for some in slices([*keys]):
        owners = dict.fromkeys(some)
        _note(model, {key: key for key in owners}, found)
        for link in part_links(model):
            part, name = link.related_model, link.field.name
            earlier = part.owner[: part.owner.index(name)]  # by which it is a part of another record first
            rows = part._base_manager.order_by().filter(**{f"{name}__in": some}, **dict.fromkeys(earlier))
            _note(part, dict(rows.values_list("pk", link.field.attname)), found)
    return {key: crc32(repr(sorted(said)).encode()) for key, said in found.items()}


def _note(model: type[models.Model], records: dict[int, int], found: dict[int, list]) -> None:
    """Of some rows, each with the key of its record, the last entry of each one's history; and of what cites them."""
    for key, last in _last(model, records):
        found[records[key]].append((model._meta.label, key, last))
    if not hasattr(model, "citations"):
        return
    kind = ContentType.objects.get_for_model(model)
    for some in slices([*records]):
        proofs = Citation.objects.order_by().filter(content_type=kind, object_id__in=some)
        cited = dict(proofs.values_list("pk", "object_id"))
        for key, last in _last(Citation, cited):
            found[records[cited[key]]].append((Citation._meta.label, key, last))


def _last(model: type[models.Model], keys: Iterable[int]) -> Iterable[tuple[int, int | None]]:
    """Rows of which no history is kept stand there all the same."""
    for some in slices([*keys]):
        told = model.history.order_by().filter(id__in=some) if hasattr(model, "history") else None
        last = dict(told.values_list("id").annotate(Max("history_id"))) if told is not None else {}
        yield from ((key, last.get(key)) for key in some)
