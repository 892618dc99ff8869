"""How many records that readers see would change at once: an import writes without a review of what is public."""

from collections import defaultdict
from collections.abc import Iterator

from fengtai.importing.planning.items import Item
from fengtai.importing.planning.plans import Plan, RowPlan
from fengtai.records.models import Citation, Followed, Kept
from fengtai.records.slices import in_slices


def public_changes(plan: Plan) -> int:
    """Public records that the plan changes, or hangs something on that their pages show."""
    keys: dict[type, set[int]] = defaultdict(set)
    for row in plan.all_rows():
        for item in row.items():
            for model, key in _touched(item, row):
                if key is not None and issubclass(model, Kept):
                    keys[model].add(key)
    return sum(_public(model, sorted(some)) for model, some in keys.items())


def _touched(item: Item, row: RowPlan) -> Iterator[tuple[type, int | None]]:
    """The rows, by model and key, whose pages say something else once the Item is written."""
    if item.model is Citation:
        cited = item.values["object_id"]
        shown = not isinstance(item.values["source"], Item)  # a new source waits for its review
        yield from [(cited.model, cited.key)] if shown else []
    elif issubclass(item.model, Kept) and (item.key is not None or not item.model.owner):
        yield item.model, item.key
    elif issubclass(item.model, Followed) and not getattr(item.model, "staff_only", False):
        yield from _owner(item, row)


def _owner(item: Item, row: RowPlan) -> Iterator[tuple[type, int | None]]:
    """What a new part stands on the page of: what it names as its owner, else the record of its row."""
    named = ((name, item.values.get(name)) for name in item.model.owner)
    name, owner = next(((name, owner) for name, owner in named if owner is not None), ("", row.item))
    if isinstance(owner, Item):
        yield owner.model, owner.key
    elif owner is not None:
        yield item.model._meta.get_field(name).related_model, owner


def _public(model, keys: list[int]) -> int:
    return sum(model._default_manager.public().filter(pk__in=some).count() for some in in_slices(keys))
