"""What is kept between requests: never longer than it is true, never for somebody in particular."""

import json
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fengtai.apps import complete_tables
from fengtai.caching.generation_triggers import PRESENT
from fengtai.caching.page_cache import LARGEST
from fengtai.caching.store import generations, remembered
from fengtai.records.models import Record
from fengtai.records.trail.entries import TrailEntry
from fengtai.records.trail.guarding import drop_guards
from fengtai.review.corrections.models import Correction
from partners.models import Organisation
from tests.admin import admin_pages
from tests.factories import citation, industry, level, membership, organisation, source
from tests.lists.limits import count_to
from tests.pages.crawling import text_of

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/organisations/"
TABLE = Organisation._meta.db_table
POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def same_minute(monkeypatch):
    """A page says on paper when it was made: one that is made twice may be of two minutes."""
    now = timezone.localtime()
    monkeypatch.setattr("fengtai.templatetags.frame.timezone", SimpleNamespace(localtime=lambda: now))


def queries(client, address: str, **headers) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, headers=headers).status_code in (200, 304)
    return len(captured)


def is_kept(client, address: str) -> bool:
    return queries(client, address) <= 1


# Every way of writing, each on an organisation named 甲 that is on file with an industry 乙.


def save(row):
    row.name = "示例丙"
    row.save()


def update(row):
    Organisation.objects.filter(pk=row.pk).update(region="示例丙")


def bulk_create(row):
    Organisation.objects.bulk_create([Organisation(name="示例丙", state="published")])


def bulk_update(row):
    row.region = "示例丙"
    Organisation.objects.bulk_update([row], ["region"])


def upsert(row):
    Organisation.objects.bulk_create(
        [Organisation(pk=row.pk, name="示例丙", state="published")],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name"],
    )


def add_to_many(row):
    row.industries.add(industry(name="产业示例丙"))


def add_citation(row):
    citation(row, source=source(title="示例丙"))


def delete(row):
    Organisation.objects.filter(pk=row.pk)._raw_delete("default")


def raw_sql(row):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partners_organisation SET region = %s WHERE id = %s", ["示例丙", row.pk])


def rename_level(row):
    membership(organisation=row, level=level(code="example", name="示例丙"))


def load_data(row, path):
    fields = {"name": "示例丙", "state": "published", "created_at": timezone.now(), "changed_at": timezone.now()}
    rows = [{"model": "partners.organisation", "pk": row.pk + 1, "fields": fields}]
    path.write_text(json.dumps(rows, default=str), "utf-8")
    call_command("loaddata", path, verbosity=0)


def other_connection(row):
    """As another process writes."""
    thread = threading.Thread(target=lambda: (update(row), connection.close()))
    thread.start()
    thread.join()


WRITES = (
    save, update, bulk_create, bulk_update, upsert, add_to_many, add_citation, raw_sql, rename_level, other_connection,
    delete,
)  # fmt: skip


def test_a_write_is_visible_in_the_next_request(client, subtests):
    for number, write in enumerate(WRITES):
        with subtests.test(write.__name__):
            row = organisation(name=f"示例甲{number}")
            before = client.get(LIST)
            assert is_kept(client, LIST)
            write(row)
            after = client.get(LIST)
            assert after.content != before.content
            assert after["ETag"] != before["ETag"]
            if write is not delete:
                assert after.content.decode().count("示例丙") > before.content.decode().count("示例丙")


def test_loaded_fixtures_are_visible_in_the_next_request(client, tmp_path):
    row = organisation(name="示例甲")
    client.get(LIST)
    load_data(row, tmp_path / "rows.json")
    assert "示例丙" in client.get(LIST).content.decode()


def test_what_a_transaction_takes_back_was_never_seen(client):
    row = organisation(name="示例甲")
    before = text_of(client.get(LIST))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        update(row)
        assert "示例丙" in client.get(LIST).content.decode()
        assert remembered("name", lambda: "uncommitted") == "uncommitted"
        raise ZeroDivisionError
    assert text_of(client.get(LIST)) == before
    assert remembered("name", lambda: "committed") == "committed"


def test_part_of_a_transaction_taken_back_leaves_the_rest_visible(client):
    row = organisation(name="示例甲")
    client.get(LIST)
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            save(row)
            raise ZeroDivisionError
        raw_sql(row)
    assert "示例丙" in client.get(LIST).content.decode()


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has one writer at a time anyway")
def test_a_long_transaction_keeps_no_other_writer_waiting():
    first, second = organisation(name="示例甲"), organisation(name="示例乙")

    def hurried():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        update(second)
        connection.close()

    with transaction.atomic():
        update(first)
        thread = threading.Thread(target=hurried)
        thread.start()
        thread.join()
    assert set(Organisation.objects.values_list("region", flat=True)) == {"示例丙"}


def test_every_table_of_the_subjects_is_watched():
    """The step after migrating puts the triggers on, also on a model that is new; no kept page shows the others."""
    subjects = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in settings.SUBJECTS
    ]
    sql = (
        "SELECT c.relname, 1 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE t.tgname LIKE 'generation_%' GROUP BY c.relname HAVING count(*) = 4"
        if POSTGRESQL
        else "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'generation_%'"
        " GROUP BY tbl_name HAVING count(*) = 3"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        watched = {table for table, _number in cursor.fetchall()}
    assert {model._meta.db_table for model in subjects} - watched == {
        TrailEntry._meta.db_table,
        Correction._meta.db_table,
    }


def test_every_embargo_is_found_by_an_index():
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if issubclass(model, Record):
                constraints = connection.introspection.get_constraints(cursor, model._meta.db_table)
                assert f"{model._meta.db_table}_embargo" in constraints


def test_an_embargo_ends_without_a_write(client):
    row = organisation(name="示例丙", publish_at=timezone.now() + timedelta(seconds=1.2))
    assert "示例丙" not in client.get(LIST).content.decode()
    assert is_kept(client, LIST)
    threading.Event().wait((row.publish_at - timezone.now()).total_seconds() + 0.05)
    assert "示例丙" in client.get(LIST).content.decode()


def test_a_reader_with_a_cookie_of_the_site_gets_a_page_of_their_own(client, subtests):
    organisation()  # rows are read for each reader
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"):
        with subtests.test(name):
            cache.clear()
            own = Client()
            own.cookies[name] = "x" * 32
            for _time in range(2):
                assert queries(own, LIST) > 1
                assert not own.get(LIST).has_header("ETag")
            assert not is_kept(client, LIST)
            assert is_kept(client, LIST)
            assert queries(own, LIST) > 1


def test_staff_see_the_page_anew_and_leave_nothing_behind(client, admin_client):
    organisation()
    admin_client.get(LIST)
    assert not is_kept(client, LIST)


NOT_KEPT = (
    "/organisations/?sort=nonsense",
    "/organisations/?nonsense=1",
    "/organisations/999/",
    "/organisations/?format=csv",
    "/organisations/?format=json",
    "/search/?q=%00",
    "/admin/login/",
    "/en/admin/login/",
    "/nowhere/",
    "/organisations",
)


def test_what_is_no_page_for_everybody_is_not_kept(client, subtests, monkeypatch):
    kept = []
    monkeypatch.setattr("fengtai.caching.page_cache.keep", lambda *arguments: kept.append(arguments))
    for address in NOT_KEPT:
        with subtests.test(address):
            response = client.get(address)
            client.cookies.clear()
            assert not response.has_header("ETag")
            assert kept == []


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no server to lose")
def test_a_connection_lost_since_the_last_request_costs_no_reader_a_page(client):
    client.get(LIST)
    thread = threading.Thread(target=_end_other_connections)
    thread.start()
    thread.join()
    close_old_connections()  # as each request begins; the test client leaves it out
    assert client.get(LIST).status_code == 200


def _end_other_connections():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()


def test_a_page_too_large_is_given_but_not_kept(client, monkeypatch):
    organisation()
    monkeypatch.setattr("fengtai.caching.page_cache.LARGEST", 100)
    assert client.get(LIST)["ETag"]
    assert not is_kept(client, LIST)
    assert LARGEST < 2**20


def test_each_language_and_each_address_has_its_own_page(client, same_minute):
    addresses = ("/", "/en/", LIST, f"/en{LIST}", f"{LIST}?per_page=50", f"{LIST}?per_page=50&sort=", f"{LIST}%3Fq")
    first = {address: client.get(address) for address in addresses}
    second = {address: client.get(address) for address in addresses}
    for address in addresses:
        assert first[address].content == second[address].content
        assert first[address].status_code == second[address].status_code
    assert len({response.content for response in first.values()}) >= 6
    assert second["/en/"].headers["Content-Language"] == "en"
    assert second["/"].headers["Content-Language"] == "zh-hans"


def test_a_host_that_is_not_ours_is_refused_though_the_page_is_kept(client):
    client.get(LIST)
    assert client.get(LIST, headers={"host": "elsewhere.example"}).status_code == 400


def own_headers(answer) -> dict:
    """Without the number of the request, which is another each time."""
    return {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}


def test_a_kept_page_is_the_rendered_page_with_all_its_headers(client):
    organisation()
    rendered, kept = client.get(LIST), client.get(LIST)
    assert kept.content == rendered.content
    assert own_headers(kept) == own_headers(rendered)
    assert kept["Cache-Control"] == "no-cache"
    assert kept["Vary"] == "Accept-Encoding, Cookie"
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"):
        assert kept[name]


def test_a_page_the_browser_has_is_not_sent_again(client, same_minute):
    etag = client.get(LIST)["ETag"]
    for form in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        for prepare in (cache.clear, lambda: None):  # rendered anew, and kept
            prepare()
            response = client.get(LIST, headers={"if-none-match": form})
            assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
            assert (response["Vary"], response["Cache-Control"]) == ("Accept-Encoding, Cookie", "no-cache")
    assert client.get(LIST, headers={"if-none-match": '"other"'}).status_code == 200
    organisation()
    assert client.get(LIST, headers={"if-none-match": etag}).status_code == 200


def test_a_head_request_gets_the_headers_of_the_page(client, same_minute):
    assert client.head(LIST)["ETag"] == client.get(LIST)["ETag"]
    head = client.head(LIST)
    assert (head.status_code, head.content) == (200, b"")
    assert own_headers(head) == own_headers(client.get(LIST))


def test_a_kept_page_costs_one_query(client):
    etag = client.get(LIST)["ETag"]
    assert queries(client, LIST) == 1
    assert queries(client, LIST, **{"if-none-match": etag}) == 1


def test_what_is_remembered_is_made_anew_after_a_write():
    made = iter(range(10))
    assert [remembered("name", lambda: next(made)) for _time in range(3)] == [0, 0, 0]
    assert remembered("other name", lambda: next(made)) == 1
    organisation()
    assert [remembered("name", lambda: next(made)) for _time in range(2)] == [2, 2]


def test_a_generation_never_comes_again():
    names = {generations()[TABLE]}
    for _time in range(3):
        organisation()
        names.add(generations()[TABLE])
    with connection.cursor() as cursor:
        for statement in drop_guards(cursor):
            cursor.execute(statement)
    call_command("flush", interactive=False, verbosity=0)
    names.add(generations()[TABLE])
    assert len(names) == 5


def changed_by_hand(staff, row, **changed):
    """By the form of the admin, as a clerk changes it."""
    where = admin_pages.address(type(row), "change", row.pk)
    assert staff.post(where, admin_pages.form_data(staff.get(where)) | changed).status_code == 302
    row.refresh_from_db()


def test_what_a_clerk_does_with_drafts_keeps_every_page(client):
    staff = Client()
    staff.force_login(get_user_model().objects.create_superuser("示例员工"))
    pages = (LIST, "/partners/", "/search/?q=示例", "/", organisation(name="示例甲").get_absolute_url())
    assert {client.get(page).status_code for page in pages} == {200}
    draft = organisation(name="示例乙", state="draft")
    changed_by_hand(staff, draft, region="示例丙")
    changes = admin_pages.address(Organisation, "changelist")
    staff.post(changes, {"action": "submit_for_review", "_selected_action": draft.pk})
    Organisation.objects.filter(pk=draft.pk).update(name="示例丁")
    assert [page for page in pages if not is_kept(client, page)] == []
    assert "示例丁" in staff.get(changes).content.decode()
    Organisation.objects.filter(pk=draft.pk).update(state="published")
    assert "示例丁" in client.get(LIST).content.decode()
    Organisation.objects.filter(pk=draft.pk).update(state="draft")
    assert "示例丁" not in client.get(LIST).content.decode()
    draft.delete()
    assert is_kept(client, LIST)


def test_what_is_made_for_somebody_serves_anybody(client):
    """A process that warms up asks with a session, so that pages are really made: its readers find the sets made."""
    membership()
    somebody = Client()
    somebody.cookies[settings.SESSION_COOKIE_NAME] = "none"
    somebody.get(LIST)
    after = queries(client, LIST)
    cache.clear()
    assert after < queries(client, LIST) / 2


def test_a_version_written_as_a_draft_still_counts_once_it_is_altered(client):
    """What is added with a draft nobody sees; of what is altered later the record may be published."""
    row = organisation(name="示例甲", state="draft")
    page = row.get_absolute_url()
    Organisation.objects.filter(pk=row.pk).update(state="published")
    client.get(page)
    assert is_kept(client, page)
    row.history.update(region="示例丙")
    assert not is_kept(client, page)


def test_a_version_that_says_draft_of_a_published_record_counts(client):
    """A version tells a record as whoever saved it saw it: an older copy of one published since says draft."""
    copy = organisation(name="示例甲", state="draft")
    Organisation.objects.filter(pk=copy.pk).update(state="published")
    entry = membership(organisation=Organisation.objects.get(pk=copy.pk))
    entry.level = level(code="other", name="示例另级")
    entry.save()
    page, added = entry.get_absolute_url(), industry()
    client.get(page)
    assert is_kept(client, page)
    copy.industries.add(added)
    assert copy.history.first().state == "draft" and not is_kept(client, page)


@pytest.mark.skipif(POSTGRESQL, reason="REPLACE is SQLite's")
def test_what_a_draft_replaces_is_seen_to_go(client):
    gone, draft = organisation(name="示例甲"), organisation(name="示例乙", state="draft")
    assert "示例甲" in client.get(LIST).content.decode()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE OR REPLACE {TABLE} SET id = %s WHERE id = %s", [gone.pk, draft.pk])
    assert "示例甲" not in client.get(LIST).content.decode()


OLD_TRIGGER = {  # of the release before tables of records had two names
    "sqlite": "CREATE TRIGGER generation_insert_old_{table} AFTER INSERT ON {table} BEGIN UPDATE fengtai_generations"
    " SET token = lower(hex(randomblob(8))), recent = substr(token || ':' || coalesce(NEW.id, '') || ','"
    " || coalesce(NEW.merged_into_id, '') || ';' || recent, 1, 4000) WHERE name = '{table}'; END",
    "postgresql": "CREATE TRIGGER generation_insert_old_{table} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added"
    " FOR EACH STATEMENT EXECUTE FUNCTION fengtai_generation_note('id', 'merged_into_id')",
}


def test_an_earlier_release_that_migrates_leaves_nothing_stale(client):
    counted = f"{LIST}?doubt=no"
    client.get(counted)
    with connection.cursor() as cursor:
        cursor.execute(PRESENT[connection.vendor])
        for name in [name for name, table in cursor.fetchall() if table == TABLE and "_insert_" in name]:
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {TABLE}" if POSTGRESQL else ""))
        cursor.execute(OLD_TRIGGER[connection.vendor].format(table=TABLE))
    for name in ("示例丙", "示例丁"):
        organisation(name=name)
        assert name in client.get(counted).content.decode()
    complete_tables("default")
    with connection.cursor() as cursor:
        cursor.execute(PRESENT[connection.vendor])
        assert [name for name, _table in cursor.fetchall() if "_old_" in name] == []


def test_among_many_rows_of_one_statement_a_published_one_counts(client):
    client.get(LIST)
    Organisation.objects.bulk_create([Organisation(name=f"示例草稿{one}", state="draft") for one in range(50)])
    assert is_kept(client, LIST)
    mixed = [Organisation(name=f"示例二{one}", state="draft") for one in range(500)]
    Organisation.objects.bulk_create([*mixed, Organisation(name="示例已发布", state="published")])
    assert "示例已发布" in client.get(LIST).content.decode()
    Organisation.objects.filter(name__startswith="示例").update(region="示例丙")
    assert "示例丙" in client.get(f"{LIST}?show=region").content.decode()


def test_a_write_to_what_no_page_shows_keeps_every_page(client):
    client.get(LIST)
    get_user_model().objects.create_user("example")
    assert is_kept(client, LIST)


def test_no_answer_leaves_it_open_whether_it_may_be_kept(client):
    row = organisation(name="示例甲")
    addresses = (LIST, f"{LIST}?format=csv", f"{LIST}?format=json&kind=x", f"{LIST}{row.pk + 1}/", "/api/openapi.json")
    assert [client.get(address)["Cache-Control"] for address in addresses] == ["no-cache"] * 5
    client.cookies["sessionid"] = "x" * 32
    assert [client.get(address)["Cache-Control"] for address in addresses] == ["private, no-cache"] * 5


def test_the_home_page_counts_no_further_than_the_lists(client, monkeypatch):
    organisation(name="示例甲")
    count_to(monkeypatch, 0)
    [count] = [count for page, count in client.get("/").context["ways"] if page.name == "organisations"]
    assert count == "0+"
