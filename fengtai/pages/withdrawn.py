"""The address of a record that was public and is withdrawn: it says so, or leads on to what replaced the record."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from fengtai.records.mergeable import is_merged
from fengtai.records.models import Record
from fengtai.records.revisions import withdrawn_at

GONE = 410


LARGEST_KEY = 2**63 - 1


def named_by(model, pk: int | str) -> dict:
    """What asks for the record that an address names; nothing where no database could hold such a key."""
    return {} if isinstance(pk, int) and pk > LARGEST_KEY else {model.addressed_by: pk}


def withdrawn(request, page, pk: int | str):
    """For a record of a list that is not public. Of one that never was, not even its absence is told."""
    record = _withdrawn_record(page.table.model(), pk)
    since = record and withdrawn_at(record)
    if not since:
        raise Http404
    if replacement := _public_replacement(record):
        answer = redirect(replacement.get_absolute_url(), permanent=is_merged(record))
        answer["Cache-Control"] = "no-cache"  # a merge can be undone: nobody goes on without asking
        return answer
    answer = render(request, "410.html", {"page": page, "since": since}, status=GONE)
    answer.since = timezone.localdate(since)  # for those that say it in another form
    return answer


def _withdrawn_record(model, pk: int | str) -> Record | None:
    asked = named_by(model, pk)
    if not issubclass(model, Record) or not asked:
        return None
    return model._base_manager.filter(**asked, state=Record.State.WITHDRAWN).first()


def _public_replacement(record: Record) -> Record | None:
    """The first public one of those that replaced each other."""
    seen = set()
    while record is not None and record.pk not in seen:
        if record.is_public:
            return record
        seen.add(record.pk)
        record = record.replaced_by
    return None
