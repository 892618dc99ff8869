"""A list's rows read lean: SQL compiled once per table, values instead of instances.

django-tables2 spends nine tenths of a page on a cell's ceremony, and Django much of the rest on building the same
query anew. Here the table's columns are compiled to two statements: one for the row's own columns, one for all its
linked records together. Both take the keys of the rows wanted, in their order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from django.db import connection
from django.db.models import F

from fengtai.lists.many_columns import ManyColumn, Related

# A condition on keys that is the same text for any number of them, and how they are handed over.
AMONG = {"sqlite": "IN (SELECT value FROM json_each(%s))", "postgresql": "= ANY(%s::bigint[])"}
HANDED = {"sqlite": "[{}]", "postgresql": "{{{}}}"}


class RowReader:
    """Reads a table's columns; what the database holds for each is its part: a tuple, or tuples of linked rows."""

    def __init__(self, table, *, detail: bool):
        columns, model = table.declared(detail=detail), table.model()
        self.places: list[tuple[int, slice | None]] = []  # where in the row each column's part is; None: linked rows
        self.makers: list[Callable] = []
        selects, many = [], {}
        for position, (name, column) in enumerate(columns.items()):
            if isinstance(column, ManyColumn):
                many[position] = column.related(model, name)
                self.places.append((position, None))
                self.makers.append(_each(many[position].read))
                continue
            own = column.select(model, name)
            # The key comes first, and every value after it.
            self.places.append((position, slice(len(selects) + 1, len(selects) + 1 + len(own))))
            self.makers.append(column.reader(model, name))
            selects += own
        sql, self.params = _compiled(table.base(), [F("pk"), *map(_expression, selects)])
        key = f"{_quoted(model._meta.db_table)}.{_quoted(model._meta.pk.column)}"
        self.sql = f"{sql} WHERE {key} {AMONG[connection.vendor]}"
        self.linked = _Linked(many) if many else None

    def read(self, keys: Iterable[int]) -> list[tuple[int, list]]:
        """Each row's key and the values of its columns, in the order of the keys; what was deleted is left out."""
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
                yield key, [row[part] if part else linked[position].get(key, ()) for position, part in self.places]

    def columns(self, keys: list[int]) -> tuple[list[int], list[Sequence[Sequence]]]:
        """The same column by column: the keys found, and of each column a sequence per value that it is made of."""
        rows, linked = self._fetch(keys, together=False)
        found = [key for key in keys if key in rows]
        own = list(zip(*(rows[key] for key in found), strict=True))
        return found, [
            own[part] if part else [[linked[position].get(key, ()) for key in found]] for position, part in self.places
        ]

    def _fetch(self, keys: list[int], *, together: bool = True) -> tuple[dict[int, tuple], dict[int, dict[int, list]]]:
        handed = HANDED[connection.vendor].format(",".join(map(str, keys)))
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [*self.params, handed])
            rows = {row[0]: row for row in cursor.fetchall()}
            return rows, self.linked.read(cursor, handed, together=together) if self.linked else {}


def _each(read: Callable) -> Callable:
    return lambda rows: [read(parts) for parts in rows]


class _Linked:
    """The linked rows of every such column, in one statement; those of one owner are put in order here.

    Numbering them in SQL, so that a union of columns of all types can be ordered, costs twice what reading them does.
    """

    def __init__(self, many: dict[int, Related]):
        self.orders = {position: _Order(related) for position, related in many.items()}
        self.parts = {position: slice(len(related.parts)) for position, related in many.items()}
        width = max(len(related.parts) + len(related.order) for related in many.values())
        self.as_json = connection.vendor == "postgresql"
        statements = [_statement(position, related, width, self.as_json) for position, related in many.items()]
        self.sql = " UNION ALL ".join(sql for sql, _params in statements)
        self.params = [params for _sql, params in statements]
        self.apart = [_statement(position, related, width, False) for position, related in many.items()]

    def read(self, cursor, handed: str, *, together: bool) -> dict[int, dict[int, list[tuple]]]:
        """By the column's position and the owner's key, the parts of each linked row.

        Of very many rows PostgreSQL reads each column by itself: making JSON of them costs more than the statements.
        """
        found = {position: defaultdict(list) for position in self.parts}
        if self.as_json and not together:
            for sql, params in self.apart:
                cursor.execute(sql, [*params, handed])
                for row in cursor.fetchall():
                    found[row[0]][row[1]].append(row[2:])
        else:
            cursor.execute(self.sql, [param for params in self.params for param in (*params, handed)])
            for row in cursor.fetchall():
                found[row[0]][row[1]].append(tuple(row[2]) if self.as_json else row[2:])
        for position, owners in found.items():
            parts, order = self.parts[position], self.orders[position]
            for rows in owners.values():
                if len(rows) > 1:
                    order.sort(rows)
                rows[:] = [row[parts] for row in rows]
        return found


class _Order:
    """The order of one owner's linked rows, as the database would have it; what tells it follows the parts."""

    def __init__(self, related: Related):
        places = range(len(related.parts), len(related.parts) + len(related.order))
        self.keys = [(place, order.descending) for place, order in zip(places, related.order, strict=True)][::-1]
        self.empty_is_largest = connection.features.nulls_order_largest

    def sort(self, rows: list):
        for place, descending in self.keys:  # from the last to the first: sorting keeps what was equal as it was
            rows.sort(key=lambda row: ((row[place] is None) == self.empty_is_largest, row[place]), reverse=descending)


def _statement(position: int, related: Related, width: int, as_json: bool) -> tuple[str, list]:
    """One column's SELECT, which ends with the owners' keys. PostgreSQL unites equal types only, so it gets JSON."""
    model = related.rows.model
    parts = [*map(_expression, related.parts), *(order.expression for order in related.order)]
    sql, params = _compiled(related.rows, [F(related.owner), *parts])
    also = "AND" if related.rows.query.where else "WHERE"
    owner = f"{_quoted(model._meta.db_table)}.{_quoted(related.owner)}"
    if as_json:
        columns = f"c0, json_build_array({', '.join(f'c{number}' for number in range(1, len(parts) + 1))})"
    else:
        columns = "linked.*" + ", NULL" * (width - len(parts))
    return f"SELECT {position}, {columns} FROM ({sql} {also} {owner} {AMONG[connection.vendor]}) linked", list(params)


def _compiled(rows, selects) -> tuple[str, tuple]:
    names = {f"c{number}": select for number, select in enumerate(selects)}
    query = rows.order_by().annotate(**names).values_list(*names).query
    return query.get_compiler(connection=connection).as_sql()


def _expression(select):
    return F(select) if isinstance(select, str) else select


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@cache
def row_reader(table, *, detail: bool) -> RowReader:
    """The compiled reader of a table's columns; without those that only files and detail pages show."""
    return RowReader(table, detail=detail)
