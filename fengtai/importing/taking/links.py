"""Many-to-many links of the records that an import writes."""

from collections import defaultdict

from fengtai.importing.planning.items import Item
from fengtai.importing.taking.stored_rows import key_of

AT_ONCE = 1000  # links written by one statement


def link_all(model, items: list[Item]) -> None:
    """Many-to-many links; what stood before is remembered with the record."""
    for name in {name for item in items for name in (*item.links, *item.unlinks)}:
        field = model._meta.get_field(name)
        through, own, other = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
        touched = [item for item in items if name in item.links or name in item.unlinks]
        stored = _linked(through, own, other, [item.key for item in touched])
        fresh = []
        for item in touched:
            item.note_before(name, sorted(stored[item.key]))
            gone = item.unlinks.get(name, [])
            if gone:
                through.objects.filter(**{f"{own}_id": item.key, f"{other}_id__in": gone}).delete()
            keys = {key_of(target) for target in item.links.get(name, ())} - stored[item.key]
            fresh += [through(**{f"{own}_id": item.key, f"{other}_id": key}) for key in sorted(keys)]
        through.objects.bulk_create(fresh, batch_size=AT_ONCE)


def _linked(through, own: str, other: str, keys) -> dict[int, set[int]]:
    found = defaultdict(set)
    for owner, target in through.objects.filter(**{f"{own}_id__in": keys}).values_list(f"{own}_id", f"{other}_id"):
        found[owner].add(target)
    return found
