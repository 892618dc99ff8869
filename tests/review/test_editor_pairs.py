"""Several people at one record, one after the other and at the same moment: nothing typed is lost, and no faults."""

from threading import Thread

import pytest
from django.db import connection, connections
from django.utils import timezone

from fengtai.admin.two_editors import TAKEN
from fengtai.records.models import Record
from fengtai.review.actions import Refused, submit
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.seen import mark_of
from fengtai.review.terms import Terms
from partners.models import OrganisationName
from tests import factories
from tests.admin.admin_pages import form_data
from tests.review.editor_pairs import at_once, office, tallies
from tests.review.pair_editors import Editor, page_seen

pytestmark = pytest.mark.django_db(transaction=True)
State = PendingChange.State
TIMES = 3  # at the same moment: in which order is left to chance


@pytest.fixture
def apart(tmp_path, own_files):
    """Runs something on a database in which several can write at once: in memory SQLite has room for one."""
    if connection.vendor != "sqlite":
        return _run_apart
    before, file = connection.settings_dict["NAME"], str(tmp_path / "pairs.sqlite3")
    connection.cursor().execute("VACUUM INTO %s", [file])

    def run(what):
        connection.settings_dict["NAME"] = file
        try:
            return _run_apart(what)
        finally:
            connection.settings_dict["NAME"] = before

    return run


def _run_apart(what):
    """In a thread of its own, on connections of its own."""
    found, failed = [], []

    def act():
        try:
            found.append(what())
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = Thread(target=act)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return found[0]


def test_pairs_of_editors_lose_nothing(apart, tmp_path):
    found = apart(lambda: tallies(8, tmp_path))
    assert {(order, way) for order, way in found} == {
        (order, way) for order in ("one after the other", "at once") for way in ("form", "inline", "bulk", "import")
    }
    for tally in found.values():
        assert (tally.pairs, tally.lost, tally.errors, tally.unshown) == (2, [], [], [])


def edited(people, record, **values) -> PendingChange:
    editor = Editor(people.editors[0], record)
    editor.open()
    for name, value in values.items():
        editor.type_in(name, value)
    editor.send()
    return PendingChange.objects.open().of(record).get()


def windows(people, record) -> tuple[Editor, Editor]:
    """Two windows of one person, at the same page."""
    found = Editor(people.editors[0], record), Editor(people.editors[0], record)
    for window in found:
        window.open()
    return found


def pending(record) -> dict:
    [edit] = PendingChange.objects.open().of(record).get().edits
    return edit["new"]


@pytest.mark.parametrize("waits_before", [False, True])
def test_in_two_windows_of_one_author_both_values_of_a_field_are_shown(tmp_path, waits_before):
    people, firm = office(tmp_path), factories.organisation()
    if waits_before:
        edited(people, firm, address="示例路1号")
    first, second = windows(people, firm)
    first.type_in("address", "示例路2号")
    second.type_in("address", "示例路3号")
    first.send()
    second.send()
    assert second.is_shown_again()
    assert all(value in second.was_asked(second.typed[0]) for value in ("示例路2号", "示例路3号"))
    assert pending(firm) == {"address": "示例路2号"}
    second.answers()
    assert pending(firm) == {"address": "示例路3号"}


def test_in_two_windows_of_one_author_other_fields_are_kept(tmp_path):
    people, firm = office(tmp_path), factories.organisation()
    first, second = windows(people, firm)
    first.type_in("address", "示例路2号")
    second.type_in("region", "示例区")
    first.send()
    second.send()
    assert pending(firm) == {"address": "示例路2号", "region": "示例区"}


def test_in_two_windows_onto_a_pending_change_nothing_is_written_over_unasked(tmp_path):
    """What an earlier revision of a change said is not kept: what differs is asked, with both values and a box."""
    people, firm = office(tmp_path), factories.organisation()
    edited(people, firm, address="示例路1号")
    first, second = windows(people, firm)
    first.type_in("address", "示例路2号")
    second.type_in("region", "示例区")
    first.send()
    second.send()
    assert second.is_shown_again() and all(said in second.asked["address"] for said in ("示例路1号", "示例路2号"))
    assert pending(firm) == {"address": "示例路2号"}
    second.data = form_data(page_seen(second.answer)) | {TAKEN: "address"}
    second.send()
    assert pending(firm) == {"address": "示例路2号", "region": "示例区"}


def test_rows_added_in_two_windows_of_one_author_are_both_kept(tmp_path):
    people, firm = office(tmp_path), factories.organisation()
    for window, name in zip(windows(people, firm), ("示例甲", "示例乙"), strict=True):
        window.add(OrganisationName, "name", name, {"kind": "short"})
        window.send()
        window.answers()
    edits = PendingChange.objects.of(firm).get().edits
    assert sorted(edit["new"]["name"] for edit in edits) == ["示例乙", "示例甲"]


def test_saving_while_a_reviewer_releases_loses_nothing(apart, tmp_path):
    """What was looked at is released, or nothing: what is typed at that moment waits, by itself or with the rest."""

    def play():
        people, outcomes = office(tmp_path), []
        for _time in range(TIMES):
            firm = factories.organisation()
            change = submit(edited(people, firm, address="示例路1号"), by=people.editors[0])
            editor = Editor(people.editors[0], firm)
            editor.open()
            editor.type_in("region", "示例区")
            refused = []
            at_once([editor.send, lambda change=change, refused=refused: _release(change, people, 0, refused)])
            editor.answers()
            firm.refresh_from_db()
            outcomes.append((firm.address, firm.region, bool(refused), pending(firm)))
        return outcomes

    for outcome in apart(play):
        assert outcome in (
            ("示例路1号", "", False, {"region": "示例区"}),
            ("", "", True, {"address": "示例路1号", "region": "示例区"}),
        )


def test_of_two_reviewers_at_once_one_releases_and_the_other_is_told(apart, tmp_path):
    def play():
        people, outcomes = office(tmp_path), []
        for _time in range(TIMES):
            firm = factories.organisation()
            change = submit(edited(people, firm, address="示例路1号"), by=people.editors[0])
            draft = factories.organisation(state=Record.State.REVIEW, name=f"示例{timezone.now().timestamp()}")
            for target, record in ((change, firm), (draft, draft)):
                told = _released_by_both(target, people)
                record.refresh_from_db()
                outcomes.append((told, record.state, record.version, record.history.count()))
        return outcomes

    assert apart(play) == [(1, Record.State.PUBLISHED, 2, 2)] * (2 * TIMES)


def _released_by_both(target, people) -> int:
    """How many of the two were refused."""
    refused = []
    at_once([lambda number=number: _release(target, people, number, refused) for number in range(2)])
    return len(refused)


def _release(target, people, number: int, refused: list):
    seen = target.revision if isinstance(target, PendingChange) else mark_of(target)
    try:
        release(target, Terms(by=people.reviewers[number], accepted=True), seen=seen)
    except Refused as error:
        refused.append(str(error))
