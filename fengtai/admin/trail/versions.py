"""Which version of a row an entry of the trail left, and where it is looked at."""

from collections import defaultdict

from django.urls import NoReverseMatch, reverse

from fengtai.admin.trail.columns import model_of
from fengtai.records.trail.acting import WRITES
from fengtai.records.trail.entries import TrailEntry


def versions_left(entries: list[TrailEntry]) -> dict[int, str]:
    """By entry the address of the version that it left: the last one before the row was written again."""
    found, rows = {}, defaultdict(list)
    for entry in (one for one in entries if one.act in WRITES):
        rows[entry.content_type_id].append(entry)
    for kind, some in rows.items():
        model = model_of(kind)
        if hasattr(model, "history"):
            found |= _of_model(model, kind, some)
    return found


def _of_model(model, kind: int, entries: list[TrailEntry]) -> dict[int, str]:
    keys, since = {entry.object_id for entry in entries}, min(entry.at for entry in entries)
    versions = model.history.filter(id__in=keys, history_date__gte=since).order_by("history_date", "history_id")
    versions = [*versions.values_list("id", "history_date", "history_id")]
    some = TrailEntry.objects.filter(content_type=kind, object_id__in=keys, at__gte=since, act__in=WRITES)
    some = some.filter(record_type=entries[0].record_type_id, record_id=entries[0].record_id)
    starts = [*some.order_by().values_list("object_id", "at")]
    found = {}
    for entry in entries:
        ends = min((at for key, at in starts if key == entry.object_id and at > entry.at), default=None)
        left = [
            number
            for key, at, number in versions
            if key == entry.object_id and at >= entry.at and (ends is None or at < ends)
        ]
        if left:
            found[entry.pk] = version_address(model, entry.object_id, left[-1])
    return found


def version_address(model, key: int, version: int) -> str:
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_simple_history", args=[key, version])
    except NoReverseMatch:
        return ""
