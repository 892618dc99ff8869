"""Several rows of a file about one record, made one where they do not contradict each other."""

from fengtai.importing.planning.items import Item
from fengtai.importing.planning.outcomes import outcome_of
from fengtai.importing.planning.plans import RowPlan
from fengtai.importing.planning.remarks import REMARK


def differing(rows: list[RowPlan], declared) -> list[str]:
    """Labels of the fields that the rows say differently, or not all of them say."""
    labels = {field.attribute: field.label for field in declared.fields.values() if field.attribute}
    items = [row.item for row in rows if row.item is not None]
    names = dict.fromkeys(name for item in items for name in item.values)
    return [
        labels.get(name, name)
        for name in names
        if any(item.values.get(name) != items[0].values.get(name) for item in items)
    ]


def contradict(rows: list[RowPlan], *, but: str = "") -> bool:
    """Whether two of the rows say different things of one field, or one of them cannot be read.

    Remarks do not contradict each other: one stands below the other.
    """
    if any(row.has_errors or row.item is None for row in rows):
        return True
    said: dict[str, object] = {}
    return any(
        name not in (but, REMARK) and said.setdefault(name, value) != value
        for row in rows
        for name, value in row.item.values.items()
    )


def merge(rows: list[RowPlan]) -> RowPlan:
    """Writes into the first row all that the others say too; where they differ, the first counts."""
    first, *others = rows
    own = first.item
    for row in others:
        own.values = row.item.values | own.values | _remarks(own, row.item)
        own.before = {**own.before, **row.item.before}
        own.links, own.unlinks = (
            _together(*pair) for pair in ((own.links, row.item.links), (own.unlinks, row.item.unlinks))
        )
        for child in row.others:
            _add(first, child, instead_of=row.item)
    first.outcome = outcome_of(first)
    return first


def _remarks(*items: Item) -> dict:
    said = [str(item.values[REMARK]) for item in items if item.values.get(REMARK)]
    return {REMARK: "\n".join(dict.fromkeys(said))} if said else {}


def _together(mine: dict, others: dict) -> dict:
    return {name: list(dict.fromkeys([*mine.get(name, ()), *others.get(name, ())])) for name in {**mine, **others}}


def _add(row: RowPlan, child: Item, *, instead_of: Item) -> None:
    """What hangs on a record hangs on the one that it became; what is said twice is one."""
    child.values = {name: row.item if value is instead_of else value for name, value in child.values.items()}
    if child.as_data() not in [known.as_data() for known in row.others]:
        row.add(child)
