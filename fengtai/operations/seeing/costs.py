"""What a request costs: its time, its statements and theirs; a statement that takes too long is told."""

import logging
import re
import time
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

SLOW = logging.getLogger("fengtai.slow")
LITERALS = re.compile(r"'(?:[^']|'')*'")
LONGEST = 2000  # characters of a statement in the log


class Cost:
    """Of one request; seconds throughout. A plain class with slots: there is one for each page that is kept, too."""

    __slots__ = ("begun", "queries", "query_seconds", "request", "seconds")

    def __init__(self, request: HttpRequest):
        self.request, self.begun = request, time.perf_counter()
        self.queries, self.query_seconds, self.seconds = 0, 0.0, 0.0

    def count(self, execute, sql, params, many, context):
        """A wrapper of statements, as Django calls one."""
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - begun
            self.queries += 1
            self.query_seconds += took
            if 0 < settings.SLOW_QUERY_MS <= took * 1000:
                self._tell_slow(str(sql), took)

    def end(self) -> None:
        self.seconds = time.perf_counter() - self.begun

    def _tell_slow(self, sql: str, took: float) -> None:
        told = {"sql": LITERALS.sub("'?'", sql)[:LONGEST], "ms": milliseconds(took), "view": view_of(self.request)}
        SLOW.warning("slow query", extra=told)


now_spending: ContextVar[Cost | None] = ContextVar("now_spending", default=None)


def view_of(request: HttpRequest) -> str:
    """The name of the address that answered; of a page that is kept the one that made it; empty where none did."""
    match = request.resolver_match
    return match.view_name or "unnamed" if match else getattr(request, "kept_view", "")


def is_kept(request: HttpRequest) -> bool:
    """Whether a page that is kept was the answer: then nobody looked which view the address leads to."""
    return request.resolver_match is None and hasattr(request, "kept_view")


def milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
