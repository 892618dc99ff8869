"""Which rows name a record, in whatever subject: read from the models, so that a new link is found as well."""

from collections.abc import Iterator
from functools import lru_cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from fengtai.records.models import Citation

Row = tuple[type[models.Model], int]


@lru_cache
def links_to(model: type[models.Model]) -> tuple[models.Field, ...]:
    """The links by which rows name a record of the model; the rows of a link table are named by their own links.

    Histories name what was, and where a merged record leads is no row that moves.
    """
    found = []
    for other in apps.get_models():
        if not hasattr(other, "instance_type"):  # of a history
            found += [field for field in _links(other) if field.related_model is model and field.name != "merged_into"]
    return tuple(found)


def _links(model) -> Iterator[models.Field]:
    yield from (field for field in model._meta.local_concrete_fields if field.is_relation)
    yield from (field for field in model._meta.local_many_to_many if field.remote_field.through._meta.auto_created)


def naming(row: models.Model) -> dict[models.Field, list[int]]:
    """By link the keys of the rows that name a row; those with none are left out."""
    found = {}
    for field in links_to(type(row)):
        rows = field.model._base_manager.order_by("pk").filter(**{field.name: row.pk})
        if keys := list(rows.values_list("pk", flat=True)):
            found[field] = keys
    return found


def citing(row: models.Model) -> list[int]:
    """The keys of the citations of a row."""
    kind = ContentType.objects.get_for_model(row)
    cited = Citation._base_manager.order_by("pk").filter(content_type=kind, object_id=row.pk)
    return list(cited.values_list("pk", flat=True))


def rows_naming(row: models.Model) -> set[Row]:
    """Every row that names a row, its citations among them."""
    named = {(field.model, key) for field, keys in naming(row).items() for key in keys}
    return named | {(Citation, key) for key in citing(row)}
