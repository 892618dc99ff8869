"""Which Items of a plan touch what the public has: they wait for a second person, all else is written at once."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fengtai.importing.planning.items import Item
from fengtai.importing.planning.plans import REFUSED, Plan
from fengtai.importing.reading.derived_fields import naming_field
from fengtai.records.doors import Shown
from fengtai.records.models import Citation, Part, Record
from fengtai.records.noting import Noted
from fengtai.records.trail.stored import Row, by_model, quiet_fields, slices
from fengtai.review.roots import guarded, roots


def part(plan: Plan, *, lock: bool = False) -> None:
    """Tells the plan which of its Items wait, each with the record that it waits with.

    With `lock` nobody publishes one of the other records before this transaction ends.
    """
    items = dict.fromkeys([*plan.created, *(item for row in plan.all_rows() for item in row.items())])
    places = {item: _place(item) for item in items if _is_shown(item.model) and not _is_quiet(item)}
    moved = moved_parts(items)
    on_file = {row for row in places.values() if isinstance(row, tuple)}
    tops = roots(on_file, {}) | {row: top for row, top in roots(moved, moved).items() if top != row}
    before = roots(moved, {})
    if lock:
        _lock({*tops.values(), *before.values()})
    held = guarded({*tops.values(), *before.values()}, Noted())
    plan.waiting = {}
    for item, place in places.items():
        found = [place] if isinstance(place, Item) else [top.get(place) for top in (before, tops)]
        if waits := [top for top in found if isinstance(top, Item) or top in held]:
            plan.waiting[item] = waits[0]
    _refuse_what_hangs(plan)


def rows_waiting(plan: Plan) -> int:
    return sum(any(item in plan.waiting for item in row.items()) for row in plan.all_rows())


def records_waiting(plan: Plan) -> int:
    """Records, and parts that belong to none, for which a change would wait."""
    return len({*plan.waiting.values()})


def waiting_in_words(counts: dict) -> str:
    """What becomes of published records, from the counts of a preview."""
    records, rows = counts.get("waiting_records", 0), counts.get("waiting_rows", 0)
    if not records:
        return _("No published record changes.")
    told = ngettext(
        "Changes of %(count)d published record (%(rows)d rows of the file) will wait for review.",
        "Changes of %(count)d published records (%(rows)d rows of the file) will wait for review.",
        records,
    )
    return told % {"count": records, "rows": rows}


def without_what_staff_see(item: Item) -> Item | None:
    """Takes out of an Item of a published record what nobody but staff sees: an Item that is written at once."""
    quiet = item.values.keys() & quiet_fields(item.model) if item.key is not None else set()
    if not quiet:
        return None
    own = Item(item.model, item.key, item.version)
    own.heading = item.heading
    for name in quiet:
        own.change(name, item.values.pop(name), item.before.get(name))
    item.before = {name: value for name, value in item.before.items() if name not in quiet}
    item.version = item.version + 1 if item.version is not None else None
    return own


def _is_shown(model) -> bool:
    return issubclass(model, Shown) and not getattr(model, "staff_only", False)


def _is_quiet(item: Item) -> bool:
    """Whether it changes nothing of a record but what staff alone see."""
    return item.key is not None and {*item.values, *item.links, *item.unlinks} <= quiet_fields(item.model)


def _place(item: Item) -> Row | Item | None:
    """The row on file on whose page an Item stands; of one that is new its owner, or that owner's.

    A new part that belongs to no record stands for itself: readers see it from its first moment.
    """
    if item.key is not None:
        return item.model, item.key
    owner = owner_of(item)
    if isinstance(owner, Item):
        return _place(owner)
    return owner or (item if issubclass(item.model, Part) else None)


def owner_of(item: Item) -> Item | Row | None:
    """What a new part belongs to: the first of its owners that is named."""
    if item.model is Citation:
        owner = item.values["object_id"]
        kind = ContentType.objects.get_for_id(item.values["content_type"])
        return owner if isinstance(owner, Item) else (kind.model_class(), owner)
    for name in item.model.owner:
        owner = item.values.get(name)
        if owner is not None:
            return owner if isinstance(owner, Item) else (item.model._meta.get_field(name).related_model, owner)
    return None


def moved_parts(items: Iterable[Item]) -> dict[Row, object]:
    """Parts on file that are to belong to another record, as they will be."""
    moving = [i for i in items if i.key is not None and i.values.keys() & {*getattr(i.model, "owner", ())}]
    found = {}
    for model in {item.model for item in moving}:
        own = {item.key: item for item in moving if item.model is model}
        for row in model._base_manager.filter(pk__in=[*own]):
            for name in own[row.pk].values.keys() & {*model.owner}:
                value = own[row.pk].values[name]
                setattr(row, model._meta.get_field(name).attname, value.key if isinstance(value, Item) else value)
            found[model, row.pk] = row
    return found


def _lock(tops: set[Row]) -> None:
    for model, keys in by_model(tops).items():
        if issubclass(model, Record):
            for some in slices(sorted(keys)):
                list(model._base_manager.order_by("pk").select_for_update().filter(pk__in=some).values_list("pk"))


def _refuse_what_hangs(plan: Plan) -> None:
    """Rows that name something new which would exist in another record's change alone: there is no key to name."""
    for row in plan.all_rows():
        for item in row.items():
            for need in item.needs():
                if need in plan.waiting and plan.waiting[need] != plan.waiting.get(item):
                    name = str(need.values.get(naming_field(need.model) or "", "") or need.model._meta.verbose_name)
                    row.note("waits_first", kind=need.model._meta.verbose_name, name=name)
                    row.outcome = REFUSED
