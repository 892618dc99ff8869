"""What a column of a file can be said to be: every field of the list, and the parts that have a column of their own."""

from fengtai.importing.reading.derived_fields import PARTS
from fengtai.importing.reading.list_imports import SOURCES, ListImport
from fengtai.importing.reading.row_fields import Computed


def column_choices(declared: ListImport) -> list[tuple[str, str]]:
    """Where a column's cells go, as answers name it, and what that is called."""
    printed = dict(_printed(declared))
    fields = [field for field in declared.fields.values() if not isinstance(field, Computed)]
    named = [(field, part, f"{field.name}.{part}".rstrip(".")) for field in fields for part in field.parts]
    return [(where, printed.get(where) or _part_label(declared, field, part)) for field, part, where in named]


def _printed(declared: ListImport):
    """By the headings of the list's own downloads."""
    for name, column in declared.table.declared(detail=True).items():
        parts = PARTS.get(type(column))
        if parts and name in declared.fields:
            headings = column.headings(declared.table.label(name))
            yield from ((f"{name}.{part}".rstrip("."), text) for part, text in zip(parts, headings, strict=True))


def _part_label(declared: ListImport, field, part: str) -> str:
    """A part that no download has is called as clerks call it."""
    known = f"{field.name}.{part}" in SOURCES | declared.synonyms
    return f"{field.label} · {declared.heading_of(field.name, part) if known else part}" if part else field.label
