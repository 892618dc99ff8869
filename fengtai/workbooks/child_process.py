"""Work on a file in a process of its own, whose memory and time are limited.

The child gets an empty environment, opens nothing but the file, and answers on its standard output; whatever happens to
it, its parent sees an answer or a WorkbookError.
"""

import json
import logging
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, TypeVar

from fengtai.workbooks.errors import Incomplete, WorkbookError
from fengtai.workbooks.limits import MB, Limits
from fengtai.workbooks.wire import line

ROOT = Path(__file__).resolve().parents[2]
KEPT = 2_000  # characters of the child's last words, for the log
Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)


def answer_of(module: str, request: str, limits: Limits, read: Callable[[IO[bytes]], Answer]) -> Answer:
    """What `read` makes of the child's output; it raises Incomplete if that ended too early."""
    with started(module) as child:
        clock = threading.Timer(limits.seconds, child.kill)
        clock.start()
        try:
            child.stdin.write(request.encode())
            child.stdin.close()
            return read(child.stdout)
        except (Incomplete, BrokenPipeError) as error:
            raise _reason(child, clock, limits) from error
        finally:
            clock.cancel()
            child.kill()


def started(module: str) -> subprocess.Popen:
    command = [sys.executable, "-X", "utf8", "-m", module]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen(command, cwd=ROOT, env={}, **pipes)


def _reason(child: subprocess.Popen, clock: threading.Timer, limits: Limits) -> WorkbookError:
    """Why the child ended early: stopped by the clock, out of memory, or by a fault of a library."""
    words, status = child.stderr.read().decode("utf-8", "replace"), child.wait()
    if status == -signal.SIGXCPU or (status == -signal.SIGKILL and not clock.is_alive()):
        return WorkbookError("too_slow", limit=limits.seconds)
    if status in (-signal.SIGABRT, -signal.SIGKILL):
        return WorkbookError("too_much_memory", limit=limits.memory // MB)
    logger.warning("The reader of a workbook ended with %s: %s", status, words[-KEPT:])
    return WorkbookError("unreadable")


def request_within_limits() -> tuple[dict, Limits]:
    """In the child: what is asked, once the limits hold."""
    request = json.load(sys.stdin)
    limits = Limits(**request["limits"])
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return request, limits


def hand_over(lines: Iterable[str], limits: Limits):
    """In the child: writes the lines of the answer, and after them the reason if it cannot be completed."""
    try:
        for text in lines:
            sys.stdout.write(text + "\n")
    except WorkbookError as error:
        print(line(["error", error.code, error.details]))
    except MemoryError:
        print(line(["error", "too_much_memory", {"limit": limits.memory // MB}]))
