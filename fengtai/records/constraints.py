"""The database's constraints as a person meets them: each broken one is told at a field, before anything is written."""

from collections.abc import Collection, Iterator

from django.core.exceptions import ValidationError
from django.db import models, router


class Worded:
    """A constraint that says in a sentence what is wrong. Migrations know the rule, not its words."""

    def __init__(self, *, tells="", **kwargs):
        self.tells = tells
        super().__init__(violation_error_message=tells or None, **kwargs)

    def deconstruct(self):
        _path, args, kwargs = super().deconstruct()
        kwargs.pop("violation_error_message", None)
        return f"django.db.models.{type(self).__mro__[2].__name__}", args, kwargs

    def clone(self):
        _path, args, kwargs = self.deconstruct()
        return type(self)(*args, tells=self.tells, **kwargs)

    def __eq__(self, other):
        """As a migration compares: the same rule, whatever its words."""
        return isinstance(other, models.BaseConstraint) and self.deconstruct() == other.deconstruct()

    __hash__ = None


class Unique(Worded, models.UniqueConstraint):
    pass


class Check(Worded, models.CheckConstraint):
    pass


def told_at(constraint: models.BaseConstraint, model) -> list[str]:
    """The fields that a constraint speaks of, in the model's order; a companion column is told at its text."""
    if isinstance(constraint, models.UniqueConstraint):
        named = {*constraint.fields}
    else:
        named = models.Q(constraint.condition).referenced_base_fields
    fields = [field for field in model._meta.concrete_fields if field.name in named and not field.primary_key]
    return list(dict.fromkeys(_text_of(field) for field in fields))


def _text_of(field) -> str:
    follows = getattr(field, "follows", "")
    return follows if follows and isinstance(follows, str) else field.name


def broken(row: models.Model, without: Collection[str] = ()) -> Iterator[tuple[list[str], ValidationError]]:
    """The constraints that a row breaks, with the fields to tell it at; not those that name any of `without`."""
    using = router.db_for_write(type(row), instance=row)
    for model, constraints in row.get_constraints():
        for constraint in constraints:
            fields = told_at(constraint, model)
            if not {*fields}.isdisjoint(without):
                continue
            try:
                constraint.validate(model, row, using=using)
            except ValidationError as error:
                yield fields, error
