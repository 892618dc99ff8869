"""What a form tells before it saves: names on file already, units that do not fit, kinds that a figure contradicts."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.urls import reverse

from fengtai.admin.near_names import NOT_THE_SAME, told_by
from indicators.models import Indicator, Observation
from partners.models import Industry, Organisation, Policy, Roster
from projects.models import Amount, Place, Project
from tests import factories
from tests.admin.admin_pages import MODELS, address, errors_of, form_data

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
TOLD_BY_NAME = [model for model in MODELS if told_by(model)]


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("示例员工"))
    return client


def filled(response) -> dict:
    """What a browser would send of a form: of links of which none is chosen it sends nothing."""
    return {name: value for name, value in form_data(response).items() if value != ""}


def add_form(staff, model, **said) -> dict:
    return {**filled(staff.get(address(model, "add"))), **said}


def added(staff, model, **said):
    return staff.post(address(model, "add"), add_form(staff, model, **said))


# Names


def test_the_records_that_are_told_by_their_name_are_asked_about():
    assert {Organisation, Place, Project, Roster, Industry, Policy, Indicator} <= {*TOLD_BY_NAME}
    told = {model._meta.model_name for model in TOLD_BY_NAME}
    assert not told & {"membership", "honour", "observation", "amount", "level"}


NEAR = [
    "同仁堂",
    " 同仁堂 ",
    "同仁堂有限公司",
    "北京同仁堂股份有限公司",
    "同仁堂集团",
    "同仁堂（集团）有限公司",
    "同仁堂(集团)",
    "同仁 堂",
    "同仁堂控股",
    "示例老字号",
    "示例老字号有限公司",
]


@pytest.mark.parametrize("name", NEAR)
def test_a_name_almost_that_of_another_is_told_with_a_link_before_it_is_saved(staff, name):
    on_file = factories.organisation(name="北京同仁堂（集团）有限责任公司")
    factories.organisation_name(organisation=on_file, name="示例老字号")
    refused = added(staff, Organisation, name=name, region="示例区")
    [told] = errors_of(refused)["name"]
    assert f'href="{address(Organisation, "change", on_file.pk)}"' in told and on_file.name in told
    assert list(errors_of(refused)) == ["name"] and Organisation.objects.count() == 1
    again = filled(refused)
    assert (again["name"], again["region"]) == (name, "示例区")
    assert staff.post(address(Organisation, "add"), {**again, NOT_THE_SAME: again["name"]}).status_code == 302
    assert Organisation.objects.filter(name=name.strip(), region="示例区").count() == 1


@pytest.mark.parametrize("name", ["全聚德", "银河航天", "中国通号"])
def test_a_name_unlike_all_others_is_saved_at_once(staff, name):
    for other in ("北京同仁堂", "银河证券"):
        factories.organisation(name=other)
    assert added(staff, Organisation, name=name).status_code == 302


def test_the_box_holds_for_the_name_that_was_told_and_no_other(staff):
    factories.organisation(name="同仁堂")
    factories.organisation(name="全聚德")
    refused = added(staff, Organisation, name="全聚德集团", told_name="同仁堂集团")
    assert list(errors_of(refused)) == ["name"]


def test_a_box_once_ticked_stays_ticked_while_something_else_is_put_right(staff):
    factories.organisation(name="同仁堂")
    refused = added(staff, Organisation, name="同仁堂集团", website="x y", **{NOT_THE_SAME: "同仁堂集团"})
    assert list(errors_of(refused)) == ["website"]
    assert staff.post(address(Organisation, "add"), {**filled(refused), "website": ""}).status_code == 302


def test_a_record_that_is_renamed_is_asked_about_and_one_that_keeps_its_name_is_not(staff):
    factories.organisation(name="同仁堂")
    other = factories.organisation(name="同仁堂集团")
    where = address(Organisation, "change", other.pk)
    data = form_data(staff.get(where))
    assert staff.post(where, {**data, "region": "示例区"}).status_code == 302
    data = form_data(staff.get(where))
    refused = staff.post(where, {**data, "name": "同仁堂股份有限公司"})
    assert list(errors_of(refused)) == ["name"]
    assert str(other.pk) not in errors_of(refused)["name"][0].partition("change")[0]  # never itself
    ticked = {**filled(refused), NOT_THE_SAME: "同仁堂股份有限公司"}
    assert staff.post(where, ticked).status_code == 302
    other.refresh_from_db()
    assert (other.name, other.region) == ("同仁堂股份有限公司", "示例区")


@pytest.mark.parametrize(
    ("model", "field", "on_file", "typed", "more"),
    [
        (Place, "name", "丽泽SOHO大厦", "丽泽ＳＯＨＯ大厦", {}),
        (Project, "title", "示例总部基地项目", "示例总部基地项目（一期）", {}),
        (Roster, "title", "十大商务楼宇", "十大商务楼宇名单", {}),
        (Policy, "name", "丰台区促进措施", "丰台区促进措施（试行）", {"kind": "policy"}),
        (Industry, "name", "航天航空", "航天航空业", {}),
        (Indicator, "name", "地区生产总值", "地区生产总值（现价）", {"code": "gdp"}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_every_kind_of_named_record_asks(staff, model, field, on_file, typed, more):
    first = getattr(factories, model.__name__.lower())(**{field: on_file})
    refused = added(staff, model, **{field: typed, **more})
    assert list(errors_of(refused)) == [field]
    assert address(model, "change", first.pk) in errors_of(refused)[field][0]
    assert staff.post(address(model, "add"), {**filled(refused), NOT_THE_SAME: typed}).status_code == 302


def test_other_names_a_line_and_full_names_are_compared_too(staff):
    factories.place(name="示例大厦", other_names="甲号楼\n星火科技园")
    factories.policy(name="乙政策", full_name="关于支持商用密码产业发展的若干措施")
    assert list(errors_of(added(staff, Place, name="星火科技园区"))) == ["name"]
    refused = added(staff, Policy, name="支持商用密码产业发展的若干措施", kind="policy")
    assert list(errors_of(refused)) == ["name"]


def test_numbers_of_a_series_are_no_near_names(staff):
    factories.roster(title="2023年十大商务楼宇")
    factories.roster(title="第一批链长单位")
    assert added(staff, Roster, title="2024年十大商务楼宇").status_code == 302
    assert added(staff, Roster, title="第二批链长单位").status_code == 302
    assert list(errors_of(added(staff, Roster, title="2024年十大 商务楼宇"))) == ["title"]


def test_a_name_of_markup_is_shown_as_text(staff):
    factories.organisation(name="<b>同仁堂</b>")
    page = added(staff, Organisation, name="<b>同仁堂</b>集团").content.decode()
    assert "<b>同仁堂" not in page and "&lt;b&gt;同仁堂&lt;/b&gt;" in page


def test_who_may_not_see_the_records_is_told_that_there_is_one_and_not_which(client):
    factories.organisation(name="北京同仁堂")
    person = User.objects.create(username="示例录入员", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename="add_organisation"))
    client.force_login(person)
    refused = added(client, Organisation, name="同仁堂集团")
    assert list(errors_of(refused)) == ["name"]
    assert "北京同仁堂" not in refused.content.decode()
    again = {**filled(refused), NOT_THE_SAME: "同仁堂集团"}
    assert client.post(address(Organisation, "add"), again).status_code == 302


def test_hostile_answers_save_nothing_and_fail_nowhere(staff):
    factories.organisation(name="同仁堂")
    for said in ("\x00", "x" * 5000, "‮", "1"):
        answer = added(staff, Organisation, name="同仁堂集团", **{NOT_THE_SAME: said})
        assert answer.status_code == 200 and "name" in errors_of(answer), ascii(said)
    assert Organisation.objects.count() == 1


def test_only_pages_of_records_ask():
    assert [model for model in admin.site._registry if told_by(model) and model not in MODELS] == []


# Units


UNFIT = {
    "1214.2": "元、万元、亿元",
    "1214.2平方米": "元、万元、亿元",
    "1214.2家": "元、万元、亿元",
    "1214.2亿美元": "元、万元、亿元",
    "5%": "元、万元、亿元",
}


def observation_form(staff, **said):
    measured = factories.indicator(name="地区生产总值", unit="亿元")
    return {"indicator": measured.pk, "scope": factories.scope().pk, "period": "2024年", **said}


@pytest.mark.parametrize("value", UNFIT)
def test_a_figure_in_no_unit_of_its_indicator_is_refused_with_the_units_that_fit(staff, value):
    refused = added(staff, Observation, **observation_form(staff, value=value))
    assert list(errors_of(refused)) == ["value"]
    assert UNFIT[value] in errors_of(refused)["value"][0] and value in errors_of(refused)["value"][0]
    assert Observation.objects.count() == 0
    mended = {**filled(refused), "value": "1214.2亿元"}
    assert staff.post(address(Observation, "add"), mended).status_code == 302


@pytest.mark.parametrize("value", ["1214.2亿元", "约1214亿元", "12142000万元", "1214.2亿元人民币", "—", ""])
def test_units_of_one_family_fit(staff, value):
    form = observation_form(staff, value=value, comparison="居全市第七")
    assert added(staff, Observation, **form).status_code == 302


@pytest.mark.parametrize(
    ("unit", "fits", "does_not"),
    [
        ("家", ["3362家", "2.13万户", "300余个"], ["3362人", "3362", "3362万元"]),
        ("万人", ["12.5万人", "300名"], ["300家"]),
        ("平方米", ["3.2公顷", "1000㎡", "5亩"], ["5米"]),
        ("%", ["6.5%", "三成"], ["6.5个百分点", "6.5"]),
        ("元/人", ["5万元/人"], ["5万元"]),
        ("自造单位", [], ["5", "5元"]),
        ("", ["5", "5元"], []),
        ("万", ["5", "5家"], []),
    ],
)
def test_what_fits_is_said_by_the_indicators_unit(unit, fits, does_not):
    measured = factories.indicator(name="示例", unit=unit)
    for value in fits:
        Observation(indicator=measured, scope=factories.scope(), value=value).full_clean()
    for value in does_not:
        with pytest.raises(ValidationError) as refused:
            Observation(indicator=measured, scope=factories.scope(), value=value).full_clean()
        assert list(refused.value.message_dict) == ["value"], value


def test_what_the_report_states_fits_its_indicators(report):
    for row in [*Observation.objects.all(), *Amount.objects.all()]:
        row.full_clean()


# Amounts


def amount_rows(staff, *rows) -> tuple:
    """The page of a project with amounts typed in its table."""
    where = address(Project, "change", factories.project().pk)
    data = filled(staff.get(where))
    data["amounts-TOTAL_FORMS"] = len(rows)
    data |= {f"amounts-{number}-{name}": said for number, row in enumerate(rows) for name, said in row.items()}
    return where, staff.post(where, data)


@pytest.mark.parametrize("figure", ["3.5", "1000㎡", "300家"])
def test_an_amount_needs_a_currency(staff, figure):
    _where, refused = amount_rows(staff, {"kind": "total", "figure": figure})
    [(name, [told])] = errors_of(refused).items()
    assert name == "amounts-0-figure" and "元、万元、亿元、美元" in told
    assert Amount.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "kind", "printed"),
    [
        ("协议投资额约3.5亿元", "agreed", "约3.5亿元"),
        ("总投资3.5亿元", "total", "3.5亿元"),
        ("拟投资：3.5亿元", "intended", "3.5亿元"),
        ("注册资本 5000万元", "registered-capital", "5000万元"),
        ("到位资金2亿美元", "paid-in", "2亿美元"),
        ("贷款3亿元", "loan", "3亿元"),
        ("3.5亿元（拟投资）", "intended", "3.5亿元（拟投资）"),
    ],
)
def test_the_words_of_an_amount_choose_its_kind(staff, typed, kind, printed):
    assert amount_rows(staff, {"figure": typed})[1].status_code == 302
    assert [(row.kind, str(row.figure)) for row in Amount.objects.all()] == [(kind, printed)]


@pytest.mark.parametrize("typed", ["协议投资额约3.5亿元", "3.5亿元（协议）"])
def test_a_kind_that_the_words_contradict_is_told_and_nothing_typed_is_lost(staff, typed):
    where, refused = amount_rows(staff, {"kind": "total", "figure": typed})
    [(name, [told])] = errors_of(refused).items()
    assert (
        name == "amounts-0-kind" and f"“{Amount.Kind.AGREED.label}”" in told and f"“{Amount.Kind.TOTAL.label}”" in told
    )
    assert filled(refused)["amounts-0-figure"] == typed
    again = {**filled(refused), "amounts-0-kind": "agreed"}
    assert staff.post(where, again).status_code == 302
    assert Amount.objects.get().kind == "agreed"


def test_where_nobody_says_a_kind_it_is_asked(staff):
    _where, refused = amount_rows(staff, {"figure": "3.5亿元"})
    assert list(errors_of(refused)) == ["amounts-0-kind"]
    _where, refused = amount_rows(staff, {"kind": "示例", "figure": "3.5亿元"})
    assert list(errors_of(refused)) == ["amounts-0-kind"]


def test_the_line_under_an_amount_reads_it_as_the_form_does(staff):
    asked = {"text": "协议投资额约3.5亿元"}
    assert "350,000,000" in staff.get(reverse("reading", args=["labelled"]), asked).json()["reading"]
    assert "problem" in staff.get(reverse("reading", args=["figure"]), asked).json()


# Revisions


@pytest.mark.parametrize(
    "other",
    [
        {"indicator": "国家高新技术企业"},
        {"scope": "中关村丰台园"},
        {"period": "2022年"},
        {"period": "2023年上半年"},
        {"period": "2023年末"},
    ],
    ids=str,
)
def test_a_revision_speaks_of_the_same_on_the_form(staff, other):
    old = factories.observation()
    said = {"indicator": old.indicator.name, "scope": old.scope.name, "period": "2023年", **other}
    indicator = Indicator.objects.filter(name=said["indicator"]).first() or factories.indicator(name=said["indicator"])
    data = {"indicator": indicator.pk, "scope": factories.scope(name=said["scope"]).pk, "period": said["period"]}
    data |= {"value": "100亿元", "supersedes": old.pk, "reason": "示例"}
    refused = added(staff, Observation, **data)
    assert list(errors_of(refused)) == ["supersedes"]
    new = factories.observation(indicator=old.indicator, supersedes=old, reason="示例", period="2023年")
    for row in (old, new):  # neither end can be moved away from the other
        where = address(Observation, "change", row.pk)
        moved = {name: data[name] for name in ("indicator", "scope", "period")}
        assert list(errors_of(staff.post(where, {**filled(staff.get(where)), **moved}))) == ["supersedes"]


def test_a_figure_in_the_midst_of_revisions_is_held_to_both(staff):
    first = factories.observation(period="")
    second = factories.observation(indicator=first.indicator, period="", supersedes=first, reason="示例")
    factories.observation(indicator=first.indicator, period="2023年", supersedes=second, reason="示例")
    second.period = "2022年"
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert list(refused.value.message_dict) == ["supersedes"]
