"""The address of a record that was public and is withdrawn: it says so, or leads on to what replaced the record."""

from django.http import Http404
from django.shortcuts import redirect, render

from fengtai.records.mergeable import is_merged
from fengtai.records.models import Record
from fengtai.records.revisions import withdrawn_at

GONE = 410


def withdrawn(request, page, pk: int):
    """For a record of a list that is not public. Of one that never was, not even its absence is told."""
    record = _withdrawn_record(page.table.model(), pk)
    since = record and withdrawn_at(record)
    if not since:
        raise Http404
    if replacement := _public_replacement(record):
        answer = redirect(replacement.get_absolute_url(), permanent=is_merged(record))
        answer["Cache-Control"] = "no-cache"  # a merge can be undone: nobody goes on without asking
        return answer
    return render(request, "410.html", {"page": page, "since": since}, status=GONE)


def _withdrawn_record(model, pk: int) -> Record | None:
    if not issubclass(model, Record) or pk >= 2**63:
        return None
    return model._base_manager.filter(pk=pk, state=Record.State.WITHDRAWN).first()


def _public_replacement(record: Record) -> Record | None:
    """The first public one of those that replaced each other."""
    seen = set()
    while record is not None and record.pk not in seen:
        if record.is_public:
            return record
        seen.add(record.pk)
        record = record.replaced_by
    return None
