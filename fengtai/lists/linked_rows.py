"""The linked rows of many rows, read at once: one statement for all columns that show several values."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from operator import itemgetter

from django.db import connection
from django.db.models import F, OrderBy
from django.db.models.sql import Query

from fengtai.lists.many_columns import Related

# A condition on keys that is the same text for any number of them, and how they are handed over.
AMONG = {"sqlite": "IN (SELECT value FROM json_each(%s))", "postgresql": "= ANY(%s::bigint[])"}
HANDED = {"sqlite": "[{}]", "postgresql": "{{{}}}"}
# What a slot is, for each type that PostgreSQL makes of it where it unites it with others of its kind.
WIDEST = {"varchar": "text", "smallint": "bigint", "integer": "bigint"}
TOLD = 2  # what a row tells before its parts: the column's position and the owner's key


class LinkedRows:
    """The linked rows of every such column, in one statement; those of one owner are put in order here.

    Numbering them in SQL, so that a union of columns of all types can be ordered, costs twice what reading them does.
    """

    def __init__(self, many: dict[int, Related]):
        selected = {position: _Selected(related) for position, related in many.items()}
        slots = _slots(one.types for one in selected.values())
        places = {position: _places(one.types, slots) for position, one in selected.items()}
        self.parts = {position: _taken(places[position][: len(many[position].parts)]) for position in many}
        self.orders = {
            position: _Order(related.order, places[position][len(related.parts) :])
            for position, related in many.items()
        }
        self.sql = " UNION ALL ".join(
            one.statement(position, places[position], slots) for position, one in selected.items()
        )
        self.params = [one.params for one in selected.values()]

    def read(self, cursor, handed: str) -> dict[int, dict[int, list[tuple]]]:
        """By the column's position and the owner's key, the parts of each linked row."""
        found = {position: defaultdict(list) for position in self.parts}
        cursor.execute(self.sql, [param for params in self.params for param in (*params, handed)])
        for row in cursor.fetchall():
            found[row[0]][row[1]].append(row)
        for position, owners in found.items():
            parts, order = self.parts[position], self.orders[position]
            for rows in owners.values():
                if len(rows) > 1:
                    order.sort(rows)
                rows[:] = map(parts, rows)
        return found


class _Order:
    """The order of one owner's linked rows, as the database would have it; what tells it follows the parts."""

    def __init__(self, order: list[OrderBy], places: list[int]):
        self.keys = [(place, by.descending) for place, by in zip(places, order, strict=True)][::-1]
        self.empty_is_largest = connection.features.nulls_order_largest
        self.ways = {by.descending for by in order}
        self.values = itemgetter(*places) if places else None

    def sort(self, rows: list) -> None:
        if len(self.ways) == 1:
            with suppress(TypeError):  # where one of them lacks a value
                rows.sort(key=self.values, reverse=True in self.ways)
                return
        for position, descending in self.keys:  # from the last to the first: sorting keeps what was equal as it was
            rows.sort(
                key=lambda row: ((row[position] is None) == self.empty_is_largest, row[position]), reverse=descending
            )


class _Selected:
    """What one column's rows are made of: the owner's key, the parts, and what tells their order."""

    def __init__(self, related: Related):
        selects = [*map(expression, related.parts), *(order.expression for order in related.order)]
        query = selecting(related.rows, [F(related.owner), *selects])
        sql, self.params = query.get_compiler(connection=connection).as_sql()
        model = related.rows.model
        owner = f"{quoted(model._meta.db_table)}.{quoted(related.owner)}"
        also = "AND" if related.rows.query.where else "WHERE"
        self.sql = f"{sql} {also} {owner} {AMONG[connection.vendor]}"
        self.types = [_type(query.annotation_select[f"c{number}"]) for number in range(1, len(selects) + 1)]

    def statement(self, position: int, places: list[int], slots: list[str]) -> str:
        """The SELECT, which ends with the owners' keys and leaves empty the slots that it has no use for."""
        columns = [f"NULL::{slot}" if slot else "NULL" for slot in slots]
        for number, place in enumerate(places, 1):
            columns[place - TOLD] = f"c{number}"
        return f"SELECT {', '.join([str(position), 'c0', *columns])} FROM ({self.sql}) linked"


def _type(select) -> str:
    """What a slot has to be to take it. PostgreSQL unites equal types alone, and SQLite, which knows none, any."""
    if connection.vendor != "postgresql":
        return ""
    named = select.output_field.db_type(connection).partition("(")[0]
    return WIDEST.get(named, named)


def _slots(columns: Iterable[list[str]]) -> list[str]:
    """The types of the fewest slots in which each column's parts find room."""
    most = Counter()
    for types in columns:
        most |= Counter(types)
    return list(most.elements())


def _places(types: list[str], slots: list[str]) -> list[int]:
    """Where in a row each part stands: in the first slot of its type that is free."""
    free = list(enumerate(slots, TOLD))
    places = []
    for one in types:
        found = next(slot for slot in free if slot[1] == one)
        free.remove(found)
        places.append(found[0])
    return places


def _taken(places: list[int]) -> Callable[[tuple], tuple]:
    return itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)


def selecting(rows, selects) -> Query:
    """The query of these expressions alone, named c0, c1 and so on."""
    names = {f"c{number}": select for number, select in enumerate(selects)}
    return rows.order_by().annotate(**names).values_list(*names).query


def compiled(rows, selects) -> tuple[str, tuple]:
    return selecting(rows, selects).get_compiler(connection=connection).as_sql()


def expression(select):
    return F(select) if isinstance(select, str) else select


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
