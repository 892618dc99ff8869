"""What is measured of a process: its CPU time with the database's, and the most memory it held."""

import resource
import time
from pathlib import Path

from django.db import connection

MEBIBYTE = 1024


class CpuMeter:
    """CPU seconds of this process, its children, and the PostgreSQL backend that serves it; SQLite runs in here."""

    def __init__(self):
        self.backend = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.backend = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
            if not self.backend.exists():
                raise RuntimeError("PostgreSQL must run on this machine: its CPU time is part of every number")

    def read(self) -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        own = time.process_time() + children.ru_utime + children.ru_stime
        return own + (int(self.backend.read_text().split()[0]) / 1e9 if self.backend else 0)


def forget_peak():
    """From now on the peak counts what is held from now on."""
    Path("/proc/self/clear_refs").write_text("5")


def memory(line: str) -> float:
    """MB held now (VmRSS) or at most since the peak was forgotten (VmHWM)."""
    status = dict(entry.split(":", 1) for entry in Path("/proc/self/status").read_text().splitlines())
    return int(status[line].split()[0]) / MEBIBYTE
