"""Texts that nothing reads, and whoever released their record accepted as printed: the trail says who and when.

What is accepted is this text in this field of the record or of its parts. Another text there is asked about again.
"""

from collections.abc import Collection, Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import models

from fengtai.records.findings import Finding
from fengtai.records.trail.acting import Act, now_acting
from fengtai.records.trail.entering import entry_of
from fengtai.records.trail.entries import LONGEST, TrailEntry
from fengtai.records.trail.stored import Row


def named(model: type[models.Model], field: str, text: str) -> str:
    """What is accepted, as the boxes of the review page send it back."""
    return f"{model._meta.label_lower}.{field}:{text}"


def accepted(records: Sequence[models.Model]) -> set[tuple[int, str]]:
    """The key of the record, and what was accepted of it; the records are of one model."""
    kind = ContentType.objects.get_for_model(records[0])
    keys = [record.pk for record in records]
    entries = TrailEntry.objects.order_by().filter(act=Act.ACCEPTED, record_type=kind, record_id__in=keys)
    found = set()
    for record, of, texts in entries.values_list("record_id", "content_type", "new"):
        model = ContentType.objects.get_for_id(of).model_class()
        found |= {(record, named(model, field, text)) for field, text in texts.items()} if model else set()
    return found


def accept(record: Row, findings: Iterable[Finding], taken: Collection[str], by, keys: dict[Row, int]) -> None:
    """Remembers which texts the reviewer took; `keys` are those of rows that are not on file yet."""
    for finding in findings:
        if finding.as_printed and finding.as_printed in taken:
            _enter(record, finding, by, keys)


def _enter(record: Row, finding: Finding, by, keys: dict[Row, int]) -> None:
    row, (model, key) = finding.row, record
    entry = entry_of(now_acting(), Act.ACCEPTED, by=by)
    entry.content_type, entry.object_id = ContentType.objects.get_for_model(row), keys.get((type(row), row.pk), row.pk)
    entry.record_type, entry.record_id = ContentType.objects.get_for_model(model), key
    is_part = (type(row), row.pk) != record
    entry.label = str(row)[:LONGEST] if is_part else ""
    top = model._base_manager.filter(pk=key).first() if is_part else row
    entry.record_label = str(top or "")[:LONGEST]
    entry.new = {finding.field: str(getattr(row, finding.field))}
    entry.save(force_insert=True)
