"""All parts asked within a bounded time, also where one of them never answers.

A part that is silent holds its thread: no other is begun for it until that one comes back, so a probe each second does
not heap up threads; but for a minute at most, since a connection that was cut in silence never comes back. What was
found is kept for a second, so that strangers cannot keep the database busy.
"""

import threading
import time
from dataclasses import dataclass, field

from django.db import connections

from fengtai.operations.probes.parts import DEGRADED, DOWN, GROUPS, OK

PATIENCE = 2.0  # seconds for a group of parts
GIVEN_UP = 60.0  # seconds after which a silent look is left to itself
KEPT = 1.0  # seconds
ORDER = (OK, DEGRADED, DOWN)


@dataclass
class Asked:
    """One look at a group, by a thread of its own. Its answers come one by one and are read before it ends."""

    parts: dict
    told: dict[str, dict] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)
    begun: float = field(default_factory=time.monotonic)

    def run(self) -> None:
        try:
            for name, (ask, otherwise) in self.parts.items():
                self.told[name] = _answer(ask, otherwise)
        finally:
            connections.close_all()
            self.ended.set()

    @property
    def is_over(self) -> bool:
        return self.ended.is_set() or time.monotonic() - self.begun >= GIVEN_UP

    def states(self) -> dict[str, dict]:
        silent = {name: {"state": otherwise, "error": "silent"} for name, (_ask, otherwise) in self.parts.items()}
        return silent | dict(self.told)


class Probe:
    """The state of all parts, as one process sees it."""

    def __init__(self, groups: dict = GROUPS):
        self.groups = groups
        self.lock, self.asked = threading.Lock(), {}
        self.found, self.at = {}, -KEPT

    def states(self) -> dict[str, dict]:
        """By part its state; whoever asks meanwhile waits and is told the same."""
        with self.lock:
            if time.monotonic() - self.at >= KEPT:
                self.found, self.at = self._ask(), time.monotonic()
            return self.found

    def _ask(self) -> dict[str, dict]:
        until = time.monotonic() + PATIENCE
        for name, parts in self.groups.items():
            if name not in self.asked or self.asked[name].is_over:
                self.asked[name] = Asked(parts)
                threading.Thread(target=self.asked[name].run, name=f"probe-{name}", daemon=True).start()
        for asked in self.asked.values():
            asked.ended.wait(max(until - time.monotonic(), 0))
        return {name: state for asked in self.asked.values() for name, state in asked.states().items()}


def worst_of(states: dict[str, dict]) -> str:
    return max((one["state"] for one in states.values()), key=ORDER.index, default=OK)


def _answer(ask, otherwise: str) -> dict:
    """Of a fault its kind alone: what it says may name hosts and accounts."""
    begun = time.perf_counter()
    try:
        told = ask()
    except Exception as fault:  # whatever a part does, the probe answers
        told = {"state": otherwise, "error": type(fault).__name__}
    return told | {"ms": round((time.perf_counter() - begun) * 1000, 1)}
