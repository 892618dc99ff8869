"""The pending changes of one import as its page lists them: of which record, in which state, which may be submitted."""

from django.core.paginator import Paginator
from django.db.models import Count

from fengtai.admin.imports.batch_rows import record_address
from fengtai.records.batches import ImportBatch
from fengtai.records.trail.stored import TEMPORARY
from fengtai.review.pending import PendingChange

State = PendingChange.State
CHANGES_PER_PAGE = 50


def pending_of(batch: ImportBatch, page: str | None) -> dict:
    """Of an import that was taken back, also what would take back what was released of it."""
    counts = dict(batch.pending.order_by().values_list("state").annotate(Count("pk")))
    found = Paginator(batch.pending.select_related("content_type").order_by("pk"), CHANGES_PER_PAGE).get_page(page)
    for change in found.object_list if counts else ():
        is_on_file = change.object_id < TEMPORARY
        change.address = record_address(change.content_type.model_class(), change.object_id) if is_on_file else ""
    return {
        "pending": found,
        "pending_states": [(State(state).label, counts[state]) for state in State.values if state in counts],
        "to_submit": sum(counts.get(state, 0) for state in (State.DRAFT, State.RETURNED)),
    }
