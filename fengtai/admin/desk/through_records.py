"""Records that are doubtful or unverified themselves or in one of their parts: each once, found by partial indexes.

A condition is SQL over the columns of one table, in the words of the index (`records/rare_indexes.py`): the database
knows the index again by them.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

from django.apps import apps
from django.db.models import Model

from fengtai.records.doors import Shown
from fengtai.records.models import Part, Record
from fengtai.records.parts import KeptPart

Condition = Callable[[type[Model]], list[str]]  # any of them; none where a model has nothing of the kind


@lru_cache
def records() -> tuple[type[Record], ...]:
    return tuple(model for model in apps.get_models() if issubclass(model, Record))


@lru_cache
def loose_parts() -> tuple[type[Part], ...]:
    """Those of which a row may belong to nothing: then it stands for itself."""
    parts = (model for model in apps.get_models() if issubclass(model, KeptPart))
    return tuple(part for part in parts if all(_link(part, name).null for name in part.owner))


@lru_cache
def parts_of(model: type[Record]) -> tuple[tuple[type[Part], str, str], ...]:
    """The models of a record's parts, each with the column that names the record and what tells that it is the owner:
    of several links the first that is set.
    """
    found = []
    for link in model._meta.related_objects:
        part = link.related_model
        if link.one_to_many and issubclass(part, Part) and link.field.name in part.owner:
            before = part.owner[: part.owner.index(link.field.name)]
            empty = [f"{_column(part, name)} IS NULL" for name in before]
            found.append((part, link.field.column, " AND ".join(["", *empty])))
    return tuple(found)


def where_few(model: type[Record], condition: Condition) -> str:
    """The records of which a condition holds, or of a part of which it does, where few hold it."""
    return f"id IN ({' UNION '.join(_found(model, condition))})"


def _found(model, condition: Condition) -> Iterator[str]:
    """Each condition by itself: joined by OR none would be found by its index."""
    for said in condition(model) or ["1 = 0"]:
        yield f"SELECT id FROM {model._meta.db_table} WHERE {said}"
    for part, column, empty in parts_of(model):
        for said in condition(part):
            yield f"SELECT {column} FROM {part._meta.db_table} WHERE ({said}){empty} AND {column} IS NOT NULL"


def where_many(model: type[Record], condition: Condition) -> str:
    """The same where many hold it: record by record, until enough are found."""
    tests = [f"({said})" for said in condition(model)]
    for part, column, empty in parts_of(model):
        for said in condition(part):
            own = f"{column} = {model._meta.db_table}.id"
            tests.append(f"EXISTS (SELECT 1 FROM {part._meta.db_table} WHERE {own} AND ({said}){empty})")
    return f"({' OR '.join(tests)})"


def where_loose(part: type[Part], condition: Condition) -> str:
    empty = " AND ".join(f"{_column(part, name)} IS NULL" for name in part.owner)
    return f"({' OR '.join(condition(part)) or '1 = 0'}) AND {empty}"


def _link(part: type[Shown], name: str):
    return part._meta.get_field(name)


def _column(part: type[Shown], name: str) -> str:
    return f"{part._meta.db_table}.{_link(part, name).column}"
