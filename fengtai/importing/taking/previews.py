"""A plan kept as the preview that a person looks at, and compared with what is planned when it is committed."""

from collections import Counter
from dataclasses import asdict

from fengtai.importing.planning.faults import NO_DATABASE, refuse
from fengtai.importing.planning.plans import REFUSED, Plan, RowPlan
from fengtai.importing.reading.list_imports import ListImport, list_import
from fengtai.importing.reading.problems import Problem, sentence
from fengtai.importing.taking.changes import Describer
from fengtai.importing.taking.rights import needs_of
from fengtai.importing.taking.waiting import records_waiting, rows_waiting
from fengtai.lists.tables import SourceTable
from fengtai.records.batches import ImportBatch, ImportRow
from fengtai.records.slices import in_slices

AT_ONCE = 1000


def store(batch: ImportBatch, declared: ListImport, plan: Plan) -> None:
    """Replaces what an earlier preview of the batch said."""
    batch.rows.all().delete()
    parts = {"rows": plan.rows, "sources": plan.sources, "totals": plan.totals}
    for part, rows in parts.items():
        own = list_import(SourceTable) if part == "sources" else declared
        for some in in_slices(rows, AT_ONCE):
            describer = Describer(own, some)
            ImportRow.objects.bulk_create(_guarded(batch, part, row, describer) for row in some)
    ImportBatch.objects.filter(pk=batch.pk).update(counts=counts(plan), notes=notes(plan))


def _guarded(batch: ImportBatch, part: str, row: RowPlan, describer: Describer) -> ImportRow:
    """A row that cannot be described is refused by itself."""
    try:
        return _stored(batch, part, row, describer)
    except NO_DATABASE:
        raise
    except Exception as error:
        return _stored(batch, part, refuse(row, error), describer)


def _stored(batch: ImportBatch, part: str, row: RowPlan, describer: Describer) -> ImportRow:
    return ImportRow(
        batch=batch,
        part=part,
        sheet=row.position[0],
        number=row.number,
        column=row.column,
        mark=row.mark,
        label=row.label,
        outcome=row.outcome,
        object_id=row.key,
        changes=describer.changes(row),
        problems=[problem.as_json() for problem in row.problems],
        near=row.near,
        digest=row.digest(),
    )


def counts(plan: Plan) -> dict:
    """Rows by outcome, skipped ones by kind, the file's sources, warnings, and what will wait for a review."""
    refused = sum(row.outcome == REFUSED for row in plan.all_rows())
    skipped = Counter(row.kind for row in plan.skipped)
    sources = Counter(row.outcome for row in plan.sources)
    warnings = sum(not problem.is_error for problem in plan.all_problems())
    return {
        **plan.counts(),
        "skipped": dict(skipped),
        "sources": dict(sources),
        "warnings": warnings,
        "go_back": refused,
        "good": len(plan.all_rows()) - refused,
        "waiting_records": records_waiting(plan),
        "waiting_rows": rows_waiting(plan),
    }


def notes(plan: Plan) -> dict:
    """What concerns the whole file."""
    return {
        "problems": [problem.as_json() for problem in plan.problems],
        "missing": [asdict(missing) for missing in plan.missing],
        "skipped": [asdict(row) for row in plan.skipped],
        "needs": needs_of(plan),
        "layouts": plan.layouts,
        "questions": [question.as_json() for question in plan.questions],
        "unmatched": plan.unmatched,
        "headings": plan.headings,
        "columns": [{**asdict(column), "letter": column.letter} for column in plan.columns],
    }


def preview_mark(batch: ImportBatch) -> int:
    """Another one with every preview: what is taken is what was seen."""
    return batch.rows.order_by("-pk").values_list("pk", flat=True).first() or 0


def compare(batch: ImportBatch, plan: Plan) -> list[Problem]:
    """The rows that would now be written otherwise than the preview said."""
    seen = batch.rows.values_list("outcome", "digest", "sheet", "number", "column")
    shown = {(*position,): digest if outcome != REFUSED else None for outcome, digest, *position in seen}
    message = sentence("changed_since")
    return [
        Problem("changed_since", message, *row.position)
        for row in plan.all_rows()
        if shown.get(row.position, "") != (row.digest() if row.outcome != REFUSED else None)
    ]
