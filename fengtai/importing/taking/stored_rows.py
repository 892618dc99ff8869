"""What a planned record says, as the columns of its row; and what tells later whether somebody touched it since."""

from django.db import models

from fengtai.importing.planning.items import Item
from fengtai.records.models import Kept, Record


def start_of(model) -> dict:
    """A new record waits for its review; a new part is as public as its owner."""
    version = {"version": 1} if issubclass(model, Kept) else {}
    return version | ({"state": Record.State.REVIEW} if issubclass(model, Record) else {})


def written(row: models.Model, item: Item) -> dict:
    """What tells later whether somebody touched the row since: its version, or all that it holds."""
    if isinstance(row, Kept):
        return {"version": row.version}
    return stored_values(row, {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields})


def stored_values(row: models.Model, values: dict) -> dict:
    """Values as the database keeps them, ready for JSON."""
    found = {}
    for name, value in values.items():
        field = row._meta.get_field(name)
        found[name] = value if isinstance(value, list) else field.get_prep_value(value)
    return found


def columns_of(model, item: Item) -> dict:
    return {model._meta.get_field(name).attname: key_of(value) for name, value in item.values.items()}


def key_of(value):
    return value.key if isinstance(value, Item) else value
