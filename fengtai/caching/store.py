"""Values kept between requests, and never longer than they are true.

Triggers rename the generation of a table with every write to it (generation_triggers.py). What was made from some
tables is kept under the names of their generations: after the next write to one of them nobody asks for it any more,
and a write to any other costs nothing. What is made for anybody is kept under names of its own, which writes of drafts
leave as they are.
"""

from collections.abc import Callable, Collection
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from fengtai.caching.closing import next_closing
from fengtai.caching.generation_triggers import KNOWING, SEEN
from fengtai.caching.naming import key_of
from fengtai.caching.reading import also_read, is_noted, made_now, reading, unnoted

Generations = dict[str, str]  # by table
GENERATIONS = {
    "sqlite": "SELECT group_concat(name || ' ' || token, ' ') FROM fengtai_generations",
    "postgresql": "SELECT string_agg(name || ' ' || token, ' ') FROM fengtai_generations",
}
_known: ContextVar[Generations | None] = ContextVar("generations", default=None)  # empty until they are read
_for_anybody: ContextVar[bool] = ContextVar("for anybody", default=False)
SKEW = timedelta(seconds=5)  # by which the clocks of two servers that share what is kept may differ
LONGER = 24 * 3600  # seconds that a value out of date may still be shown as the last that was known


@dataclass(frozen=True, slots=True)
class Kept:
    """A value, when it was made, and the generations of the tables that it was made from."""

    made_from: Generations
    since: datetime
    until: datetime
    value: object

    def lasts(self) -> bool:
        """Whether no embargo has ended since, nor had too early: a clock that was ahead may have been set right."""
        return self.since - SKEW < timezone.now() < self.until

    def is_of(self, current: Generations) -> bool:
        return all(current.get(table) == token for table, token in self.made_from.items())


def generations() -> Generations | None:
    """The names of the last committed state; None in a transaction, which may see rows that are never committed."""
    if connection.in_atomic_block:
        return None
    known = _known.get()
    if known:
        return known
    found = _read()
    if known is not None:
        known.update(found)
    return found


@contextmanager
def one_generation(*, for_anybody: bool = False):
    """Within it the generations are read once, for the answer to a question that writes nothing.

    An answer `for_anybody` tells nothing of drafts: no write of a draft makes it out of date.
    """
    before, others = _known.set({}), _for_anybody.set(for_anybody)
    try:
        with reading():
            yield
    finally:
        _for_anybody.reset(others)
        _known.reset(before)


def _read() -> Generations:
    with connection.cursor() as cursor:
        cursor.execute(GENERATIONS[connection.vendor])
        told = (cursor.fetchone()[0] or "").split(" ")
    found = dict(zip(told[::2], told[1::2], strict=True))
    return {table: found.get(name_of(table, token), token) for table, token in found.items()}


def name_of(table: str, token: str) -> str:
    """Under which name the generation of a table stands that matters now, if it has two."""
    return table + SEEN if _for_anybody.get() and token.startswith(KNOWING) else table


def _key(name: str) -> str:
    return key_of(f"{SEEN}:{name}" if _for_anybody.get() else name)


def remembered(name: str, make: Callable, is_whole: Callable[[], bool] = lambda: True, *, closed: bool = False):
    """What `make` returns, made anew after each write to what it reads; in a transaction every time.

    What is `closed` is made of nothing but what `make` reads itself. Of the rest nobody noted outside a request what
    was read before, so there any write counts. None is not remembered. `is_whole` says of what was made whether it is
    worth being kept.
    """
    current = generations()
    if current is None:
        return make()
    value = recall(name, current)
    if value is None:
        until = closing_time(current)
        with made_now(closed=closed) as made:
            value = make()
        if is_whole():
            keep(name, current, until, value, made.tables if closed or is_noted() else current)
    return value


def still_known(name: str):
    """What is remembered under a name, or None."""
    current = generations()
    return recall(name, current) if current is not None else None


def last_known(name: str) -> Kept | None:
    """What was kept under a name last, whatever was written since."""
    return cache.get(_key(name))


def recall(name: str, current: Generations):
    """What is kept under a name as of these generations, or None."""
    kept = last_known(name)
    if kept is None or not kept.is_of(current) or not kept.lasts():
        return None
    also_read(kept.made_from)
    return kept.value


def closing_time(current: Generations) -> datetime:
    """When what is made now goes out of date without a write: an embargo ends, or the day that names downloads.

    It is part of nothing: a write of a record that something was not made from ends it no sooner.
    """
    with unnoted():
        until = recall("closing time", current)
        if until is None:
            with made_now() as made:
                until = next_closing()
            keep("closing time", current, until, until, made.tables)
    return until


def keep(name: str, current: Generations, until: datetime, value, tables: Collection[str]):
    """Keeps a value made from some tables since the generations and the closing time were read, in this order."""
    if until > (now := timezone.now()):
        made_from = {table: current[table] for table in tables if table in current}
        cache.set(_key(name), Kept(made_from, now, until, value), (until - now).total_seconds() + LONGER)
