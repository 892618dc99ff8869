"""The parts that the site stands on, as its settings name them: secret key, database, caches; from the environment.

Read by fengtai/settings.py, so it uses nothing that needs settings.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

# Several writers on one SQLite file wait for each other instead of failing with "database is locked". What REPLACE
# takes away fires its triggers, too, only if they may be recursive.
SQLITE = {
    "timeout": 30,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;",
}
BACKENDS = "django.core.cache.backends"


def kept_secret(folder: Path) -> str:
    """The secret key of an embedded site: made once, readable by its owner alone."""
    path = folder / "secret_key"
    if not _is_filled(path):
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            if not _is_filled(path):  # another process may have made it meanwhile
                _refuse_lost(path)
                _make_secret(path)
    return path.read_text("utf-8")


def _is_filled(path: Path) -> bool:
    return path.exists() and bool(path.read_bytes().strip())


def _refuse_lost(path: Path):
    """An empty file beside nothing else was left by a first start that was killed: no key was there to sign with."""
    if path.exists() and any(not one.name.startswith(".") for one in path.parent.iterdir() if one != path):
        raise ImproperlyConfigured(
            f"{path} is empty, and without the key that stood there whoever is signed in must sign in anew. Put it back"
            " from a backup, or delete the file: then a new key is made."
        )


def _make_secret(path: Path):
    """Whole or not at all: it is on the disk before it gets its name."""
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".secret_key-", delete=False) as file:
        try:
            file.write(get_random_secret_key())
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Two that start at once must not each go on with a key of their own."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems lock no folders
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def database_in(env, folder: Path) -> dict:
    """What DATABASE_URL names, else a file of the site's own."""
    database = env.database("DATABASE_URL", f"sqlite:///{folder / 'db.sqlite3'}")
    if database["ENGINE"].endswith("sqlite3"):
        database["ENGINE"] = "fengtai.operations.sqlite3"
        database["OPTIONS"] = SQLITE | database.get("OPTIONS", {})
    if database["ENGINE"] == "django.db.backends.postgresql":
        # Notices a server that is gone or silent within seconds; what the address itself says goes before.
        database["ENGINE"] = "fengtai.operations.postgresql"
    database.setdefault("CONN_MAX_AGE", 60)  # seconds; connecting costs more than a page that is kept
    database.setdefault("CONN_HEALTH_CHECKS", True)  # one that broke meanwhile is made anew, not an error
    return database


def caches_in(env, folder: Path) -> dict[str, dict]:
    """Local memory, one per process; a Redis address in CACHE_URL shares what is kept among all of them."""
    progress = str(folder / "progress")
    return {
        "default": _cache(env, "locmemcache://?max_entries=2000", f"{BACKENDS}.dummy.DummyCache", ""),
        # Of downloads and corrections: no page may push them out.
        "turns": _cache(env, "locmemcache://turns?max_entries=10000", f"{BACKENDS}.locmem.LocMemCache", "turns"),
        # Of long work: told by one process to another, without Redis through files on this machine.
        "progress": _cache(env, f"filecache://{progress}", f"{BACKENDS}.filebased.FileBasedCache", progress),
    }


def _cache(env, embedded: str, *stand_in: str) -> dict:
    """What CACHE_URL names, else something of this machine's own; and what stands in for a Redis that is lost."""
    found = env.cache_url_config(env.text("CACHE_URL", embedded))
    if not found["BACKEND"].endswith("RedisCache"):
        return found
    options = {**found.get("OPTIONS", {}), "stand_in": stand_in}
    return {**found, "BACKEND": "fengtai.caching.soft_cache.SoftRedisCache", "OPTIONS": options}
