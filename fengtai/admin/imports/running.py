"""The long steps asked for, and how they stand: waiting for a worker, running, at rest, or left by a lost worker."""

from dataclasses import dataclass

from django.core.cache import caches
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus

from fengtai.importing.taking.progress import end, is_alive, read_progress
from fengtai.importing.taking.tasks import commit_import, preview_import
from fengtai.records.batches import ImportBatch

State = ImportBatch.State
WORKING = (State.READING, State.COMMITTING)
PATIENCE = 3600  # seconds that a step which was asked for is waited for


@dataclass(frozen=True, slots=True)
class Standing:
    """`state` as it is to be shown; `done` of `found` rows while something runs."""

    state: str
    waiting: bool = False
    done: int = 0
    found: int = 0

    @property
    def running(self) -> bool:
        return self.waiting or self.state in WORKING

    @property
    def text(self) -> str:
        if self.waiting:
            return _("Waiting for its turn …")
        step = _("Taking the rows …") if self.state == State.COMMITTING else _("Reading and checking …")
        rows = _("%(done)d of %(found)d rows") % {"done": self.done, "found": self.found}
        return f"{step} {rows}" if self.found else step

    def as_json(self) -> dict:
        return {"state": self.state, "running": self.running, "done": self.done, "found": self.found, "text": self.text}


def standing_of(batch: ImportBatch) -> Standing:
    """Only looked at: the state of a batch whose worker is gone is changed when somebody starts it again."""
    if batch.state in WORKING:
        alive = is_alive(batch)
        return Standing(batch.state, **read_progress(batch)) if alive else Standing(State.INTERRUPTED)
    return Standing(batch.state, waiting=caches["progress"].get(_asked(batch)) == batch.state)


def ask_preview(batch: ImportBatch, user) -> None:
    _ask(batch, preview_import, batch.pk, get_language(), user.pk)


def ask_commit(batch: ImportBatch, user, **terms) -> None:
    """`terms` are those of `steps.commit`."""
    _ask(batch, commit_import, batch.pk, user.pk, get_language(), **terms)


def _ask(batch: ImportBatch, task, *arguments, **terms) -> None:
    """Embedded the step is done when this returns; else a worker will come to it, and the batch is waiting."""
    caches["progress"].set(_asked(batch), batch.state, PATIENCE)
    result = task.enqueue(*arguments, **terms)
    if result.status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED):
        caches["progress"].delete(_asked(batch))
        end(batch)


def _asked(batch: ImportBatch) -> str:
    return f"import-asked:{batch.uuid}"
