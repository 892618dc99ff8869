"""At which moments of a write it is killed."""

import os
import time

ENDED = os.WEXITED | os.WNOHANG | os.WNOWAIT  # whoever started it still hears how


def spread(count: int) -> list[float]:
    """As shares of how long a write takes: from before its first row until long after its last."""
    return [*(0.1 + 1.7 * moment / max(count - 1, 1) for moment in range(count - 1)), 10.0]


def let_go_on(pid: int, seconds: float) -> None:
    """Waits so long for a process, or until it has ended by itself."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and os.waitid(os.P_PID, pid, ENDED) is None:
        time.sleep(min(left, 0.005))
