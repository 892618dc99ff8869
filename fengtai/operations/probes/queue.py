"""How many tasks no worker took yet, and for how long the oldest waits."""

from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult


def queue_standing() -> tuple[int, float]:
    """Their number and seconds; nothing waits where work is done in the request."""
    if not has_queue():
        return 0, 0.0
    found = DBTaskResult.objects.ready().order_by().aggregate(waiting=Count("pk"), since=Min("enqueued_at"))
    since = found["since"]
    return found["waiting"], max((timezone.now() - since).total_seconds(), 0.0) if since else 0.0


def has_queue() -> bool:
    return settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend")
