"""Entries of acts that write no row of a record, and how all entries are made."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from fengtai.records.trail.acting import Act, Acting, Way, now_acting
from fengtai.records.trail.entries import LONGEST, TrailEntry

WAYS = {
    Act.EXPORTED: Way.EXPORT,
    **dict.fromkeys((Act.SIGNED_IN, Act.SIGNED_OUT, Act.SIGN_IN_FAILED, Act.LOCKED_OUT), Way.SIGN_IN),
    **dict.fromkeys((Act.ACCOUNT, Act.RIGHTS, Act.PASSWORD, Act.UNLOCKED), Way.ACCOUNTS),
    Act.REVEALED: Way.CONTACTS,
    Act.REDACTED: Way.REDACTION,
    Act.THROWN_AWAY: Way.BIN,
}  # in which an act is done wherever its button stands

__all__ = ["Act", "Way", "enter"]


def enter(
    act: Act,
    *,
    by=None,
    record: models.Model | None = None,
    why: str = "",
    said: dict[str, list] | None = None,
    way: Way | None = None,
    label: str = "",
) -> TrailEntry:
    """`said` holds old and new by the name of the field, as JSON keeps values; `label` is what is told instead of a
    record's name. By whoever acts, or is signed in, where nobody is named.
    """
    entry = entry_of(now_acting(), act, by=by, why=why)
    entry.way = way or WAYS.get(act, entry.way)
    if record is not None:
        entry.content_type = entry.record_type = ContentType.objects.get_for_model(record)
        entry.object_id = entry.record_id = record.pk
    entry.record_label = (label or str(record or ""))[:LONGEST]
    entry.old = {name: old for name, (old, _new) in (said or {}).items()}
    entry.new = {name: new for name, (_old, new) in (said or {}).items()}
    entry.save(force_insert=True)
    return entry


def entry_of(doing: Acting, act: Act, *, by=None, why: str = "") -> TrailEntry:
    """An entry that says who, why and in which way, and nothing yet of what."""
    by = by or doing.by
    name = by.get_full_name() or by.get_username() if by is not None else ""
    return TrailEntry(
        act=act, way=doing.way, by=by, by_name=name[:150], why=(why or doing.why)[:LONGEST], batch=doing.batch
    )
