"""Who is locked out after too many failed sign-ins."""

from axes.models import AccessAttempt
from django.conf import settings
from django.utils import timezone


def locked_out():
    """The names, each with the address from which it was tried."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    rows = AccessAttempt.objects.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gt=since)
    return rows.order_by("pk")
