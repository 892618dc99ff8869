"""Whose the rows are that an import wrote: asked once they are written, and before and after they are taken back."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import models

from fengtai.records.batches import ImportBatch
from fengtai.review.reach import limit, reach_of
from fengtai.review.scope import in_scope, outside
from fengtai.review.whose import refuse_outside, sentences

LISTED = 20  # rows looked at to say whose they are


def refuse_what_was_written(batch: ImportBatch, user) -> None:
    """Raises OutsideScope where a row that was written is not theirs as it stands now."""
    for kind, rows in _written(batch, user):
        if getattr(rows.model, "added_by_all", False):
            made = batch.writes.filter(content_type=kind, created=True)
            rows = rows.exclude(pk__in=made.values("object_id"))
        refuse_outside(user, [(rows.model, key) for key in _not_theirs(user, rows)])


def told_not_theirs(batch: ImportBatch, user) -> list[str]:
    """What of a batch is another's by now, in sentences."""
    found = {}
    for _kind, rows in _written(batch, user):
        found |= outside(user, [(rows.model, key) for key in _not_theirs(user, rows)])
    return [*sentences({*found.values()}).values()]


def _written(batch: ImportBatch, user) -> Iterator[tuple[ContentType, models.QuerySet]]:
    """The rows on file of each model; none where nothing limits the user."""
    kinds = batch.writes.order_by().values_list("content_type", flat=True).distinct() if reach_of(user) else ()
    for kind in map(ContentType.objects.get_for_id, kinds):
        rows = kind.model_class()._base_manager.order_by()
        yield kind, rows.filter(pk__in=batch.writes.filter(content_type=kind).values("object_id"))


def _not_theirs(user, rows: models.QuerySet) -> list[int]:
    """The first of them."""
    if limit(user, rows.model) is None:
        return []
    theirs = in_scope(user, rows.model._base_manager.order_by()).values("pk")
    return list(rows.exclude(pk__in=theirs).values_list("pk", flat=True)[:LISTED])
