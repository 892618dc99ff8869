"""Which record a row is a part of, by the links that its model names as its `owner`."""

from collections.abc import Iterable, Mapping

from django.contrib.contenttypes.models import ContentType

from fengtai.records.trail.stored import Row, by_model, slices


def tops(rows: Iterable[Row], known: Mapping[Row, Mapping]) -> dict[Row, Row]:
    """Of each row the record that it is a part of, by way of parts of parts; a record is its own.

    `known` holds values by column of rows that are not asked of the database, such as deleted ones.
    """
    found = {row: row for row in rows}
    open_ = {row for row in found.values() if _names_owner(row)}
    while open_:
        owners = _owners(open_, known)
        found = {row: owners.get(top, top) for row, top in found.items()}
        open_ = {owner for owner in owners.values() if _names_owner(owner)}
    return found


def owner_columns(model) -> list[str]:
    links = [model._meta.get_field(name) for name in model.owner]
    return [
        column
        for link in links
        for column in ([link.attname] if link.concrete else [f"{link.ct_field}_id", link.fk_field])
    ]


def _names_owner(row: Row) -> bool:
    return bool(getattr(row[0], "owner", ()))


def _owners(rows: Iterable[Row], known: Mapping[Row, Mapping]) -> dict[Row, Row]:
    found = {}
    for model, keys in by_model(rows).items():
        columns = owner_columns(model)
        for some in slices([key for key in keys if (model, key) not in known]):
            stored = model._base_manager.order_by().filter(pk__in=some).values("pk", *columns)
            found |= {(model, values["pk"]): _owner(model, values) for values in stored}
        found |= {(model, key): _owner(model, known[model, key]) for key in keys if (model, key) in known}
    return {row: owner for row, owner in found.items() if owner is not None}


def _owner(model, values: Mapping) -> Row | None:
    """The first of its links that is set."""
    for link in map(model._meta.get_field, model.owner):
        key = values[link.attname if link.concrete else link.fk_field]
        if key is not None:
            kind = None if link.concrete else ContentType.objects.get_for_id(values[f"{link.ct_field}_id"])
            return (kind.model_class() if kind else link.related_model), key
    return None
