"""The page of one batch: what was found in its file, what would become of every row, what can be done now."""

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.urls import reverse

from fengtai.admin.imports.access import batches_for, may_import, may_see, must_ask
from fengtai.admin.imports.batch_rows import ROWS_PER_PAGE, filters, lead_to_records, rows_shown, skipped
from fengtai.admin.imports.decisions import DecisionForm
from fengtai.admin.imports.pending_rows import pending_of
from fengtai.admin.imports.remembered import last_time
from fengtai.admin.imports.running import State, standing_of
from fengtai.admin.imports.takeable import has_fault, has_faults, is_refused, is_takeable, may_part, what_it_does
from fengtai.admin.imports.words import SHOWN
from fengtai.importing.taking.continuing import rows_returned
from fengtai.importing.taking.previews import preview_mark
from fengtai.importing.taking.rights import against_undo, as_of_now, lacking, missing_right
from fengtai.importing.taking.steps import known_files
from fengtai.importing.taking.waiting import waiting_in_words
from fengtai.lists.site import page_of
from fengtai.records.batches import ImportBatch
from fengtai.review.of_batches import in_review
from fengtai.values.masking import masked_within

PREVIEWS = (State.PREVIEWED, State.REFUSED, State.COMMITTED, State.UNDONE)


def batch_context(request, batch: ImportBatch, form: DecisionForm | None = None) -> dict:
    """What the page shows of a batch; `form` is one with errors, to be shown again."""
    standing = standing_of(batch)
    page = page_of(batch.list_name)
    known = known_files(batch.list_name, batch.sha256).exclude(pk=batch.pk)
    context = {
        "batch": batch,
        "page": page,
        "standing": standing,
        "state": ImportBatch.State(standing.state),
        "known": known.filter(pk__in=batches_for(request.user)),
        **_continuation(request.user, batch),
        "has_preview": not standing.running and standing.state in PREVIEWS,
        "may_decide": may_import(request.user, page),
        "must_ask": must_ask(request.user, batch),
    }
    if context["has_preview"]:
        context |= _preview(request, batch, page, standing)
    at_rest = standing.state in (State.PREVIEWED, State.REFUSED) and not standing.running
    if at_rest and context["may_decide"]:
        context["form"] = form or DecisionForm(batch, request.user)
        context |= last_time(batch, context["form"])
    problems = [{**one, "message": masked_within(one["message"])} for one in batch.notes.get("problems", ())]
    failed = any(problem["code"] == "fault" for problem in problems)
    return context | {"file_problems": problems, "platform_failed": failed, **way_back(page)}


def _continuation(user, batch: ImportBatch) -> dict:
    """The import that this one continues, with what went back then, and those that continue this one."""
    first = batch.continues
    seen = first is not None and may_see(user, first)
    later = batch.continued_by.filter(pk__in=batches_for(user))
    return {"first": first if seen else None, "went_back": rows_returned(first) if seen else 0, "later": later}


def _kinds(batch: ImportBatch) -> list[type]:
    kinds = batch.writes.filter(created=True).order_by().values_list("content_type", flat=True).distinct()
    return [ContentType.objects.get_for_id(kind).model_class() for kind in kinds]


def _preview(request, batch: ImportBatch, page, standing) -> dict:
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else ""
    rows = Paginator(rows_shown(batch, shown), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    lead_to_records(batch, page, rows.object_list)
    return {
        "filters": filters(batch, shown),
        "shown": shown,
        "rows": rows,
        "has_rows": shown or rows.paginator.count,
        "skipped": skipped(batch),
        "all_same": not is_refused(batch),
        "has_fault": has_fault(batch),
        "returnable": has_faults(batch),
        **_to_be_taken(request.user, batch, standing),
        **_taken(request.user, batch, standing),
        **pending_of(batch, request.GET.get("pending")),
    }


def _to_be_taken(user, batch: ImportBatch, standing) -> dict:
    """What pressing the button would do, and whether it may be pressed."""
    at_hand = standing.state == State.PREVIEWED
    whole, parts = at_hand and is_takeable(batch), at_hand and may_part(batch)
    return {
        "takeable": whole,
        "parts": parts,
        "seen": preview_mark(batch),
        "lacking": [missing_right(need) for need in lacking(user, batch.notes.get("needs", ()))],
        "will": what_it_does(batch) if whole or parts else [],
        "waits": waiting_in_words(batch.counts),
    }


def _taken(user, batch: ImportBatch, standing) -> dict:
    """What was done, and whether it may be undone."""
    is_taken = standing.state == State.COMMITTED
    return {
        "may_undo": is_taken and not against_undo(batch, as_of_now(user)),
        "in_review": in_review(batch, _kinds(batch)) if is_taken else 0,
        "written": batch.writes.count() if is_taken or standing.state == State.UNDONE else 0,
    }


def way_back(page) -> dict:
    """What the page's breadcrumbs need: the admin's own list."""
    opts = page.table.model()._meta
    return {"opts": opts, "list_address": reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")}
