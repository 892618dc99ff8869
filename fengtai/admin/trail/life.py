"""A record's life with its parts: what the trail holds of them, newest first, then the versions from before it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.text import capfirst

from fengtai.admin.trail.changes import ChangesColumn
from fengtai.admin.trail.columns import model_of
from fengtai.admin.trail.versions import version_address, versions_left
from fengtai.importing.taking.rights import may_view
from fengtai.records.trail.acting import WRITES
from fengtai.records.trail.entries import TrailEntry
from fengtai.records.trail.owners import tops


@dataclass
class Moment:
    """One line of the timeline."""

    at: datetime
    who: str
    act: str
    part: str = ""
    changes: list = field(default_factory=list)  # label, old, new
    is_redacted: bool = False
    why: str = ""
    way: str = ""
    batch: tuple[str, str] | None = None  # the file's name, and the address of the import
    version: str = ""  # the address of the version that it made


class Life:
    """What a paginator of Django's turns over: entries of the trail, and versions from before them."""

    def __init__(self, model: type[models.Model], key: int, versions: models.QuerySet, user):
        self.versions, self.model = versions, versions.model
        self.entries = _entries(model, key, versions, user)
        own = self.entries.filter(content_type=ContentType.objects.get_for_model(model), object_id=key, act__in=WRITES)
        begun = own.order_by("at").values_list("at", flat=True).first()
        self.older = versions.filter(history_date__lt=begun) if begun else versions

    def count(self) -> int:
        return self._entries + self.older.count()

    def latest(self, *names):
        return self.versions.latest(*names)

    def __getitem__(self, part: slice) -> list:
        known = self._entries
        found = [*self.entries.select_related("batch")[part]]
        start, end = max(part.start - known, 0), max(part.stop - known, 0)
        # One version more: what the last of the page changed is told from the one before it.
        versions = [*self.older[start : end + 1]] if end else []
        self.beyond = versions[end - start :]
        return found + versions[: end - start]

    def versions_among(self, page) -> list:
        return [one for one in page.object_list if not isinstance(one, TrailEntry)] + getattr(self, "beyond", [])

    @property
    def _entries(self) -> int:
        if not hasattr(self, "_counted"):
            self._counted = self.entries.count()
        return self._counted


def _entries(model, key: int, versions, user) -> models.QuerySet:
    """Of the record and its parts; of a part by itself what was done to it. Without rows that the user may not see."""
    row = (model, key)
    stored = model._base_manager.filter(pk=key).exists()
    version = None if stored else versions.first()
    top, top_key = tops([row], {row: vars(version)} if version is not None else {})[row]
    found = TrailEntry.objects.about_records()
    found = found.filter(record_type=ContentType.objects.get_for_model(top), record_id=top_key)
    if (top, top_key) != row:
        return found.filter(content_type=ContentType.objects.get_for_model(model), object_id=key)
    kinds = {kind: model_of(kind) for kind in found.order_by().values_list("content_type", flat=True).distinct()}
    return found.exclude(content_type__in=[kind for kind, one in kinds.items() if not _may_see(user, one)])


def _may_see(user, model) -> bool:
    return model is None or not hasattr(model, "owner") or may_view(user, model)


def moments(shown: Iterable) -> list[Moment]:
    entries = [one for one in shown if isinstance(one, TrailEntry)]
    addresses = versions_left(entries)
    changes = ChangesColumn().together(
        [(one.old, one.new, one.content_type_id, one.object_id, one.act, one.redacted_at, one.at) for one in entries]
    )
    told = {
        one.pk: _moment(one, said[0][0], addresses.get(one.pk, "")) for one, said in zip(entries, changes, strict=True)
    }
    return [told[one.pk] if isinstance(one, TrailEntry) else _of_version(one) for one in shown]


def _moment(entry: TrailEntry, changes: list, version: str) -> Moment:
    row = model_of(entry.content_type_id)
    is_part = entry.content_type_id != entry.record_type_id and row is not None and hasattr(row, "owner")
    return Moment(
        at=entry.at,
        who=entry.by_name,
        act=entry.get_act_display(),
        part=f"{capfirst(row._meta.verbose_name)} {entry.label}".strip() if is_part else "",
        changes=changes,
        is_redacted=entry.redacted_at is not None,
        why=entry.why,
        way=entry.get_way_display(),
        batch=(entry.batch.file_name, reverse("admin:import_batch", args=[entry.batch.uuid])) if entry.batch else None,
        version=version,
    )


def _of_version(version) -> Moment:
    """From before the trail."""
    changes = [(one["field"], one["old"], one["new"]) for one in getattr(version, "history_delta_changes", ())]
    return Moment(
        at=version.history_date,
        who=str(version.history_user or ""),
        act=version.get_history_type_display(),
        changes=changes,
        why=version.history_change_reason or "",
        version=version_address(version.instance_type, version.instance.pk, version.pk),
    )
