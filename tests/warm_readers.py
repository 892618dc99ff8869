"""Readers of workbooks that start warm: one process has loaded all they need, and forks for each file.

Each is a process of its own within its own limits, as on the site; what is saved is the start of Python and the loading
of libraries, a quarter of a second of CPU for each file. tests/workbooks/test_hostile_workbooks.py starts them cold.
"""

import contextlib
import gc
import importlib
import os
import signal
import socket
import subprocess
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOADED = ("fengtai.workbooks.child", "fengtai.workbooks.lines", "fengtai.workbooks.returning_child")


class Readers:
    """Started with the first file; ends when nobody holds its socket any more."""

    socket = None

    def __call__(self, module: str) -> "Reader":
        if self.socket is None:
            self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            command = [sys.executable, "-X", "utf8", "-m", "tests.warm_readers", str(theirs.fileno())]
            subprocess.Popen(command, cwd=ROOT, env={}, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
            theirs.close()
        return Reader(self.socket, module)


class Reader:
    """As much of a Popen as is asked of a reader."""

    status = None

    def __init__(self, readers: socket.socket, module: str):
        (theirs_in, mine_in), *out = (os.pipe() for _pipe in range(4))
        given = [theirs_in, *(write for _read, write in out)]
        socket.send_fds(readers, [module.encode()], given)
        for each in given:
            os.close(each)
        self.stdin, (self.stdout, self.stderr, self.told) = (
            os.fdopen(mine_in, "wb"),
            (os.fdopen(read, "rb") for read, _write in out),
        )
        self.pid = int(self.told.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_raised):
        for file in (self.stdout, self.stderr, self.stdin):
            with contextlib.suppress(BrokenPipeError):
                file.close()
        self.wait()
        self.told.close()

    def kill(self):
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        if self.status is None:
            self.status = os.waitstatus_to_exitcode(int(self.told.readline()))
        return self.status


def serve(asked: socket.socket):
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        module, given, _flags, _address = socket.recv_fds(asked, 200, 4)
        if not module:
            return
        if os.fork() == 0:
            asked.close()
            _watch(module.decode(), given)
        for each in given:
            os.close(each)


def _watch(module: str, given: list[int]):
    """Starts the reader, and tells its number and how it ended."""
    *pipes, told = given
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    reader = os.fork()
    if reader == 0:
        os.close(told)
        _read(module, pipes)
    for each in pipes:
        os.close(each)
    os.write(told, b"%d\n" % reader)
    os.write(told, b"%d\n" % os.waitpid(reader, 0)[1])
    os._exit(0)


def _read(module: str, pipes: list[int]):
    status = 0
    for place, each in enumerate(pipes):
        os.dup2(each, place)
        os.close(each)
    try:
        importlib.import_module(module).main()
        sys.stdout.flush()
    except BaseException:
        status = 1
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
