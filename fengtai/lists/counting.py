"""How many rows each of many choices leaves: counted in one statement, no further than each choice's first holders."""

from collections.abc import Hashable

from django.core.exceptions import EmptyResultSet
from django.db import connection

from fengtai.lists import paging
from fengtai.lists.choices import Rows

NONE = "SELECT NULL AS holder WHERE 1 = 0"


class Counter:
    """Gathers the choices to be counted among some rows; `among` is None where all rows count."""

    def __init__(self, among):
        self.left, self.among = "COUNT(*)", ()
        if among is not None:
            key = f"{connection.ops.quote_name(among.model._meta.db_table)}.id"
            sql, self.among = _compiled(among.order_by().extra(where=[f"{key} = held.holder"]).values("pk"))
            self.left = f"COUNT(CASE WHEN EXISTS({sql}) THEN 1 END)"
        self.names: list[Hashable] = []
        self.statements: list[str] = []
        self.params: list = []

    def add(self, name: Hashable, holders) -> None:
        """A choice, and the keys of the rows that hold it (`Choices.holders_of`)."""
        sql, params = _compiled(holders[: paging.FEW])
        self.statements.append(f"SELECT {len(self.names)}, COUNT(*), {self.left} FROM ({sql}) held")
        self.params += [*self.among, *params]
        self.names.append(name)

    def counted(self) -> dict[Hashable, Rows]:
        if not self.names:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(self.statements), self.params)
            return {self.names[number]: Rows(left, held >= paging.FEW) for number, held, left in cursor.fetchall()}


def _compiled(rows) -> tuple[str, tuple]:
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return NONE, ()


def counted(choice, options: list[tuple[str, object]], among) -> dict[str, Rows]:
    """How many of some rows hold each of these options of a choice."""
    counter = Counter(among)
    for code, value in options:
        counter.add(code, choice.holders_of(value))
    return counter.counted()
