"""Rows of two records that say the same thing twice once the records are one: one row stays for both."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models

from fengtai.records.trail.stored import Row, columns_of


@dataclass(frozen=True)
class Fold:
    """`lost` stays with the record that goes, and is seen no more; `kept` takes over its proofs and what names it."""

    kept: Row
    lost: Row


def folds(field: models.Field, ours: Iterable[int], theirs: Iterable[int], stored: dict[Row, dict]) -> list[Fold]:
    """Of the rows that name either record by a link: `ours` stay, `theirs` would come to them."""
    rules = [*_once(field)]
    here = {}
    for key in ours:
        for rule, values in _identities(field, rules, stored[field.model, key]):
            here.setdefault((rule, values), key)
    found = []
    for key in theirs:
        same = (here.get(identity) for identity in _identities(field, rules, stored[field.model, key]))
        kept = next((one for one in same if one is not None), None)
        if kept is not None:
            found.append(Fold((field.model, kept), (field.model, key)))
    return found


def _once(field: models.Field) -> Iterator[tuple[str, ...]]:
    """By the other columns of each constraint: what there may be once for each record, and what is equal in all."""
    model = field.model
    if field.unique:
        yield ()
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and field.name in rule.fields:
            yield tuple(name for name in rule.fields if name != field.name)
    for names in model._meta.unique_together:
        if field.name in names:
            yield tuple(name for name in names if name != field.name)


def _identities(field: models.Field, rules: list[tuple[str, ...]], state: dict) -> Iterator[tuple]:
    """An empty column makes no two rows alike for the database; rows equal in every column are alike for everybody."""
    for rule in rules:
        values = tuple(str(state[name]) for name in rule)
        if all(state[name] is not None for name in rule):
            yield rule, values
    names = [column.name for column in columns_of(field.model) if column is not field]
    yield ("*",), tuple(str(state[name]) for name in names)
