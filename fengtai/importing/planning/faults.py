"""Faults of the platform itself, met in the middle of a file: the row is named, the fault logged, the file kept."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from traceback import format_exception_only

from django.db import InterfaceError, OperationalError, ProgrammingError, connection, transaction

from fengtai.importing.planning.plans import NEW, REFUSED, RowPlan
from fengtai.importing.reading.problems import Problem, sentence
from fengtai.workbooks.cells import letters
from fengtai.workbooks.errors import WorkbookError

LOST = (OperationalError, InterfaceError)  # the database does not answer any more: no row's fault, and none of the file
NO_DATABASE = (*LOST, ProgrammingError)  # or it was not migrated
MOST_FAULTS = 20  # faulty rows; a file with more fails whole, for then the fault is no row's own
log = logging.getLogger(__name__)


class RowFault(Exception):
    """A fault that stops the whole file, with the row at which it was met, if that is known."""

    def __init__(self, sheet: str = "", number: int = 0, column: str = ""):
        super().__init__(sheet, number, column)
        self.position = sheet, number, column


def problem_of(error: Exception) -> Problem:
    """What the batch's reader is told of a fault."""
    position = error.position if isinstance(error, RowFault) else ("", 0)
    return Problem("fault", sentence("fault", error=named(error)), *position)


def named(error: Exception) -> str:
    """The kind of a fault: enough to find it in the log, and nothing of what a row holds."""
    return type(error.__cause__ or error).__name__


def tell(where: str, error: Exception) -> None:
    """Writes a fault into the log, with the row or file at which it was met."""
    log.error("import: %s: %s", where, format_exception_only(error)[-1].strip(), exc_info=error)


class GuardedRows:
    """Plans rows together; if that fails one by one, so that those at fault are refused and named."""

    def __init__(self, plan_rows: Callable):
        self.plan_rows, self.faults = plan_rows, 0

    def plan(self, sheet, rows: list) -> list[RowPlan]:
        plans = [RowPlan(sheet.name, row.number, sheet.mark(row), column=letters(row.column)) for row in rows]
        try:
            with savepoint():
                return self.plan_rows(sheet, rows, plans)
        except (WorkbookError, *NO_DATABASE):
            raise
        except Exception as error:
            tell(f"{sheet.name} {rows[0].number}-{rows[-1].number}", error)
            return [self._plan_alone(sheet, row, plan) for row, plan in zip(rows, plans, strict=True)]

    def _plan_alone(self, sheet, row, plan: RowPlan) -> RowPlan:
        # The same plan as before: its keys are noted already, and a new one would look like a second row of that key.
        _begin_anew(plan)
        try:
            with savepoint():
                return self.plan_rows(sheet, [row], [plan])[0]
        except NO_DATABASE:
            raise
        except Exception as error:
            self.faults += 1
            if self.faults > MOST_FAULTS:
                raise RowFault(sheet.name, row.number, plan.column) from error
            return refuse(plan, error)


def refuse(plan: RowPlan, error: Exception) -> RowPlan:
    """A row that makes the platform fail writes nothing and says why."""
    tell(f"{plan.sheet} {plan.number}", error)
    _begin_anew(plan)
    plan.outcome = REFUSED
    plan.note("fault", error=named(error))
    return plan


def _begin_anew(plan: RowPlan) -> None:
    plan.item, plan.others, plan.problems, plan.near = None, (), (), ()
    plan.outcome, plan.set_aside, plan.key = NEW, "", None


def savepoint():
    """A point to which a failure inside a transaction rolls back; outside of one there is nothing to roll back."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()
