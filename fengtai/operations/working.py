"""The worker of the queue, living on when the database goes away, and taking up again what was cut off.

The library's worker ends with the first dropped connection, and leaves what it was doing "running" for ever. Here a
worker has a name of its own on this machine for as long as it lives: whatever is still running under that name when it
starts, or when it has reached the database again, was cut off and is put back into the queue. Tasks are told by their
number of attempts that an earlier one was cut off (`importing/taking/tasks.py`).
"""

import fcntl
import logging
import time
from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import Error, connections, transaction
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

LONGEST_WAIT = 5  # seconds between two tries to reach the database
LOST = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")
MOST_ATTEMPTS = 5  # after so many that were cut off the task is to blame: it may end its worker
told = logging.getLogger(__name__)


class LastingWorker(Worker):
    """Ends when it is told to, and for no other reason."""

    def run(self) -> None:
        wait = 0.0
        while self.running:
            try:
                self.take_up_again()
                wait = 0.0
                return super().run()
            except Error as error:  # whatever a database may say of itself
                connections.close_all()
                wait = min(wait + 0.5, LONGEST_WAIT)
                told.warning("The database is lost, tried again in %s s: %s", wait, error)
                time.sleep(wait)
        return None

    def take_up_again(self) -> None:
        """What this worker had begun, and nobody is doing now."""
        with transaction.atomic():
            for task in DBTaskResult.objects.running().select_for_update().filter(backend_name=self.backend_name):
                if task.worker_ids[-1:] == [self.worker_id]:
                    _put_back(task)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Once the database is back before anybody noticed, the library has written down that the task failed."""
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED and db_task_result.exception_class_path in LOST:
            _put_back(db_task_result)


def _put_back(task: DBTaskResult) -> None:
    if len(task.worker_ids) >= MOST_ATTEMPTS:
        task.set_failed(RuntimeError(f"was cut off {MOST_ATTEMPTS} times"))
        return
    told.warning("Task %s was cut off, and is taken up again.", task.id)
    task.status, task.finished_at = TaskResultStatus.READY, None
    task.save(update_fields=["status", "finished_at"])


class OwnName:
    """A name that no other living worker has; the system takes it back from a process that was killed."""

    def __init__(self):
        folder = settings.DATA_DIR / "workers"
        folder.mkdir(parents=True, exist_ok=True)
        place = _place(folder / "place")
        for number in count(1):
            self.name, self.file = f"{place}-{number}", (folder / f"{number}.lock").open("w")
            try:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                self.file.close()


def _place(path: Path) -> str:
    """A name for this folder: other machines count from one as well, and a container has another name each time."""
    with path.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if name := file.read():
            return name
        file.write(name := get_random_string(12))
    return name
