"""What becomes of a row."""

from fengtai.importing.planning.plans import CHANGED, NEW, REFUSED, SAME, RowPlan


def outcome_of(plan: RowPlan) -> str:
    if plan.has_errors:
        return REFUSED
    if plan.key is None or (plan.item is not None and plan.item.key is None):
        return NEW
    return CHANGED if plan.items() else SAME
