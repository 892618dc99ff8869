"""Sign-ins whose password is being looked at: each has a place among the failures meanwhile.

The count comes after the look, which takes a third of a second, so of many at once all would find the count as it was
before. A place is taken first, by one at a time: no more passwords of a name are looked at than its lock allows. It is
a row of its own, gone with the answer; where a process ends in the middle it counts until a failure would be forgotten.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from axes.models import AccessAttempt
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from fengtai.review.accounts.lockouts import PLACE, Kind, lock_on


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Who counts, and who takes a place, does so in a transaction of its own after the other."""
    with transaction.atomic():
        kind = ContentType.objects.get_for_model(AccessAttempt)
        ContentType.objects.select_for_update(no_key=True).get(pk=kind.pk)
        yield


def take_place(request, name: str | None) -> Kind | None:
    """What is locked; else `request` has a place until `leave_place`."""
    leave_place(request)
    with one_at_a_time():
        kind = lock_on(name, request.axes_ip_address, request.axes_attempt_time, with_places=True)
        if kind is None:
            request.place = AccessAttempt.objects.create(
                username=name,
                ip_address=request.axes_ip_address,
                user_agent=f"{PLACE}{uuid4().hex}",
                failures_since_start=1,
            )
    return kind


def leave_place(request) -> None:
    if place := request.__dict__.pop("place", None):
        AccessAttempt.objects.filter(pk=place.pk).delete()
