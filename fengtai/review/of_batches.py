"""New records of one import wait for their review together: which of them do, and of which imports."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from fengtai.records.as_indexed import not_public
from fengtai.records.batches import ImportBatch, ImportWrite
from fengtai.records.record import Record
from fengtai.review.pending import PendingChange


def made_by(batch: int, model) -> QuerySet:
    """The keys of what an import made of a kind."""
    kind = ContentType.objects.get_for_model(model)
    return ImportWrite.objects.order_by().filter(batch=batch, content_type=kind, created=True).values("object_id")


def batches_in_review(models) -> QuerySet:
    """Imports of which a new record of these kinds waits, or a change of a published one."""
    waiting = Q(pk__in=[])
    for model in (model for model in models if issubclass(model, Record)):
        rows = model._base_manager.order_by().filter(not_public(), state=Record.State.REVIEW)
        kind = ContentType.objects.get_for_model(model)
        written = ImportWrite.objects.order_by().filter(
            content_type=kind, created=True, object_id__in=rows.values("pk")
        )
        waiting |= Q(pk__in=written.values("batch"))
    changes = PendingChange.objects.order_by().filter(state=PendingChange.State.SUBMITTED, batch__isnull=False)
    return ImportBatch.objects.filter(waiting | Q(pk__in=changes.values("batch")))


def in_review(batch: ImportBatch, models) -> int:
    """How many records that an import made still wait, of these kinds."""
    return sum(
        model._base_manager.filter(not_public(), state=Record.State.REVIEW, pk__in=made_by(batch.pk, model)).count()
        for model in models
        if issubclass(model, Record)
    )
