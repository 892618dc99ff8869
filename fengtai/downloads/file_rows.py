"""A list's rows for files: some at a time and column by column, nothing made that no file shows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from fengtai.lists.questions import Question
from fengtai.lists.rows import row_reader

# Rows read at a time. Measured: SQLite is quickest with what fits the processor's cache; PostgreSQL plans each
# statement anew, which costs as much as 250 rows do. The first rows come alone, so that a file begins at once.
BATCH = {"sqlite": 250, "postgresql": 1000}
FIRST = 100
FETCHED = 1000  # keys handed over at a time


@dataclass(frozen=True)
class Batch:
    """Some rows: their keys, and of each column of the table what the database holds, one sequence per value."""

    keys: list[int]
    selected: list[Sequence[Sequence]]

    def filled(self, fillers: list[Callable]) -> list:
        return [fill(selected) for fill, selected in zip(fillers, self.selected, strict=True)]


def read(page, question: Question) -> Iterator[Batch]:
    """The filtered rows in their order."""
    return batches(page.table, question.columns, _keys(question))


def batches(table, names: tuple[str, ...], keys: Iterable[int]) -> Iterator[Batch]:
    """The rows of these keys in their order; what was deleted meanwhile is left out."""
    keys, size, reader = iter(keys), FIRST, row_reader(table, names)
    while some := list(islice(keys, size)):
        batch = Batch(*reader.columns(some))
        if batch.keys:
            yield batch
        size = BATCH[connection.vendor]


def _keys(question: Question) -> Iterator[int]:
    """The keys in their order.

    PostgreSQL fills a server-side cursor before it returns any, so the first keys are read separately.
    """
    first = list(question.rows.values_list(*question.order.paths)[:FIRST])
    yield from (values[-1] for values in first)
    if len(first) == FIRST:
        last = question.order.cursor(first[-1])
        rest = question.order.beyond(question.matching, last, backwards=False)
        yield from rest.values_list("pk", flat=True).iterator(chunk_size=FETCHED)
