"""Queues of what the records themselves say: what is doubtful or was not read, and what nobody verified for long."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.admin.desk.kinds import LAST_CHECKED, LAST_WRITTEN, group_of, kept_by, sees_any
from fengtai.admin.desk.queues import Group, Queue
from fengtai.admin.desk.through_records import loose_parts, loose_rows, parts_of, records, rows_reached, rows_with
from fengtai.records.kept import Kept
from fengtai.records.models import Record
from fengtai.records.rare_indexes import RARE, printed_fields, unread_condition
from fengtai.review.scope import in_scope


def _doubtful_or_unread(model) -> str:
    doubt = RARE["doubtful"][1] if issubclass(model, Kept) else ""
    return " OR ".join(filter(None, [doubt, unread_condition(model)]))


def _doubtful(user) -> list[Group]:
    """Withdrawn records are settled."""
    found = []
    for model in kept_by(user):
        rows = in_scope(user, rows_with(model, _doubtful_or_unread).exclude(state=Record.State.WITHDRAWN))
        found.append(group_of(rows, LAST_WRITTEN, notes=partial(_said, model)))
    for part in kept_by(user, loose_parts()):
        rows = in_scope(user, loose_rows(part, _doubtful_or_unread))
        found.append(group_of(rows, LAST_WRITTEN, notes=partial(_said, part)))
    return found


def _said(model, rows: list) -> dict[int, str]:
    """What is doubtful, of the row or else of the first of its parts: one statement for each kind of part."""
    found = {row.pk: said for row in rows if (said := _why(row))}
    for part, column, _empty in parts_of(model) if issubclass(model, Record) else ():
        lacking = [row.pk for row in rows if row.pk not in found]
        condition = _doubtful_or_unread(part)
        if lacking and condition:
            link = next(field for field in part._meta.concrete_fields if field.column == column)
            doubtful = part._base_manager.order_by("pk").filter(**{f"{link.attname}__in": lacking})
            for row in doubtful.extra(where=[condition]):
                found.setdefault(getattr(row, link.attname), f"{part._meta.verbose_name}{_(': ')}{_why(row)}")
    return found


def _why(row: Model) -> str:
    unread = [field for field in printed_fields(type(row)) if field.is_unread(getattr(row, field.name))]
    told = [_("%(field)s “%(text)s” is not read yet.") for _field in unread]
    said = [one % {"field": f.verbose_name, "text": getattr(row, f.name)} for one, f in zip(told, unread, strict=True)]
    return " ".join([*filter(None, [getattr(row, "doubt", "")]), *said])


def _unchecked(model, *, only: Callable | None = None) -> str:
    return "checked_on IS NULL OR checked_on < %s" if issubclass(model, Kept) else ""


def _unverified(user) -> list[Group]:
    last = timezone.localdate() - timedelta(days=settings.DESK_UNVERIFIED_DAYS)
    kept = [model for model in kept_by(user) if model in records()]
    found = []
    for model in kept:
        rows = rows_reached(model, _unchecked, [last]).filter(state=Record.State.PUBLISHED)
        found.append(group_of(in_scope(user, rows), LAST_CHECKED))
    return found


OF_RECORDS = (
    Queue(
        "doubtful",
        gettext_lazy("Doubtful and unread"),
        gettext_lazy("Something is uncertain, or a figure is kept as printed because nobody could read it."),
        sees_any,
        _doubtful,
        shows_rows=False,
    ),
    Queue(
        "unverified",
        gettext_lazy("Unverified for long"),
        gettext_lazy("Published, and not checked against the source for %(days)d days, or never.")
        ,
        sees_any,
        _unverified,
        shows_rows=False,
    ),
)
