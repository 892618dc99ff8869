"""A plan is a million objects that stay until it is written: looking through them for garbage again and again took a
third of an import's time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

LARGE = 2000  # rows of a plan after which looking for garbage at once is worth its half second
SELDOM = 100_000, 10, 10  # objects made before the young are looked through, and how often before the older are
USUAL = gc.get_threshold()
_lock, _running = Lock(), set()


@contextmanager
def seldom() -> Iterator[None]:
    """Garbage in rings is looked for seldom inside; of several threads the last to leave makes it usual again."""
    own = object()
    with _lock:
        _running.add(own)
        gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        with _lock:
            _running.remove(own)
            if not _running:
                gc.set_threshold(*USUAL)


def collect_after(rows: int) -> None:
    """What a planner knew of records and names refers to itself: of a large file it is given back at once."""
    if rows >= LARGE:
        gc.collect()
