"""What the database writes along when rows go: links to them, and rows that nobody else tells of."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import CASCADE, SET_NULL

from fengtai.records.trail.stored import Row, by_model, slices


def also_written(gone: Iterable[Row]) -> set[Row]:
    """Rows that hold links to rows that go, and rows without a history that go with them."""
    found = set()
    for model, keys in by_model(gone).items():
        for link in model._meta.related_objects:
            for some in slices(keys):
                found |= set(_linking(link, some))
    return found


def _linking(link, keys: list[int]) -> Iterator[Row]:
    others, field = link.related_model, link.field
    if not hasattr(others, "owner"):  # no row that people write
        return
    if link.many_to_many and link.through._meta.auto_created:
        own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        holders = link.through._base_manager.filter(**{f"{other}__in": keys}).values_list(own, flat=True)
        yield from ((others, key) for key in holders)
    elif not link.many_to_many and _is_written_along(link):
        rows = others._base_manager.order_by().filter(**{f"{field.name}__in": keys})
        yield from ((others, key) for key in rows.values_list("pk", flat=True))


def _is_written_along(link) -> bool:
    """Rows with a history tell themselves that they go."""
    return link.on_delete is SET_NULL or (link.on_delete is CASCADE and not hasattr(link.related_model, "history"))


def holders(instance: models.Model, field, keys: Iterable[int] | None, *, reverse: bool) -> list[Row]:
    """The rows whose links change where links are added to, or taken from, either end of a field."""
    if not reverse:
        return [(field.model, instance.pk)]
    if keys is None:
        own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        through = field.remote_field.through._base_manager
        keys = through.filter(**{other: instance.pk}).values_list(own, flat=True)
    return [(field.model, key) for key in keys]
