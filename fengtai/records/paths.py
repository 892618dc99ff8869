"""Paths of links, as `organisation__names`: what stands at their end, seen from a model or from a row at hand."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Field, Model

from fengtai.records.doors import public_links


def linked_model(model, path: str) -> type[Model]:
    """The model at the end of a path of links; for an empty path the model itself."""
    for name in filter(None, path.split("__")):
        model = _found_link(model, name) or model._meta.get_field(name).related_model
    return model


def _found_link(model, name: str) -> type[Model] | None:
    """Where a link leads that a model's querysets find, as the latest of many rows, and no column holds."""
    found = getattr(model, "found_links", {}).get(name)
    return apps.get_model(found) if found else None


def end_of(model, prefix: str, path: str) -> tuple[type[Model], str]:
    """The model at the end of a path that goes on from a prefix, and the prefix of its columns."""
    return linked_model(model, path), f"{prefix}{path}__" if path else prefix


def field_at(model, path: str) -> Field:
    links, _separator, name = path.rpartition("__")
    options = linked_model(model, links)._meta
    return options.pk if name == "pk" else options.get_field(name)


def value_at(row, path: str):
    """The value at the end of a path; None where a link on the way is empty."""
    for name in path.split("__"):
        row = getattr(row, name) if row is not None else None
    return row


def links_named(model) -> set[str]:
    """The links that are followed to tell a row's label."""
    return {path.rpartition("__")[0] for path in getattr(model, "label_paths", ()) if "__" in path}


def links_read(model) -> set[str]:
    """The links that are followed to tell a row's label and whether it is public."""
    through = public_links(model)
    further = ({f"{name}__{link}" for link in links_read(linked_model(model, name))} for name in through)
    return links_named(model).union(through, *further)


def record_links(model) -> set[str]:
    """What tells a row's label, and the label and state of the record that it is a part of."""
    names = getattr(model, "owner", ())
    links = {name for name in names if model._meta.get_field(name).concrete}
    further = (f"{name}__{one}" for name in links for one in links_named(linked_model(model, name)))
    return links.union(links_named(model), further)


def joined(rows, links: Iterable[str]):
    """The rows with what stands at the end of these links; Django takes no links for all that there are."""
    links = set(filter(None, links))
    return rows.select_related(*links) if links else rows
