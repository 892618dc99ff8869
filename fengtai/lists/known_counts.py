"""The counts of a question's choices as far as they are known, and how long an answer goes on counting."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from fengtai.caching.store import remembered, still_known


@dataclass
class Known:
    """Counts remembered until the next write, under the name of the question.

    Once an answer took `most` seconds over them, what is not known yet is left for the next answer.
    """

    question: str
    most: float | None = None
    is_complete: bool = True
    started: float = field(default_factory=time.perf_counter)

    def get(self, name: str, count: Callable) -> dict:
        kept = f"facet:{self.question}:{name}"
        if self.most is None or time.perf_counter() - self.started < self.most:
            return remembered(kept, count)
        found = still_known(kept)
        self.is_complete &= found is not None
        return found or {}
