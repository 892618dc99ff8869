"""The rows of a queue as people read them: what it is, since when it waits, and where it is dealt with."""

from dataclasses import dataclass
from datetime import UTC, datetime

from axes.models import AccessAttempt
from django.db import connection
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fengtai.admin.desk.queues import Group, asked
from fengtai.admin.guards.keys import is_key
from fengtai.admin.review.targets import address_of
from fengtai.admin.standing import address_of_row
from fengtai.records.batches import ImportBatch
from fengtai.records.models import Record
from fengtai.records.paths import joined, links_named
from fengtai.review.accounts.lockouts import Kind
from fengtai.review.corrections.models import Correction
from fengtai.review.pending import PendingChange


@dataclass(frozen=True)
class Line:
    group: Group
    name: str
    address: str
    since: datetime | None
    note: str = ""

    @property
    def is_late(self) -> bool:
        return self.since is not None and self.since < timezone.now()


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    following: str = ""  # from where the next page starts


def page_of(groups: list[Group], *, size: int, after: str = "") -> Page:
    """The rows from a place on: a group's name with the key, and the moment, that the page before ended with."""
    name, _sign, place = after.partition("~")
    start = next((number for number, group in enumerate(groups) if group.name == name), 0)
    found: list[tuple[Group, int, datetime]] = []
    for number, group in enumerate(groups[start:]):
        beyond, params = _beyond(group, place) if number == 0 and after else ("", ())
        order = "since, pk" if group.by_time else "pk"
        sql = f"SELECT pk, since FROM ({group.sql}) AS waiting {beyond} ORDER BY {order} LIMIT {size + 1 - len(found)}"
        found += [(group, *values) for values in asked(sql, (*group.params, *params), kept=group.is_kept)]
        if len(found) > size:
            last = found[size - 1]
            return Page(_lines(found[:size]), f"{last[0].name}~{last[1]}~{last[2].astimezone(UTC).isoformat()}")
    return Page(_lines(found))


def _beyond(group: Group, place: str) -> tuple[str, tuple]:
    """From the start where the place cannot be read."""
    key, _sign, said = place.partition("~")
    if not is_key(key):
        return "", ()
    if not group.by_time:
        return "WHERE pk > %s", (int(key),)
    try:
        since = parse_datetime(said)
    except ValueError:
        since = None
    if since is None or timezone.is_naive(since):
        return "", ()
    since = connection.ops.adapt_datetimefield_value(since)
    return "WHERE since > %s OR (since = %s AND pk > %s)", (since, since, int(key))


def _lines(found: list[tuple]) -> list[Line]:
    """A few statements for each kind, whatever the number of its rows."""
    lines = []
    for group in dict.fromkeys(group.name for group, _key, _since in found):
        own = [(one, key, since) for one, key, since in found if one.name == group]
        rows = _rows(own[0][0], [key for _group, key, _since in own])
        notes = own[0][0].notes([*rows.values()])
        for one, key, since in own:
            if key in rows:  # else it went away between two statements
                lines.append(Line(one, name_of(rows[key], one), address(rows[key]), since, notes.get(key, "")))
    return lines


def _rows(group: Group, keys: list[int]) -> dict[int, Model]:
    links = ["author", "batch"] if group.model is PendingChange else links_named(group.model)
    return {row.pk: row for row in joined(group.model._base_manager.order_by(), links).filter(pk__in=keys)}


def name_of(row: Model, group: Group) -> str:
    if isinstance(row, AccessAttempt):
        return (row.ip_address if group.name == Kind.ADDRESS else row.username) or "—"
    return row.file_name if isinstance(row, ImportBatch) else str(row)


def address(row: Model) -> str:
    """Where something can be done about it."""
    if isinstance(row, PendingChange) or (isinstance(row, Record) and row.state == Record.State.REVIEW):
        return address_of(row)
    if isinstance(row, Correction):
        return reverse("correction_of_staff", args=[row.pk])
    if isinstance(row, ImportBatch):
        return reverse("admin:import_batch", args=[row.uuid])
    return reverse("admin:auth_user_locked") if isinstance(row, AccessAttempt) else address_of_row(row)
