"""The linked rows of many rows, read at once: one statement for all columns that show several values."""

from collections import defaultdict

from django.db import connection
from django.db.models import F

from fengtai.lists.many_columns import Related

# A condition on keys that is the same text for any number of them, and how they are handed over.
AMONG = {"sqlite": "IN (SELECT value FROM json_each(%s))", "postgresql": "= ANY(%s::bigint[])"}
HANDED = {"sqlite": "[{}]", "postgresql": "{{{}}}"}
TOLD = 2  # what a row tells before its parts: the column's position and the owner's key


class LinkedRows:
    """The linked rows of every such column, in one statement; those of one owner are put in order here.

    Numbering them in SQL, so that a union of columns of all types can be ordered, costs twice what reading them does.
    """

    def __init__(self, many: dict[int, Related]):
        self.orders = {position: _Order(related) for position, related in many.items()}
        self.parts = {position: slice(TOLD, TOLD + len(related.parts)) for position, related in many.items()}
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
                    found[row[0]][row[1]].append(row)
        else:
            cursor.execute(self.sql, [param for params in self.params for param in (*params, handed)])
            for row in cursor.fetchall():
                found[row[0]][row[1]].append((*row[:TOLD], *row[TOLD]) if self.as_json else row)
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
        start = TOLD + len(related.parts)
        self.keys = [(start + place, order.descending) for place, order in enumerate(related.order)][::-1]
        self.empty_is_largest = connection.features.nulls_order_largest

    def sort(self, rows: list):
        for position, descending in self.keys:  # from the last to the first: sorting keeps what was equal as it was
            rows.sort(
                key=lambda row: ((row[position] is None) == self.empty_is_largest, row[position]), reverse=descending
            )


def _statement(position: int, related: Related, width: int, as_json: bool) -> tuple[str, list]:
    """One column's SELECT, which ends with the owners' keys. PostgreSQL unites equal types only, so it gets JSON."""
    model = related.rows.model
    parts = [*map(expression, related.parts), *(order.expression for order in related.order)]
    sql, params = compiled(related.rows, [F(related.owner), *parts])
    also = "AND" if related.rows.query.where else "WHERE"
    owner = f"{quoted(model._meta.db_table)}.{quoted(related.owner)}"
    if as_json:
        columns = f"c0, json_build_array({', '.join(f'c{number}' for number in range(1, len(parts) + 1))})"
    else:
        columns = "linked.*" + ", NULL" * (width - len(parts))
    return f"SELECT {position}, {columns} FROM ({sql} {also} {owner} {AMONG[connection.vendor]}) linked", list(params)


def compiled(rows, selects) -> tuple[str, tuple]:
    names = {f"c{number}": select for number, select in enumerate(selects)}
    query = rows.order_by().annotate(**names).values_list(*names).query
    return query.get_compiler(connection=connection).as_sql()


def expression(select):
    return F(select) if isinstance(select, str) else select


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
