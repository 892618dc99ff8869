"""How far a report is, for whoever asks by its number: what the office says, and nothing that anybody typed."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fengtai.pages.corrections.published import public_records
from fengtai.records.models import Record
from fengtai.review.corrections.models import Correction
from fengtai.review.corrections.subjects import rows_of

STEPS = 20  # from one report to the one that says the same


@dataclass(frozen=True)
class Receipt:
    """`state` and `answer` are those of the first report where this one says the same."""

    number: str
    received: date
    record: Record | None  # as far as the public may see it
    state: str
    is_repeated: bool
    answered: date | None
    answer: str


def receipt_of(report: Correction) -> Receipt:
    first = report
    for _step in range(STEPS):
        if first.state != Correction.State.DUPLICATE or first.same_as is None:
            break
        first = first.same_as
    row = rows_of([report]).get(report.pk)
    return Receipt(
        report.number,
        _day(report.made_at),
        public_records([row]).get(row) if row else None,
        first.state,
        first is not report,
        _day(first.decided_at) if not first.is_open and first.decided_at else None,
        "" if first.is_open else first.answer,
    )


def _day(moment) -> date:
    return timezone.localdate(moment)
