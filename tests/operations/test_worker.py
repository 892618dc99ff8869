"""The worker outlives its connections, its batches outlive the worker."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.conf import settings as configured
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fengtai.importing.taking.tasks import commit_import
from fengtai.operations.working import MOST_ATTEMPTS, LastingWorker, OwnName
from fengtai.records.batches import ImportBatch
from partners.models import Organisation
from tests.importing.import_steps import received, saved
from tests.moments import until
from tests.operations.whole import is_whole
from tests.sites import ROOT

POSTGRESQL = configured.DATABASES["default"]["ENGINE"].endswith("postgresql")
ROUNDS = 10 if is_whole() else 2
ROWS = 200
LONGEST = 60  # seconds until an import is taken whose worker lost all its sessions
NAME = "worker-of-a-test"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no sessions to lose"),
]
State = ImportBatch.State


@pytest.fixture
def environment(settings, tmp_path, own_files):
    """What the worker is started with: the database and the files of this test."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    server, name = os.environ["DATABASE_URL"].rpartition("/")[0], connection.settings_dict["NAME"]
    own = {"DATABASE_URL": f"{server}/{name}?application_name={NAME}", "DATA_DIR": str(tmp_path)}
    return os.environ | own | {"TASKS_BACKEND": "database", "PYTHONUNBUFFERED": "1"}


@contextmanager
def working(environment, log):
    with log.open("a") as said:
        command = [sys.executable, "manage.py", "work", "--interval", "0.2"]
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def waiting(tmp_path, number: int) -> ImportBatch:
    """A previewed import whose rows wait for the worker."""
    rows = [[f"示例{number}-{row}号单位", f"示例{row}"] for row in range(ROWS)]
    batch = received("organisations", saved(tmp_path / f"{number}.xlsx", ("名录", [["单位名称", "简称"], *rows])))
    assert batch.state == State.PREVIEWED
    return batch


def end_sessions() -> int:
    """Ends all sessions of the worker, as a server does that is started again; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = %s", [NAME]
        )
        return cursor.fetchone()[0]


def is_now(batch, state) -> bool:
    batch.refresh_from_db()
    return batch.state == state


def test_an_import_is_taken_although_all_sessions_of_its_worker_were_ended(environment, tmp_path):
    took = []
    with working(environment, tmp_path / "log") as worker:
        for number in range(ROUNDS):
            batch = waiting(tmp_path, number)
            if number % 2:  # while nothing is done, and while the rows are written
                until(lambda: end_sessions() > 0)
                commit_import.enqueue(batch.pk)
            else:
                commit_import.enqueue(batch.pk)
                until(lambda batch=batch: is_now(batch, State.COMMITTING))
                time.sleep(0.1 * (number % 5))
                assert end_sessions() > 0
            took.append(until(lambda batch=batch: is_now(batch, State.COMMITTED)))
            print(f"taken after {took[-1]:.1f} s", flush=True)
            assert Organisation.objects.count() == (number + 1) * ROWS, "taken once, and whole"
        until(lambda: DBTaskResult.objects.successful().count() == ROUNDS)
        assert worker.poll() is None
    assert "taken up again" in (tmp_path / "log").read_text("utf-8")


def test_a_worker_may_be_killed_and_is_told_to_stop_in_time(environment, tmp_path):
    first, second, third = (waiting(tmp_path, number) for number in range(3))
    commit_import.enqueue(first.pk)
    with working(environment, tmp_path / "log"):
        until(lambda: is_now(first, State.COMMITTING))
    assert not is_now(first, State.COMMITTED), "killed in the middle of it"
    commit_import.enqueue(second.pk)
    commit_import.enqueue(third.pk)
    with working(environment, tmp_path / "log") as worker:  # takes up what the other one had begun
        until(lambda: is_now(second, State.COMMITTING))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(LONGEST) == 0
    states = ImportBatch.objects.order_by("pk").values_list("state", flat=True)
    assert [*states] == [State.COMMITTED, State.COMMITTED, State.PREVIEWED]
    assert Organisation.objects.count() == 2 * ROWS


def test_a_task_that_always_ends_its_worker_is_not_tried_for_ever(environment, tmp_path):
    task = commit_import.enqueue(waiting(tmp_path, 0).pk)
    found = DBTaskResult.objects.filter(pk=task.id)
    for attempts, status in ((MOST_ATTEMPTS - 1, TaskResultStatus.READY), (MOST_ATTEMPTS, TaskResultStatus.FAILED)):
        found.update(status=TaskResultStatus.RUNNING, worker_ids=["somebody"] * attempts)
        _worker("somebody else").take_up_again()
        assert found.get().status == TaskResultStatus.RUNNING
        _worker("somebody").take_up_again()
        assert found.get().status == status


def _worker(name: str) -> LastingWorker:
    here = {"queue_names": ["*"], "excluded_queue_names": [], "backend_name": "default", "worker_id": name}
    return LastingWorker(**here, interval=0, batch=True, startup_delay=False, max_tasks=None)


def test_two_workers_of_one_folder_have_two_names(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    first, second = OwnName(), OwnName()
    assert first.name != second.name
    second.file.close()
    assert OwnName().name == second.name
