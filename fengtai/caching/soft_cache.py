"""Redis that may be lost: whatever asks it goes on without it, and is never told by an exception.

Something stands in meanwhile: for pages nothing at all, they are made each time; for what is counted the memory of
this process; for what one process tells another files of this machine. Whoever is kept waiting once opens the circuit
for all threads: for some seconds nobody asks Redis, then one asks again.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

AGAIN = 5  # seconds until a Redis that was lost is asked again
PATIENCE = 0.5  # seconds that an answer, or a connection, is waited for
UNREACHABLE = (RedisConnectionError, RedisTimeoutError, OSError)
MOST = 10_000  # values that stand in; of more some are dropped
MISSING = object()
told = logging.getLogger(__name__)


class Line:
    """What a process knows of its way to one Redis: whether it is open, and what was said of it."""

    def __init__(self):
        self.again, self.fault = 0.0, ""
        self.lock = threading.Lock()

    def is_open(self) -> bool:
        """Of those who ask while it is lost, one in some seconds tries it."""
        if not self.again:
            return True
        with self.lock:
            if time.monotonic() < self.again:
                return False
            self.again = time.monotonic() + AGAIN
            return True

    def lost(self, error: Exception) -> None:
        """It cannot be reached; said once until it is back."""
        with self.lock:
            self.again = time.monotonic() + AGAIN
        self.failed(f"The cache is lost, the site goes on without it: {type(error).__name__}: {error}")

    def failed(self, fault: str) -> None:
        if not self.fault:
            self.fault = fault
            told.warning("%s", fault)

    def works(self, *, wrote: bool) -> None:
        """An answer came. One that is full still answers what is read: only a write tells that it is whole again."""
        if not self.fault or not (wrote or self.again):
            return
        self.again, self.fault = 0.0, ""
        told.warning("The cache is back.")


_lines: dict[str, Line] = {}  # by server: caches are made anew in each thread, what is known of Redis is not


class SoftRedisCache(RedisCache):
    """`OPTIONS["stand_in"]` is the backend and place of what is asked while Redis is lost, and beside it afterwards:
    what was counted meanwhile still counts then."""

    def __init__(self, server, params):
        options = dict(params.get("OPTIONS", {}))
        backend, place = options.pop("stand_in")
        super().__init__(server, {**params, "OPTIONS": options})
        self._options = {
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            # A connection kept since before Redis was started again is made anew at once; silence is not asked twice.
            "retry": Retry(NoBackoff(), 1, (RedisConnectionError,)),
            **options,
        }
        self._stand_in = import_string(backend)(place, {**params, "OPTIONS": {"MAX_ENTRIES": MOST}})
        self._stand_in.key_func, self._stand_in.validate_key = self.key_func, self.validate_key

    @cached_property
    def _line(self) -> Line:
        return _lines.setdefault(str(self._servers), Line())

    def _ask(self, question: Callable, *, writes: bool):
        """What Redis answers; MISSING where it is lost or refuses."""
        if not self._line.is_open():
            return MISSING
        try:
            answer = question()
        except UNREACHABLE as error:
            self._line.lost(error)
            return MISSING
        except RedisError as error:
            self._line.failed(f"The cache refuses what it is told: {type(error).__name__}: {error}")
            return MISSING
        self._line.works(wrote=writes)
        return answer

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        if self._stand_in.has_key(key, version):
            return False
        added = self._ask(lambda: super(SoftRedisCache, self).add(key, value, timeout, version), writes=True)
        return self._stand_in.add(key, value, timeout, version) if added is MISSING else added

    def get(self, key, default=None, version=None):
        found = self._ask(lambda: super(SoftRedisCache, self).get(key, MISSING, version), writes=False)
        return self._stand_in.get(key, default, version) if found is MISSING else found

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        if self._ask(lambda: super(SoftRedisCache, self).set(key, value, timeout, version), writes=True) is MISSING:
            self._ask(lambda: super(SoftRedisCache, self).delete(key, version), writes=False)  # full: not the old value
            self._stand_in.set(key, value, timeout, version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        touched = self._ask(lambda: super(SoftRedisCache, self).touch(key, timeout, version), writes=True)
        return self._stand_in.touch(key, timeout, version) or touched is True

    def delete(self, key, version=None):
        deleted = self._ask(lambda: super(SoftRedisCache, self).delete(key, version), writes=True)
        return self._stand_in.delete(key, version) or deleted is True

    def has_key(self, key, version=None):
        found = self._ask(lambda: super(SoftRedisCache, self).has_key(key, version), writes=False)
        return found is True or self._stand_in.has_key(key, version)

    def incr(self, key, delta=1, version=None):
        def added():
            try:
                return super(SoftRedisCache, self).incr(key, delta, version)
            except ValueError:  # not there, or counted in what stands in
                return MISSING

        count = self._ask(added, writes=True)
        return self._stand_in.incr(key, delta, version) if count is MISSING else count

    def get_many(self, keys, version=None):
        keys = list(keys)
        found = self._ask(lambda: super(SoftRedisCache, self).get_many(keys, version), writes=False)
        return self._stand_in.get_many(keys, version) | ({} if found is MISSING else found)

    def set_many(self, data, timeout=DEFAULT_TIMEOUT, version=None):
        done = self._ask(lambda: super(SoftRedisCache, self).set_many(data, timeout, version), writes=True)
        return self._stand_in.set_many(data, timeout, version) if done is MISSING else done

    def delete_many(self, keys, version=None):
        keys = list(keys)
        self._ask(lambda: super(SoftRedisCache, self).delete_many(keys, version), writes=True)
        self._stand_in.delete_many(keys, version)

    def clear(self):
        cleared = self._ask(super().clear, writes=True)
        self._stand_in.clear()
        return cleared is True
