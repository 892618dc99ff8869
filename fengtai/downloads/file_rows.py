"""A list's rows for files: some at a time and column by column, nothing made that no file shows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from fengtai.lists.rows import row_reader

# Rows read at a time. Measured: SQLite is quickest with what fits the processor's cache; PostgreSQL plans each
# statement anew, which costs as much as 250 rows do. The first rows come alone, so that a file begins at once.
BATCH = {"sqlite": 250, "postgresql": 1000}
FIRST = 100


@dataclass(frozen=True)
class Batch:
    """Some rows: their keys, and of each column of the table what the database holds, one sequence per value."""

    keys: list[int]
    selected: list[Sequence[Sequence]]

    def filled(self, fillers: list[Callable]) -> list:
        return [fill(selected) for fill, selected in zip(fillers, self.selected, strict=True)]


def batches(table, keys: Iterable[int]) -> Iterator[Batch]:
    """The rows of these keys in their order; what was deleted meanwhile is left out."""
    keys, size, reader = iter(keys), FIRST, row_reader(table, detail=True)
    while some := list(islice(keys, size)):
        batch = Batch(*reader.columns(some))
        if batch.keys:
            yield batch
        size = BATCH[connection.vendor]
