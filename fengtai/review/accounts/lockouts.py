"""Who is locked out after too many failed sign-ins: a name at one address, for a while or until it is unlocked."""

from dataclasses import dataclass
from datetime import datetime

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from fengtai.records.trail.entering import Act, Way, enter


@dataclass(frozen=True)
class Lockout:
    """`user` is the account of that name; None where somebody typed a name that nobody has."""

    name: str
    address: str
    failures: int
    since: datetime  # the last failure: each one begins the wait anew
    until: datetime
    user: object | None = None


def name_tried(request, credentials: dict | None = None) -> str | None:
    """The name that a failed sign-in is counted for: no longer than any is, for a column holds no more of it."""
    name = (credentials or request.POST).get("username")
    return name[: get_user_model()._meta.get_field("username").max_length] if name else name


def locked_rows():
    """Of each name and address that are locked: `failures`, and `since` when."""
    tried = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME).order_by()
    found = tried.values("username", "ip_address")
    found = found.annotate(failures=Sum("failures_since_start"), since=Max("attempt_time"))
    return found.filter(failures__gte=settings.AXES_FAILURE_LIMIT)


def locked_out() -> list[Lockout]:
    """The last first. In two statements, whatever is on file."""
    wait = settings.AXES_COOLOFF_TIME
    rows = list(locked_rows().order_by("-since"))
    users = get_user_model().objects.in_bulk([row["username"] for row in rows], field_name="username")
    return [
        Lockout(
            row["username"] or "",
            row["ip_address"] or "",
            row["failures"],
            row["since"],
            row["since"] + wait,
            users.get(row["username"]),
        )
        for row in rows
    ]


@transaction.atomic
def unlock(name: str, address: str, *, by) -> bool:
    """Whether there was anything to unlock."""
    if not reset(ip=address, username=name):
        return False
    user = get_user_model().objects.filter(username=name).first()
    # A name that nobody has may be a password in the wrong box: the trail never keeps it.
    enter(
        Act.UNLOCKED, by=by, record=user, label=name if user else "", way=Way.ACCOUNTS, said={"address": [address, ""]}
    )
    return True


def unlock_everywhere(user, *, by) -> None:
    """At every address: who is given a new password need not wait."""
    for lockout in locked_out():
        if lockout.user == user:
            unlock(lockout.name, lockout.address, by=by)
