"""The steps of an import, each a plain function:

    batch = receive(page, file, by=user)        keeps the file; `known_files` are those taken before
    preview(batch)                              reads and plans with `batch.answers`; writes the preview alone
    commit(batch, by=user)                      plans again and writes it all, or nothing; a second call does nothing;
                                                with `good_rows` all but the refused rows; what touches published
                                                records waits as pending changes
    undo(batch, by=user)                        takes it back, or raises Touched with the rows touched since, or
                                                OutsideScope where what comes back is not theirs
    interrupt_if_lost(batch)                    a batch whose worker is gone can be begun again
    template_file(page), returned_file(batch)   in `handing_back.py`: what goes back to the sender, as bytes

`batch.state` tells what came of a step, `batch.counts` the rows by outcome, `batch.notes` what concerns the whole
file (problems, missing names with near ones, skipped rows, columns), and `batch.rows` the rows: outcome, changes
(label, old, new), problems, near matches. `tasks.py` runs preview and commit outside the request.
`by` must have the rights that the step needs (`rights.py`); without a user it is done by whoever runs commands.
"""

import hashlib
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from fengtai.importing.planning.faults import LOST, problem_of, tell
from fengtai.importing.planning.good_rows import keep_good, settle
from fengtai.importing.planning.planning import plan
from fengtai.importing.planning.plans import Plan
from fengtai.importing.reading.answers import Answers
from fengtai.importing.reading.files import read_file
from fengtai.importing.reading.list_imports import ListImport, list_import
from fengtai.importing.reading.problems import Problem, sentence
from fengtai.importing.taking import rights
from fengtai.importing.taking.collecting import collect_after, seldom
from fengtai.importing.taking.continuing import continued, plan_continued
from fengtai.importing.taking.guarded_writing import ChangedSince, Refused
from fengtai.importing.taking.previews import compare, counts, preview_mark, store
from fengtai.importing.taking.progress import Progress, is_alive
from fengtai.importing.taking.remembering import remember
from fengtai.importing.taking.theirs import refuse_what_is_not_theirs
from fengtai.importing.taking.undoing import take_back
from fengtai.importing.taking.waiting import part
from fengtai.importing.taking.whose_rows import refuse_what_was_written
from fengtai.importing.taking.writing import Writer
from fengtai.lists.site import ListPage, page_of
from fengtai.records.batches import ImportBatch
from fengtai.records.trail.acting import Way, acting
from fengtai.records.trail.watching import watched
from fengtai.review.of_imports import submit_all
from fengtai.review.whose import OutsideScope
from fengtai.workbooks.errors import WorkbookError
from fengtai.workbooks.words import explain

State = ImportBatch.State
OPEN = (State.RECEIVED, State.PREVIEWED, State.REFUSED, State.INTERRUPTED)  # nothing written, everything possible


def declared_of(batch: ImportBatch) -> ListImport:
    return list_import(page_of(batch.list_name).table)


def receive(
    page: ListPage, file: File, *, by=None, answers: Answers | None = None, continues: ImportBatch | None = None
) -> ImportBatch:
    """Keeps the file as it came."""
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    name = file.name.rpartition("/")[2]
    kept = File(file, f"{sha256[:16]}{Path(name).suffix[:10]}")  # a long Chinese name is too long for a disk
    kept_answers = (answers or Answers()).as_json()
    about = {"file_name": name[:200], "sha256": sha256, "answers": kept_answers, "continues": continues}
    return ImportBatch.objects.create(list_name=page.name, file=kept, by=by, **about)


def known_files(list_name: str, sha256: str):
    """Imports of the same bytes into the same list that were taken, the latest first."""
    taken = (State.COMMITTED, State.UNDONE)
    return ImportBatch.objects.filter(list_name=list_name, sha256=sha256, state__in=taken)


@seldom()
def preview(batch: ImportBatch, *, by=None) -> bool:
    """Plans the file and keeps what would become of every row; false if somebody else is at it.

    For whoever asks, or else for whoever brought the file: what is not theirs to write is refused at its row.
    """
    if not batch.moves(*OPEN, to=State.READING):
        return False
    try:
        keep_preview(batch, plan_of(batch, Progress(batch), rights.as_of_now(by or batch.by)))
    except WorkbookError as error:
        problem = Problem(error.code, explain(error))
        batch.moves(State.READING, to=State.UNREADABLE, notes={"problems": [problem.as_json()]})
    except Exception as error:
        _fail(batch, State.READING, error)
    return True


def _fail(batch: ImportBatch, state: str, error: Exception) -> None:
    """A fault of the platform: nothing was written, the batch says so and can be begun again.

    A lost database is none: whoever runs the step may take it up again once it is back.
    """
    if isinstance(error, LOST):
        raise error
    tell(f"batch {batch.pk}", error)
    notes = batch.notes | {"problems": [problem_of(error).as_json()]}
    batch.moves(state, to=State.INTERRUPTED, notes=notes)


@transaction.atomic
def keep_preview(batch: ImportBatch, found: Plan) -> None:
    store(batch, declared_of(batch), found)
    batch.moves(State.RECEIVED, State.READING, to=State.PREVIEWED)


def plan_of(batch: ImportBatch, progress: Progress, by=None, *, lock: bool = False) -> Plan:
    """What the file would do now, if `by` took it; with `lock` nothing that it is about is published meanwhile."""
    declared, answers = declared_of(batch), Answers.from_json(batch.answers)
    progress.tell(0, 0)
    workbook = read_file(batch.file.path, declared)
    first = continued(workbook, batch.list_name, by) if batch.continues is None else None
    if first is not None:
        found, answers = plan_continued(declared, workbook, answers, first, progress.tell)
        batch.continues, batch.answers = first, answers.as_json()
        batch.save(update_fields=["continues", "answers"])
    else:
        found = plan(declared, workbook, answers, progress.tell)
    collect_after(len(found.rows))
    part(found, lock=lock)
    refuse_what_is_not_theirs(found, by)
    settle(found)
    return found


@seldom()
def commit(
    batch: ImportBatch, *, by=None, seen: int | None = None, submit: bool = False, good_rows: bool = False
) -> bool:
    """Writes what was previewed, all of it or nothing; false if it was already taken, or is being taken.

    With `good_rows` the rows that are refused go back to the sender, and all others are written.

    `seen` is the mark of the preview that `by` agreed to: while a worker was waited for, another may have been made.
    With `submit` the changes of published records are submitted for review at once.
    """
    if not batch.moves(State.PREVIEWED, to=State.COMMITTING, good_rows=good_rows):
        return False
    try:
        is_another = seen is not None and seen != preview_mark(batch)
        problems = [Problem("seen_another", sentence("seen_another"))] if is_another else _written(batch, by, submit)
    except Exception as error:
        _fail(batch, State.COMMITTING, error)
        return True
    if problems:
        notes = batch.notes | {"problems": [problem.as_json() for problem in problems]}
        batch.moves(State.COMMITTING, to=State.REFUSED, notes=notes)
    return True


def _written(batch: ImportBatch, by, submit: bool) -> list[Problem]:
    """What stands against it; all of it is written if there is nothing."""
    try:
        with transaction.atomic(), acting(Way.IMPORT, by=by or batch.by, batch=batch), watched():
            return _write(batch, by, Progress(batch), submit)
    except ChangedSince as error:
        return [Problem("changed_since", sentence("changed_since"), *position) for position in error.positions]
    except Refused as error:
        return [Problem("conflict", sentence("conflict", reason=error.reason), *error.position)]
    except OutsideScope as error:
        return [Problem("not_theirs", str(error))]
    except IntegrityError as error:
        return [Problem("conflict", sentence("conflict", reason=str(error).partition("\n")[0]))]
    except WorkbookError as error:
        return [Problem(error.code, explain(error))]


def _write(batch: ImportBatch, by, progress: Progress, submit: bool) -> list[Problem]:
    """Inside the one transaction; returns what stands against it, and then has written nothing."""
    declared = declared_of(batch)
    # Two imports into one list follow each other: none plans on what the other is about to write.
    ContentType.objects.select_for_update(no_key=True).get(pk=ContentType.objects.get_for_model(declared.model).pk)
    user = rights.as_of_now(by)
    found = plan_of(batch, progress, user, lock=True)
    if problems := _against(batch, found, user):
        return problems
    taken = {"finished_at": timezone.now(), "taken_by": by, "counts": counts(found)}
    keep_good(found)
    Writer(batch, by or batch.by, progress.tell).write(found)
    refuse_what_was_written(batch, user)
    if not batch.moves(State.COMMITTING, to=State.COMMITTED, **taken):
        raise IntegrityError("the import was taken from this worker")  # interrupted, and begun again by another
    remember(batch, by)
    if submit:
        submit_all(batch)
    return []


def _against(batch: ImportBatch, found: Plan, by) -> list[Problem]:
    """Errors first, then rights that the user lacks by now, then what nobody saw in the preview."""
    errors = [problem for problem in found.all_problems() if problem.is_error]
    return (
        [problem for problem in errors if not (batch.good_rows and problem.row)]
        or [rights.missing_right(need) for need in rights.lacking(by, rights.needs_of(found))]
        or compare(batch, found)
    )


def undo(batch: ImportBatch, *, by=None) -> bool:
    """Takes back all that the batch wrote; raises Touched where somebody has changed it since."""
    with transaction.atomic():
        user = rights.as_of_now(by)
        if problems := rights.against_undo(batch, user):
            raise PermissionDenied("；".join(problems))
        if not batch.moves(State.COMMITTED, to=State.UNDONE, undone_at=timezone.now()):
            return False
        take_back(batch, by)
        refuse_what_was_written(batch, user)
    return True


def interrupt_if_lost(batch: ImportBatch) -> None:
    """A batch whose worker is gone is interrupted, with nothing half-written, and can be begun again."""
    batch.refresh_from_db()
    if batch.state in (State.READING, State.COMMITTING) and not is_alive(batch):
        batch.moves(batch.state, to=State.INTERRUPTED)


def as_before(batch: ImportBatch) -> None:
    """Takes the batch back to where the step that was cut off had found it; one that was finished stays so."""
    batch.moves(State.READING, to=State.RECEIVED)
    batch.moves(State.COMMITTING, to=State.PREVIEWED)
