"""Measures for Prometheus of what the processes of the site do, kept in a folder that all of them share.

Nothing is measured unless METRICS is on. Labels are names of addresses (`view`) and numbers of answers alone, so their
number is bounded and nothing of a person stands in them. `serving.py` tells them on a port of its own.
"""

from functools import lru_cache

from django.conf import settings
from django.contrib.auth.signals import user_login_failed

from fengtai.operations.seeing.costs import Cost, is_kept, view_of

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds


class Measures:
    def __init__(self):
        # Where it keeps its numbers the library reads from the environment as it is imported.
        from prometheus_client import Counter, Gauge, Histogram

        self.requests = Counter("fengtai_requests", "Requests answered.", ["view", "status"])
        self.seconds = Histogram("fengtai_request_seconds", "Until the end of the answer.", ["view"], buckets=BOUNDS)
        self.queries = Counter("fengtai_queries", "Statements of the database.", ["view"])
        self.query_seconds = Counter("fengtai_query_seconds", "Spent waiting for the database.", ["view"])
        pages = Counter("fengtai_pages", "Pages everybody may read, by whether they were kept.", ["kept"])
        self.pages_kept, self.pages_made = pages.labels("yes"), pages.labels("no")
        self.downloads = Gauge("fengtai_downloads_running", "Answers being sent.", multiprocess_mode="livesum")
        self.failures = Counter("fengtai_sign_in_failures", "Sign-ins refused, those of a lock among them.")
        self.of_views = {}

    def of(self, view: str, status: int) -> tuple:
        """The four of one view and status, looked up once: by labels it takes longer than to count."""
        if (view, status) not in self.of_views:
            counted = [one.labels(view) for one in (self.seconds, self.queries, self.query_seconds)]
            self.of_views[view, status] = (self.requests.labels(view, status), *counted)
        return self.of_views[view, status]


@lru_cache
def measures() -> Measures | None:
    """Made at the first request of a process, and once."""
    return Measures() if settings.METRICS else None


def measure_request(cost: Cost, response) -> None:
    if (kept := measures()) is None:
        return
    request = cost.request
    requests, seconds, queries, query_seconds = kept.of(view_of(request) or "none", response.status_code)
    requests.inc()
    seconds.observe(cost.seconds)
    if cost.queries:
        queries.inc(cost.queries)
        query_seconds.inc(cost.query_seconds)
    if hasattr(request, "kept_view"):
        (kept.pages_kept if is_kept(request) else kept.pages_made).inc()


def downloading(change: int) -> None:
    if (kept := measures()) is not None:
        kept.downloads.inc(change)


def watch_sign_ins() -> None:
    """The framework tells of failed sign-ins by a signal alone, from whichever page they come."""
    if settings.METRICS:
        user_login_failed.connect(_failed, dispatch_uid="fengtai.measures")


def _failed(sender, **kwargs) -> None:
    measures().failures.inc()
