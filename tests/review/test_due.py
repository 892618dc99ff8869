"""Releases at a time: done once their time has come, by whoever scheduled them, and told where they stop."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from fengtai.review import due
from fengtai.review.actions import submit
from fengtai.review.due import release_due
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.terms import Terms
from tests import factories
from tests.review import people
from tests.review.people import edited

pytestmark = pytest.mark.django_db
State = PendingChange.State


@pytest.fixture
def scheduled():
    """A change of a firm's region that is due in an hour."""
    firm, editor, reviewer = factories.organisation(name="示例甲公司"), people.editor(), people.reviewer()
    factories.citation(firm, field="region")
    edited(editor, firm, region="示例区")
    change = PendingChange.objects.get()
    submit(change, by=editor)
    release(change, Terms(by=reviewer, accepted=True, at=timezone.now() + timedelta(hours=1)))
    change.refresh_from_db()
    return change


def later() -> object:
    return timezone.now() + timedelta(hours=2)


def test_what_is_due_is_released_by_whoever_scheduled_it(scheduled):
    assert release_due() == ([], [])
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.record.region) == (State.SCHEDULED, "")
    assert release_due(later()) == ([scheduled], [])
    scheduled = PendingChange.objects.get()
    assert (scheduled.state, scheduled.decided_by.username) == (State.RELEASED, "示例审核")
    assert scheduled.record.region == "示例区"
    assert "示例审核" in scheduled.record.history.first().history_change_reason
    assert release_due(later()) == ([], [])


def test_a_conflict_stops_it_with_the_three_values(scheduled):
    firm = scheduled.record
    firm.region = "示例区二"
    firm.save()
    assert release_due(later()) == ([], [scheduled])
    scheduled.refresh_from_db()
    clash = scheduled.conflicts[0]
    assert (scheduled.state, clash["now"], clash["new"]) == (State.CONFLICT, "示例区二", "示例区")


def test_a_right_that_is_gone_stops_it_with_the_reason(scheduled):
    scheduled.decided_by.groups.clear()
    assert release_due(later()) == ([], [scheduled])
    scheduled.refresh_from_db()
    assert scheduled.state == State.CONFLICT and "权" in scheduled.conflicts[0]["reason"]
    assert release_due(later()) == ([], [])


def test_one_that_was_taken_up_again_is_left_alone(scheduled):
    edited(scheduled.author, scheduled.record, region="示例区三")
    assert release_due(later()) == ([], [])
    scheduled.refresh_from_db()
    assert scheduled.state == State.DRAFT


def test_one_that_another_process_released_is_not_told_to_have_stopped(scheduled, monkeypatch):
    """The other is faster between the look and the release."""

    def first(change, terms, **seen):
        release(PendingChange.objects.get(), terms)
        return release(change, terms)

    monkeypatch.setattr(due, "release", first)
    assert release_due(later()) == ([], [])
    scheduled.refresh_from_db()
    assert scheduled.state == State.RELEASED


def test_the_command_says_what_was_done(scheduled):
    PendingChange.objects.update(release_at=timezone.now() - timedelta(seconds=1))
    said = StringIO()
    call_command("release_due", stdout=said)
    assert said.getvalue() == "released: 示例甲公司\n"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_for_a_moment_is_asked_again(scheduled, monkeypatch):
    PendingChange.objects.update(release_at=timezone.now() - timedelta(seconds=1))
    with monkeypatch.context() as broken:

        def refuse(*_arguments, **_named):
            raise OperationalError("the connection is gone")

        broken.setattr(due, "release", refuse)
        due.look()
    assert PendingChange.objects.get().state == State.SCHEDULED
    due.look()
    assert PendingChange.objects.get().state == State.RELEASED


def test_one_faulty_change_does_not_hold_up_the_others(scheduled, monkeypatch):
    other = PendingChange.objects.create(
        content_type=scheduled.content_type, object_id=0, state=State.SCHEDULED, release_at=timezone.now()
    )
    assert release_due(later()) == ([scheduled], [other])
