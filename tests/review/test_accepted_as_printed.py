"""A text that nothing reads stops a release until whoever releases accepts it: that text, in that field."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils import timezone

from fengtai.records.models import Record
from fengtai.records.trail.acting import Act, Way
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.actions import Refused
from fengtai.review.due import release_due
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.terms import Terms
from projects.models import Amount, Place
from tests import factories
from tests.review.findings import told
from tests.review.people import edited, editor, person, review_of, reviewer, signed_in

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
REVIEW = Record.State.REVIEW
AREA, FIGURE = Place._meta.get_field("area"), Amount._meta.get_field("figure")
OF_AREA = "projects.place.area:三五层楼"


def waiting(text="三五层楼"):
    return factories.place(state=REVIEW, area=AREA.keep(text))


def terms(*taken: str) -> Terms:
    by = get_user_model().objects.filter(username="示例审核").first() or reviewer()
    return Terms(by=by, accepted=True, as_printed=frozenset(taken))


def accepted() -> list[tuple]:
    entries = TrailEntry.objects.filter(act=Act.ACCEPTED).order_by("pk")
    return [(entry.by_name, entry.record_id, entry.label, entry.new) for entry in entries]


def test_it_stops_until_it_is_accepted_and_the_trail_says_by_whom():
    place = waiting()
    with pytest.raises(Refused):
        release(place, terms())
    with pytest.raises(Refused):
        release(place, terms("projects.place.area:另外的话"))
    assert accepted() == []
    release(place, terms(OF_AREA))
    assert accepted() == [("示例审核", place.pk, "", {"area": "三五层楼"})]
    assert Place.objects.public().get().area.is_unread
    assert told(place) == set()


@pytest.mark.parametrize(("text", "stops"), [("三五层楼", False), ("五六层楼", True), ("3万平方米", False)])
def test_another_text_at_the_same_field_is_not_accepted(text, stops):
    place = waiting()
    release(place, terms(OF_AREA))
    place.refresh_from_db()
    place.area = AREA.keep(text)
    place.save()
    factories.citation(place, field="area")
    assert ((True, place, "area") in told(place)) == stops


def test_what_was_accepted_of_one_record_is_not_of_another():
    release(waiting(), terms(OF_AREA))
    other = waiting()
    assert (True, other, "area") in told(other)


def test_parts_are_accepted_with_their_record():
    project = factories.project(state=REVIEW)
    amount = factories.amount(project=project, figure=FIGURE.keep("若干亿"))
    with pytest.raises(Refused):
        release(project, terms())
    release(project, terms("projects.amount.figure:若干亿"))
    assert accepted() == [("示例审核", project.pk, str(amount), {"figure": "若干亿"})]
    assert told(project) == set()


def test_the_page_of_the_review_asks_for_each_text():
    place = waiting()
    client, where = signed_in(reviewer()), review_of(place)
    page = client.get(where)
    assert f'name="as_printed" value="{OF_AREA}" required' in page.content.decode()
    sent = {"act": "release", "seen": page.context["seen"]}
    client.post(where, sent)
    assert Place.objects.get().state == REVIEW
    client.post(where, {**sent, "as_printed": [OF_AREA]})
    assert Place.objects.get().state == Record.State.PUBLISHED
    assert accepted() == [("示例审核", place.pk, "", {"area": "三五层楼"})]


@pytest.mark.parametrize("later", [False, True])
def test_a_change_of_what_is_public_is_asked_as_well(later):
    place = factories.place(area="3万平方米")
    factories.citation(place, field="area")
    typed = edited(editor(), place, area="三五层楼", **{"area-as-printed": "三五层楼", "_submit": "1"})
    assert typed.status_code == 302
    change = PendingChange.objects.get()
    client, where = signed_in(reviewer()), review_of(change)
    sent = {"act": "release", "seen": change.revision}
    if later:
        sent = {**sent, "act": "schedule", "at": "2090-01-31T09:00"}
    client.post(where, sent)
    assert accepted() == []
    client.post(where, {**sent, "as_printed": [OF_AREA]})
    assert [entry[1:] for entry in accepted()] == [(place.pk, "", {"area": "三五层楼"})]
    if later:
        change.refresh_from_db()
        assert release_due(change.release_at)[1] == []
    assert Place.objects.get().area.is_unread


def test_in_an_emergency_nothing_is_accepted():
    place = waiting()
    release(place, Terms(by=person("示例管理"), why="示例原因", emergency=True))
    assert accepted() == []
    assert (True, place, "area") in told(place)


def test_it_outlives_the_trimming_of_the_trail():
    place = waiting()
    kind = ContentType.objects.get_for_model(Place)
    of_row, of_record = {"content_type": kind, "object_id": place.pk}, {"record_type": kind, "record_id": place.pk}
    said = {"act": Act.ACCEPTED, "way": Way.RELEASE, "new": {"area": "三五层楼"}}
    TrailEntry(at=timezone.now() - timedelta(days=4000), **said, **of_row, **of_record).save(force_insert=True)
    call_command("trim_trail")
    assert told(place) == set()


def test_a_person_finds_it_in_the_trail():
    place = waiting()
    release(place, terms(OF_AREA))
    page = signed_in(person("示例管理")).get("/admin/trail/", {"act": "accepted"}).content.decode()
    assert "三五层楼" in page
    assert "示例审核" in page
