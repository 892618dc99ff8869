"""What is done to a record's publication: each act moves the record, and its parts with it, in one go."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fengtai.records.record import EMBARGOED, Record

State = Record.State


@dataclass(frozen=True)
class Act:
    """From which states it leads to which."""

    name: str  # as a lazy text
    before: tuple[str, ...]
    after: str


SUBMIT = Act(_("Submit for review"), (State.DRAFT, State.WITHDRAWN), State.REVIEW)
PUBLISH = Act(_("Publish now"), (State.DRAFT, State.REVIEW, State.WITHDRAWN, EMBARGOED), State.PUBLISHED)
WITHDRAW = Act(_("Withdraw"), (State.PUBLISHED, EMBARGOED), State.WITHDRAWN)


@transaction.atomic
def carry_out(act: Act, *, model: type[Record], keys: Collection[int], by, why: str = "") -> tuple[list, list]:
    """The records that were moved, each with one entry in its history, and those whose state does not allow it."""
    moved, left = [], []
    for record in model._base_manager.order_by("pk").select_for_update().filter(pk__in=keys):
        if record.publication_state not in act.before:
            left.append(record)
            continue
        _move(record, act, by, why)
        moved.append(record)
    return moved, left


def _move(record: Record, act: Act, by, why: str) -> None:
    record.state, record.publish_at = act.after, None  # what is published now waits for nothing
    record._history_user, record._change_reason = by, (why or str(act.name))[:100]
    record.save(update_fields=["state", "publish_at"])
