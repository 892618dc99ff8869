"""Who is locked out after too many failed sign-ins, for a while or until it is unlocked.

Three counts are kept at once, each with a limit of its own (settings): of a name at one address, of a name wherever it
is tried from, and of an address whatever names are tried there. What is tried while a lock lasts is not counted, so a
lock ends by itself however long somebody goes on. A stranger could still keep a name locked by beginning anew each
time: where its owner has signed in before, only the count of name and address together holds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengtai.records.trail.entering import Act, Way, enter

PLACE = "\nplace "  # so begins the browser of a row that is none, but a place (places.py): no header holds a line's end
KNOWN_FOR = timedelta(days=90)  # after a sign-in an address counts as one of that name's own


class Kind(models.TextChoices):
    """What is locked."""

    PAIR = "pair", _("name at one address")
    NAME = "name", _("name at every new address")
    ADDRESS = "address", _("address for every name")


BY = {Kind.PAIR: ("username", "ip_address"), Kind.NAME: ("username",), Kind.ADDRESS: ("ip_address",)}


@dataclass(frozen=True)
class Lockout:
    """`user` is the account of that name; None where somebody typed a name that nobody has, or no name is locked."""

    kind: Kind
    name: str
    address: str
    failures: int
    since: datetime  # the last failure that was counted
    until: datetime  # at the latest
    user: object | None = None


def name_tried(request, credentials: dict | None = None) -> str | None:
    """The name that a failed sign-in is counted for: no longer than any is, for a column holds no more of it."""
    name = (credentials or request.POST).get("username")
    return name[: get_user_model()._meta.get_field("username").max_length] if name else name


def limit_of(kind: Kind) -> int:
    return {
        Kind.PAIR: settings.AXES_FAILURE_LIMIT,
        Kind.NAME: settings.SIGN_IN_FAILURES_OF_NAME,
        Kind.ADDRESS: settings.SIGN_IN_FAILURES_OF_ADDRESS,
    }[kind]


def lock_on(
    name: str | None, address: str | None, now: datetime | None = None, *, with_places: bool = False
) -> Kind | None:
    """What keeps this name from being tried from this address now; the narrowest first.

    `with_places`: as if each password of the name that is being looked at were wrong. Not those of other names at its
    address: an office that comes to work at nine has failed at nothing.
    """
    tried = {"username": name, "ip_address": address}
    for kind, columns in BY.items():
        if kind != Kind.PAIR and None in (tried[column] for column in columns):
            continue
        counted = _counted(now) if with_places and kind != Kind.ADDRESS else _failed(now)
        found = counted.filter(**{column: tried[column] for column in columns})
        failures = found.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
        if failures >= limit_of(kind) and not (kind == Kind.NAME and _is_known(name, address)):
            return kind
    return None


def _is_known(name: str, address: str | None) -> bool:
    since = timezone.now() - KNOWN_FOR
    known = AccessLog.objects.filter(username=name, ip_address=address, attempt_time__gte=since)
    return address is not None and known.exists()


def forget_addresses() -> None:
    """Those that somebody signed in from too long ago to be known by."""
    AxesProxyHandler.reset_logs(age_days=KNOWN_FOR.days)


def _failed(now: datetime | None = None):
    return _counted(now).exclude(user_agent__startswith=PLACE)


def _counted(now: datetime | None = None):
    return AccessAttempt.objects.filter(attempt_time__gte=(now or timezone.now()) - settings.AXES_COOLOFF_TIME)


def locked_rows(kind: Kind):
    """Of each name, address or pair of them that is locked: `failures`, and `since` when."""
    whole = {f"{column}__isnull": False for column in BY[kind] if kind != Kind.PAIR}
    found = _failed().filter(**whole).order_by().values(*BY[kind])
    found = found.annotate(failures=Sum("failures_since_start"), since=Max("attempt_time"))
    return found.filter(failures__gte=limit_of(kind))


def locked_out() -> list[Lockout]:
    """The last first. In four statements, whatever is on file."""
    rows = [(kind, row) for kind in Kind for row in locked_rows(kind)]
    names = {row["username"] for _kind, row in rows if row.get("username")}
    users = get_user_model().objects.in_bulk(names, field_name="username") if names else {}
    found = [
        Lockout(
            kind,
            row.get("username") or "",
            row.get("ip_address") or "",
            row["failures"],
            row["since"],
            row["since"] + settings.AXES_COOLOFF_TIME,
            users.get(row.get("username")),
        )
        for kind, row in rows
    ]
    return sorted(found, key=lambda one: one.since, reverse=True)


@transaction.atomic
def unlock(lockout: Lockout, *, by) -> bool:
    """Whether there was anything to unlock. What else was counted for the same attempts begins anew as well."""
    kept = {"username": lockout.name or None, "ip_address": lockout.address or None}
    if not AccessAttempt.objects.filter(**{column: kept[column] for column in BY[lockout.kind]}).delete()[0]:
        return False
    # A name that nobody has may be a password in the wrong box: the trail never keeps it.
    label = lockout.name if lockout.user else ""
    said = {"address": [lockout.address, ""]} if lockout.address else None
    why = "" if lockout.kind == Kind.PAIR else str(lockout.kind.label)
    enter(Act.UNLOCKED, by=by, record=lockout.user, label=label, way=Way.ACCOUNTS, said=said, why=why)
    return True


def unlock_everywhere(user, *, by) -> None:
    """At every address: who is given a new password need not wait."""
    for lockout in locked_out():
        if lockout.user == user:
            unlock(lockout, by=by)
