"""The pages of a list: how many rows each shows, how far rows are counted, which rows a page holds."""

from dataclasses import dataclass

from fengtai.lists.ordering import END

PAGE_SIZES = (25, 50, 100)
COUNTED = 1000  # rows that are counted; beyond them a list says "1000+"


def few() -> int:
    """From so many rows on, rows are many: their keys are neither all looked up nor written into statements.

    It must be more than COUNTED, or rows that were never looked up would be counted as if they had been.
    """
    return 2 * COUNTED


def count_label(count: int) -> str:
    """A number of rows, of which no more than one beyond COUNTED were counted."""
    return str(count) if count <= COUNTED else f"{COUNTED}+"


@dataclass(frozen=True)
class Window:
    """The keys of a page's rows, and the addresses of the pages before and after it."""

    keys: list[int]
    previous: str
    following: str


def window_of(question) -> Window:
    """The page that a question asks for: by its number, or by the row before or after it."""
    after, before, size = question.params.get("after", ""), question.params.get("before", ""), question.per_page
    if before:
        found = _values(question, question.order.beyond(question.matching, before, backwards=True))
        return _page(question, found[:size][::-1], earlier=len(found) > size, later=before != END)
    if after:
        found = _values(question, question.order.beyond(question.matching, after, backwards=False))
        return _page(question, found[:size], earlier=True, later=len(found) > size)
    start = (question.page - 1) * size
    found = _values(question, question.rows, start)
    return _page(question, found[:size], earlier=start > 0, later=len(found) > size)


def _values(question, rows, start: int = 0) -> list[tuple]:
    """One more row than the page shows, so that it is known whether another follows."""
    return list(rows.values_list(*question.order.paths)[start : start + question.per_page + 1])


def _page(question, values: list[tuple], *, earlier: bool, later: bool) -> Window:
    cursor, previous, following = question.order.cursor, "", ""
    if earlier and values:
        previous = question.address(before=cursor(values[0]), after=None)
    if later and values:
        following = question.address(after=cursor(values[-1]), before=None)
    return Window([row[-1] for row in values], previous, following)
