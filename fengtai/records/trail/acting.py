"""In which way something is done, by whom and why, for everything that is written meanwhile:

with acting(Way.MERGE, by=user, why="…"):
    …any writes…
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.db import models
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords


class Way(models.TextChoices):
    FORM = "form", pgettext_lazy("way", "form")
    INLINE = "inline", pgettext_lazy("way", "row of a form")
    ACTION = "action", pgettext_lazy("way", "button")
    BULK = "bulk", pgettext_lazy("way", "bulk edit")
    IMPORT = "import", pgettext_lazy("way", "import")
    UNDO = "undo", pgettext_lazy("way", "undoing")
    REVERT = "revert", pgettext_lazy("way", "old version")
    BIN = "bin", pgettext_lazy("way", "bin")
    MERGE = "merge", pgettext_lazy("way", "merging")
    REVIEW = "review", pgettext_lazy("way", "review")
    RELEASE = "release", pgettext_lazy("way", "release")
    EMERGENCY = "emergency", pgettext_lazy("way", "emergency")
    COMMAND = "command", pgettext_lazy("way", "command")
    REDACTION = "redaction", pgettext_lazy("way", "redaction")
    SIGN_IN = "sign-in", pgettext_lazy("way", "sign-in")
    EXPORT = "export", pgettext_lazy("way", "download")
    ACCOUNTS = "accounts", pgettext_lazy("way", "accounts")
    CONTACTS = "contacts", pgettext_lazy("way", "contacts")


class Act(models.TextChoices):
    """Of a row the first three; of a pending change the next; the rest write no row of a record."""

    ADDED = "added", pgettext_lazy("act", "added")
    CHANGED = "changed", pgettext_lazy("act", "changed")
    DELETED = "deleted", pgettext_lazy("act", "deleted")
    KEPT = "kept", pgettext_lazy("act", "kept as a pending change")
    SUBMITTED = "submitted", pgettext_lazy("act", "submitted")
    RETURNED = "returned", pgettext_lazy("act", "returned")
    SCHEDULED = "scheduled", pgettext_lazy("act", "scheduled")
    STOPPED = "stopped", pgettext_lazy("act", "stopped by a conflict")
    DROPPED = "dropped", pgettext_lazy("act", "dropped")
    ACCEPTED = "accepted", pgettext_lazy("act", "accepted as printed")
    DECIDED = "decided", pgettext_lazy("act", "decided")
    REDACTED = "redacted", pgettext_lazy("act", "redacted")
    REVEALED = "revealed", pgettext_lazy("act", "shown in full")
    THROWN_AWAY = "thrown-away", pgettext_lazy("act", "thrown away for good")
    EXPORTED = "exported", pgettext_lazy("act", "downloaded")
    SIGNED_IN = "signed-in", pgettext_lazy("act", "signed in")
    SIGNED_OUT = "signed-out", pgettext_lazy("act", "signed out")
    SIGN_IN_FAILED = "sign-in-failed", pgettext_lazy("act", "sign-in failed")
    LOCKED_OUT = "locked-out", pgettext_lazy("act", "locked out")
    UNLOCKED = "unlocked", pgettext_lazy("act", "unlocked")
    ACCOUNT = "account", pgettext_lazy("act", "account changed")
    RIGHTS = "rights", pgettext_lazy("act", "rights changed")
    PASSWORD = "password", pgettext_lazy("act", "password changed")


WRITES = (Act.ADDED, Act.CHANGED, Act.DELETED)
# Who signs in, takes files along or may do what: administrators see it, and everybody their own.
GUARDED = (
    Act.EXPORTED,
    Act.SIGNED_IN,
    Act.SIGNED_OUT,
    Act.SIGN_IN_FAILED,
    Act.LOCKED_OUT,
    Act.UNLOCKED,
    Act.ACCOUNT,
    Act.RIGHTS,
    Act.PASSWORD,
)


@dataclass(frozen=True)
class Acting:
    """`page` is the model whose form is sent: rows of others are its inline rows. `apart` tells acts of one kind apart
    that are done together, such as the releases of two changes.
    """

    way: Way
    by: models.Model | None = None
    why: str = ""
    batch: models.Model | None = None
    page: type | None = None
    apart: object = None

    def is_one_with(self, other: "Acting") -> bool:
        """Whether two writes of a row are one act; why may be said later."""
        return all(getattr(self, name) == getattr(other, name) for name in ("way", "by", "batch", "apart"))


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(
    way: Way | None = None, *, by=None, why: str = "", batch=None, page: type | None = None, apart=None
) -> Iterator[Acting]:
    """What is not said is as outside of it; `way` too."""
    outer = _acting.get() or Acting(_usual_way())
    inner = replace(
        outer,
        way=way or outer.way,
        by=by or outer.by,
        why=why or outer.why,
        batch=batch or outer.batch,
        page=page if way else outer.page,
        apart=apart or outer.apart,
    )
    before = _acting.set(inner)
    try:
        yield inner
    finally:
        _acting.reset(before)


def now_acting() -> Acting:
    """By whoever is signed in, if nobody was named."""
    found = _acting.get() or Acting(_usual_way())
    return found if found.by is not None else replace(found, by=_signed_in())


def acting_on(row: models.Model) -> Acting:
    """As somebody writes a row at hand, which may name them and say why for its history."""
    found = _acting.get() or Acting(_usual_way())
    if found.by is not None:
        return found
    by = getattr(row, "_history_user", None) or _signed_in()
    return replace(found, by=by, why=found.why or getattr(row, "_change_reason", None) or "")


def _usual_way() -> Way:
    return Way.COMMAND if _request() is None else Way.FORM


def _request():
    return getattr(HistoricalRecords.context, "request", None)


def _signed_in():
    user = getattr(_request(), "user", None)
    return user if user is not None and user.is_authenticated else None
