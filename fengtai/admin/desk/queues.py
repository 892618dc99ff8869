"""What a queue is: a name, a title, whom it concerns, and the rows that wait in it, kind by kind.

The count on the desk, the card and the list page all come from these rows, so that they cannot differ.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fengtai.caching.store import remembered
from fengtai.lists.paging import NUMBERED


@dataclass(frozen=True)
class Group:
    """Rows of one kind. `sql` gives the key (`pk`) of each with `since`, the moment since or for which it waits.

    The statement is text: building a dozen of them from querysets would cost more than all else on the page.
    """

    name: str  # in the address of the queue's next page
    title: str | Promise
    model: type[Model]
    sql: str
    params: tuple = ()
    by_time: bool = False  # in the order of `since`; else in that in which they were made, which is cheaper
    is_urgent: bool = False
    is_kept: bool = True  # what it gives is remembered until the next write of a record; no sign-in is one
    notes: Callable[[list[Model]], dict[int, str]] = lambda rows: {}  # what is said beside each row, by its key

    @classmethod
    def of_rows(cls, name: str, title, rows: QuerySet, **more) -> "Group":
        """Of rows that are annotated with `since`."""
        try:
            sql, params = rows.order_by().values_list("pk", "since").query.sql_with_params()
        except EmptyResultSet:
            sql, params = "", ()  # nothing can be found
        return cls(name, title, rows.model, sql, params, **more)


DECIDE = _("Decide on many…")


@dataclass(frozen=True)
class Queue:
    """`groups` answers what waits for a user; nobody else but those `concerns` says yes to sees that it exists."""

    name: str  # in its address
    title: str | Promise
    help: str | Promise  # what is to be done about it
    concerns: Callable[[object], bool]
    groups: Callable[[object], list[Group]]
    is_urgent: bool = False
    is_ahead: bool = False  # its rows wait for a time to come, not since one
    shows_rows: bool = True  # on the desk; else how many of each kind
    act: str = ""  # the address, by its name, where many are dealt with at once
    act_words: str | Promise = DECIDE  # of the button that leads there


@dataclass(frozen=True)
class Standing:
    """How many rows of a group wait, counted no further than one beyond NUMBERED, and since when the first does."""

    group: Group
    count: int
    since: datetime | None


def standing(groups: list[Group]) -> list[Standing]:
    """Of each group that has any, in one statement."""
    parts, params = [], []
    for number, group in enumerate(groups):
        if not group.sql:
            continue
        parts.append(
            f"SELECT {number}, COUNT(*), MIN(since) FROM ({group.sql} LIMIT {NUMBERED + 1}) AS waiting_{number}"
        )
        params += group.params
    kept = all(group.is_kept for group in groups)
    found = asked(" UNION ALL ".join(parts), params, kept=kept) if parts else []
    return [Standing(groups[number], count, since) for number, count, since in sorted(found, key=_number) if count]


def asked(sql: str, params: Iterable, *, kept: bool) -> list[tuple]:
    """The rows of a statement; the last value of each is a moment."""
    params = [*params]
    return remembered(f"desk:{sql}:{params}", lambda: _asked(sql, params)) if kept else _asked(sql, params)


def _asked(sql: str, params: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [(*values, _moment(since)) for *values, since in cursor.fetchall()]


def _number(found: tuple) -> int:
    return found[0]


def _moment(value) -> datetime | None:
    """As the database gives it by itself: SQLite holds moments as texts, in UTC."""
    value = parse_datetime(value) if isinstance(value, str) else value
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time.min)
    return value if value is None or timezone.is_aware(value) else timezone.make_aware(value, UTC)
