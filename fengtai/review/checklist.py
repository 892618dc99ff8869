"""What stands against releasing records, each with all its parts, as the database has them now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from fengtai.records.findings import Finding
from fengtai.records.models import Labelled, Record
from fengtai.records.slices import in_slices
from fengtai.records.trail.stored import Row
from fengtai.review.doubts import ahead, doubted
from fengtai.review.duplicates import alike
from fengtai.review.gathering import Release, gathered
from fengtai.review.proofs import unproved, unseen
from fengtai.review.rules import refused, unread

AT_ONCE = 500  # records looked at in one go; a statement takes only so many keys


def checklist(record: Record, **how) -> list[Finding]:
    return checklists([record], **how)[record]


def checklists(
    records: Sequence[Record],
    *,
    released_with: Iterable[Record] = (),
    at: datetime | None = None,
    touched: Mapping[Row, Collection[str]] | None = None,
) -> dict[Record, list[Finding]]:
    """By record, all of one model, the errors and then the warnings. The records are read anew.

    `released_with` are others, such as their sources, that go out in the same act, which takes place `at` a moment to
    come or now. Of a change `touched` holds the fields it writes by row: nothing is asked again of other rows.
    """
    found: dict[Record, dict[tuple, Finding]] = {record: {} for record in records}
    others, at = frozenset(released_with) | frozenset(records), at or timezone.now()
    for some in in_slices(records, AT_ONCE):
        release = gathered(some, others, at, touched)
        for finding in _findings(release):
            if finding.is_error or release.touches(finding.row):
                found[release.record_of[finding.row]].setdefault(_sameness(finding), finding)
    return {record: sorted(own.values(), key=lambda one: not one.is_error) for record, own in found.items()}


def _findings(release: Release) -> Iterable[Finding]:
    for check in (unread, refused, unproved, _of_subjects, unseen, doubted, ahead, alike):
        yield from check(release) if release.records else ()


def _of_subjects(release: Release) -> Iterable[Finding]:
    for group in release.groups:
        if issubclass(group.model, Labelled):
            yield from group.model.findings(group.rows)


def _sameness(finding: Finding) -> tuple:
    """A question is asked once for a record; an error is told for each row that has it."""
    return finding.is_error, finding.message, finding.field, finding.row if finding.is_error else None
