"""Records as they would be released: with their parts and citations, read in as many statements for one as for many."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Value, When, prefetch_related_objects

from fengtai.records.doors import public_links
from fengtai.records.models import Citation, Kept, Part, Record
from fengtai.records.proving import proves_public
from fengtai.records.record import state_at
from fengtai.records.trail.stored import Row


@dataclass
class Group:
    """Rows of one model, and the relation by which a citation of their records names them."""

    model: type
    rows: list
    relation: str = ""


@dataclass
class Release:
    """What would be released, and when. What is held back stays as it is, and is not looked at."""

    records: Sequence[Record]
    others: frozenset  # all that is released in the same act, these included
    at: datetime
    touched: Mapping[Row, Collection[str]] | None = None  # by row the fields that a change writes; None: all is new
    groups: list[Group] = field(default_factory=list)
    record_of: dict = field(default_factory=dict)  # the record that each row is, or is a part of
    citations: dict = field(default_factory=lambda: defaultdict(list))  # by the row that they cite

    def shows(self, row) -> bool:
        """Whether the public would see a row."""
        parents = (getattr(row, name) for name in public_links(type(row)))
        return self._is_released(row) and all(self.shows(parent) for parent in parents if parent is not None)

    def touches(self, row, field: str = "") -> bool:
        """Whether a row, or one of its fields, is new: what was accepted once is not asked again."""
        fields = None if self.touched is None else self.touched.get((type(row), row.pk))
        return self.touched is None or (fields is not None and (not field or field in fields))

    def _is_released(self, row) -> bool:
        if not isinstance(row, Record):
            return row.is_released
        is_out = state_at(row.state, row.publish_at, self.at) == Record.State.PUBLISHED
        return is_out or row in self.others


def gathered(records: Sequence[Record], others: frozenset, at: datetime, touched=None) -> Release:
    """Records of one model as they are on file, with all that is released with them."""
    model = type(records[0])
    stored = list(model._base_manager.order_by("pk").filter(pk__in=[record.pk for record in records]))
    release = Release(stored, others, at, touched, record_of={record: record for record in stored})
    for group in [Group(model, stored), *_parts(model, release)]:
        release.groups.append(group)
        _load_links(group.model, group.rows)
        if issubclass(group.model, Kept):
            _load_citations(group, release)
    return release


def _parts(model, release: Release) -> Iterator[Group]:
    by_key = {record.pk: record for record in release.records}
    for link in part_links(model):
        rows = link.related_model._base_manager.order_by("pk").filter(
            **{f"{link.field.name}__in": list(by_key)}, held_back=False
        )
        own = [row for row in rows if _owner(row) == link.field.name]
        for row in own:
            record = by_key[getattr(row, link.field.attname)]
            setattr(row, link.field.name, record)
            release.record_of[row] = record
        if own:
            yield Group(link.related_model, own, link.get_accessor_name())


def part_links(model) -> list:
    """The relations by which parts belong to records of a model."""
    links = [link for link in model._meta.related_objects if link.one_to_many and issubclass(link.related_model, Part)]
    return [link for link in links if link.field.name in link.related_model.owner]


def _owner(row) -> str:
    """The link to the record that a row is a part of: of several the first that is set."""
    return next(name for name in row.owner if getattr(row, row._meta.get_field(name).attname) is not None)


def _load_links(model, rows: list) -> None:
    """All that a row links to, and what replaces it: rules and labels may ask for any of it."""
    links = [link.name for link in model._meta.concrete_fields if link.is_relation]
    replaced = [link.get_accessor_name() for link in model._meta.related_objects if link.one_to_one]
    prefetch_related_objects(rows, *links, *replaced, *_public_paths(model))


def _public_paths(model) -> Iterator[str]:
    for name in public_links(model):
        yield name
        yield from (f"{name}__{path}" for path in _public_paths(model._meta.get_field(name).related_model))


def _load_citations(group: Group, release: Release) -> None:
    by_key = {row.pk: row for row in group.rows}
    shown = Case(When(proves_public(group.model, "", "object_id"), then=Value(True)), default=Value(False))
    rows = Citation._base_manager.filter(
        content_type=ContentType.objects.get_for_model(group.model), object_id__in=list(by_key), held_back=False
    )
    for citation in rows.annotate(proves_what_shows=shown).select_related("source").order_by("pk"):
        release.citations[by_key[citation.object_id]].append(citation)
