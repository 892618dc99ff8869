"""The queue before a database file: who writes next is who asked first.

SQLite has one writer at a time and no queue: whoever waits looks again after a while, and the while grows. Who waited
longest comes last, and of 16 clerks who save without a pause one waits five seconds now and then, where all could wait
one. Here one at a time looks, of all threads and processes, and the others are behind it.
"""

import fcntl
import os
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

AGAIN = 0.003  # seconds until another process is asked again whether its turn is over


class Turns:
    """The threads of a process: one at a time has its turn, the others are given it in the order in which they came."""

    def __init__(self):
        self.guard, self.waiting, self.is_taken = Lock(), deque(), False

    def take(self, seconds: float) -> bool:
        """Whether the turn came within so many seconds."""
        with self.guard:
            if not self.is_taken:
                self.is_taken = True
                return True
            called = Lock()
            called.acquire()
            self.waiting.append(called)
        if called.acquire(timeout=seconds):
            return True
        with self.guard:
            if called not in self.waiting:  # it was called at the last moment
                return True
            self.waiting.remove(called)
            return False

    def end(self) -> None:
        with self.guard:
            if self.waiting:
                self.waiting.popleft().release()
            else:
                self.is_taken = False


_turns: defaultdict[str, Turns] = defaultdict(Turns)  # by file
os.register_at_fork(after_in_child=_turns.clear)  # the threads that had them are not in the child


@contextmanager
def turn_at(file: str, seconds: float) -> Iterator[bool]:
    """Within it this thread is first in the queue of all processes at this file; False where that took too long."""
    until, turns = time.monotonic() + seconds, _turns[file]
    if not turns.take(seconds):
        yield False
        return
    try:
        with _first_of_processes(f"{file}-turns", until) as is_first:
            yield is_first
    finally:
        turns.end()


@contextmanager
def _first_of_processes(path: str, until: float) -> Iterator[bool]:
    with _opened(path) as door:
        while door is not None and not _is_free(door):
            if time.monotonic() > until:
                yield False
                return
            time.sleep(AGAIN)
        yield True


@contextmanager
def _opened(path: str) -> Iterator[int | None]:
    """Closing it opens the door again. Where no file can be made there is no queue, but SQLite's own waiting."""
    door = None
    with suppress(OSError):
        door = os.open(Path(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield door
    finally:
        if door is not None:
            os.close(door)


def _is_free(door: int) -> bool:
    try:
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
