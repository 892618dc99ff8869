"""What a batch wrote, by model, as it is now: whether somebody touched it since, or refers to it."""

import json
from collections import defaultdict
from functools import cached_property

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from fengtai.importing.taking.rights import may_view
from fengtai.importing.taking.stored_rows import stored_values
from fengtai.records.batches import ImportBatch, ImportWrite
from fengtai.records.models import Citation, Kept, Record
from fengtai.records.trail.stored import columns_of, links_of, plain, slices, states
from fengtai.review.contributors import PUBLICATION


def kinds_of(batch: ImportBatch) -> dict[type, "Kind"]:
    writes = defaultdict(list)
    for write in batch.writes.select_related("row").order_by("pk"):
        writes[write.content_type_id].append(write)
    kinds = [Kind(ContentType.objects.get_for_id(kind).model_class(), rows) for kind, rows in writes.items()]
    return {kind.model: kind for kind in kinds}


class Kind:
    """What the batch wrote of one model: of a row written twice, by a release too, the first and the last."""

    def __init__(self, model, writes: list[ImportWrite]):
        self.model = model
        self.last = {write.object_id: write for write in writes}
        self.before: dict[int, dict] = defaultdict(dict)  # by row and column, what stood there before the batch
        for write in writes:
            self.before[write.object_id] = write.before | self.before[write.object_id]
        self.rows = model._base_manager.order_by().select_for_update().in_bulk([*self.last])
        self.made = {write.object_id for write in writes if write.created}
        self.only_published = self._published_as_written() if issubclass(model, Record) else set()

    @property
    def written(self) -> set[int]:
        return {*self.last}

    @cached_property
    def once_published(self) -> set[int]:
        """Those made by the batch, records, that the public had or is about to have."""
        found = set()
        for some in slices(sorted(self.made)):
            versions = self.model.history.filter(id__in=some, state=Record.State.PUBLISHED)
            found |= {*versions.order_by().values_list("id", flat=True)}
        return found

    def position(self, key: int) -> tuple[str, int]:
        row = self.last[key].row
        return (row.sheet, row.number) if row is not None else ("", 0)

    def touched(self, kinds: dict[type, "Kind"], by) -> list[tuple[str, int, str]]:
        changed = [key for key, write in self.last.items() if not self._is_as_written(write)]
        found = [(*self.position(key), str(self.rows.get(key, self.last[key]))) for key in changed]
        return found + [(*self.position(key), label) for key, label in self._referred_to(kinds, by)]

    def _is_as_written(self, write: ImportWrite) -> bool:
        row = self.rows.get(write.object_id)
        if row is None:
            return False
        if isinstance(row, Kept):
            return row.version == write.after["version"] or row.pk in self.only_published
        values = {name: getattr(row, row._meta.get_field(name).attname) for name in write.after}
        return json.loads(json.dumps(stored_values(row, values), cls=DjangoJSONEncoder)) == write.after

    def _referred_to(self, kinds: dict[type, "Kind"], by):
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

    def _published_as_written(self) -> set[int]:
        """Records with a version since that says the same: they were submitted, returned, released or withdrawn."""
        later = {key: row for key, row in self.rows.items() if row.version != self.last[key].after.get("version")}
        now, found = states((self.model, key) for key in later), set()
        for some in slices([*later]):
            versions = {
                version.id: version
                for version in self.model.history.filter(id__in=some)
                if version.version == self.last[version.id].after.get("version")
            }
            links = self._links_of(versions.values())
            for key, version in versions.items():
                then = {column.name: plain(column, getattr(version, column.attname)) for column in self._compared}
                then |= {name: sorted(targets[version.pk]) for name, targets in links.items()}
                found |= {key} if then == {name: now[self.model, key][name] for name in then} else set()
        return found

    @property
    def _compared(self) -> list[models.Field]:
        """What versions keep, and what publishing a record does not change."""
        kept = {field.name for field in self.model.history.model.tracked_fields}
        return [column for column in columns_of(self.model) if column.name in kept - PUBLICATION]

    def _links_of(self, versions) -> dict[str, dict[int, list[int]]]:
        found = {}
        for link in links_of(self.model):
            kept = getattr(self.model.history.model, link.name).model
            found[link.name] = defaultdict(list)
            rows = kept.objects.filter(history__in=[version.pk for version in versions])
            for version, target in rows.values_list("history_id", f"{link.m2m_reverse_field_name()}_id"):
                found[link.name][version].append(target)
        return found
