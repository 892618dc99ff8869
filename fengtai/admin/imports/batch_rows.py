"""The rows of a preview as its page shows them: by outcome, with the records they are about, and what was skipped."""

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from fengtai.admin.imports.running import State
from fengtai.admin.imports.words import OUTCOMES, SHOWN, SKIPPED
from fengtai.records.batches import ImportBatch, ImportRow
from fengtai.records.models import Source
from fengtai.values.masking import masked_within

ROWS_PER_PAGE = 50
WARNED = ~Q(problems=[]) & ~Q(outcome="refused")


def rows_shown(batch: ImportBatch, shown: str) -> QuerySet:
    rows = batch.rows.all()
    if shown in OUTCOMES:
        return rows.filter(part=ImportRow.Part.ROWS, outcome=shown)
    if shown == "warnings":
        return rows.filter(WARNED)
    return rows.filter(part=shown) if shown else rows


def filters(batch: ImportBatch, shown: str) -> list[dict]:
    """Every outcome with its rows, as a way to them alone."""
    parts = Counter(dict(batch.rows.order_by().values_list("part").annotate(Count("pk"))))
    counts = {name: batch.counts.get(name, 0) for name in OUTCOMES}
    counts |= {"warnings": batch.rows.filter(WARNED).count(), "sources": parts["sources"], "totals": parts["totals"]}
    found = [
        {"name": name, "label": _(label), "count": counts[name], "selected": name == shown, "query": f"?show={name}"}
        for name, label in SHOWN.items()
        if counts[name] or name in OUTCOMES
    ]
    everything = {"name": "", "label": _("All rows"), "count": sum(parts.values()), "selected": not shown, "query": "?"}
    return [everything, *found]


def skipped(batch: ImportBatch) -> list[dict]:
    """What is no row of the list, by kind."""
    rows = batch.notes.get("skipped", ())
    kinds = dict.fromkeys(row["kind"] for row in rows)
    return [
        {
            "label": _(SKIPPED.get(kind, kind)),
            "rows": [{**row, "text": masked_within(row["text"])} for row in rows if row["kind"] == kind][
                :ROWS_PER_PAGE
            ],
            "count": count,
        }
        for kind in kinds
        if (count := sum(row["kind"] == kind for row in rows))
    ]


def lead_to_records(batch: ImportBatch, page, rows) -> None:
    """A row that is about a record on file, or has made one, leads to it."""
    model = page.table.model()
    made = _made(batch, rows) if batch.state != State.UNDONE else {}
    for row in rows:
        own = model if row.part != ImportRow.Part.SOURCES else Source
        key = row.object_id or (made.get((row.pk, own)) if row.part != ImportRow.Part.TOTALS else None)
        row.address = record_address(own, key) if key else ""
        row.outcome_label = _(OUTCOMES[row.outcome])
        row.problems = [{**problem, "message": masked_within(problem["message"])} for problem in row.problems]
        row.told = list(dict.fromkeys(map(_said, row.changes)))  # several records of a row may say the same


def _said(change: list) -> tuple:
    return tuple(_("redacted") if text is None else text for text in change)


def _made(batch: ImportBatch, rows) -> dict[tuple, int]:
    """What each row made, by row and model; of several of one model the first, which is its own record."""
    writes = batch.writes.filter(created=True, row__in=[row.pk for row in rows]).order_by("-pk")
    return {
        (row, ContentType.objects.get_for_id(kind).model_class()): key
        for row, kind, key in writes.values_list("row", "content_type", "object_id")
    }


def record_address(model, key) -> str:
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[key])
    except NoReverseMatch:
        return ""
