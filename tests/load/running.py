"""Locust with the clients of this folder, as a process that is watched."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.deployment.places import ROOT
from tests.deployment.processes import Failed, Process

COME = 5  # clients each second, until all are there


@dataclass(frozen=True)
class Load:
    """So many clients for so many seconds; a reader asks each `pace` seconds; some write, some download."""

    clients: int
    seconds: int
    pace: float = 1.0
    clerks: int = 0
    downloaders: int = 0


@contextmanager
def clients(site: str, load: Load, folder: Path, own: dict[str, str]) -> Iterator[Path]:
    """Locust until its time is over; the file with what it measured, which is there afterwards."""
    measured, log = folder / "measured.json", folder / "log" / "locust.log"
    measured.unlink(missing_ok=True)
    certificate = str(folder / "tls" / "fullchain.pem")
    asked = {
        "LOAD_MEASURED": str(measured),
        "LOAD_PACE": str(load.pace),
        "LOAD_CERTIFICATE": certificate,
        "LOAD_CLERKS": str(load.clerks),
        "LOAD_DOWNLOADERS": str(load.downloaders),
    }
    count = ["--users", str(load.clients), "--spawn-rate", str(COME), "--run-time", f"{load.seconds}s"]
    command = [sys.executable, "-m", "locust", "-f", "tests/load/clients.py", "--headless", "--only-summary"]
    arguments = [*command, *count, "--host", site, "--stop-timeout", "30", "--exit-code-on-error", "0"]
    running = Process("locust", arguments, log, cwd=ROOT, env={**os.environ, **asked, **own})
    try:
        yield measured
        running.running.wait(load.seconds + 90)
    except subprocess.TimeoutExpired:
        raise Failed(f"locust did not end: {running.last_words()}") from None
    finally:
        running.stop()
    if not measured.exists():
        raise Failed(running.last_words())


def memory_of(process: Process) -> float:
    """MB of the whole group, shared pages counted in part (PSS)."""
    pages = subprocess.run(["pgrep", "-g", str(process.running.pid)], capture_output=True, text=True).stdout.split()
    return sum(_pss(number) for number in pages) / 1024


def _pss(number: str) -> int:
    lines = Path(f"/proc/{number}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(one.split()[1]) for one in lines if one.startswith("Pss:"))
