"""The desk says what waits for whoever looks: as much as each queue's page lists, and nothing of what is not theirs."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fengtai.admin.desk import pages
from fengtai.admin.desk.pages import queues_of
from fengtai.records.models import ImportBatch, Record
from fengtai.review.actions import give_back, submit
from fengtai.review.holding import Held
from fengtai.review.pending import PendingChange
from fengtai.review.roles import ADMINISTRATOR, PROGRAMME_OFFICE, READER, REVIEWER, STATISTICS, WORK_GROUP
from tests import factories
from tests.review.people import person, signed_in

pytestmark = pytest.mark.django_db
PUBLISHED = Record.State.PUBLISHED


def typed(by, make, **given):
    """A draft that somebody typed in."""
    row = make(**given)
    row.history.update(history_user=by)
    return row


def changed(by, state: str, **values) -> PendingChange:
    """A change of a published record, as it stands some time later."""
    policy = factories.policy(name=f"示例政策{PendingChange.objects.count()}", state=PUBLISHED, checked_on=today())
    with Held(by=by) as held:
        policy.summary = "示例改动"
        policy.save()
    PendingChange.objects.filter(pk=held.changes[0].pk).update(state=state, **values)
    return held.changes[0]


def today():
    return timezone.localdate()


def unread(row, field: str, text: str):
    """As a text is stored that nobody could read."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET {field} = %s, {field}_value = NULL, {field}_bound = 'not_given'"
            " WHERE id = %s",
            [text, row.pk],
        )


@pytest.fixture
def office():
    return {
        "office": person("示例办公室", PROGRAMME_OFFICE),
        "statistics": person("示例统计", STATISTICS),
        "reviewer": person("示例审核", REVIEWER),
        "reader": person("示例查阅", READER),
        "administrator": person("示例管理", ADMINISTRATOR),
    }


@pytest.fixture
def world(office):
    """One of each thing that waits, by the queue that it waits in; and beside each something that does not."""
    clerk, reviewer = office["office"], office["reviewer"]
    old, now = today() - timedelta(days=181), timezone.now()
    waiting = submit(typed(clerk, factories.organisation, name="示例待审"), by=clerk)
    back = submit(typed(clerk, factories.organisation, name="示例退回"), by=clerk)
    give_back(back, by=reviewer, comment="示例意见")
    draft = typed(clerk, factories.organisation, name="示例草稿")
    doubted = factories.organisation(name="示例存疑成员", state=PUBLISHED, checked_on=today())
    for code in ("one", "two"):
        factories.membership(
            organisation=doubted, level=factories.level(code=code, name=f"示例{code}"), doubt="示例", checked_on=today()
        )
    unclear = factories.project(title="示例读不出", state=PUBLISHED, checked_on=today())
    unread(factories.amount(project=unclear, checked_on=today()), "figure", "三五亿")
    unread(factories.amount(project=factories.project(title="示例未给出")), "figure", "—")
    never = factories.indicator(state=PUBLISHED)
    factories.organisation(name="示例刚核", state=PUBLISHED, checked_on=old + timedelta(days=1))
    honoured = factories.organisation(name="示例旧荣誉", state=PUBLISHED, checked_on=today())
    factories.honour(organisation=honoured, checked_on=old)
    roster = factories.roster(title="示例名单缺", stated="2家", state=PUBLISHED, checked_on=today())
    factories.membership(organisation=doubted, roster=roster, checked_on=today())
    factories.roster(title="示例名单齐", stated="0家", state=PUBLISHED, checked_on=today())
    embargoed = factories.event(
        title="示例待公布", state=PUBLISHED, publish_at=now + timedelta(days=2), checked_on=today()
    )
    late = changed(clerk, "scheduled", release_at=now - timedelta(hours=1))
    stopped = changed(clerk, "conflict")
    batch = ImportBatch.objects.create(list_name="organisations", file_name="示例.xlsx", by=clerk, state="previewed")
    ImportBatch.objects.create(list_name="organisations", file_name="示例已取.xlsx", by=clerk, state="committed")
    tried = {"user_agent": "", "get_data": "", "post_data": "", "http_accept": "", "path_info": ""}
    attempt = AccessAttempt.objects.create(
        username="示例被锁", ip_address="192.0.2.1", failures_since_start=5, attempt_time=now, **tried
    )
    return {
        "to-review": {str(waiting), str(late), str(stopped)},
        "conflicts": {str(stopped)},
        "returned": {str(back)},
        "drafts": {str(draft)},
        "imports": {batch.file_name},
        "ahead": {str(late), str(embargoed)},
        "rosters": {str(roster)},
        "doubtful": {str(doubted), str(unclear)},
        "unverified": {str(never), str(honoured)},
        "locked-out": {attempt.username},
    }


OF_RECORDS = {"ahead", "rosters", "doubtful", "unverified"}
SEEN = {
    "office": OF_RECORDS | {"conflicts", "returned", "drafts", "imports"},
    "statistics": {"ahead", "unverified"},  # of figures and sources alone, which they keep
    "reviewer": OF_RECORDS | {"to-review", "conflicts"},
    "reader": OF_RECORDS,
    "administrator": OF_RECORDS | {"locked-out"},
}
NOT_KEPT = {"unverified": {"示例旧荣誉"}}  # by the statistics staff


def shown(client, name: str) -> list[str]:
    """The rows that a queue lists on all its pages."""
    names, after = [], ""
    while True:
        page = client.get(reverse("desk_queue", args=[name]), {"after": after} if after else {})
        names += [line.name for line in page.context["card"].lines]
        after = page.context["following"]
        if not after:
            return names


def test_the_desk_is_the_union_of_its_queues_for_each_person(world, office):
    for role, user in office.items():
        client = signed_in(user)
        cards = client.get("/admin/").context["cards"]
        expected = {
            name: world[name] - (NOT_KEPT.get(name, set()) if role == "statistics" else set()) for name in world
        }
        assert {card.queue.name for card in cards} == SEEN[role], role
        for card in cards:
            listed = shown(client, card.queue.name)
            assert card.count == str(len(listed)), (role, card.queue.name)
            assert len(listed) == len({*listed}), "each once"
            assert {*listed} == expected[card.queue.name], (role, card.queue.name)
            assert {line.name for line in card.lines} <= {*listed}


def test_every_row_leads_to_where_it_is_dealt_with(world, office):
    boss = signed_in(person("示例全权"))
    for queue in queues_of(person("示例全权二")):
        page = boss.get(reverse("desk_queue", args=[queue.name]))
        for line in page.context["card"].lines:
            assert boss.get(line.address).status_code == 200, (queue.name, line.address)


def test_a_queue_that_is_none_or_concerns_others_is_not_there(office):
    assert signed_in(office["office"]).get("/admin/desk/nothing/").status_code == 404
    assert signed_in(office["office"]).get("/admin/desk/locked-out/").status_code == 404
    assert signed_in(office["reader"]).get("/admin/desk/drafts/").status_code == 404
    assert signed_in(office["reader"]).post("/admin/desk/doubtful/").status_code == 405


def test_queues_without_anything_are_one_line(office):
    page = signed_in(office["office"]).get("/admin/")
    assert page.context["cards"] == []
    assert {queue.name for queue in page.context["empty"]} == SEEN["office"] | {"corrections"}


def test_more_rows_take_no_more_statements_and_every_page_goes_on(monkeypatch, office):
    monkeypatch.setattr(pages, "PAGE", 2)
    client, asked = signed_in(office["reader"]), []
    for number in range(3):
        for _one in range(1 if number < 2 else 4):
            found = factories.organisation(name=f"示例单位{number}{_one}", state=PUBLISHED)
            factories.event(title=f"示例{number}{_one}", state=PUBLISHED, publish_at=timezone.now() + timedelta(days=1))
            factories.membership(organisation=found, doubt="示例")
        client.get("/admin/")  # keys of content types are looked up once
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2] <= 20
    for name, count in (("doubtful", 6), ("ahead", 6), ("unverified", 12)):
        listed = shown(client, name)
        assert (len(listed), len({*listed})) == (count, count), name
    for place in (
        "partners.organisation~x~y",
        "partners.event~1~2",
        "~~",
        "partners.event~1~2026-13-40T00:00:00+00:00",
    ):
        assert client.get(reverse("desk_queue", args=["ahead"]), {"after": place}).status_code == 200


def test_a_clerk_of_a_work_group_is_told_of_what_they_keep():
    group = factories.work_group(name="示例工作营")
    clerk, kept = person("示例营员", WORK_GROUP), factories.industry(name="示例产业")
    group.industries.add(kept)
    group.staff.add(clerk)
    own, _other = (
        factories.organisation(name=name, state=PUBLISHED, doubt="示例") for name in ("示例本营", "示例他营")
    )
    own.industries.add(kept)
    assert shown(signed_in(clerk), "doubtful") == [str(own)]
