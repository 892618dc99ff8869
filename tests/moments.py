"""At which moments of a write it is killed, and what a test waits for."""

import os
import time
from collections.abc import Callable

from django.db import connection

ENDED = os.WEXITED | os.WNOHANG | os.WNOWAIT  # whoever started it still hears how


def spread(count: int) -> list[float]:
    """As shares of how long a write takes: from before its first row until long after its last."""
    return [*(0.1 + 1.7 * moment / max(count - 1, 1) for moment in range(count - 1)), 10.0]


def let_go_on(pid: int, seconds: float) -> None:
    """Waits so long for a process, or until it has ended by itself."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and os.waitid(os.P_PID, pid, ENDED) is None:
        time.sleep(min(left, 0.005))


def until(is_so: Callable[[], object], seconds: float = 60) -> float:
    """Waits until it is so; returns how many seconds that took."""
    start = time.monotonic()
    while not is_so():
        assert time.monotonic() - start < seconds, "waited in vain"
        time.sleep(0.01)
    return time.monotonic() - start


def until_alone(seconds: float = 60) -> None:
    """Waits until no other client is at the database.

    PostgreSQL ends what a killed process had asked of it, a COMMIT too, before its session goes, and a session that was
    closed goes a moment later. What the server does for itself, such as its vacuum, is no client.
    """
    others = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            until(lambda: not cursor.execute(others + "AND backend_type = 'client backend'").fetchone(), seconds)
