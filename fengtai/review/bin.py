"""Puts what is deleted into the bin and takes it out again: every row exactly as it was, or nothing."""

from collections.abc import Iterator

from django.contrib.admin.utils import NestedObjects
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError
from django.db import models, router, transaction
from django.db.models import SET_NULL
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fengtai.records.bin import BinEntry
from fengtai.records.constraints import broken
from fengtai.records.trail.watching import watched

LONGEST = BinEntry._meta.get_field("label").max_length


class InTheWay(Exception):
    """What stands against restoring an entry, in sentences."""

    def __init__(self, sentences: list[str]):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def put_in(row: models.Model, *, by, why: str = "") -> BinEntry | None:
    """Keeps a row as it is stored, and all that would be deleted with it; None where it is gone already.

    In the transaction that deletes it: what somebody saves at the same moment is kept, or meets that the row is gone.
    """
    stored = type(row)._base_manager.order_by().select_for_update().filter(pk=row.pk).first()
    if stored is None:
        return None
    owner = _owner_of(stored)
    return BinEntry.objects.create(
        content_type=ContentType.objects.get_for_model(stored),
        object_id=stored.pk,
        label=_named(stored)[:LONGEST],
        owner_type=owner and ContentType.objects.get_for_model(owner),
        owner_label=str(owner or "")[:LONGEST],
        rows=[_written(each) for each in _with_all_that_goes(stored)],
        by=by,
        why=why,
    )


def _owner_of(row: models.Model) -> models.Model | None:
    owners = (getattr(row, name) for name in getattr(row, "owner", ()))
    return next((owner for owner in owners if owner is not None), None)


def _with_all_that_goes(row: models.Model) -> Iterator[models.Model]:
    collector = NestedObjects(using=router.db_for_write(type(row), instance=row), origin=row)
    collector.collect([row])
    for found in collector.model_objs.values():
        yield from sorted(found, key=lambda each: each.pk)


def _written(row: models.Model) -> dict:
    """Links in a table of their own are rows by themselves, with keys of their own."""
    [written] = serializers.serialize("python", [row])
    for field in row._meta.many_to_many:
        written["fields"].pop(field.name, None)
    return written


def kinds_in(entry: BinEntry) -> dict[type[models.Model], int]:
    """How many rows of each model an entry holds; of bare links none are told."""
    counts: dict[type[models.Model], int] = {}
    for row in contents(entry):
        if not row._meta.auto_created:
            counts[type(row)] = counts.get(type(row), 0) + 1
    return counts


def contents(entry: BinEntry) -> list[models.Model]:
    """The rows of an entry, linked to each other; raises InTheWay where this release knows some of it no more."""
    try:
        rows = [found.object for found in serializers.deserialize("python", entry.rows)]
    except (DeserializationError, FieldDoesNotExist, ValidationError) as error:
        told = _("It was deleted under an earlier release of the platform and cannot be read any more.")
        raise InTheWay([told]) from error
    found = {(type(row), row.pk): row for row in rows}
    for row in rows:
        for field in _links(row):
            target = found.get((field.related_model, getattr(row, field.attname)))
            if target is not None:
                setattr(row, field.name, target)
    return rows


@transaction.atomic
def restore(entry: BinEntry) -> list[models.Model]:
    """Writes every row as it was, with its key, version and times, and empties the entry; the first row is its record.

    Raises InTheWay, and writes nothing, where something has taken its place or what it hangs on is gone.
    """
    entry = BinEntry.objects.select_for_update().get(pk=entry.pk)
    rows = contents(entry)
    if told := obstacles(rows):
        raise InTheWay(told)
    begun = timezone.now()
    with watched() as watch:
        watch.touch(holder for row in rows for holder in _holders(row))
        for row in rows:
            models.Model.save_base(row, raw=True, force_insert=True)
        watch.added((row for row in rows if not row._meta.auto_created), begun=begun)
    entry.delete()
    return rows


def _holders(row: models.Model) -> Iterator[tuple]:
    """Of a bare link the row that holds it: it may have stayed."""
    model = row._meta.auto_created
    if model:
        [link] = [link for link in model._meta.local_many_to_many if link.remote_field.through is type(row)]
        yield model, getattr(row, f"{link.m2m_field_name()}_id")


def obstacles(rows: list[models.Model]) -> list[str]:
    """Each in a sentence, told once."""
    together = {(type(row), row.pk) for row in rows}
    return list(dict.fromkeys(told for row in rows for told in _against(row, together)))


def _against(row: models.Model, together: set) -> Iterator[str]:
    if type(row)._base_manager.filter(pk=row.pk).exists():
        yield _("%(row)s: it is on file again.") % {"row": _called(row)}
    gone = [
        (model, key) for model, key in _targets(row) if (model, key) not in together and not _is_on_file(model, key)
    ]
    yield from (_told_gone(row, model, key) for model, key in gone)
    if not gone:
        for message in _refusals(row):
            yield _("%(row)s: %(message)s") % {"row": _called(row), "message": message}


def _targets(row: models.Model) -> Iterator[tuple]:
    """What a row hangs on; a link that its target's deletion would have emptied is emptied."""
    for field in _links(row):
        key = getattr(row, field.attname)
        if key is not None and field.remote_field.on_delete is SET_NULL and not _is_on_file(field.related_model, key):
            setattr(row, field.attname, None)
        elif key is not None:
            yield field.related_model, key
    for link in (field for field in row._meta.private_fields if isinstance(field, GenericForeignKey)):
        kind = ContentType.objects.get_for_id(getattr(row, row._meta.get_field(link.ct_field).attname))
        yield kind.model_class(), getattr(row, link.fk_field)


def _links(row: models.Model) -> list:
    return [field for field in row._meta.concrete_fields if field.is_relation]


def _is_on_file(model, key) -> bool:
    return model is not None and model._base_manager.filter(pk=key).exists()


def _told_gone(row: models.Model, model, key) -> str:
    kind = model._meta.verbose_name if model else _("record")
    told = {"row": capfirst(row._meta.verbose_name), "kind": kind, "number": key}
    lies_in_bin = model and BinEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id=key
    )
    if lies_in_bin and lies_in_bin.exists():
        return (
            _("%(row)s: the %(kind)s that it belongs to (number %(number)s) is in the bin. Restore that first.") % told
        )
    return _("%(row)s: the %(kind)s that it belongs to (number %(number)s) is not on file any more.") % told


def _refusals(row: models.Model) -> Iterator[str]:
    try:
        row.validate_unique(exclude=[row._meta.pk.name])
    except ValidationError as error:
        yield from error.messages
    for _fields, error in broken(row):
        yield from error.messages


def _called(row: models.Model) -> str:
    return _("%(kind)s “%(name)s”") % {"kind": capfirst(row._meta.verbose_name), "name": _named(row)}


def _named(row: models.Model) -> str:
    try:
        return str(row) or str(row.pk)
    except ObjectDoesNotExist:
        return str(row.pk)
