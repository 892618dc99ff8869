"""The parts that the site needs, each with its state; what they say is for those who run the site alone."""

import os
import secrets
import shutil
from functools import lru_cache

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from fengtai.operations.probes.queue import queue_standing

OK, DEGRADED, DOWN = "ok", "degraded", "down"  # from good to bad
MEGABYTE = 2**20
KEPT = 30  # seconds for which the probe's own entry stays in the cache


def database() -> dict:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return {"state": OK}


def migrations() -> dict:
    """A release that is ahead of its database must not serve; one behind it may, while servers change one by one."""
    applied = MigrationRecorder(connection).applied_migrations()
    pending = len(_on_disk() - set(applied))
    return {"state": DOWN if pending else OK, "pending": pending}


@lru_cache
def _on_disk() -> set[tuple[str, str]]:
    """Read once: a process serves one release."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return set(loader.disk_migrations)


def queue() -> dict:
    waiting, oldest = queue_standing()
    is_late = oldest > settings.QUEUE_LATE_SECONDS
    return {"state": DEGRADED if is_late else OK, "waiting": waiting, "oldest_seconds": round(oldest)}


def cache() -> dict:
    """A cache that lost its server may say nothing of it: only what comes back was kept."""
    key, value = f"probe:{os.getpid()}", secrets.token_hex(8)
    caches["default"].set(key, value, KEPT)
    return {"state": OK if caches["default"].get(key) == value else DEGRADED}


def disk() -> dict:
    free = shutil.disk_usage(settings.DATA_DIR).free // MEGABYTE
    return {"state": DEGRADED if free < settings.DISK_LOW_MB else OK, "free_mb": free}


def folders() -> dict:
    """Where staff's files go. A folder that is made with the first file counts as the one it is made in."""
    refused = [name for name, path in _folders().items() if not _may_write(_existing(path))]
    return {"state": DEGRADED if refused else OK} | ({"not_writable": refused} if refused else {})


def _folders() -> dict[str, str]:
    imports = settings.STORAGES["imports"].get("OPTIONS", {}).get("location", settings.DATA_DIR)
    return {"data": str(settings.DATA_DIR), "attachments": str(settings.MEDIA_ROOT), "imports": str(imports)}


def _may_write(path: str) -> bool:
    return os.path.isdir(path) and os.access(path, os.W_OK | os.X_OK)


def _existing(path: str) -> str:
    while not os.path.exists(path) and os.path.dirname(path) != path:
        path = os.path.dirname(path)
    return path


# Asked one after the other within a group, since they share a connection; the groups side by side. With each part the
# state of the site where it fails: only without its tables there is nothing to show.
GROUPS = {
    "database": {"database": (database, DOWN), "migrations": (migrations, DOWN), "queue": (queue, DEGRADED)},
    "cache": {"cache": (cache, DEGRADED)},
    "files": {"disk": (disk, DEGRADED), "folders": (folders, DEGRADED)},
}
