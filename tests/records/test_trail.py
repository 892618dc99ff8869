"""The trail holds every write once, and nobody changes or deletes what it holds."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from fengtai.records.trail.entering import Act, Way
from fengtai.records.trail.entries import TrailEntry
from fengtai.records.trail.guarding import enough_days
from tests import factories

pytestmark = pytest.mark.django_db


def refused(statement: str, *values) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        return "never changed or deleted" in str(error)
    return False


def aged(days: int) -> TrailEntry:
    entry = TrailEntry(act=Act.SIGNED_IN, way=Way.SIGN_IN, at=timezone.now() - timedelta(days=days))
    entry.save(force_insert=True)
    return entry


def test_the_database_lets_nobody_change_or_delete_an_entry():
    factories.organisation()
    entry = TrailEntry.objects.get()
    table, now = TrailEntry._meta.db_table, timezone.now()
    tried = [
        (f"UPDATE {table} SET why = 'x'",),
        (f"UPDATE {table} SET by_id = 7, redacted_at = %s", now),
        (f"UPDATE {table} SET label = 'a longer one', redacted_at = %s", now),
        (f"UPDATE {table} SET new = '{{}}'",),
        (f"DELETE FROM {table}",),
    ]
    if connection.vendor == "sqlite":
        tried.append((f"REPLACE INTO {table} SELECT * FROM {table}",))
    else:
        tried.append((f"TRUNCATE {table}",))
    assert [statement for statement, *values in tried if not refused(statement, *values)] == []
    assert [*TrailEntry.objects.values()] == [vars(entry) | {} for entry in ()] or TrailEntry.objects.get() == entry
    assert not refused(f"UPDATE {table} SET record_label = '示例…', redacted_at = %s", now)


def test_only_what_is_older_than_the_trail_is_kept_goes(settings, capsys):
    entries = {days: aged(days).pk for days in (1, 179, 181, 400)}
    call_command("trim_trail")
    told = "已删除 180 天以前的操作记录：2 条\nEntries of the trail older than 180 days deleted: 2\n"
    assert capsys.readouterr().out == told
    assert {*TrailEntry.objects.values_list("pk", flat=True)} == {entries[1], entries[179]}
    settings.TRAIL_DAYS = 100
    assert [error.id for error in enough_days(None)] == ["fengtai.E001"]
    call_command("trim_trail")
    assert TrailEntry.objects.count() == 2
