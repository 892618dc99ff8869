"""The record that a report is about, as it is now: whatever was merged is read as the record that it became."""

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models

from fengtai.records.mergeable import survivors
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
