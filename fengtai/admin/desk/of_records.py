"""Queues of what the records themselves say: what is doubtful or was not read, and what nobody verified for long."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.admin.desk.kinds import kept_by, rows_where, sees_any, theirs
from fengtai.admin.desk.queues import Group, Queue
from fengtai.admin.desk.through_records import loose_parts, parts_of, where_few, where_loose, where_many
from fengtai.importing.taking.rights import may_view
from fengtai.records.fields import PrintedField
from fengtai.records.kept import Kept
from fengtai.records.models import Record
from fengtai.records.rare_indexes import RARE
from fengtai.records.unread_rows import unread_sql


def _doubtful_or_unread(model) -> list[str]:
    doubt = RARE["doubtful"][1] if issubclass(model, Kept) else ""
    return [said for said in (doubt, unread_sql(model)) if said]


def _doubtful(user) -> list[Group]:
    """Withdrawn records are settled."""
    found = []
    for model in kept_by(user):
        where = f"state <> 'withdrawn' AND {where_few(model, _doubtful_or_unread)}"
        found.append(theirs(user, rows_where(model, where, notes=partial(_said, model))))
    for part in (part for part in loose_parts() if may_view(user, part)):
        where = where_loose(part, _doubtful_or_unread)
        found.append(theirs(user, rows_where(part, where, notes=partial(_said, part))))
    return found


def _said(model, rows: list) -> dict[int, str]:
    """What is doubtful, of the row or else of the first of its parts: one statement for each kind of part."""
    found = {row.pk: said for row in rows if (said := _why(row))}
    for part, column, _empty in parts_of(model) if issubclass(model, Record) else ():
        lacking = [row.pk for row in rows if row.pk not in found]
        condition = " OR ".join(_doubtful_or_unread(part))
        if lacking and condition:
            link = next(field for field in part._meta.concrete_fields if field.column == column)
            doubtful = part._base_manager.order_by("pk").filter(**{f"{link.attname}__in": lacking})
            for row in doubtful.extra(where=[condition]):
                found.setdefault(getattr(row, link.attname), f"{part._meta.verbose_name}{_(': ')}{_why(row)}")
    return found


def _why(row: Model) -> str:
    told = _("%(field)s “%(text)s” is not read yet.")
    fields = [field for field in row._meta.concrete_fields if isinstance(field, PrintedField)]
    fields = [field for field in fields if getattr(getattr(row, field.name), "is_unread", False)]
    unread = [told % {"field": field.verbose_name, "text": getattr(row, field.name)} for field in fields]
    return " ".join([*filter(None, [getattr(row, "doubt", "")]), *unread])


def _unverified(user) -> list[Group]:
    last = (timezone.localdate() - timedelta(days=settings.DESK_UNVERIFIED_DAYS)).isoformat()

    def unchecked(model) -> list[str]:
        return [f"checked_on IS NULL OR checked_on < '{last}'"] if issubclass(model, Kept) else []

    since = "COALESCE(checked_on, created_at)"
    return [
        theirs(user, rows_where(model, f"state = 'published' AND {where_many(model, unchecked)}", since=since))
        for model in kept_by(user)
    ]


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
        gettext_lazy("Published, and never checked against the source, or not for half a year."),
        sees_any,
        _unverified,
        shows_rows=False,
    ),
)
