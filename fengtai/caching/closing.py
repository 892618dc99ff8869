"""When what is kept goes out of date though nothing is written."""

from datetime import UTC, datetime, time, timedelta
from functools import cache as once

from django.apps import apps
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.dateparse import parse_datetime


def next_closing() -> datetime:
    """The end of the first embargo, or of the day."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return min([timezone.make_aware(datetime.combine(tomorrow, time.min)), *_embargoes()])


def _embargoes() -> list[datetime]:
    """When embargoed records become public, by the database's clock."""
    sql, params = _statement(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [_moment(found) for (found,) in cursor.fetchall()]


@once
def _statement(vendor: str) -> tuple[str, tuple]:
    """Compiled once: it is asked after every write of a record."""
    first, *others = (
        model._base_manager.order_by().filter(publish_at__gt=Now()).values_list("publish_at", flat=True)
        for model in apps.get_models()
        if _has_embargoes(model)
    )
    return first.union(*others).query.sql_with_params()


def _moment(found) -> datetime:
    """SQLite gives the text of a moment, in UTC."""
    found = parse_datetime(found) if isinstance(found, str) else found
    return found if timezone.is_aware(found) else timezone.make_aware(found, UTC)


def _has_embargoes(model) -> bool:
    """Records themselves; their histories hold the same column."""
    names = {field.name for field in model._meta.local_concrete_fields}
    return "publish_at" in names and "history_id" not in names
