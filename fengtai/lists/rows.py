"""A list's rows read lean: SQL compiled once per table, values instead of instances.

django-tables2 spends nine tenths of a page's time on preparing each cell, and Django much of the rest on building the
same query again. Here the table's columns are compiled to two statements: one for the row's own columns, one for
all its linked records together. Both take the keys of the rows wanted, in their order.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from django.db import connection
from django.db.models import F

from fengtai.lists.columns import Column
from fengtai.lists.linked_rows import AMONG, HANDED, LinkedRows, compiled, expression, quoted
from fengtai.lists.many_columns import ManyColumn
from fengtai.lists.prepared import prepared_cursor

READERS = 256  # that are kept: staff choose the columns of their lists


class RowReader:
    """Reads a table's columns; what the database holds for each is its part: a tuple, or tuples of linked rows."""

    def __init__(self, table, columns: dict[str, Column], *, cited: bool = False):
        model = table.model()
        self.positions: list[tuple[int, slice | None]] = []  # where in the row each column's part is; None: linked rows
        self.makers: list[Callable] = []
        self.together: list[tuple[slice, Callable]] = []  # what makes a column's parts of all rows at once
        selects, many = [], {}
        for position, (name, column) in enumerate(columns.items()):
            if isinstance(column, ManyColumn):
                many[position] = column.related(model, name, cited=cited)
                self.positions.append((position, None))
                self.makers.append(_each(many[position].read))
                continue
            own = column.select(model, name)
            # The key comes first, and every value after it.
            self.positions.append((position, slice(len(selects) + 1, len(selects) + 1 + len(own))))
            self.makers.append(column.reader(model, name))
            if hasattr(column, "together"):
                self.together.append((self.positions[-1][1], column.together))
            selects += own
        sql, self.params = compiled(table.base(), [F("pk"), *map(expression, selects)])
        key = f"{quoted(model._meta.db_table)}.{quoted(model._meta.pk.column)}"
        self.sql = f"{sql} WHERE {key} {AMONG[connection.vendor]}"
        self.linked = LinkedRows(many) if many else None

    def read(self, keys: Iterable[int]) -> list[tuple[int, list]]:
        """Each row's key and the values of its columns, in the order of the keys; deleted rows are left out."""
        return [
            (key, [make(part) for make, part in zip(self.makers, parts, strict=True)])
            for key, parts in self.parts(keys)
        ]

    def parts(self, keys: Iterable[int]) -> Iterator[tuple[int, list]]:
        """The same as the database holds it."""
        keys = list(keys)
        rows, linked = self._fetch(keys) if keys else ({}, {})
        for key in keys:
            if row := rows.get(key):
                yield key, [row[part] if part else linked[position].get(key, ()) for position, part in self.positions]

    def columns(self, keys: list[int]) -> tuple[list[int], list[Sequence[Sequence]]]:
        """The same column by column: the keys found, and of each column a sequence per value that it is made of."""
        rows, linked = self._fetch(keys)
        found = [key for key in keys if key in rows]
        own = list(zip(*(rows[key] for key in found), strict=True))
        return found, [
            own[part] if part else [[linked[position].get(key, ()) for key in found]]
            for position, part in self.positions
        ]

    def _fetch(self, keys: list[int]) -> tuple[dict[int, tuple], dict[int, dict[int, list]]]:
        handed = HANDED[connection.vendor].format(",".join(map(str, keys)))
        with prepared_cursor() as cursor:
            cursor.execute(self.sql, [*self.params, handed])
            rows = self._made_together({row[0]: row for row in cursor.fetchall()})
            return rows, self.linked.read(cursor, handed) if self.linked else {}

    def _made_together(self, rows: dict[int, tuple]) -> dict[int, tuple]:
        for part, make in self.together:
            made = make([row[part] for row in rows.values()])
            pairs = zip(rows.items(), made, strict=True)
            rows = {key: (*row[: part.start], *parts, *row[part.stop :]) for (key, row), parts in pairs}
        return rows


def _each(read: Callable) -> Callable:
    return lambda rows: [read(parts) for parts in rows]


@lru_cache(READERS)
def row_reader(table, names: tuple[str, ...]) -> RowReader:
    """The compiled reader of some of a table's columns."""
    declared = table.declared()
    return RowReader(table, {name: declared[name] for name in names})
