"""What waits has waited for some days: a desk on which all is a minute old is nobody's."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count

from django.db.models import F

from fengtai.records.batches import ImportBatch
from fengtai.records.models import Record
from fengtai.review.comments import ReviewComment
from fengtai.review.corrections.models import Correction
from fengtai.review.pending import PendingChange
from indicators.models import Observation
from partners.models import Event, Organisation, Policy
from projects.models import Place, Project

AGES = (1, 3, 2, 8, 5, 13, 4, 21, 2, 6)  # days
DRAFTED = (Organisation, Policy, Event, Place, Project, Observation)
ENDED = (Record.State.PUBLISHED, Record.State.WITHDRAWN)


def grow_old() -> None:
    """The trail tells when it was really written: nobody changes that."""
    days = (AGES[number % len(AGES)] for number in count())
    for rows, names in (
        (PendingChange.objects.order_by("pk"), ("made_at", "changed_at", "submitted_at", "decided_at")),
        (ImportBatch.objects.order_by("pk"), ("received_at", "finished_at")),
        (ReviewComment.objects.order_by("pk"), ("at",)),
        (Correction.objects.order_by("pk"), ("made_at",)),
    ):
        _set_back(rows, names, days)
    for model in DRAFTED:
        drafts = model._base_manager.exclude(state__in=ENDED).order_by("pk")
        for key in drafts.values_list("pk", flat=True):
            age = next(days)
            _set_back(drafts.filter(pk=key), ("created_at", "changed_at"), iter([age]))
            _set_back(model.history.filter(id=key).order_by("pk"), ("history_date",), iter([age] * 9))


def _set_back(rows, names: Iterable[str], days) -> None:
    for key, age in zip(rows.values_list("pk", flat=True), days, strict=False):
        since = timedelta(days=age, hours=age)
        rows.model._base_manager.filter(pk=key).update(**{name: F(name) - since for name in names})
