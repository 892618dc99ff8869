"""Releases at a time: what somebody scheduled is released once its time has come, by the server or a command."""

import logging
import threading
import time
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone, translation

from fengtai.records.trail.acting import Act
from fengtai.review.actions import Refused
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.replaying import Clash
from fengtai.review.terms import Terms
from fengtai.review.trailing import enter_act

State = PendingChange.State
EVERY = 15  # seconds
LATE = 60  # seconds after which a release that has not happened is told to be late
told = logging.getLogger(__name__)


def release_due(now: datetime | None = None) -> tuple[list[PendingChange], list[PendingChange]]:
    """Those released, and those that stopped. Whoever scheduled a change released it; all is asked again."""
    done, stopped = [], []
    due = PendingChange.objects.filter(state=State.SCHEDULED, release_at__lte=now or timezone.now())
    for change in due.order_by("release_at", "pk").select_related("decided_by"):
        try:
            # Warnings were accepted with the time; what its author sends anew meanwhile was not.
            release(change, Terms(by=change.decided_by, accepted=True), seen=change.revision)
            done.append(change)
        except Refused as refused:
            if refused.clashes or _stop(change, refused):
                stopped.append(change)
    return done, stopped


def _stop(change: PendingChange, refused: Refused) -> bool:
    """It waits in the queue with its reason; unless another process was faster, or its author took it up again."""
    reason = Clash(change.content_type.model_class()._meta.label_lower, change.object_id, "", reason=str(refused))
    waiting = PendingChange.objects.filter(pk=change.pk, state=State.SCHEDULED, release_at=change.release_at)
    stopped = bool(waiting.update(state=State.CONFLICT, conflicts=[reason.as_json()], release_at=None))
    if stopped:
        enter_act(Act.STOPPED, [change], why=str(refused))
    return stopped


def watch() -> threading.Thread:
    """Looks for what is due as long as the server runs."""
    thread = threading.Thread(target=_look_again_and_again, name="due", daemon=True)
    thread.start()
    return thread


def _look_again_and_again() -> None:
    while True:
        time.sleep(EVERY)
        look()


def look() -> None:
    """Once; a database that is away for a moment is asked again later."""
    close_old_connections()
    try:
        with translation.override(settings.LANGUAGE_CODE):
            release_due()
    except DatabaseError:
        told.warning("Due releases could not be looked for; they are asked for again.", exc_info=True)
    except Exception:  # one faulty change must not end the thread that releases all others
        told.exception("A due release failed.")
    finally:
        connections.close_all()
