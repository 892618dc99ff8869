"""The outermost frame of a request: it gets an id, and what it cost is counted and told.

The id stands in the answer's header, on the page of an error, and in every line that is logged meanwhile.
"""

import random
import re

from django.conf import settings
from django.db import connection

from fengtai.operations.seeing.costs import Cost, now_spending
from fengtai.operations.seeing.lines import tell_request
from fengtai.operations.seeing.measures import downloading, measure_request

HEADER, META = "X-Request-ID", "HTTP_X_REQUEST_ID"
BEFOREHAND = "fengtai.beforehand"  # a process says it of what it makes before it serves; no header can be called so
SAFE = re.compile(r"[0-9A-Za-z-]{8,64}")  # of an id that a proxy made; anything else is not repeated to anybody


class RequestId:
    """Middleware, before all others but the probes: `request.id` is there for whatever answers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = id_of(request)
        cost = Cost(request)
        with Counted(cost):
            response = self.get_response(request)
        response.headers[HEADER] = request.id
        if response.streaming and request.resolver_match is not None:  # a static file is none of ours
            response.streaming_content = Sent(response, cost)
        else:
            _tell(cost, response, is_whole=True)
        return response


class Sent:
    """The chunks of an answer that is made while it is sent: it costs, and is told, until its end.

    A class, since a generator that never started would not come to its end (`downloads/turns.py`).
    """

    def __init__(self, response, cost: Cost):
        self.response, self.chunks, self.cost = response, iter(response.streaming_content), cost
        self.is_whole = self.is_told = False
        downloading(+1)

    def __iter__(self):
        return self

    def __next__(self):
        with Counted(self.cost):
            try:
                return next(self.chunks)
            except StopIteration:
                self.is_whole = True
                raise

    def close(self):
        """Called by the server however the answer ended. What made the chunks is closed by the answer itself."""
        if not self.is_told:
            self.is_told = True
            downloading(-1)
            _tell(self.cost, self.response, is_whole=self.is_whole)


def id_of(request) -> str:
    """The id that a proxy of ours gave the request, else a new one: 32 hexadecimal digits."""
    given = request.META.get(META, "") if settings.TRUSTED_PROXIES else ""
    return given if SAFE.fullmatch(given) else f"{random.getrandbits(128):032x}"  # it has to differ, not to be secret


class Counted:
    """Statements and lines of the log belong to this request meanwhile. A class, which costs less than a generator."""

    __slots__ = ("before", "cost", "wrappers")

    def __init__(self, cost: Cost):
        self.cost = cost

    def __enter__(self):
        self.before = now_spending.set(self.cost)
        self.wrappers = connection.execute_wrappers  # what `connection.execute_wrapper` adds to
        self.wrappers.append(self.cost.count)

    def __exit__(self, *fault):
        self.wrappers.remove(self.cost.count)
        now_spending.reset(self.before)


def _tell(cost: Cost, response, *, is_whole: bool) -> None:
    cost.end()
    if BEFOREHAND in cost.request.META:  # no reader waited
        return
    before = now_spending.set(cost)
    try:
        tell_request(cost, response, is_whole=is_whole)
        measure_request(cost, response)
    finally:
        now_spending.reset(before)
