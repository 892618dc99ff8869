"""Which rows of a file are good by themselves, where a person has said that the others may go back to their sender."""

from fengtai.importing.planning.items import Item, with_needs
from fengtai.importing.planning.plans import REFUSED, Plan, RowPlan


def settle(plan: Plan) -> None:
    """Refuses every row that a problem of its sheet names, or that needs what a refused row would have made."""
    named = {(problem.sheet, problem.row) for problem in plan.problems if problem.is_error and problem.row}
    rows = plan.all_rows()
    for row in rows:
        if row.has_errors or (row.sheet, row.number) in named:
            row.outcome = REFUSED
    if not any(row.outcome == REFUSED for row in rows):
        return
    made_by = {item: row for row in rows for item in row.items() if item.key is None}
    while found := [(row, by) for row in rows if (by := _lacking(row, made_by)) is not None]:
        for row, by in found:
            row.note("needs_refused", row=by.number, sheet=by.sheet)
            row.outcome = REFUSED
    kept = _kept(plan)
    plan.waiting = {item: top for item, top in plan.waiting.items() if item in kept}


def _kept(plan: Plan) -> set[Item]:
    """What the good rows write, and what they need."""
    return set(with_needs([item for row in good_rows(plan) for item in row.items()]))


def _lacking(row: RowPlan, made_by: dict[Item, RowPlan]) -> RowPlan | None:
    """The refused row of which this one needs something."""
    if row.outcome == REFUSED:
        return None
    needed = (made_by.get(item) for item in with_needs(row.items()))
    return next((by for by in needed if by is not None and by is not row and by.outcome == REFUSED), None)


def good_rows(plan: Plan) -> list[RowPlan]:
    return [row for row in plan.all_rows() if row.outcome != REFUSED]


def blocked(plan: Plan) -> bool:
    """Whether something stands against the file as a whole, or nothing of it would be left to take."""
    return any(problem.is_error and not problem.row for problem in plan.problems) or not any(
        row.items() for row in good_rows(plan)
    )


def keep_good(plan: Plan) -> None:
    """Lets go of all that goes back: its rows, what only they need, and what is wrong with them."""
    for name in ("rows", "sources", "totals"):
        setattr(plan, name, [row for row in getattr(plan, name) if row.outcome != REFUSED])
    kept = _kept(plan)
    plan.created = [item for item in plan.created if item in kept]
    plan.problems = [problem for problem in plan.problems if not (problem.is_error and problem.row)]
