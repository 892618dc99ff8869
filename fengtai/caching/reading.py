"""Which tables something was made from: every statement is looked at meanwhile, so that none can be forgotten."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.db import connection

NAME = re.compile("[a-z]+_[a-z_]*[a-z]").findall
INDEX = "_search"  # what holds the words of a table's rows beside it, and is written with it
SHORT = 16_000  # characters of a statement that is remembered


class Reading:
    """The tables read so far. What is read for one `question` goes on into all that is made for it later: it keeps
    what it read in attributes, where nobody sees where it came from."""

    def __init__(self, *, question: bool = False):
        self.tables: set[str] = set()
        self.question = question


_now: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading(into: Reading | None = None) -> Iterator[Reading]:
    """What is read within it is noted, there and in what stands around it."""
    around, into = _now.get(), into or Reading()
    before = _now.set(into)
    try:
        if around is None:
            with connection.execute_wrapper(_note):
                yield into
        else:
            yield into
    finally:
        _now.reset(before)
        if around is not None:
            around.tables |= into.tables


@contextmanager
def unnoted() -> Iterator[None]:
    """What is read within it is part of nothing."""
    before = _now.set(None)
    try:
        yield
    finally:
        _now.reset(before)


@contextmanager
def made_now(*, closed: bool = False) -> Iterator[Reading]:
    """The same for something that is kept: what its question read before is part of it, but of what is `closed`."""
    around = _now.get()
    own = Reading()
    if around is not None and around.question and not closed:
        own.question, own.tables = True, set(around.tables)
    with reading(own):
        yield own


def is_noted() -> bool:
    return _now.get() is not None


def also_read(tables) -> None:
    """Tables that something was made from which was kept."""
    if (into := _now.get()) is not None:
        into.tables.update(tables)


def _note(execute, sql, params, many, context):
    into = _now.get()
    if into is not None:
        into.tables |= _remembered_names(sql) if len(sql) < SHORT else _names(sql)
    return execute(sql, params, many, context)


def _names(sql: str) -> frozenset[str]:
    """Whatever may be the name of a table; which are, the generations know."""
    return frozenset(name.removesuffix(INDEX) for name in NAME(sql))


_remembered_names = lru_cache(1024)(_names)
