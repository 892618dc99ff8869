"""The pages of a list: how many rows each shows, how far rows are counted, which rows a page holds."""

from dataclasses import dataclass

from fengtai.lists.ordering import END

PAGE_SIZES = (25, 50, 100)
COUNTED = 20_000  # rows that are counted; beyond them a list says "20,000+"
NUMBERED = 1000  # rows whose pages have a number; of words that all hold a page shows no more; the desk counts so far
FEW = 2000  # from so many rows on, rows are many: their keys are neither all looked up nor written into statements
HEAVY = 1000  # a file of more rows needs a turn among the reader's heavy downloads


def count_label(count: int, most: int | None = None) -> str:
    """A number of rows, of which no more than one beyond `most` (COUNTED, unless it is said) were counted."""
    most = COUNTED if most is None else most
    return f"{count:,}" if count <= most else f"{most:,}+"


def waiting_label(count: int) -> str:
    """Of what is counted no further than pages are numbered, such as what waits on the desk."""
    return count_label(count, NUMBERED)


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
