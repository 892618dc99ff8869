"""How many records that readers see would change at once: an import writes without a review of what is public."""

from collections import defaultdict
from collections.abc import Iterator

from fengtai.importing.planning.name_books import in_slices
from fengtai.importing.planning.plans import Item, Plan, RowPlan
from fengtai.records.models import Citation, Followed, Record


def public_changes(plan: Plan) -> int:
    """Public records that the plan changes, or hangs something on that their pages show."""
    keys: dict[type, set[int]] = defaultdict(set)
    for row in plan.all_rows():
        for item in row.items():
            for touched in _touched(item, row):
                if touched.key is not None and issubclass(touched.model, Record):
                    keys[touched.model].add(touched.key)
    return sum(_public(model, sorted(some)) for model, some in keys.items())


def _touched(item: Item, row: RowPlan) -> Iterator[Item]:
    """The records whose pages say something else once the Item is written."""
    if issubclass(item.model, Record):
        yield item
    elif item.model is Citation:
        shown = not isinstance(item.values["source"], Item)  # a new source waits for its review
        yield from [item.values["object_id"]] if shown else []
    elif issubclass(item.model, Followed) and not getattr(item.model, "staff_only", False):
        owners = [value for value in item.values.values() if isinstance(value, Item)]
        yield from owners or ([row.item] if row.item is not None else [])


def _public(model, keys: list[int]) -> int:
    return sum(model._default_manager.public().filter(pk__in=some).count() for some in in_slices(keys))
