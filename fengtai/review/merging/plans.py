"""What merging two records would mean: what differs and is to be chosen, what moves, what two rows become one."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db import models

from fengtai.records.links_to import citing, naming
from fengtai.records.mergeable import Mergeable
from fengtai.records.trail.stored import Row, columns_of, links_of, states
from fengtai.review.merging.folding import Fold, folds

KEPT, LOST, BOTH = "kept", "lost", "both"
BY_ITSELF = {"state", "publish_at", "merged_into"}  # what follows from the merge and is not chosen
EMPTY = (None, "", [])


@dataclass(frozen=True, eq=False)
class Question:
    """A field in which the two differ: the value that stands, that of the other, and what is proposed."""

    row: Row  # that stays
    field: models.Field
    kept: object
    lost: object

    @property
    def key(self) -> str:
        return key_of(self.row, self.field.name)

    @property
    def sides(self) -> tuple[str, ...]:
        return (KEPT, LOST, BOTH) if self._joins else (KEPT, LOST)

    @property
    def _joins(self) -> bool:
        is_text = isinstance(self.field, models.TextField) and isinstance(self.kept, str)
        return self.kept not in EMPTY and self.lost not in EMPTY and (self.field.many_to_many or is_text)

    @property
    def proposed(self) -> str:
        if self.kept in EMPTY:
            return LOST
        return BOTH if self._joins and self.field.many_to_many else KEPT

    def value(self, side: str):
        """What the row says once this side was chosen."""
        if side == BOTH and self.field.many_to_many:
            return sorted({*self.kept, *self.lost})
        return {KEPT: self.kept, LOST: self.lost}.get(side, f"{self.kept}\n{self.lost}")


def key_of(row: Row, name: str) -> str:
    """By which a form names the question about a field of a row."""
    return f"{row[0]._meta.model_name}-{row[1]}-{name}"


class Plan:
    """Read from what is stored; nothing is written."""

    def __init__(self, survivor: Mergeable, loser: Mergeable):
        self.survivor, self.loser, self.model = survivor, loser, type(survivor)
        self.ours, self.theirs = naming(survivor), naming(loser)
        self.rows = (self.model, survivor.pk), (self.model, loser.pk)

    @cached_property
    def stored(self) -> dict[Row, dict]:
        """Both records, and every row that names either."""
        found = {(field.model, key) for side in (self.ours, self.theirs) for field in side for key in side[field]}
        return states([*self.rows, *sorted(found, key=lambda row: (row[0]._meta.label, row[1]))])

    @cached_property
    def folds(self) -> list[Fold]:
        found = []
        for field, theirs in self.theirs.items():
            if not field.many_to_many:
                found += folds(field, self.ours.get(field, ()), theirs, self.stored)
        return found + self._needless_names()

    def _needless_names(self) -> list[Fold]:
        """Another name of the one that is the name of the other says nothing more."""
        relation = self.model.merging.names
        if not relation:
            return []
        field = self.model._meta.get_field(relation).field
        name = self.stored[self.rows[0]][self.model.label_paths[0]]
        rows = [(field.model, key) for key in self.theirs.get(field, ())]
        return [Fold(self.rows[0], row) for row in rows if self.stored[row]["name"] == name]

    @cached_property
    def moved(self) -> dict[models.Field, list[int]]:
        """By link the rows that will name the survivor instead."""
        lost = {fold.lost for fold in self.folds}
        left = {field: [k for k in keys if (field.model, k) not in lost] for field, keys in self.theirs.items()}
        return {field: keys for field, keys in left.items() if keys}

    @cached_property
    def citations(self) -> list[int]:
        return citing(self.loser)

    @cached_property
    def questions(self) -> list[Question]:
        """Of the records first, then of rows of which one stays for both."""
        kept, lost = (self.stored[row] for row in self.rows)
        own = [*columns_of(self.model), *links_of(self.model)]
        found = [*_differing(self.rows[0], own, kept, lost, BY_ITSELF)]
        for fold in (fold for fold in self.folds if fold.kept[0] is fold.lost[0]):
            columns = [*columns_of(fold.kept[0]), *links_of(fold.kept[0])]
            named = {field.name for field in self.theirs if field.model is fold.kept[0] and not field.many_to_many}
            found += _differing(fold.kept, columns, self.stored[fold.kept], self.stored[fold.lost], named)
        return found

    def choices(self, said: dict) -> dict[str, str]:
        """What was chosen of each question; what was not said, or cannot be read, is as proposed."""
        return {
            question.key: said[question.key] if said.get(question.key) in question.sides else question.proposed
            for question in self.questions
        }


def _differing(row: Row, fields: list, kept: dict, lost: dict, without: set[str]) -> Iterator[Question]:
    for field in fields:
        if field.name not in without and field.editable and kept[field.name] != lost[field.name]:
            yield Question(row, field, kept[field.name], lost[field.name])
