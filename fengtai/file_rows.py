"""A list's rows read for files: a batch at a time and column by column, nothing made that no file shows.

Linked rows come from one statement per column, in their order; a page, which has few rows, asks for all in one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from django.db import connection
from django.db.models import F

from fengtai.many_columns import ManyColumn, Related

# Rows read at a time. Measured: SQLite is quickest with what fits the processor's cache; PostgreSQL plans each
# statement anew, which costs as much as 250 rows do. The first rows come alone, so that a file begins at once.
BATCH = {"sqlite": 250, "postgresql": 1000}
FIRST = 100
# A condition on keys that is the same text for any number of them, and how they are handed over.
AMONG = {"sqlite": "IN (SELECT value FROM json_each(%s))", "postgresql": "= ANY(%s::bigint[])"}
HANDED = {"sqlite": "[{}]", "postgresql": "{{{}}}"}


@dataclass(frozen=True)
class Batch:
    """Some rows: their keys, and of each column of the table what the database holds, one sequence per value."""

    keys: list[int]
    selected: list[Sequence[Sequence]]

    def filled(self, fillers: list[Callable]) -> list:
        return [fill(selected) for fill, selected in zip(fillers, self.selected, strict=True)]


class FileReader:
    """The statements that read all columns of a table, compiled once."""

    def __init__(self, table):
        model, columns = table.model(), table.declared()
        key = f"{_quoted(model._meta.db_table)}.{_quoted(model._meta.pk.column)}"
        self.places: list[slice | _Linked] = []  # of each column: where in a row it stands, or what reads it
        selects = [F("pk")]
        for name, column in columns.items():
            if isinstance(column, ManyColumn):
                self.places.append(_Linked(column.related(model, name)))
                continue
            own = [F(select) if isinstance(select, str) else select for select in column.select(model, name)]
            self.places.append(slice(len(selects), len(selects) + len(own)))
            selects += own
        sql, self.params = _compiled(table.base().order_by(), selects)
        self.sql = f"{sql} WHERE {key} {AMONG[connection.vendor]}"

    def batches(self, keys: Iterable[int]) -> Iterator[Batch]:
        """The rows of these keys in their order; what was deleted meanwhile is left out."""
        for some in _groups(keys):
            handed = HANDED[connection.vendor].format(",".join(map(str, some)))
            with connection.cursor() as cursor:
                cursor.execute(self.sql, [*self.params, handed])
                rows = {row[0]: row for row in cursor.fetchall()}
                if found := [key for key in some if key in rows]:
                    own = list(zip(*(rows[key] for key in found), strict=True))
                    yield Batch(found, [self._selected(place, own, cursor, handed, found) for place in self.places])

    def _selected(self, place, own: list[tuple], cursor, handed: str, keys: list[int]) -> list[Sequence]:
        return own[place] if isinstance(place, slice) else [place.read(cursor, handed, keys)]


class _Linked:
    """The linked rows of one column in their order, each as its owner's key and its parts."""

    def __init__(self, related: Related):
        owner = f"{_quoted(related.rows.model._meta.db_table)}.{_quoted(related.owner)}"
        sql, self.params = _compiled(related.rows.order_by(*related.order), [F(related.owner), *related.parts])
        before, _, order = sql.rpartition(" ORDER BY ")
        also = "AND" if related.rows.query.where else "WHERE"
        self.sql = f"{before} {also} {owner} {AMONG[connection.vendor]} ORDER BY {order}"

    def read(self, cursor, handed: str, keys: list[int]) -> list[Sequence[tuple]]:
        """Of each owner, its linked rows."""
        cursor.execute(self.sql, [*self.params, handed])
        found = defaultdict(list)
        for row in cursor.fetchall():
            found[row[0]].append(row)
        return [found.get(key, ()) for key in keys]


def _compiled(rows, selects) -> tuple[str, tuple]:
    names = {f"c{number}": select for number, select in enumerate(selects)}
    return rows.annotate(**names).values_list(*names).query.get_compiler(connection=connection).as_sql()


def _groups(keys: Iterable[int]) -> Iterator[list[int]]:
    keys, size = iter(keys), FIRST
    while some := list(islice(keys, size)):
        yield some
        size = BATCH[connection.vendor]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@cache
def file_reader(table) -> FileReader:
    return FileReader(table)
