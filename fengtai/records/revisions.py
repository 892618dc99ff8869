"""What changed in a record while it was public: the old value is never lost, and a reader can see it.

A version counts as public if everything was public at one moment, the last before the next version replaced it: the
record, what it is public through, and every record that it links to. What is not public now is not shown either.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext

from fengtai.records.changes import Change, values_of
from fengtai.records.doors import public_links
from fengtai.records.models import Kept, Part
from fengtai.records.record import Record
from fengtai.records.redactions import Redaction


@dataclass(frozen=True)
class Revision:
    """One saving of a published record that changed something a reader can see."""

    at: datetime
    changes: list[Change]
    version: int  # the number of the version that it made


def public_revisions(record, table) -> list[Revision]:
    """Newest first; only columns that the list shows, only versions that were public."""
    shown = _shown(record, table)
    return _revisions(record, shown, _public_versions(record, shown))


def public_life(record, table) -> tuple[datetime, list[Revision]]:
    """Since when a public record could be read, as far as its history knows, and how it was revised."""
    shown = _shown(record, table)
    versions = _public_versions(record, shown)
    begun = record.history.order_by("history_date", "history_id").first()
    if versions and (begun.history_type == "+" or versions[-1].pk != begun.pk):
        return _public_from(versions[-1]), _revisions(record, shown, versions)
    # Loaded, and so older than its history.
    since = max(filter(None, [record.created_at, getattr(record, "publish_at", None)]))
    return since, _revisions(record, shown, versions)


def _shown(record, table) -> dict[str, str]:
    names = {field.name for field in record._meta.concrete_fields}
    return {name: table.label(name) for name in table.declared() if name in names}


def _revisions(record, shown: dict[str, str], versions) -> list[Revision]:
    redacted, revisions = _redacted(record), []
    for newer, older in pairwise(versions):
        told = [
            Change(
                label, *(_printed(version, name, redacted) for version in (older, newer)), values_of(older, newer, name)
            )
            for name, label in shown.items()
        ]
        if changes := [change for change in told if change.old != change.new]:
            revisions.append(Revision(_public_from(newer), changes, newer.pk))
    return revisions


def was_ever_public(record) -> bool:
    """Whether anybody could read some version of a record."""
    past = _Past()
    return any(past.stood_public(version, until) for version, until in _versions(record))


def was_ever_released(record) -> bool:
    """Whether some version of a record was public as far as it depends on the record alone."""
    return any(version.history_type != "-" and _was_released(version, until) for version, until in _versions(record))


def withdrawn_at(record) -> datetime | None:
    """Since when a record is withdrawn; None where it is not, or was never public."""
    since = None
    for version, _until in _versions(record):
        if version.state != Record.State.WITHDRAWN:
            break
        since = version.history_date
    return since if since and was_ever_public(record) else None


def _versions(record) -> list[tuple]:
    """Each version with the moment at which the next replaced it, newest first."""
    versions = list(record.history.order_by("-history_date", "-history_id"))
    replaced = [timezone.now(), *(version.history_date for version in versions)]
    return list(zip(versions, replaced, strict=False))


def _public_versions(record, shown) -> list:
    """Newest first."""
    past, links = _Past(), _links(type(record), shown)
    return [
        version
        for version, until in _versions(record)
        if past.stood_public(version, until) and all(past.may_name(version, link, until) for link in links)
    ]


def _links(model, shown) -> list:
    """The links that a page shows, and those that it is public through."""
    named = [model._meta.get_field(name) for name in {*shown, *public_links(model)}]
    return [field for field in named if field.is_relation]


class _Past:
    """What was public at a moment, as histories tell it; each history is read once."""

    def __init__(self):
        self._histories: dict[tuple, list] = {}
        self._public_now: dict[tuple, bool] = {}

    def stood_public(self, version, until: datetime) -> bool:
        """Whether a version was public right before a moment."""
        model = version.instance_type
        if version.history_type == "-" or not _was_released(version, until):
            return False
        return all(self._was_public(*_target(version, model._meta.get_field(n)), until) for n in public_links(model))

    def may_name(self, version, link, until: datetime) -> bool:
        """Whether what a version links to was public then, and is now."""
        model, key = _target(version, link)
        return key is None or (self._is_public_now(model, key) and self._was_public(model, key, until))

    def _was_public(self, model, key, until: datetime) -> bool:
        if key is None or not issubclass(model, Kept):
            return True
        versions = self._history(model, key)
        if not versions:  # never written since it was loaded, so it is what it was
            return self._is_public_now(model, key)
        before = bisect_left(versions, until, key=lambda version: version.history_date)
        return before > 0 and self.stood_public(versions[before - 1], until)

    def _history(self, model, key) -> list:
        if (model, key) not in self._histories:
            versions = model.history.filter(**{model._meta.pk.attname: key})
            self._histories[model, key] = list(versions.order_by("history_date", "history_id"))
        return self._histories[model, key]

    def _is_public_now(self, model, key) -> bool:
        if (model, key) not in self._public_now:
            self._public_now[model, key] = model.objects.public().filter(pk=key).exists()
        return self._public_now[model, key]


def _was_released(version, until: datetime) -> bool:
    """As far as it depends on the row alone."""
    if issubclass(version.instance_type, Part):
        return not version.held_back
    return version.state == Record.State.PUBLISHED and (version.publish_at is None or version.publish_at < until)


def _target(version, link) -> tuple:
    return link.related_model, getattr(version, link.attname)


def _public_from(version) -> datetime:
    return max(version.history_date, getattr(version, "publish_at", None) or version.history_date)


def _redacted(record) -> set[tuple[int, str]]:
    """The values that were blanked: the number of the version, and the field."""
    kind = ContentType.objects.get_for_model(record)
    return set(Redaction.objects.filter(content_type=kind, object_id=record.pk).values_list("history_id", "field"))


def _printed(version, name: str, redacted) -> str:
    if (version.pk, name) in redacted:
        return gettext("redacted")
    display = getattr(version, f"get_{name}_display", None)
    value = display() if display else getattr(version, name)
    return "" if value is None else str(value)
