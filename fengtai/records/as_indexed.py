"""Conditions told in the very words of a partial index, by which databases know it again: no parameters in them."""

from django.db.models import BooleanField, Func
from django.db.models.functions import Now


class AsIndexed(Func):
    """SQL with a place in braces for each column: `AsIndexed("{} <> 'published'", "state")`."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, sql: str, *columns: str, **extra):
        self.sql = sql
        super().__init__(*columns, **extra)

    def as_sql(self, compiler, connection, **extra):
        columns = [compiler.compile(column)[0] for column in self.get_source_expressions()]
        return f"({self.sql.format(*columns)})", []


def not_public() -> AsIndexed:
    """The few records that are not published."""
    return AsIndexed("{} <> 'published'", "state")


def hidden_rows(model) -> list:
    """The few records of a model that are not public, as two querysets, each of which a partial index answers."""
    rows = model._base_manager.order_by()
    return [rows.filter(not_public()), rows.filter(publish_at__gt=Now())]
