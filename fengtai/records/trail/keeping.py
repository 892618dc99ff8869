"""The deletion of what is older than the trail is kept."""

from datetime import timedelta

from django.utils import timezone

from fengtai.records.trail.acting import Act
from fengtai.records.trail.entries import TrailEntry
from fengtai.records.trail.guarding import days_kept

AT_ONCE = 5000


def trim() -> int:
    """Deletes the entries older than the trail is kept, a few at a time so that others write meanwhile.

    That a text was accepted as printed holds as long as the text stands, and stays.
    """
    before, found = timezone.now() - timedelta(days=days_kept(), minutes=1), 0
    old = TrailEntry.objects.filter(at__lt=before).exclude(act=Act.ACCEPTED).order_by("at")
    while keys := [*old.values_list("pk", flat=True)[:AT_ONCE]]:
        TrailEntry.objects.filter(pk__in=keys)._raw_delete("default")
        found += len(keys)
    return found
