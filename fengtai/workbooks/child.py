"""Reads a workbook apart from the server: in a process of its own, with limits to its memory and its time.

The child gets an empty environment, opens nothing but the file, and answers in lines of JSON; whatever happens to it,
its parent sees a WorkbookData or a WorkbookError.
"""

import hashlib
import json
import logging
import resource
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

from fengtai.workbooks.data import Limits, WorkbookData
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.wire import Incomplete, assembled, line

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-X", "utf8", "-m", "fengtai.workbooks.child"]
DEFAULT = Limits()
MB = 1_000_000
KEPT = 2_000  # characters of the child's last words, for the log
logger = logging.getLogger(__name__)


def read_workbook(path, limits: Limits = DEFAULT, vocabulary: frozenset[str] = frozenset()) -> WorkbookData:
    """What the file holds; WorkbookError if it must not, or cannot, be read."""
    path = Path(path).resolve()
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    request = json.dumps({"path": str(path), "limits": asdict(limits), "vocabulary": sorted(vocabulary)})
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(COMMAND, cwd=ROOT, env={}, **pipes) as child:
        clock = threading.Timer(limits.seconds, child.kill)
        clock.start()
        try:
            return _answer(child, request, sha256)
        except (Incomplete, BrokenPipeError) as error:
            raise _reason(child, clock, limits) from error
        finally:
            clock.cancel()
            child.kill()


def _answer(child: subprocess.Popen, request: str, sha256: str) -> WorkbookData:
    child.stdin.write(request.encode())
    child.stdin.close()
    return assembled(child.stdout, sha256)


def _reason(child: subprocess.Popen, clock: threading.Timer, limits: Limits) -> WorkbookError:
    """Why the child ended early: stopped by the clock, out of memory, or by a fault of a library."""
    words, status = child.stderr.read().decode("utf-8", "replace"), child.wait()
    if status == -signal.SIGXCPU or (status == -signal.SIGKILL and not clock.is_alive()):
        return WorkbookError("too_slow", limit=limits.seconds)
    if status == -signal.SIGABRT or status == -signal.SIGKILL:
        return WorkbookError("too_much_memory", limit=limits.memory // MB)
    logger.warning("A workbook's reader ended with %s: %s", status, words[-KEPT:])
    return WorkbookError("unreadable")


def main():
    request = json.load(sys.stdin)
    limits = Limits(**request["limits"])
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Nothing of the reader is loaded before the limits hold.
    from fengtai.workbooks.reading import lines_of

    try:
        for text in lines_of(Path(request["path"]), limits, frozenset(request["vocabulary"])):
            sys.stdout.write(text + "\n")
    except WorkbookError as error:
        print(line(["error", error.code, error.details]))
    except MemoryError:
        print(line(["error", "too_much_memory", {"limit": limits.memory // MB}]))


if __name__ == "__main__":
    main()
