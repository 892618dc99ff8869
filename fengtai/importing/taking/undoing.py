"""A batch taken back: what it made goes, what it changed becomes what it was; what was touched since is not lost."""

import json
from collections import defaultdict

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from fengtai.importing.taking.histories import keep_history, reason_of
from fengtai.importing.taking.rights import may_view
from fengtai.importing.taking.writing import stored_values
from fengtai.records.batches import REDACTED, ImportBatch, ImportWrite
from fengtai.records.models import Citation, Kept
from fengtai.records.slices import in_slices

LISTED = 20  # names in the message


class Touched(Exception):
    """Rows that somebody changed, or refers to, since the batch wrote them: (sheet, row, label)."""

    def __init__(self, rows: list[tuple[str, int, str]]):
        super().__init__("、".join(label for _sheet, _row, label in rows[:LISTED]))
        self.rows = rows


def take_back(batch: ImportBatch, by) -> None:
    """Inside the transaction of the caller; raises Touched where a row cannot be taken back without losing a change."""
    writes = defaultdict(list)
    for write in batch.writes.select_related("row").order_by("-pk"):
        writes[write.content_type_id].append(write)
    found = {kind: _Kind(ContentType.objects.get_for_id(kind).model_class(), rows) for kind, rows in writes.items()}
    kinds = {kind.model: kind for kind in found.values()}
    if touched := [row for kind in found.values() for row in kind.touched(kinds, by)]:
        raise Touched(touched)
    for kind in found.values():
        kind.restore(batch, by)
    for kind in _those_that_hang_first(found.values()):
        kind.remove(batch, by)


def left_as_they_are(batch: ImportBatch) -> list[tuple[str, str]]:
    """The fields that undoing cannot bring back, since what they said before was redacted: record, field."""
    found = []
    for write in batch.writes.filter(after__has_key=REDACTED).order_by("pk"):
        model = ContentType.objects.get_for_id(write.content_type_id).model_class()
        row = model._base_manager.filter(pk=write.object_id).first()
        found += [(str(row or write), str(model._meta.get_field(name).verbose_name)) for name in write.redacted]
    return found


class _Kind:
    """What the batch wrote of one model."""

    def __init__(self, model, writes: list[ImportWrite]):
        self.model, self.writes = model, writes
        keys = [write.object_id for write in writes]
        self.rows = model._base_manager.order_by().select_for_update().in_bulk(keys)
        self.made = {write.object_id for write in writes if write.created}

    @property
    def written(self) -> set[int]:
        return {write.object_id for write in self.writes}

    def touched(self, kinds: dict[type, "_Kind"], by) -> list[tuple[str, int, str]]:
        positions = {write.object_id: _position(write) for write in self.writes}
        changed = [write for write in self.writes if not self._is_as_written(write)]
        found = [(*_position(write), str(self.rows.get(write.object_id, write))) for write in changed]
        return found + [(*positions[key], label) for key, label in self._referred_to(kinds, by)]

    def _is_as_written(self, write: ImportWrite) -> bool:
        row = self.rows.get(write.object_id)
        if row is None:
            return False
        if isinstance(row, Kept):
            return row.version == write.after["version"]
        values = {name: getattr(row, row._meta.get_field(name).attname) for name in write.after}
        return json.loads(json.dumps(stored_values(row, values), cls=DjangoJSONEncoder)) == write.after

    def _referred_to(self, kinds: dict[type, "_Kind"], by):
        """Rows of others that have come to point to what the batch made; by name for those who may see them."""
        for relation in self.model._meta.related_objects if self.made else ():
            others = relation.related_model
            if not others._meta.auto_created and not issubclass(others, ImportWrite):
                find = self._linking if relation.many_to_many else self._pointing
                for key, row in find(relation, kinds.get(others)):
                    yield (
                        key,
                        f"{row._meta.verbose_name} {row}" if may_view(by, others) else str(row._meta.verbose_name),
                    )
        yield from self._citing(kinds.get(Citation), by)

    def _pointing(self, relation, kind):
        others, field = relation.related_model, relation.field
        pointing = others._base_manager.order_by().filter(**{f"{field.name}__in": self.made})
        for row in pointing.exclude(pk__in=kind.made if kind else ()):
            yield getattr(row, field.attname), row

    def _linking(self, relation, kind):
        """What the batch itself wrote is told by its version if somebody changed it since."""
        field, through = relation.field, relation.through
        own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
        links = through._base_manager.order_by().filter(**{f"{other}__in": self.made}).select_related(own)
        for link in links.exclude(**{f"{own}__in": kind.written if kind else ()}):
            yield getattr(link, f"{other}_id"), getattr(link, own)

    def _citing(self, kind, by):
        for field in self.model._meta.private_fields if self.made else ():
            if isinstance(field, GenericRelation) and field.related_model is Citation:
                own = ContentType.objects.get_for_model(self.model)
                cited = Citation.objects.filter(content_type=own, object_id__in=self.made)
                for row in cited.exclude(pk__in=kind.made if kind else ()):
                    yield row.object_id, str(row if may_view(by, Citation) else Citation._meta.verbose_name)

    def restore(self, batch: ImportBatch, by) -> None:
        """Gives what was changed its old values and links again, as a new version with its history.

        What nobody knows any more stays as it is.
        """
        changed = [write for write in self.writes if not write.created]
        rows, names = [self.rows[write.object_id] for write in changed], set()
        for write, row in zip(changed, rows, strict=True):
            for name, value in write.before.items():
                field = self.model._meta.get_field(name)
                if isinstance(field, models.ManyToManyField):
                    getattr(row, name).through.objects.filter(**{field.m2m_field_name(): row.pk}).delete()
                    getattr(row, name).add(*value)
                else:
                    setattr(row, field.attname, field.to_python(value))
                    names.add(name)
            if isinstance(row, Kept):
                row.version += 1
                names.add("version")
        if names:
            self.model._default_manager.bulk_update(rows, sorted(names))
        keep_history(self.model, rows, batch, by, "~", _reason(batch))

    def remove(self, batch: ImportBatch, by) -> None:
        """Deletes what was made, with a last entry in its history."""
        keep_history(self.model, [self.rows[key] for key in self.made], batch, by, "-", _reason(batch))
        for keys in in_slices(sorted(self.made)):
            self.model._base_manager.filter(pk__in=keys).delete()


def _position(write: ImportWrite) -> tuple[str, int]:
    return (write.row.sheet, write.row.number) if write.row is not None else ("", 0)


def _reason(batch: ImportBatch) -> str:
    return f"undo {reason_of(batch)}"[:100]


def _those_that_hang_first(kinds) -> list[_Kind]:
    """A record is removed after all that point to it."""
    kinds = list(kinds)
    made = {kind.model for kind in kinds}

    def depth(model, seen=()) -> int:
        links = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
        return 1 + max(
            (depth(link, (*seen, model)) for link in links if link in made and link not in (*seen, model)), default=0
        )

    return sorted(kinds, key=lambda kind: (kind.model is not Citation, -depth(kind.model)))
