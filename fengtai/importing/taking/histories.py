"""The history of many rows written together: who, when, and by which import; many-to-many links included."""

from collections import defaultdict

from fengtai.records.batches import ImportBatch
from fengtai.records.noting import note

AT_ONCE = 1000  # entries written by one statement


def keep_history(model, rows: list, batch: ImportBatch, by, kind: str, reason: str = "") -> None:
    """One entry for each row; `kind` is +, ~ or -, as simple-history has it."""
    for row in rows:
        note(row, kind)
    if not rows or not hasattr(model, "history"):
        return
    entries = model.history.bulk_history_create(
        rows,
        batch_size=AT_ONCE,
        update=kind != "+",
        default_user=by,
        default_change_reason=reason or reason_of(batch),
    )
    if kind == "-":
        model.history.filter(pk__in=[entry.pk for entry in entries]).update(history_type="-")
    for field in model.history.model._history_m2m_fields:
        _keep_links(field, rows, entries)


def reason_of(batch: ImportBatch) -> str:
    """What a history says of a change by an import."""
    return f"import {batch.pk}: {batch.file_name}"[:100]


def _keep_links(field, rows: list, entries: list) -> None:
    through, own, other = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
    linked = defaultdict(list)
    found = through.objects.filter(**{f"{own}__in": [row.pk for row in rows]})
    for link in found:
        linked[getattr(link, f"{own}_id")].append(link)
    kept = getattr(entries[0].__class__, field.name).model
    kept.objects.bulk_create(
        (
            kept(history=entry, id=link.pk, **{name: getattr(link, name) for name in (f"{own}_id", f"{other}_id")})
            for entry, row in zip(entries, rows, strict=True)
            for link in linked[row.pk]
        ),
        batch_size=AT_ONCE,
    )
