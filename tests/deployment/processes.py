"""Processes of the check: each with a log of its own, none left behind."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

WHERE_ELSE = ("/usr/sbin", "/sbin", "/usr/lib/postgresql/*/bin")
PACKAGES = {
    "initdb": "postgresql",
    "pg_ctl": "postgresql",
    "redis-server": "redis-server",
    "nginx": "nginx",
    "curl": "curl",
    "openssl": "openssl",
    "systemd-analyze": "systemd",
}


class Failed(Exception):
    """Something did not start, or did not do what it must; says what, with the end of its log."""


def program(name: str) -> str:
    """Its path, also where Debian puts what is no command of ordinary users."""
    folders = [str(found) for place in WHERE_ELSE for found in sorted(Path("/").glob(place[1:]), reverse=True)]
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *folders]))
    if found is None:
        raise Failed(f"{name} is not installed")
    return found


def missing_packages(*names: str) -> list[str]:
    """Debian's packages of what is not installed."""
    lacking = []
    for name in names:
        try:
            program(name)
        except Failed:
            lacking.append(PACKAGES[name])
    return sorted(set(lacking))


def clean_up_when_ended() -> None:
    """Whoever ends the check by a signal leaves no server behind: what was begun is taken back as after a fault."""
    for sent in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sent, lambda number, _frame: sys.exit(128 + number))


class Process:
    """A command that runs until it is stopped, in a process group of its own."""

    def __init__(self, name: str, command: list[str], log: Path, stop_seconds: int = 30, **options):
        self.name, self.log, self.stop_seconds = name, log, stop_seconds
        with log.open("ab") as written:
            self.running = subprocess.Popen(
                command, stdout=written, stderr=written, stdin=subprocess.DEVNULL, start_new_session=True, **options
            )

    def stop(self, sent: signal.Signals = signal.SIGTERM) -> float:
        """As systemd with KillMode=mixed: the first process is asked, later all are killed. The seconds it took."""
        began = time.monotonic()
        if self.running.poll() is None:
            self.running.send_signal(sent)
        try:
            self.running.wait(self.stop_seconds)
        except subprocess.TimeoutExpired:
            print(f"{self.name} did not end within {self.stop_seconds} s and was killed", file=sys.stderr)
        with contextlib.suppress(ProcessLookupError):  # the usual case: nobody of its group is left
            os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()
        return time.monotonic() - began

    def wait_for(self, is_up: Callable[[], bool], seconds: float = 60):
        until = time.monotonic() + seconds
        while not is_up():
            if self.running.poll() is not None or time.monotonic() > until:
                raise Failed(f"{self.name} did not start:\n{self.last_words()}")
            time.sleep(0.05)

    def last_words(self) -> str:
        return self.log.read_text("utf-8", "replace")[-3000:]


def run(command: list[str], **options) -> str:
    """What it printed; Failed with its words if it did not end well."""
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, **options)
    if done.returncode:
        raise Failed(f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}")
    return done.stdout
