"""Names, pages and printed figures of the public rows of one model, whose parts go by the name of their owner."""

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import F

from fengtai.lists.linked_rows import AMONG, HANDED, compiled, quoted
from fengtai.records.fields import PrintedField
from fengtai.records.links import public_pages
from fengtai.records.models import Part


@dataclass(frozen=True)
class Named:
    """A row by the record whose page it stands on; `said` is what a part says beside that record's name."""

    name: str
    address: str
    said: str
    printed: dict[str, str]


def names_of(model, keys: set[int]) -> dict[int, Named]:
    """By key; rows that are not public are left out."""
    if not keys:
        return {}
    if not getattr(model, "list_name", "") and not _owner(model):
        rows = model.objects.public().filter(pk__in=keys)
        return {row.pk: Named(str(row), row.get_absolute_url(), "", {}) for row in rows}
    sql, params = _statement(model)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, HANDED[connection.vendor].format(",".join(map(str, keys)))])
        return {key: _named(model, *row) for key, *row in cursor.fetchall()}


def _named(model, page: int | str, *told) -> Named:
    owner = _owner(model)
    record = model._meta.get_field(owner).related_model if owner else model
    width = _width(record)
    name, rest = record.label(*told[:width]), told[width:]
    if owner:
        return Named(name, public_pages(record).address(page), _saying(model)[0].label(*rest), {})
    return Named(name, public_pages(model).address(page), "", dict(zip(_printed(model), rest, strict=True)))


@lru_cache
def _statement(model) -> tuple[str, tuple]:
    owner = _owner(model)
    if owner:
        record = model._meta.get_field(owner).related_model
        says, prefix = _saying(model)
        page = F(f"{owner}__{_addressed(record)}")
        columns = [page, *record.label_columns(f"{owner}__"), *says.label_columns(prefix)]
    else:
        columns = [F(_addressed(model)), *model.label_columns(""), *map(F, _printed(model))]
    rows = model.objects.public()
    sql, params = compiled(rows, [F("pk"), *columns])
    also = "AND" if rows.query.where else "WHERE"
    key = f"{quoted(model._meta.db_table)}.{quoted(model._meta.pk.column)}"
    return f"{sql} {also} {key} {AMONG[connection.vendor]}", tuple(params)


def _addressed(model) -> str:
    """The column that the addresses of its pages are made of."""
    return getattr(model, "addressed_by", "pk")


@lru_cache
def _width(model) -> int:
    """How many columns tell a label."""
    return len(model.label_columns(""))


@lru_cache
def _owner(model) -> str:
    """The link to the record whose page a part without one of its own stands on."""
    is_part = issubclass(model, Part) and not getattr(model, "list_name", "")
    return model.owner[0] if is_part else ""


def _saying(model) -> tuple[type, str]:
    """What tells a part from others of its owner: its own label, or the record that it names the owner on."""
    if {path.partition("__")[0] for path in model.label_paths} <= {field.name for field in model._meta.fields}:
        return model, ""
    link = model.public_through[0]
    return model._meta.get_field(link).related_model, f"{link}__"


@lru_cache
def _printed(model) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.concrete_fields if isinstance(field, PrintedField))
