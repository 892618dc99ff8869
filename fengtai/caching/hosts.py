"""For which hosts pages are kept where no setting says how the site is called.

Then a page names the host that it was asked by, and whoever asks writes that name, its port as they like. Pages are
kept for some hosts, so that hardly any memory goes to names that nobody else uses; others are answered all the same.
"""

import time
from threading import Lock

MOST = 8  # hosts of which one process keeps pages
IDLE = 600  # seconds without a question after which another host may take the place of one


class Hosts:
    def __init__(self):
        self.asked, self.guard = {}, Lock()

    def may_keep(self, host: str) -> bool:
        with self.guard:
            now = time.monotonic()
            if host not in self.asked and len(self.asked) >= MOST and not self._made_room(now):
                return False
            self.asked[host] = now
            return True

    def _made_room(self, now: float) -> bool:
        last = min(self.asked, key=self.asked.get)
        if now - self.asked[last] < IDLE:
            return False
        del self.asked[last]
        return True
