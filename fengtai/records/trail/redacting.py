"""A redacted value taken out of the trail: the one way in which an entry is ever written again."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from fengtai.records.trail.entries import TrailEntry
from fengtai.records.trail.stored import TEMPORARY

BLANKED, SHORTEST = "…", 2  # characters: anything shorter stands in other words too
TEXTS = ("label", "record_label", "why")


def forget_in_trail(kind, key: int, names: set[str], printed: str, *, is_name: bool) -> int:
    """Blanks what a row said in some of its columns, where one of them said `printed`; a text that is long enough to
    be known again also in names, if it names the row, and in reasons. How many entries were blanked.
    """
    found = 0
    for entry in _holding(kind, key, printed):
        if _blank(entry, kind, key, names, printed, is_name):
            entry.redacted_at = timezone.now()
            entry.save(update_fields=["old", "new", *TEXTS, "search", "redacted_at"])
            found += 1
    return found


def _holding(kind, key: int, printed: str) -> Iterator[TrailEntry]:
    """A row that a change added was known by a key of that change's own."""
    asked = Q(content_type=kind) & (Q(object_id=key) | Q(object_id__gte=TEMPORARY))
    if len(printed) >= SHORTEST:
        for text in TEXTS:
            asked |= Q(**{f"{text}__contains": printed})
    return TrailEntry.objects.filter(asked).order_by("pk").iterator()


def _blank(entry: TrailEntry, kind, key: int, names: set[str], printed: str, is_name: bool) -> bool:
    before = [entry.old, entry.new, *(getattr(entry, text) for text in TEXTS)]
    is_row = entry.content_type_id == kind.pk and (entry.object_id == key or (entry.object_id or 0) >= TEMPORARY)
    if is_row:
        entry.old, entry.new = (_without(said, names, printed) for said in (entry.old, entry.new))
    if len(printed) >= SHORTEST:
        for text in TEXTS if is_name else ("why",):
            setattr(entry, text, getattr(entry, text).replace(printed, BLANKED))
    return before != [entry.old, entry.new, *(getattr(entry, text) for text in TEXTS)]


def _without(said: dict, names: set[str], printed: str) -> dict:
    """Texts stay as empty ones, so that the field is still told; numbers that follow from a text go with it."""
    if not any(str(said.get(name)) == printed for name in names):
        return said
    kept = {name: value for name, value in said.items() if name not in names or isinstance(value, str)}
    return {name: "" if name in names else value for name, value in kept.items()}
