"""The steps of an import, each a plain function:

    batch = receive(page, file, by=user)        keeps the file; `known_files` are those taken before
    preview(batch)                              reads and plans; writes the preview's rows and nothing else
    decide(batch, answers)                      what the user decided of columns, names, near matches; plans anew
    commit(batch, by=user)                      plans again and writes it all, or nothing; a second call does nothing
    undo(batch, by=user)                        takes it back, or raises Touched with the rows touched since
    progress(batch)                             state, rows done and rows found
    template_file(page), returned_file(batch)   in `handing_back.py`: what goes back to the sender, as bytes

`batch.state` tells what came of a step, `batch.counts` the rows by outcome, `batch.notes` what concerns the whole
file (problems, missing names with near ones, skipped rows, columns), and `batch.rows` the rows: outcome, changes
(label, old, new), problems, near matches. `tasks.py` runs preview and commit outside the request.
"""

import hashlib
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from fengtai.importing.planning.planning import plan
from fengtai.importing.planning.plans import Plan
from fengtai.importing.reading.answers import Answers
from fengtai.importing.reading.files import read_file
from fengtai.importing.reading.list_imports import ListImport, list_import
from fengtai.importing.reading.problems import Problem, sentence
from fengtai.importing.taking.previews import compare, store
from fengtai.importing.taking.progress import Progress, is_alive, read_progress
from fengtai.importing.taking.undoing import take_back
from fengtai.importing.taking.writing import ChangedSince, Writer
from fengtai.lists.site import ListPage, page_of
from fengtai.records.batches import ImportBatch
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.words import explain

State = ImportBatch.State
OPEN = (State.RECEIVED, State.PREVIEWED, State.REFUSED, State.INTERRUPTED)  # nothing written, everything possible


def declared_of(batch: ImportBatch) -> ListImport:
    return list_import(page_of(batch.list_name).table)


def receive(page: ListPage, file: File, *, by=None, answers: Answers | None = None) -> ImportBatch:
    """Keeps the file as it came."""
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    name = file.name.rpartition("/")[2]
    kept = File(file, f"{sha256[:16]}{Path(name).suffix[:10]}")  # a long Chinese name is too long for a disk
    said = (answers or Answers()).as_json()
    return ImportBatch.objects.create(
        list_name=page.name, file=kept, file_name=name[:200], sha256=sha256, by=by, answers=said
    )


def known_files(list_name: str, sha256: str):
    """Imports of the same bytes into the same list that were taken, the latest first."""
    taken = (State.COMMITTED, State.UNDONE)
    return ImportBatch.objects.filter(list_name=list_name, sha256=sha256, state__in=taken)


def decide(batch: ImportBatch, answers: Answers) -> bool:
    """Keeps what the user decided; the preview is made anew."""
    return batch.moves(*OPEN, to=State.RECEIVED, answers=answers.as_json()) and preview(batch)


def preview(batch: ImportBatch) -> bool:
    """Plans the file and keeps what would become of every row; false if somebody else is at it."""
    if not batch.moves(*OPEN, to=State.READING):
        return False
    progress = Progress(batch)
    try:
        found = plan_of(batch, progress)
    except WorkbookError as error:
        problem = Problem(error.code, explain(error))
        batch.moves(State.READING, to=State.UNREADABLE, notes={"problems": [problem.as_json()]})
        return True
    keep_preview(batch, found)
    return True


@transaction.atomic
def keep_preview(batch: ImportBatch, found: Plan) -> None:
    store(batch, declared_of(batch), found)
    batch.moves(State.RECEIVED, State.READING, to=State.PREVIEWED)


def plan_of(batch: ImportBatch, progress: Progress) -> Plan:
    """What the file would do now."""
    declared = declared_of(batch)
    progress.tell(0, 0)
    workbook = read_file(batch.file.path, declared)
    return plan(declared, workbook, Answers.from_json(batch.answers), progress.tell)


def commit(batch: ImportBatch, *, by=None) -> bool:
    """Writes what was previewed, all of it or nothing; false if it was already taken, or is being taken."""
    if not batch.moves(State.PREVIEWED, to=State.COMMITTING):
        return False
    progress = Progress(batch)
    try:
        with transaction.atomic():
            problems = _write(batch, by, progress)
    except ChangedSince as error:
        problems = [Problem("changed_since", f"{sentence('changed_since')} {error}")]
    except IntegrityError as error:
        problems = [Problem("conflict", sentence("conflict", reason=str(error).partition("\n")[0]))]
    except WorkbookError as error:
        problems = [Problem(error.code, explain(error))]
    if problems:
        notes = batch.notes | {"problems": [problem.as_json() for problem in problems]}
        batch.moves(State.COMMITTING, to=State.REFUSED, notes=notes)
    return True


def _write(batch: ImportBatch, by, progress: Progress) -> list[Problem]:
    """Inside the one transaction; returns what stands against it, and then has written nothing."""
    declared = declared_of(batch)
    # Two imports into one list follow each other: none plans on what the other is about to write.
    ContentType.objects.select_for_update().get(pk=ContentType.objects.get_for_model(declared.model).pk)
    found = plan_of(batch, progress)
    if problems := [problem for problem in found.all_problems() if problem.is_error] or compare(batch, found):
        return problems
    Writer(batch, by or batch.by, progress.tell).write(found)
    if not batch.moves(State.COMMITTING, to=State.COMMITTED, finished_at=timezone.now()):
        raise IntegrityError("the import was taken from this worker")  # interrupted, and begun again by another
    return []


def undo(batch: ImportBatch, *, by=None) -> bool:
    """Takes back all that the batch wrote; raises Touched where somebody has changed it since."""
    with transaction.atomic():
        if not batch.moves(State.COMMITTED, to=State.UNDONE, undone_at=timezone.now()):
            return False
        take_back(batch, by)
    return True


def progress(batch: ImportBatch) -> dict:
    """State, rows done and rows found; a batch whose worker is gone is interrupted, with nothing half-written."""
    batch.refresh_from_db()
    if batch.state in (State.READING, State.COMMITTING) and not is_alive(batch):
        batch.moves(batch.state, to=State.INTERRUPTED)
    return {"state": batch.state, **read_progress(batch)}
