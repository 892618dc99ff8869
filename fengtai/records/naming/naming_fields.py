"""By which of its own texts a record is called and looked up."""

from django.db import models

from fengtai.search.fields import SortKeyField, following


def naming_field(model: type[models.Model]) -> str:
    """The text by which records of a model are called and looked up; empty where they have none."""
    ordered = (field.named for field in following(model) if isinstance(field, SortKeyField))
    first = next(ordered, getattr(model, "label_paths", ("",))[0])
    return first if first and own_field(model, first) is not None else ""


def own_field(model: type[models.Model], name: str) -> models.Field | None:
    """The model's own field of this name, if it is one that can be written."""
    if "__" in name:
        return None
    found = next((field for field in model._meta.concrete_fields if field.name == name), None)
    return found if found is not None and found.editable else None
