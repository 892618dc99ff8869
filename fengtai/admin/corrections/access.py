"""Who may open a report: those who may change the record that it is about."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from fengtai.admin.guards.keys import is_key
from fengtai.review.corrections.models import Correction
from fengtai.review.corrections.subjects import may_answer


def opened(user, key: str) -> Correction:
    """404 without it, 403 for those whose record it is not."""
    found = Correction.objects.select_related("by", "same_as").filter(pk=int(key)).first() if is_key(key) else None
    if found is None:
        raise Http404
    if not may_answer(user, [found]):
        raise PermissionDenied
    return found
