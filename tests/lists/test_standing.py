"""The partner directory shows who is a partner now, and on request who was one on a day, or no longer is."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from partners.models import Membership, Organisation
from tests import factories

pytestmark = pytest.mark.django_db

CASES = {
    "示例在册": {"since": "2022年", "until": ""},
    "示例将离": {"since": "2022年", "until": "2099年"},
    "示例难断": {"since": "2022年", "until": "今年"},  # of this year nobody knows whether it ended
    "示例离开": {"since": "2022年", "until": "2023年2月"},
    "示例不详": {"since": "", "until": ""},
}


@pytest.fixture
def partners(db):
    for name, given in CASES.items():
        given = given | {"until": given["until"].replace("今年", f"{timezone.localdate().year}年")}
        factories.membership(organisation=factories.organisation(name=name), level=factories.level(), **given)


def names(client, query: str = "") -> set[str]:
    address = f"/partners/?format=json&{query}"
    return {row["name"]["name"] for row in json.loads(b"".join(client.get(address).streaming_content))["rows"]}


def test_the_directory_shows_who_is_a_partner_now(client, partners):
    assert names(client) == {"示例在册", "示例将离", "示例难断", "示例不详"}
    assert names(client, "status=former") == {"示例离开"}
    assert names(client, "status=ever") == {*CASES}


def test_on_a_day_those_who_had_begun_and_not_ended(client, partners):
    assert names(client, "as_of=2023-02-28") == {"示例在册", "示例将离", "示例难断", "示例离开"}
    assert names(client, "as_of=2023-02-10") == {"示例在册", "示例将离", "示例难断", "示例离开"}  # 2月: perhaps still
    assert names(client, "as_of=2023-03-01") == {"示例在册", "示例将离", "示例难断"}
    assert names(client, "as_of=2023-03-01&status=former") == {"示例离开"}
    assert names(client, "as_of=2021-12-31") == names(client, "as_of=2021-12-31&status=former") == set()


def test_counts_beside_the_choices_are_those_of_the_rows(client, partners):
    text = client.get("/partners/").text
    assert "<strong>4</strong>" in text
    assert '<option value="former">曾为伙伴 (1)</option>' in text
    assert '<option value="current" selected>' in text


def test_who_led_a_chain_once_is_no_leader_now(client):
    leader, plain = factories.level(code="leader", name="示例链长", rank=2), factories.level()
    fallen, leads = factories.organisation(name="示例卸任"), factories.organisation(name="示例现任")
    factories.membership(organisation=fallen, level=leader, since="2022年", until="2023年2月28日")
    factories.membership(organisation=fallen, level=plain, since="2022年")
    factories.membership(organisation=leads, level=leader, since="2022年")
    assert names(client, "level=leader") == {"示例现任"}
    assert names(client, "level=leader&as_of=2023-01-01") == {"示例现任", "示例卸任"}
    assert names(client, "level=leader&status=ever") == {"示例现任", "示例卸任"}
    assert names(client, "level=leader&status=former") == set()  # it is a partner still
    assert '<option value="leader">示例链长 (1)</option>' in client.get("/partners/").text
    under_level = client.get("/partners/?level=leader").text
    assert '<option value="current" selected>在册伙伴 (1)</option>' in under_level
    assert '<option value="ever">全部（含已退出） (2)</option>' in under_level
    assert '<option value="leader">示例链长 (2)</option>' in client.get("/partners/?as_of=2023-01-01").text


def test_an_ended_level_says_so_and_a_level_held_again_does_not(client):
    firm = factories.organisation(name="示例单位")
    first, second = factories.roster(title="示例甲"), factories.roster(title="示例乙")
    factories.membership(organisation=firm, roster=first, since="2022年", until="2023年2月")
    assert "（至<time" in client.get("/organisations/").text
    factories.membership(organisation=firm, roster=second, since="2023年3月")
    assert "（至<time" not in client.get("/organisations/").text


def test_files_tell_what_is_over(client):
    firm = factories.organisation(name="示例单位")
    factories.membership(organisation=firm, since="2022年", until="2023年2月")
    told = json.loads(b"".join(client.get("/organisations/?format=json").streaming_content))["rows"][0]["memberships"]
    assert told == [{"name": "示例伙伴", "since": "2022年", "until": "2023年2月", "current": False}]
    table = b"".join(client.get("/organisations/?format=csv").streaming_content).decode()
    assert "示例伙伴（至2023年2月）" in table


def test_a_page_tells_present_and_past_levels_apart(client):
    firm = factories.organisation(name="示例单位")
    leader = factories.level(code="leader", name="示例链长", rank=2)
    factories.membership(organisation=firm, level=leader, since="2022年", until="2023年2月28日")
    text = "".join(client.get(firm.get_absolute_url()).text.split())
    assert "在发展伙伴计划中的级别为" not in text
    assert "曾在发展伙伴计划中任" in text
    factories.membership(organisation=firm, since="2023年")
    text = client.get(f"/en{firm.get_absolute_url()}").text
    assert text.index("In the partner programme:") < text.index("formerly in the partner programme:")


def test_the_day_is_told_and_a_wrong_one_is_refused(client, partners):
    assert timezone.localdate().isoformat() in client.get("/partners/").context["result_bar"]
    assert "2023-06-30" in client.get("/partners/?as_of=2023-06-30").context["result_bar"]
    assert client.get("/partners/?as_of=2023").status_code == 400
    answer = client.get("/partners/?as_of=2023-06-30&format=csv")
    assert "2023-06-30" in answer["Content-Disposition"]


@pytest.mark.django_db(transaction=True)
def test_a_membership_ends_with_its_day_though_nothing_is_written(client, monkeypatch):
    today = timezone.localdate()
    factories.membership(organisation=factories.organisation(name="示例今止"), since="2022年", until=today.isoformat())
    assert "示例今止" in client.get("/partners/").text
    assert names(client, "status=former") == set()
    tomorrow = timezone.make_aware(datetime.combine(today + timedelta(days=1), datetime.min.time())) + timedelta(
        hours=1
    )
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert "示例今止" not in client.get("/partners/").text
    assert names(client, "status=former") == {"示例今止"}
    assert "（至<time" in client.get("/organisations/").text


def test_what_nobody_can_date_goes_on():
    firm = factories.organisation()
    field = Membership._meta.get_field("until")
    factories.membership(organisation=firm, since="2022年", until=field.keep("某年某月"))
    assert Membership.objects.in_force().count() == Organisation.objects.count() == 1
    assert Membership.objects.as_of(date(2050, 1, 1)).count() == 1
