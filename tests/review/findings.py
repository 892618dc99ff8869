"""What tests ask of a checklist, and rows with a source."""

from fengtai.records.models import Record
from fengtai.review.checklist import checklist
from tests import factories

DRAFT, WITHDRAWN = Record.State.DRAFT, Record.State.WITHDRAWN


def told(record, **how) -> set[tuple]:
    """Whether each finding stops, at which row, at which field."""
    return {(finding.is_error, finding.row, finding.field) for finding in checklist(record, **how)}


def proved(record, field="", **given):
    factories.citation(record, field=field, **given)
    return record


def observation(**given):
    return proved(factories.observation(state=DRAFT, **given))
