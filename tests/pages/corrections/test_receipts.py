"""What a number tells, and what is published: the office's own words, and nothing of what anybody wrote."""

import uuid

import pytest
from django.db import connection
from django.utils import timezone

from fengtai.caching.store import GENERATIONS
from fengtai.review.corrections.answering import answer, take_up
from fengtai.review.corrections.models import Correction
from fengtai.review.corrections.sending import send
from fengtai.review.merging.merging import merge
from partners.models import Organisation
from tests import factories
from tests.pages.corrections.reports import sent
from tests.review.people import editor

pytestmark = pytest.mark.django_db
State = Correction.State
WRITTEN = {
    "wrong": "示例所写甲",
    "right": "示例所写乙",
    "how": "示例所写丙",
    "email": "x@example.com",
    "telephone": "13812341234",
}


def reported(client, record=None) -> Correction:
    _answer, number = sent(client, record, **WRITTEN)
    return Correction.objects.get(number=number)


def answered(report: Correction, state: str, said: str = "", **more) -> None:
    report.refresh_from_db()
    answer(
        report,
        state,
        said=said,
        by=editor(f"示例{Correction.objects.count()}{state}{report.revision}"),
        seen=report.revision,
        elsewhere=True,
        **more,
    )


def receipt(client, report: Correction):
    return client.get(f"/corrections/{report.number}/")


def test_a_number_tells_how_far_a_report_is(client):
    report, today = reported(client, factories.organisation()), timezone.localdate().isoformat()
    shown = [receipt(client, report)]
    take_up(report, by=editor(), seen=0)
    shown.append(receipt(client, report))
    answered(report, State.CORRECTED, "名称已按执照改正。")
    shown.append(receipt(client, report))
    answered(report, State.NOT_TAKEN, "来源如此。")
    shown.append(receipt(client, report))
    assert [one.context["receipt"].state for one in shown] == ["received", "looking", "corrected", "not-taken"]
    assert [one.context["receipt"].answer for one in shown] == ["", "", "名称已按执照改正。", "来源如此。"]
    assert str(shown[2].context["receipt"].answered) == today
    assert [word for one in shown for word in WRITTEN.values() if word in one.text] == []
    assert {one.headers["Cache-Control"] for one in shown} == {shown[0].headers["Cache-Control"]}
    assert "no-store" in shown[0].headers["Cache-Control"]


def test_a_repeated_report_tells_of_the_first(client):
    first, second = reported(client), reported(client)
    answered(second, State.DUPLICATE, same_as=first)
    answered(first, State.CORRECTED, "已改正。")
    told = receipt(client, second).context["receipt"]
    assert (told.state, told.answer, told.is_repeated) == ("corrected", "已改正。", True)
    assert first.number not in receipt(client, second).text


def test_a_number_that_nobody_has_is_told_as_such(client):
    report = reported(client)
    found = client.get("/corrections/", {"number": f" {report.number.lower().replace('-', '')} "}, follow=True)
    assert (found.status_code, found.context["receipt"].number) == (200, report.number)
    for text in ("26-7KQ4-M9RT", "x", "../admin", "\x00", "示例" * 300):
        answer_ = client.get("/corrections/", {"number": text}, follow=True)
        assert (answer_.status_code, answer_.context.get("receipt")) == (404, None)


def test_what_was_corrected_stands_with_its_day_in_the_list_and_on_the_records_page(client):
    firm = factories.organisation(name="示例银河")
    page = firm.get_absolute_url()
    assert 'id="corrections"' not in client.get(page).text
    report = reported(client, firm)
    answered(report, State.CORRECTED, "名称已按执照改正。")
    today = timezone.localdate().isoformat()
    for address in (page, "/corrections/", "/en/corrections/"):
        text = client.get(address).text
        assert "名称已按执照改正。" in text and today in text, address
        assert [word for word in (*WRITTEN.values(), report.number) if word in text] == []
    answered(report, State.NOT_TAKEN, "仍如来源。")
    assert [address for address in (page, "/corrections/") if "改正" in client.get(address).text] == []
    assert "仍如来源" not in client.get("/corrections/").text


def test_a_hidden_record_takes_its_corrections_along(client):
    firm = factories.organisation(name="示例银河")
    report = reported(client, firm)
    answered(report, State.CORRECTED, "名称已改正。")
    Organisation.objects.filter(pk=firm.pk).update(state="withdrawn")
    shown = [client.get("/corrections/"), receipt(client, report)]
    assert [("示例银河" in one.text, one.status_code) for one in shown] == [(False, 200)] * 2
    assert "名称已改正。" not in shown[0].text


def test_a_correction_follows_its_record_into_another(client):
    goes, stays = (factories.organisation(name=name, state="draft") for name in ("示例旧", "示例新"))
    for one in (goes, stays):
        Organisation.objects.filter(pk=one.pk).update(state="published")
    report = reported(client, goes)
    answered(report, State.CORRECTED, "名称已改正。")
    Organisation.objects.filter(pk__in=[goes.pk, stays.pk]).update(state="draft")
    merge(stays, goes, by=editor("示例合并"), why="示例")
    Organisation.objects.filter(pk=stays.pk).update(state="published")
    assert "名称已改正。" in client.get(stays.get_absolute_url()).text
    [shown] = client.get("/corrections/").context["shown"].object_list
    assert shown.record == stays
    assert receipt(client, report).context["receipt"].record == stays


def test_a_page_that_leads_nowhere_is_none(client):
    assert [client.get(f"/corrections/?page={text}").status_code for text in ("1", "2", "0", "x", "9" * 99)] == [
        200, 404, 404, 404, 404
    ]  # fmt: skip


def test_a_report_changes_no_page_that_is_kept():
    """Strangers cannot make the site forget what it keeps."""
    before = _generation()
    report = send(uuid.uuid4(), None, wrong="示例", how="示例")
    assert _generation() == before
    answered(report, State.CORRECTED, "已改正。")
    if connection.vendor == "sqlite":  # PostgreSQL renames it as the transaction commits
        assert _generation() != before


def _generation() -> str:
    with connection.cursor() as cursor:
        cursor.execute(GENERATIONS[connection.vendor])
        return cursor.fetchone()[0]
