"""The record that a report is about, as it is now: whatever was merged is read as the record that it became."""

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models

from fengtai.records.doors import Shown
from fengtai.records.mergeable import survivors
from fengtai.records.trail.entries import TrailEntry
from fengtai.records.trail.stored import Row, by_model
from fengtai.review.corrections.models import Correction, PublishedCorrection
from fengtai.review.scope import outside

Subject = Correction | PublishedCorrection


def rows_of(subjects: Iterable[Subject]) -> dict[int, Row]:
    """By the key of each report model and key of its record; none of what is about no record."""
    named = {one.pk: row for one in subjects if (row := _named(one))}
    now = {}
    for model, keys in by_model({*named.values()}).items():
        now |= {(model, key): (model, target) for key, target in survivors(model, keys).items()}
    return {key: now.get(row, row) for key, row in named.items()}


def record_of(subject: Subject) -> models.Model | None:
    """None also where the record was deleted since."""
    row = rows_of([subject]).get(subject.pk)
    return row[0]._base_manager.filter(pk=row[1]).first() if row else None


def successor_of(record: models.Model) -> models.Model:
    """What the public reads in a record's place: of a figure that was revised the latest one, else the record."""
    found, seen = record, {record.pk}
    while later := next((one for one in _naming(found) if one.pk not in seen), None):
        found = later
        seen.add(found.pk)
    return found


def is_put_right(correction: Correction, record: models.Model) -> bool:
    """Whether anything that readers see of a record, its parts or what took its place was written since the report.

    What is public is written by a release alone; what waits for one is kept aside.
    """
    since = TrailEntry.objects.writes().filter(at__gte=correction.made_at)
    return any(since.of(one).exists() for one in (record, successor_of(record)))


def _naming(record: models.Model) -> Iterable[models.Model]:
    """Public rows of its own kind that name it, the latest first."""
    for link in record._meta.related_objects:
        if link.related_model is type(record) and issubclass(link.related_model, Shown):
            yield from link.related_model.objects.public().filter(**{link.field.name: record}).order_by("-pk")


def published_of(record: models.Model) -> list[PublishedCorrection]:
    """What was corrected of a record, and of those that became it; the latest first."""
    keys, found = {record.pk}, {record.pk}
    while found and hasattr(record, "merged_into_id"):
        # In no order: SQLite would walk the whole table in the order of its names to find a few.
        merged = type(record)._base_manager.order_by().filter(merged_into__in=found)
        found = {*merged.values_list("pk", flat=True)} - keys
        keys |= found
    kind = ContentType.objects.get_for_model(record)
    return list(PublishedCorrection.objects.filter(content_type=kind, object_id__in=keys))


def may_answer(user, subjects: Iterable[Correction]) -> list[Correction]:
    """Those of some reports whose record a user may change; of the site as a whole the office's alone."""
    subjects = list(subjects)
    rows = {key: row for key, row in rows_of(subjects).items() if _may_change(user, row[0])}
    others = outside(user, {*rows.values()})
    theirs = {key for key, row in rows.items() if row not in others}
    if _may_change(user, apps.get_model(settings.WORK_GROUP_MODEL)):
        theirs |= {one.pk for one in subjects if _named(one) is None}
    return [one for one in subjects if one.pk in theirs]


def _may_change(user, model) -> bool:
    return user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")


def _named(one: Subject) -> Row | None:
    """By its cached kind, in no statement of its own."""
    if one.content_type_id is None or one.object_id is None:
        return None
    model = ContentType.objects.get_for_id(one.content_type_id).model_class()
    return (model, one.object_id) if model is not None else None
