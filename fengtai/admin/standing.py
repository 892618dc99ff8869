"""What stands above the form of a record: whether readers see it, what of it waits, and who else would change it."""

from django.db import models
from django.urls import NoReverseMatch, reverse

from fengtai.records.models import Record
from fengtai.review.comments import ReviewComment
from fengtai.review.holding import Held
from fengtai.review.meeting import clashes_of, others_of
from fengtai.review.pending import PendingChange
from fengtai.review.roots import root_of
from fengtai.review.words import counted, said

State = PendingChange.State
UNSENT = (State.DRAFT, State.RETURNED)
LISTED = 8  # rows told; the page of review tells all


def standing(row: models.Model, held: Held | None, may_change: bool, may_withdraw: bool) -> dict:
    """Of the record that the edited row is a part of, or is."""
    root = root_of(row)
    own = held.own if held is not None else None
    edits = own.read_edits() if own is not None else []
    state = root.publication_state if isinstance(root, Record) else ""
    return {
        "root": root,
        "root_kind": root._meta.label_lower,
        "root_state": state or Record.State.PUBLISHED.value,
        "root_words": root.publication_in_words if state else Record.State.PUBLISHED.label,
        "root_address": address_of_row(root) if root != row else "",
        "own_change": own,
        "own_rows": said(edits)[:LISTED],
        "own_count": counted(edits),
        "own_left": said(held.left) if held is not None else [],
        "own_clashes": clashes_of(own) if own is not None else [],
        "other_changes": others_of(root, own, edits),
        "review_comment": ReviewComment.unanswered(own or root).first(),
        "may_submit": may_change and (own is not None or isinstance(root, Record)),
        "may_send_change": may_change and own is not None and own.state in UNSENT,
        "may_send_draft": may_change and state in (Record.State.DRAFT, Record.State.WITHDRAWN),
        "may_withdraw": may_withdraw and root == row and is_published(root),
    }


def is_published(record: models.Model) -> bool:
    return isinstance(record, Record) and record.state == Record.State.PUBLISHED


def address_of_row(row: models.Model) -> str:
    """Its admin page; the index where it has none yet."""
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return reverse("admin:index")
