"""Does what waits in the queue, imports above all, until it is told to stop; a database that was away ends nothing."""

from django.core.management.base import CommandError
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands import db_worker

from fengtai.operations.working import LastingWorker, OwnName

BACKEND = "default"


class Command(db_worker.Command):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=1, help="seconds between two looks at an empty queue")
        parser.add_argument("--batch", action="store_true", help="ends when nothing waits any more")

    def handle(self, *, verbosity, interval, batch, **options):
        if not isinstance(task_backends[BACKEND], DatabaseBackend):
            raise CommandError("Nothing waits here: without TASKS_BACKEND=database all work is done in the request.")
        self.configure_logging(verbosity)
        own = OwnName()  # its file is held as long as the process lives
        worker = LastingWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name=BACKEND,
            startup_delay=False,
            max_tasks=None,
            worker_id=own.name,
        )
        worker.configure_signals()
        worker.run()
