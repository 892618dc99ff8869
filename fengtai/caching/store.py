"""Values kept between requests, and never longer than they are true.

Triggers rename the write generation with every write to a table of the subjects (generation_triggers.py). What was
made from those tables is kept under that name: after the next write nobody asks for it any more.
"""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time, timedelta
from functools import cache as once
from hashlib import sha256

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.models.functions import Now
from django.utils import timezone

GENERATION = "SELECT token FROM fengtai_generation WHERE id = 1"
_known: ContextVar[str | None] = ContextVar("generation", default=None)  # "" within one_generation() until it is read
RENDERING = {".py", ".html", ".mo", ".css", ".js"}  # what else a page depends on


def generation() -> str | None:
    """The name of the last committed state; None in a transaction, which may see rows that are never committed."""
    if connection.in_atomic_block:
        return None
    known = _known.get()
    if known:
        return known
    try:
        token = _token()
    except OperationalError:  # the connection kept since an earlier request may be gone
        connection.close()
        token = _token()
    if known is not None:
        _known.set(token)
    return token


@contextmanager
def one_generation():
    """Within it the generation is read once, for the answer to a question that writes nothing."""
    before = _known.set("")
    try:
        yield
    finally:
        _known.reset(before)


def _token() -> str:
    with connection.cursor() as cursor:
        cursor.execute(GENERATION)
        return cursor.fetchone()[0]


def remembered(name: str, make: Callable, is_whole: Callable[[], bool] = lambda: True):
    """What `make` returns, made anew after each write; in a transaction every time. None is not remembered.

    `is_whole` says of what was made whether it is worth being kept.
    """
    current = generation()
    if current is None:
        return make()
    value = recall(name, current)
    if value is None:
        until = closing_time(current)
        value = make()
        if is_whole():
            keep(name, current, until, value)
    return value


def still_known(name: str):
    """What is remembered under a name, or None."""
    current = generation()
    return recall(name, current) if current is not None else None


def recall(name: str, current: str):
    """What is kept under a name as of this generation, or None."""
    kept = cache.get(_key(name))
    return kept[1] if kept and kept[0] == current else None


def keep(name: str, current: str, until: datetime, value):
    """Keeps a value made since the generation and the closing time were read, in this order."""
    seconds = (until - timezone.now()).total_seconds()
    if seconds > 0:
        cache.set(_key(name), (current, value), seconds)


def closing_time(current: str) -> datetime:
    """When this generation goes out of date without a write: an embargo ends, or the day that names downloads."""
    until = recall("closing time", current)
    if until is None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        midnight = timezone.make_aware(datetime.combine(tomorrow, time.min))
        until = min([midnight, *_embargoes()])
        keep("closing time", current, until, until)
    return until


def _embargoes() -> list[datetime]:
    """When embargoed records become public, by the database's clock."""
    models = [model for model in apps.get_models() if _has_embargoes(model)]
    first, *others = (
        model._base_manager.order_by().filter(publish_at__gt=Now()).values_list("publish_at", flat=True)
        for model in models
    )
    return list(first.union(*others))


def _has_embargoes(model) -> bool:
    """Records themselves; their histories hold the same column."""
    names = {field.name for field in model._meta.local_concrete_fields}
    return "publish_at" in names and "history_id" not in names


def _key(name: str) -> str:
    return sha256(f"{_release()}:{name}".encode()).hexdigest()


@once
def _release() -> str:
    """A name for this code: a shared cache outlives a deployment, what was rendered before it must not."""
    folders = [settings.BASE_DIR / name for name in ("templates", *settings.SUBJECTS)]
    paths = [path for folder in folders for path in folder.rglob("*") if path.suffix in RENDERING]
    digest = sha256()
    for path in [settings.BASE_DIR / "requirements.txt", *sorted(paths)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()
