"""The counts of a question's choices as far as they are known, and how long an answer goes on counting."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from fengtai.caching.store import last_known, remembered, still_known


@dataclass
class Known:
    """Counts remembered until the next write, under the name of the question; of a `table` that all see also as bits.

    Once an answer took `most` seconds over them, or made those of one question anew, what is not known yet is left for
    the next answer. Meanwhile it shows what was known last, if anything was, and says so.
    """

    question: str
    most: float | None = None
    table: type | None = None
    is_late: bool = False  # whether one question's were made anew
    is_complete: bool = True
    started: float = field(default_factory=time.perf_counter)

    def get(self, name: str, count: Callable) -> dict:
        kept = f"facet:{self.question}:{name}"
        if self.most is None or time.perf_counter() - self.started < self.most:
            return remembered(kept, count)
        if (found := still_known(kept)) is not None:
            return found
        self.is_complete = False
        last = last_known(kept)
        return last.value if last is not None else {}

    def may_count(self, *, anyway: bool) -> bool:
        """Whether the counts of a question may be made anew in this answer."""
        if anyway or not self.is_late:
            self.is_late = not anyway
            return True
        return False
