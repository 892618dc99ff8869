"""The measures of all processes of a machine, and what stands in the database, on a port that no reader reaches."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Count

from fengtai.operations.probes.queue import queue_standing
from fengtai.records.batches import ImportBatch
from fengtai.review.accounts.lockouts import locked_out
from fengtai.review.corrections.models import Correction
from fengtai.review.pending import PendingChange

OF_PROCESS = re.compile(r"gauge_live\w*?_(\d+)\.db")


def served_on(address: str, port: int):
    """The server's thread. Raises OSError where the port is taken."""
    from prometheus_client import CollectorRegistry, start_http_server  # not needed where nothing is measured
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(Standing())
    return start_http_server(port, address, registry)[1]


class Standing:
    """What waits in the database, asked each time that somebody collects; and the processes that ended, forgotten."""

    def collect(self) -> Iterator:
        from prometheus_client.core import GaugeMetricFamily

        forget_the_dead(settings.METRICS_DIR)
        close_old_connections()
        told, is_up = {}, True
        try:
            told = _numbers()
        except DatabaseError:
            is_up = False
        finally:
            connection.close()
        yield GaugeMetricFamily("fengtai_database_up", "Whether the database answers.", value=int(is_up))
        for name, (help_text, value) in told.items():
            yield GaugeMetricFamily(name, help_text, value=value)
        if is_up:
            yield _imports(GaugeMetricFamily)

    def describe(self) -> list:
        """Nothing: to be registered asks no database."""
        return []


def _numbers() -> dict[str, tuple[str, float]]:
    waiting, oldest = queue_standing()
    pending = PendingChange.objects.filter(state__in=PendingChange.WAITING).count()
    corrections = Correction.objects.filter(state__in=Correction.OPEN).count()
    return {
        "fengtai_queue_waiting": ("Tasks that no worker took yet.", waiting),
        "fengtai_queue_oldest_seconds": ("How long the oldest of them waits.", oldest),
        "fengtai_reviews_pending": ("Changes that wait for a second person.", pending),
        "fengtai_corrections_open": ("Reports of readers without an answer.", corrections),
        "fengtai_sign_in_locks": ("Names and addresses that are locked out.", len(locked_out())),
    }


def _imports(family):
    told = family("fengtai_imports", "Imports by their state.", labels=["state"])
    counts = dict(ImportBatch.objects.order_by().values_list("state").annotate(Count("pk")))
    for state in ImportBatch.State.values:
        told.add_metric([state], counts.get(state, 0))
    return told


def forget_the_dead(folder: Path) -> None:
    """Of a process that was killed the answers it was sending are not counted any more; what it had done stays."""
    from prometheus_client.multiprocess import mark_process_dead

    for number in {int(found[1]) for path in folder.glob("gauge_live*.db") if (found := OF_PROCESS.match(path.name))}:
        if not _is_alive(number):
            mark_process_dead(number, str(folder))


def _is_alive(number: int) -> bool:
    with suppress(PermissionError):  # somebody else's, but alive
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return False
    return True
