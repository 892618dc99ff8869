"""Who typed what is in a draft: none of them may release it."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Max, Q

from fengtai.records.batches import ImportBatch, ImportWrite
from fengtai.records.doors import Shown
from fengtai.records.models import Citation, Record
from fengtai.records.noting import ADDED, CHANGED
from fengtai.records.trail.stored import columns_of, slices

PUBLICATION = {"state", "publish_at"}  # a version that differs in these alone was an act, and typed nothing


def typed_by(user, model: type[Record], keys: Iterable[int]) -> set[int]:
    """The records, by key, to which somebody contributed since they were last published: to them, or to a part."""
    return {key for some in slices([*keys]) for key in _typed_by(user, model, some)}


def _typed_by(user, model, keys: list[int]) -> set[int]:
    since, found = _published_until(model, keys), set()
    for part, path in _with_parts(model):
        if hasattr(part, "history"):
            for key, version in _versions(part, path, keys, user):
                if _is_after(version, since.get(key)) and (part is not model or _says_something(version)):
                    found.add(key)
    return found | _brought_by(user, model, keys, since)


def _brought_by(user, model, keys: list[int], since: dict[int, datetime]) -> set[int]:
    """Whoever brought the file of an import typed what it says, whoever took it."""
    batches = ImportBatch.objects.filter(by=user).values("pk")
    found = set()
    for part, path in _with_parts(model) if batches.exists() else ():
        if isinstance(path, str):
            owners = dict(part._base_manager.order_by().filter(**{f"{path}__in": keys}).values_list("pk", path))
            kind = ContentType.objects.get_for_model(part)
            writes = ImportWrite.objects.filter(content_type=kind, object_id__in=[*owners], batch__in=batches)
            for row, at in writes.values_list("object_id", "batch__finished_at"):
                if owners[row] not in since or (at and at > since[owners[row]]):
                    found.add(owners[row])
    return found


def _published_until(model, keys) -> dict[int, datetime]:
    versions = model.history.filter(id__in=keys, state=Record.State.PUBLISHED).order_by()
    return dict(versions.values_list("id").annotate(Max("history_date")))


def _with_parts(model):
    """The models of which rows stand on a record's page, each with the link that leads from the row to the record."""
    yield model, "id"
    parts = [link for link in model._meta.related_objects if _is_part(link)]
    yield from ((link.related_model, link.field.attname) for link in parts)
    for cited, path in ((model, None), *((link.related_model, link.field.attname) for link in parts)):
        if hasattr(cited, "citations"):
            yield Citation, (cited, path)


def _is_part(link) -> bool:
    part = link.related_model
    return link.one_to_many and issubclass(part, Shown) and link.field.name in getattr(part, "owner", ())


def _versions(part, path, keys, user):
    """What somebody saved, with the key of the record."""
    own = part.history.filter(history_user=user)
    if isinstance(path, str):
        here = dict(part._base_manager.order_by().filter(**{f"{path}__in": keys}).values_list("pk", path))
        rows = own.filter(Q(**{f"{path}__in": keys}) | Q(id__in=[*here]))  # also what stood elsewhere when it was typed
        yield from ((here.get(row.id, getattr(row, path)), row) for row in rows)
        return
    cited, link = path
    kind = ContentType.objects.get_for_model(cited)
    owners = {key: key for key in keys}
    if link:
        owners = dict(cited.history.filter(**{f"{link}__in": keys}).order_by().values_list("id", link))
    rows = own.filter(content_type=kind, object_id__in=[*owners])
    yield from ((owners[row.object_id], row) for row in rows)


def _is_after(version, moment: datetime | None) -> bool:
    return moment is None or version.history_date > moment


def _says_something(version: models.Model) -> bool:
    """Whether a version of a record says more than what was done to its publication."""
    if version.history_type == ADDED:
        return True
    before = version.prev_record if version.history_type == CHANGED else None
    names = [column.attname for column in columns_of(version.instance_type) if column.name not in PUBLICATION]
    if before is None or any(str(getattr(before, name)) != str(getattr(version, name)) for name in names):
        return True
    return any(_links(before, field) != _links(version, field) for field in version._history_m2m_fields)


def _links(version, field) -> set[int]:
    return set(getattr(version, field.name).values_list(f"{field.m2m_reverse_field_name()}_id", flat=True))
