"""Rows one by one, with a look at those that come next."""

from collections import deque
from collections.abc import Iterator

from fengtai.workbooks.headings import Row

FARTHEST = 20  # rows that are held at most, blank ones included


class LookingAhead:
    def __init__(self, rows: Iterator[Row]):
        self._rows = rows
        self._ahead: deque[Row] = deque()

    def take(self) -> Row | None:
        return self._ahead.popleft() if self._ahead else next(self._rows, None)

    def below(self) -> Iterator[Row]:
        """The filled rows that come next, which stay to be taken."""
        for index in range(FARTHEST):
            if index == len(self._ahead):
                if (row := next(self._rows, None)) is None:
                    return
                self._ahead.append(row)
            if self._ahead[index][1]:
                yield self._ahead[index]
