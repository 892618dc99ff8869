"""What one person would change: for each row what stood there and what would, by field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from fengtai.records.noting import ADDED, CHANGED
from fengtai.records.trail.stored import Row, difference

MOST_ADDED = 1_000_000  # rows in one change


@dataclass(frozen=True)
class Edit:
    """A row added (`old` is empty), changed (only fields that differ) or deleted (`new` is empty)."""

    model: type[models.Model]
    key: int
    kind: str
    old: dict = field(default_factory=dict)
    new: dict = field(default_factory=dict)
    said_in: int | None = None  # the row of an import's file (ImportRow) that says so

    @property
    def row(self) -> Row:
        return self.model, self.key

    def as_json(self) -> dict:
        said = {"model": self.model._meta.label_lower, "key": self.key, "kind": self.kind}
        said |= {"said_in": self.said_in} if self.said_in is not None else {}
        return {**said, "old": self.old, "new": self.new}

    @classmethod
    def from_json(cls, said: dict) -> "Edit":
        model = apps.get_model(said["model"])
        return cls(model, said["key"], said["kind"], said["old"], said["new"], said.get("said_in"))

    def only(self, names: Iterable[str]) -> "Edit | None":
        """The edit as far as it concerns some fields."""
        new = {name: value for name, value in self.new.items() if name in names}
        return replace(self, new=new, old={name: self.old[name] for name in new}) if new else None


def differences(rows: Iterable[Row], before: dict[Row, dict], after: dict[Row, dict]) -> list[Edit]:
    """In the order of the rows; none of a row that is as it was, or that came and went."""
    found = ((row, difference(before.get(row), after.get(row))) for row in rows)
    return [Edit(*row, kind, old, new) for row, (kind, old, new) in ((row, what) for row, what in found if what)]


def joined(earlier: list[Edit], later: list[Edit]) -> list[Edit]:
    """Two sets of edits of what is stored now: of a field that both change, the later value."""
    found = {edit.row: edit for edit in earlier}
    for edit in later:
        other = found.get(edit.row)
        if other is not None and other.kind == edit.kind == CHANGED:
            edit = replace(edit, old=other.old | edit.old, new=other.new | edit.new)
        found[edit.row] = edit
    return [edit for edit in found.values() if edit.kind != CHANGED or edit.old != edit.new]


def with_keys(edits: list[Edit], keys: dict[Row, int]) -> list[Edit]:
    """The same, with other keys for rows that were added, wherever they are referred to."""
    return [
        replace(edit, key=keys.get(edit.row, edit.key) if edit.kind == ADDED else edit.key, new=referring(edit, keys))
        for edit in edits
    ]


def referring(edit: Edit, keys: dict[Row, int]) -> dict:
    """The new values of an edit, with keys of added rows replaced."""
    return {name: _replaced(edit, name, value, keys) for name, value in edit.new.items()} if keys else edit.new


def _replaced(edit: Edit, name: str, value, keys: dict[Row, int]):
    column = edit.model._meta.get_field(name)
    if column.many_to_many:
        return sorted(keys.get((column.related_model, key), key) for key in value)
    return keys.get((_referred_to(edit, column), value), value) if isinstance(value, int) else value


def references(edit: Edit) -> Iterator[Row]:
    """The rows that the new values of an edit name."""
    for name, value in edit.new.items():
        column = edit.model._meta.get_field(name)
        keys = value if column.many_to_many else [value]
        model = _referred_to(edit, column)
        yield from ((model, key) for key in keys if model is not None and isinstance(key, int))


def _referred_to(edit: Edit, column) -> type[models.Model] | None:
    """The model that a column's key is of; of a citation that of whatever it proves."""
    if column.name == "object_id" and "content_type" in edit.new:
        return ContentType.objects.get_for_id(edit.new["content_type"]).model_class()
    return column.related_model
