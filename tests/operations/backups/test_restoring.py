"""A restored site is the site, row by row; onto anything but an empty place nothing is restored, and never half."""

import time

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from fengtai.operations.backups.folders import alone
from fengtai.operations.backups.marks import no_half_restore
from fengtai.operations.backups.restoring import LOCK
from fengtai.records.models import Source
from fengtai.records.trail.entries import TrailEntry
from tests.bench.databases import SERVER
from tests.operations.backups.conftest import KEY, files_of, resealed, rows_of
from tests.operations.backups.test_backing_up import MOMENTS, ON_POSTGRESQL, killed_after, told


def test_what_is_restored_is_the_same_row_by_row(sites, site):
    backup = sites.backed_up(site)
    there = sites.restored(backup, sites.new("there"))
    before = rows_of(site)
    assert rows_of(there) == before
    assert len(before) > 90 and sum(map(len, before.values())) > 1000
    assert files_of(there) == files_of(site)
    assert (there.data / "secret_key").read_text() == KEY
    with sites.at(there):
        call_command("verify", backup, site=True)
        assert no_half_restore(None) == []


@pytest.mark.skipif(not ON_POSTGRESQL, reason="of databases that are made beside the site's")
def test_a_proof_drops_what_an_earlier_one_left_and_nothing_of_another_site(sites, site):
    with psycopg.connect(SERVER, autocommit=True) as server:
        known = dict(server.execute("SELECT datname, oid FROM pg_database").fetchall())
        own = site.url.rpartition("/")[2]
        left, others = (f"fengtai_verify_{known[of]}_{'a' * 12}" for of in (own, "postgres"))
        for name in (left, others):
            server.execute(f'CREATE DATABASE "{name}"')
        try:
            with sites.at(site):
                call_command("verify", sites.backed_up(site))
            found = {name for (name,) in server.execute("SELECT datname FROM pg_database").fetchall()}
            assert {left, others} & found == {others}
        finally:
            for name in (left, others):
                server.execute(f'DROP DATABASE IF EXISTS "{name}"')


def test_what_its_own_manifest_contradicts_is_taken_out_again(sites, site):
    good, bad = sites.backed_up(site), sites.backed_up(site)
    tables = told(bad / "manifest.json")["tables"]
    resealed(bad, tables=tables | {"fengtai_source": tables["fengtai_source"] + 1})
    there = sites.new("there")
    assert "fengtai_source" in sites.refused(there, "restore", bad)
    assert (rows_of(there), (there.data / "restore-unfinished").exists()) == ({}, False)
    assert rows_of(sites.restored(good, there)) == rows_of(site)


def test_a_restored_site_goes_on_where_it_stood(sites, site):
    """The trail is guarded, keys go on, and the step after migrating finds nothing to do."""
    there = sites.restored(sites.backed_up(site), sites.new("there"))
    with sites.at(there):
        assert TrailEntry.objects.exists()
        for forbidden in ("DELETE FROM fengtai_trailentry", "UPDATE fengtai_trailentry SET by_name = 'x'"):
            with (
                pytest.raises(DatabaseError, match="never changed"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(forbidden)
        last = Source.objects.order_by("-pk").first().pk
        assert Source.objects.create(title="示例又一份", kind="news").pk == last + 1
        assert Source.objects.get(pk=last + 1).history.count() == 1
        before = rows_of(there)
        call_command("migrate", verbosity=0)
        assert rows_of(there) == before


def test_nothing_is_restored_onto_what_is_not_empty(sites, site):
    backup = sites.backed_up(site)
    places = [sites.new("a database", filled=True)]
    for name in ("attachments/a.pdf", "imports/2024/a.xlsx"):
        places.append(sites.new(name.partition("/")[0]))
        (places[-1].data / name).parent.mkdir(parents=True)
        (places[-1].data / name).write_text("示例")
    for there in places:
        before = rows_of(there), files_of(there)
        assert "is not empty" in sites.refused(there, "restore", backup)
        assert (rows_of(there), files_of(there)) == before
        assert not (there.data / "restore-unfinished").exists()


VIEW = "CREATE VIEW example AS SELECT 1 AS one"


@pytest.mark.parametrize(
    "statement",
    [VIEW, "CREATE SCHEMA others; CREATE TABLE others.example (one int)", "CREATE SEQUENCE example"]
    if ON_POSTGRESQL
    else [VIEW],
)
def test_a_database_in_which_others_have_something_is_not_empty(sites, site, statement):
    backup = sites.backed_up(site)
    there = sites.new("there")
    with sites.at(there), connection.cursor() as cursor:
        cursor.execute(statement)
    assert "example" in sites.refused(there, "restore", backup)
    assert rows_of(there) == {}
    assert "nothing to back up" in sites.refused(there, "backup", sites.folder / "others")


def test_a_restore_that_is_killed_can_be_told_and_done_again(sites, site):
    """At many moments; then the site does not start, and in the end it is whole."""
    backup = sites.backed_up(site)
    started = time.monotonic()
    sites.restored(backup, sites.new("first"))
    whole = time.monotonic() - started
    files, rows, marked = files_of(site), rows_of(site), 0
    for moment in range(MOMENTS):
        there = sites.new(f"there {moment}")
        with sites.at(there):
            killed_after(whole * (moment + 0.5) / MOMENTS, "restore", backup)
            found = no_half_restore(None)
            marked += len(found)
            if found or not rows_of(there):
                call_command("restore", backup)
            assert no_half_restore(None) == []
        assert (rows_of(there), files_of(there)) == (rows, files)
    assert marked, "no moment was within a restore"


def test_two_restores_at_once_do_not_meddle_with_each_other(sites, site):
    backup = sites.backed_up(site)
    there = sites.new("there")
    with alone(there.data / LOCK):
        assert "under way" in sites.refused(there, "restore", backup)
        assert rows_of(there) == {}
    sites.restored(backup, there)
    assert not (there.data / LOCK).exists()
