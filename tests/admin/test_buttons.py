"""Buttons of a record's page: a figure is revised, a record copied, a partner promoted."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils.translation import override

from fengtai.records.models import Citation
from fengtai.records.trail.acting import Way
from fengtai.records.trail.entries import TrailEntry
from indicators.models import Observation
from indicators.tables import IndicatorTable
from partners.models import Industry, Membership, Organisation
from projects.models import Project
from tests import factories
from tests.admin.admin_pages import MODELS, address, form_data, row

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("示例员工"))
    return client


def buttons(staff, record) -> dict[str, str]:
    """What the page of a record offers, and where it leads."""
    return dict(staff.get(address(type(record), "change", record.pk)).context["tools"])


# 修订此数


@pytest.fixture
def gdp():
    measured = factories.indicator(name="地区生产总值", unit="亿元", headline=1)
    return factories.observation(
        indicator=measured, growth="同比增长6.5%", growth_basis="real", coverage="全口径", comparison="居全市第七"
    )


def revised(staff, old, **said):
    shown = {"value": str(old.value or ""), "growth": str(old.growth or ""), "vintage": old.vintage}
    return staff.post(address(Observation, "revise", old.pk), {**shown, "reason": "普查修订", **said})


@pytest.mark.usefixtures("published")
def test_a_figure_is_revised_with_four_fields_and_the_revision_is_a_draft(staff, gdp):
    where = buttons(staff, gdp)["修订此数"]
    form = staff.get(where).context["form"]
    assert [*form.fields] == ["value", "growth", "vintage", "reason"]
    assert str(form.initial["value"]) == "2187.5亿元"
    answer = revised(staff, gdp, value="2201.3亿元", growth="", vintage="final")
    new = Observation.objects.get(supersedes=gdp)
    assert answer.url == address(Observation, "change", new.pk)
    assert (new.state, str(new.value), new.growth, new.vintage, new.reason) == (
        "draft", "2201.3亿元", None, "final", "普查修订"
    )  # fmt: skip
    same = ("indicator_id", "scope_id", "period", "growth_basis", "coverage")
    assert [getattr(new, name) for name in same] == [getattr(gdp, name) for name in same]
    assert new.comparison == "" and new.history.get().history_user.username == "示例员工"
    assert [entry.way for entry in TrailEntry.objects.of(new).filter(object_id=new.pk)] == [Way.ACTION]
    gdp.refresh_from_db()
    assert (str(gdp.value), gdp.state) == ("2187.5亿元", "published")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"value": "2201.3"}, "value"),
        ({"value": "2201.3平方米"}, "value"),
        ({"value": "二三十"}, "value"),
        ({"value": "2201.3亿元", "reason": ""}, "reason"),
        ({}, "value"),
        ({"value": "2201.3亿元", "vintage": "示例"}, "vintage"),
        ({"value": "2201.3亿元", "reason": "\x00"}, "reason"),
        ({"value": "", "growth": ""}, "growth"),
    ],
    ids=str,
)
def test_a_revision_that_cannot_be_is_told_at_its_field_with_what_was_typed(staff, gdp, said, field):
    refused = revised(staff, gdp, **said)
    form = refused.context["form"]
    assert refused.status_code == 200 and [*form.errors] == [field]
    assert form["value"].value() == said.get("value", "2187.5亿元")
    assert Observation.objects.count() == 1


def test_a_revision_is_cited_from_the_current_source_where_the_box_says_so(staff, gdp):
    source = factories.source(title="示例公报")
    staff.post(reverse("current_source"), {"source": source.pk})
    page = staff.get(address(Observation, "revise", gdp.pk)).content.decode()
    assert 'name="pin_all_new" value="1" form="act_form"' in page and 'id="act_form"' in page
    revised(staff, gdp, value="2201.3亿元", growth="", pin_source=source.pk, pin_all_new="1")
    new = Observation.objects.get(supersedes=gdp)
    cited = Citation.objects.filter(source=source).values_list("object_id", "field")
    assert sorted(cited) == [(new.pk, "reason"), (new.pk, "value")]


def test_without_the_box_or_the_right_a_revision_is_cited_from_nothing(client, gdp):
    source = factories.source(title="示例公报")
    clerk = User.objects.create_user("示例统计员", is_staff=True)
    rights = ("add_observation", "view_observation", "view_source")
    clerk.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(clerk)
    assert client.get(address(Observation, "revise", gdp.pk)).context["bar"] is None
    revised(client, gdp, value="2201.3亿元", pin_source=source.pk, pin_all_new="1")
    new = Observation.objects.get(supersedes=gdp)
    client.force_login(User.objects.create_superuser("示例员工二"))
    revised(client, new, value="2202亿元", pin_source=source.pk)
    assert Observation.objects.filter(supersedes=new).exists() and not Citation.objects.exists()


def test_whoever_comes_too_late_is_told_of_the_revision_there_is(staff, gdp):
    revised(staff, gdp, value="2201.3亿元")
    answer = staff.get(address(Observation, "revise", gdp.pk), follow=True)
    assert [str(told) for told in answer.context["messages"]][-1].startswith(f"此数已有修订：{gdp.indicator} ")


def test_what_was_revised_once_is_not_revised_again(staff, gdp):
    revised(staff, gdp, value="2201.3亿元")
    assert "修订此数" not in buttons(staff, gdp)
    again = revised(staff, gdp, value="2202亿元")
    assert again.url == address(Observation, "change", gdp.pk) and Observation.objects.count() == 2
    assert "修订此数" in buttons(staff, Observation.objects.get(supersedes=gdp))


@pytest.mark.usefixtures("published")
def test_the_old_page_says_by_what_it_was_replaced_once_that_is_public(staff, client, gdp):
    revised(staff, gdp, value="2201.3亿元", vintage="final")
    assert "2201.3" not in client.get(gdp.get_absolute_url()).content.decode()
    new = Observation.objects.get(supersedes=gdp)
    new.state = "published"
    new.save()
    page = client.get(gdp.get_absolute_url()).content.decode()
    said = page.partition('class="replaced"')[2].partition("</p>")[0]
    assert new.get_absolute_url() in said and "2201.3亿元" in said and "最终核实" in said and "普查修订" in said


# The home page


def cards() -> list[tuple[str, str]]:
    return [(headline.label, str(headline.figure)) for headline in IndicatorTable.headlines()]


@pytest.mark.usefixtures("published")
def test_the_home_page_shows_one_card_for_each_indicator_the_latest_published(staff, gdp):
    factories.observation(indicator=gdp.indicator, period="2022年", value="2061.8亿元")
    factories.observation(indicator=gdp.indicator, period="", value="1000亿元")
    assert cards() == [("地区生产总值", "2187.5亿元")]
    revised(staff, gdp, value="2201.3亿元", vintage="final")
    assert cards() == [("地区生产总值", "2187.5亿元")]
    Observation.objects.filter(supersedes=gdp).update(state="published")
    assert cards() == [("地区生产总值", "2201.3亿元")]
    factories.observation(indicator=gdp.indicator, period="2024年", value="2400亿元", state="draft")
    factories.observation(indicator=gdp.indicator, period="2025年", value="2500亿元", vintage="target")
    assert cards() == [("地区生产总值", "2201.3亿元")]
    factories.observation(indicator=gdp.indicator, period="2024年", value="2300亿元")
    assert cards() == [("地区生产总值", "2300亿元")]


@pytest.mark.usefixtures("published")
def test_no_figure_takes_the_card_of_another_indicator(staff):
    high_tech = factories.indicator(name="国家高新技术企业", unit="家", headline=6)
    giants = factories.indicator(name="专精特新“小巨人”企业", unit="家", headline=7)
    stated = factories.observation(indicator=high_tech, value="3362家", period="")
    other = {"indicator": giants.pk, "scope": stated.scope_id, "value": "100家", "reason": "示例"}
    form = {name: said for name, said in form_data(staff.get(address(Observation, "add"))).items() if said != ""}
    refused = staff.post(address(Observation, "add"), {**form, **other, "supersedes": stated.pk})
    assert refused.status_code == 200 and [*refused.context["adminform"].form.errors] == ["supersedes"]
    factories.observation(indicator=giants, value="100家", period="")
    assert cards() == [("国家高新技术企业", "3362家"), ("专精特新“小巨人”企业", "100家")]


@pytest.mark.usefixtures("published")
def test_a_park_does_not_take_the_card_of_the_district(gdp):
    park = factories.scope(name="中关村丰台园")
    high_tech = factories.indicator(name="国家高新技术企业", unit="家", headline=2)
    factories.observation(indicator=high_tech, value="3362家")
    factories.observation(indicator=high_tech, value="100家", scope=park, period="2025年")
    only_there = factories.indicator(name="园区总收入", unit="亿元", headline=3)
    factories.observation(indicator=only_there, value="8000亿元", scope=park)
    assert cards() == [
        ("地区生产总值", "2187.5亿元"),
        ("国家高新技术企业", "3362家"),
        ("园区总收入（中关村丰台园）", "8000亿元"),
    ]


# 复制新增


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_every_record_can_be_copied_into_a_form_that_adds(staff, model):
    found = row(model)
    page = staff.get(address(model, "change", found.pk))
    if "tools" not in page.context:  # levels and scopes are few, and no records
        return
    where = dict(page.context["tools"])["复制新增"]
    assert where == f"{address(model, 'add')}?copy_of={found.pk}"
    assert staff.get(where).status_code == 200


def test_a_copy_holds_what_the_record_says_and_nothing_that_is_its_own(staff):
    industry = factories.industry(name="商用密码")
    old = factories.organisation(name="示例甲公司", kind="firm", region="丰台区", doubt="示例存疑")
    old.industries.add(industry)
    factories.citation(old)
    form = form_data(staff.get(buttons(staff, old)["复制新增"]))
    assert (form["name"], form["kind"], form["region"], form["industries"]) == (
        "示例甲公司", "firm", "丰台区", [industry.pk]
    )  # fmt: skip
    assert (form["credit_code"], form["doubt"]) == ("", "")
    said = {name: value for name, value in form.items() if value != ""} | {"name": "完全不同的丙单位"}
    assert staff.post(address(Organisation, "add"), said).status_code == 302
    new = Organisation.objects.get(name="完全不同的丙单位")
    assert (new.kind, [*new.industries.all()], new.state) == ("firm", [industry], "draft")
    assert Citation.objects.filter(object_id=new.pk).count() == 0


def test_a_code_is_left_out_and_a_name_that_must_be_unique_stays_to_be_changed(staff):
    old = factories.indicator(name="示例产值", unit="亿元")
    form = form_data(staff.get(buttons(staff, old)["复制新增"]))
    assert (form["name"], form["code"], form["unit"]) == ("示例产值", "", "亿元")
    figure = factories.observation(indicator=old)
    factories.observation(indicator=old, supersedes=figure, reason="示例")
    revision = Observation.objects.get(supersedes=figure)
    form = form_data(staff.get(buttons(staff, revision)["复制新增"]))
    assert (form["value"], form["supersedes"], form["reason"]) == ("2187.5亿元", "", "")


def test_nobody_copies_what_they_may_not_see(client):
    old = factories.project(title="示例保密项目")
    person = User.objects.create(username="示例录入员", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename="add_project"))
    client.force_login(person)
    page = client.get(f"{address(Project, 'add')}?copy_of={old.pk}")
    assert page.status_code == 200 and "示例保密项目" not in page.content.decode()


# 升为链长


@pytest.fixture
def partner():
    factories.level(code="chain-leader", name="链长单位", rank=2)
    level = factories.level(code="partner", name="发展伙伴", rank=1)
    return factories.membership(level=level, organisation=factories.organisation(name="示例甲"), since="2023年")


@pytest.mark.parametrize("of_membership", [True, False])
def test_a_partner_is_promoted_from_either_page(staff, partner, of_membership):
    chain = factories.industry(name="商用密码")
    record = partner if of_membership else partner.organisation
    where = buttons(staff, record)["升为链长单位"]
    answer = staff.post(where, {"since": "2024年4月23日", "chain": chain.pk})
    new = Membership.objects.get(level__code="chain-leader")
    assert answer.url == address(Membership, "change", new.pk)
    assert (new.organisation, new.chain, str(new.since)) == (partner.organisation, chain, "2024年4月23日")
    assert new.history.get().history_user.username == "示例员工"
    partner.refresh_from_db()
    assert (str(partner.until), partner.level.code) == ("", "partner")
    assert "升为链长单位" not in {**buttons(staff, partner), **buttons(staff, partner.organisation)}


def test_the_membership_before_ends_the_day_before_and_no_day_is_without_one(staff, partner):
    where = address(Membership, "promote", partner.pk)
    staff.post(where, {"since": "2024年4月1日", "ends_old": "on"})
    partner.refresh_from_db()
    assert str(partner.until) == "2024年3月31日"
    ranks = [Membership.objects.ranks_as_of(date(2024, month, day)) for month, day in ((3, 30), (3, 31), (4, 1))]
    assert ranks == [{partner.organisation_id: rank} for rank in (1, 1, 2)]
    assert [str(m.level) for m in Membership.objects.as_of(date(2024, 4, 1))] == ["链长单位"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"since": ""}, "since"),
        ({"since": "某日"}, "since"),
        ({"since": "2022年1月1日", "ends_old": "on"}, "since"),
        ({"since": "2024年", "chain": "999999"}, "chain"),
        ({"since": "2024年", "chain": "x\x00"}, "chain"),
        ({"since": "2024年", "roster": "0"}, "roster"),
    ],
    ids=str,
)
def test_a_promotion_that_cannot_be_is_told_at_its_field(staff, partner, said, field):
    refused = staff.post(address(Membership, "promote", partner.pk), said)
    assert refused.status_code == 200 and [*refused.context["form"].errors] == [field]
    assert refused.context["form"]["since"].value() == said["since"]
    assert Membership.objects.count() == 1


def test_where_no_level_is_higher_there_is_no_button(staff, partner):
    leader = factories.membership(
        organisation=factories.organisation(name="乙"), level=factories.level(code="chain-leader")
    )
    for record in (leader, leader.organisation, factories.organisation(name="丙")):
        assert [*buttons(staff, record)] == ["复制新增", *(["合并到…"] if record != leader else [])]
        answer = staff.post(address(type(record), "promote", record.pk), {"since": "2024年"})
        assert answer.url == address(type(record), "change", record.pk)
    assert Membership.objects.count() == 2


def test_who_may_not_change_memberships_is_not_offered_to_end_one(client, partner):
    person = User.objects.create(username="示例录入员", is_staff=True)
    person.user_permissions.set(
        Permission.objects.filter(codename__in=["view_organisation", "view_membership", "add_membership"])
    )
    client.force_login(person)
    where = address(Organisation, "promote", partner.organisation.pk)
    assert "ends_old" not in client.get(where).context["form"].fields
    client.post(where, {"since": "2024年", "ends_old": "on"})
    partner.refresh_from_db()
    assert str(partner.until) == "" and Membership.objects.count() == 2


def test_the_buttons_speak_english_too(staff, partner):
    with override("en"):
        page = staff.get(f"{reverse('admin:index')}partners/membership/{partner.pk}/change/").content.decode()
        assert "Promote to" in page and "Copy as a new record" in page


def test_the_levels_come_by_their_rank_and_not_by_their_code(staff, partner):
    factories.level(code="honorary", name="荣誉链长", rank=3)
    assert "升为链长单位" in buttons(staff, partner)
    factories.level(code="candidate", name="候选链长", rank=1)
    assert Industry.objects.count() == 0 and "升为链长单位" in buttons(staff, partner)
