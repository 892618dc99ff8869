"""A list's rows read lean: SQL compiled once per table, values instead of instances.

django-tables2 spends nine tenths of a page on a cell's ceremony, and Django much of the rest on building the same
query anew. Here the table's columns are compiled to two statements: one for the row's own columns, one for all its
linked records together. Both take the keys of the rows wanted, in their order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from django.db import connection
from django.db.models import F, TextField, Window
from django.db.models.functions import Cast, RowNumber

from fengtai.many_columns import ManyColumn, Related

KEYS = "/* keys */"


class RowReader:
    """Reads the values of a table's columns; `names` are the columns in their order."""

    def __init__(self, table, *, detail: bool):
        self.names = list(table.declared(detail=detail))
        columns = table.declared(detail=detail)
        model = table.model()
        self.readers: list[tuple[slice, Callable] | None] = []
        selects, self.many = [], {}
        for position, (name, column) in enumerate(columns.items()):
            if isinstance(column, ManyColumn):
                self.many[position] = column.related(model, name)
                self.readers.append(None)
                continue
            own = column.select(model, name)
            # The key comes first, and every value after it.
            self.readers.append((slice(len(selects) + 1, len(selects) + 1 + len(own)), column.reader(model, name)))
            selects += own
        self.sql, self.params = _compiled(table.base(), [F("pk"), *map(_expression, selects)])
        self.key = f"{_quoted(model._meta.db_table)}.{_quoted(model._meta.pk.column)}"
        self.union = _Union(self.many, self.key) if self.many else None

    def read(self, keys: Iterable[int]) -> list[tuple[int, list]]:
        """Each row's key and the values of its columns, in the order of the keys."""
        keys = list(keys)
        if not keys:
            return []
        with connection.cursor() as cursor:
            cursor.execute(f"{self.sql} WHERE {self.key} IN ({_marks(keys)})", [*self.params, *keys])
            rows = {values[0]: values for values in cursor.fetchall()}
            linked = self.union.read(cursor, keys) if self.union else {}
        return [(key, self._values(rows[key], linked)) for key in keys if key in rows]

    def _values(self, row: tuple, linked: dict) -> list:
        key = row[0]
        return [
            linked.get((position, key), []) if reader is None else reader[1](row[reader[0]])
            for position, reader in enumerate(self.readers)
        ]


class _Union:
    """The linked rows of every such column, in one statement."""

    def __init__(self, many: dict[int, Related], key: str):
        self.read_parts = {position: (related.read, len(related.parts)) for position, related in many.items()}
        width = max(len(related.parts) for related in many.values())
        self.statements = [_statement(position, related, width, key) for position, related in many.items()]

    def read(self, cursor, keys: list[int]) -> dict[tuple[int, int], list]:
        marks, params = _marks(keys), []
        for _sql, own in self.statements:
            params += [*own, *keys]
        cursor.execute(
            " UNION ALL ".join(sql.replace(KEYS, marks) for sql, _own in self.statements) + " ORDER BY 1, 2, 3", params
        )
        found = defaultdict(list)
        for position, owner, _order, *parts in cursor.fetchall():
            read, width = self.read_parts[position]
            found[position, owner].append(read(tuple(parts[:width])))
        return found


def _statement(position: int, related: Related, width: int, key: str) -> tuple[str, list]:
    """One column's SELECT, every part as text so that all columns fit one UNION; KEYS stands for the owners' keys."""
    model = related.rows.model
    owner = key if related.owner == "pk" else f"{_quoted(model._meta.db_table)}.{_quoted(related.owner)}"
    number = Window(RowNumber(), partition_by=F(related.owner), order_by=related.order)
    parts = [Cast(_expression(part), TextField()) for part in related.parts]
    sql, params = _compiled(related.rows, [F(related.owner), number, *parts])
    nothing = ", NULL" * (width - len(parts))
    return f"SELECT {position}, linked.*{nothing} FROM ({sql} AND {owner} IN ({KEYS})) linked", list(params)


def _compiled(rows, selects) -> tuple[str, tuple]:
    names = {f"c{number}": select for number, select in enumerate(selects)}
    query = rows.order_by().annotate(**names).values_list(*names).query
    return query.get_compiler(connection=connection).as_sql()


def _expression(select):
    return F(select) if isinstance(select, str) else select


def _marks(keys: list) -> str:
    return ", ".join(["%s"] * len(keys))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@cache
def row_reader(table, *, detail: bool) -> RowReader:
    """The compiled reader of a table's columns; without those that only files and detail pages show."""
    return RowReader(table, detail=detail)
