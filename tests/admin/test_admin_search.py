"""Staff find by pinyin, initials, other names and words in any order, in every list and wherever a link is chosen."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from fengtai.records.models import Part
from fengtai.search.fields import SearchField
from indicators.models import Observation
from partners.models import Event, Honour, Membership, Organisation, Roster
from projects.models import Project
from tests import factories
from tests.admin.admin_pages import MODELS, address, row
from tests.admin.asking import ask
from tests.lists.limits import count_to

pytestmark = pytest.mark.django_db
NAME = "青龙通号科技园"
TERMS = ["青龙通号科技园", "通号", "tonghao", "qlth", "QLTHKJY", "科技 青龙", "kejiyuan 通号", "ｔｏｎｇｈａｏ\t"]
OTHERS = ["青龙银行", "tonghai", "qlty", "科技 银行"]
LETTERS = "甲乙丙丁戊己庚辛壬癸子"
HOSTILE = ["(", "\x00", "通\x00号", "9" * 400, "'\"*:^-", "a AND OR NOT b", "NEAR(a b)", "%", "_", LETTERS]
HOSTILE += [" ".join(LETTERS), "é", "\ud800", "１２．５", "a" * 200, "qqqq " * 9, "-1", "{}", "😀", "\\", " ", "\t"]


def search_column(model) -> SearchField | None:
    return next((field for field in model._meta.concrete_fields if isinstance(field, SearchField)), None)


INDEXED = [model for model in MODELS if search_column(model)]
NAMED = [(model, name) for model in INDEXED for name in search_column(model).names]
every_indexed = pytest.mark.parametrize("model", INDEXED, ids=lambda model: model._meta.label_lower)


@pytest.fixture
def owner(client):
    found = User.objects.create_superuser("示例管理员")
    client.force_login(found)
    return found


def hidden(model) -> dict:
    return {"held_back": True} if issubclass(model, Part) else {"state": "draft"}


def listed(owner, model, text: str, **asked) -> list:
    answer = ask(owner, "GET", address(model, "changelist"), {"q": text, **asked})
    assert answer.status == 200
    if "window" not in answer.context:  # a list of Django's own: people, imports, the bin
        return list(answer.context["cl"].result_list)
    return [model._base_manager.get(pk=key) for key in answer.context["window"].keys]


def links_to(model) -> list:
    """A link of each form that leads to the model."""
    links = [link for other in MODELS for link in (*other._meta.fields, *other._meta.many_to_many)]
    return [link for link in links if link.is_relation and link.related_model is model]


def offered(client, link, text: str, **asked) -> list[dict]:
    source = {"app_label": link.model._meta.app_label, "model_name": link.model._meta.model_name}
    answer = client.get(reverse("admin:autocomplete"), {**source, "field_name": link.name, "term": text, **asked})
    assert answer.status_code == 200
    return answer.json()["results"]


def assert_found(owner, client, found):
    model, links = type(found), links_to(type(found))[:1]
    for text in TERMS:
        assert listed(owner, model, text) == [found], text
        for link in links:
            assert [one["id"] for one in offered(client, link, text)] == [str(found.pk)], (link, text)
    for text in OTHERS:
        assert listed(owner, model, text) == [], text
        assert [one for link in links for one in offered(client, link, text)] == [], text


def test_every_list_with_a_search_column_asks_it():
    assert INDEXED
    for model in INDEXED:
        page = MODELS[model]
        assert page.is_indexed, model
        assert not page.search_fields, f"{model._meta.label}: the search column names what is found"


@pytest.mark.one_database
@pytest.mark.parametrize(("model", "name"), NAMED, ids=lambda one: getattr(one, "__name__", one))
def test_a_draft_is_found_by_each_of_its_own_names(owner, client, model, name):
    row(model)
    found = row(model)
    for field, value in {name: NAME, **hidden(model)}.items():
        setattr(found, field, value)
    found.save()
    assert_found(owner, client, found)


def organisation(name: str = "示例单位") -> Organisation:
    return factories.organisation(name=name, state="draft")


def called(name: str) -> Organisation:
    """A draft that is found by another name of it alone, which is held back."""
    return factories.organisation_name(
        organisation=organisation(), name=name, kind="former", held_back=True
    ).organisation


def at_event(one: Organisation) -> Event:
    event = factories.event(state="draft")
    event.organisations.add(one)
    return event


def in_project(**party) -> Project:
    return factories.party(project=factories.project(state="draft"), held_back=True, **party).project


# By model and link, a row that is found by a name of what it is linked to; nothing of it is public.
LINKED = {
    Organisation: {"names": called},
    Membership: {
        "organisation": lambda name: factories.membership(organisation=organisation(name)),
        "organisation__names": lambda name: factories.membership(organisation=called(name)),
    },
    Honour: {
        "organisation": lambda name: factories.honour(organisation=organisation(name)),
        "organisation__names": lambda name: factories.honour(organisation=called(name)),
    },
    Roster: {
        "figures": lambda name: (
            factories.roster_figure(roster=factories.roster(state="draft"), name=name, held_back=True).roster
        ),
    },
    Event: {
        "organisations": lambda name: at_event(organisation(name)),
        "organisations__names": lambda name: at_event(called(name)),
    },
    Project: {
        "organisations": lambda name: in_project(organisation=organisation(name), printed=""),
        "organisations__names": lambda name: in_project(organisation=called(name), printed=""),
        "parties": lambda name: in_project(printed=name),
    },
    Observation: {
        "indicator": lambda name: factories.observation(indicator=factories.indicator(name=name, state="draft")),
    },
}


@pytest.mark.one_database
@every_indexed
def test_what_the_public_search_looks_through_is_looked_through_whole(owner, client, model):
    assert {*MODELS[model].staff_list.filterset.searched} >= LINKED.get(model, {}).keys()
    for made in LINKED.get(model, {}).values():
        model.objects.all().delete()
        row(model)
        assert_found(owner, client, made(NAME))


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label_lower)
def test_no_text_that_is_looked_for_fails(owner, client, model):
    links = links_to(model)[:1]
    for text in [text.encode("utf-8", "surrogatepass") for text in HOSTILE]:
        listed(owner, model, text)
        for link in links:
            offered(client, link, text)


@pytest.mark.parametrize("text", ["(", "9" * 400, " ".join(LETTERS)])
def test_a_text_that_cannot_be_looked_for_is_told_and_finds_nothing(owner, client, text):
    factories.organisation()
    answer = client.get(address(Organisation, "changelist"), {"q": text})
    assert list(answer.context["question"].errors) == ["q"]
    assert (answer.context["question"].count, answer.context["rows"]) == (0, "")
    offered(client, ORGANISATION, text)
    assert not list(client.get(reverse("admin:index")).context["messages"])  # nothing of the field's


def test_nothing_typed_shows_every_row_in_its_order(owner, client):
    made = [factories.organisation(name=name) for name in ("乙社", "甲社")]
    assert listed(owner, Organisation, "") == listed(owner, Organisation, " ") == made[::-1]
    assert [one["id"] for one in offered(client, ORGANISATION, "")] == [str(one.pk) for one in made[::-1]]


ORGANISATION = Membership._meta.get_field("organisation")
NAMES = ("北京青龙科技", "青龙科技园", "安青龙", "青龙")


@pytest.mark.parametrize("text", ["青龙", "qinglong", "青 龙"])
def test_the_name_itself_comes_first_and_then_names_that_begin_so(owner, client, text):
    for name in NAMES:
        factories.organisation(name=name)
    expected = ["青龙", "青龙科技园", "安青龙", "北京青龙科技"]
    assert [one["text"] for one in offered(client, ORGANISATION, text)] == expected
    assert [str(one) for one in listed(owner, Organisation, text)] == expected


def test_a_list_put_in_order_by_a_column_stays_in_it(owner):
    made = [factories.organisation(name=name, kind=kind) for name, kind in (("青龙", "firm"), ("青龙社", "body"))]
    assert listed(owner, Organisation, "青龙") == made
    assert listed(owner, Organisation, "青龙", sort="kind") == made[::-1]


@pytest.mark.parametrize("text", ["青龙", "qinglong"])
def test_of_very_many_the_name_itself_is_still_offered_and_the_list_holds_them_all(owner, client, monkeypatch, text):
    count_to(monkeypatch, 3)
    for number in range(20):
        factories.organisation(name=f"第{number}青龙", state="draft")
    found = factories.organisation(name="青龙", state="draft")
    first, *others = offered(client, ORGANISATION, text)
    assert first["text"] == "青龙"
    assert 0 < len(others) <= 6
    assert listed(owner, Organisation, text)[0] == found
    chosen = {"action": "submit_for_review", "select_across": "1"}  # what is done with all is done with every one
    ask(owner, "POST", f"{address(Organisation, 'changelist')}?q={text}", chosen)
    assert Organisation.objects.filter(state="review").count() == 21


def test_pages_of_an_offer_follow_each_other(owner, client):
    made = {str(factories.organisation(name=f"青龙{number}").pk) for number in range(25)}
    pages = [[one["id"] for one in offered(client, ORGANISATION, "青龙", page=page)] for page in (1, 2)]
    assert [len(page) for page in pages] == [20, 5]
    assert {*pages[0], *pages[1]} == made


def test_twins_are_told_apart(owner, client):
    firm = factories.organisation(name="青龙", kind="firm", state="published")
    draft = factories.organisation(name="青龙", kind="body", state="draft")
    factories.organisation(name="青龙社", kind="firm", state="published")
    labels = {one["id"]: one["text"] for one in offered(client, ORGANISATION, "青龙")}
    assert sorted(labels.values(), key=len)[0] == "青龙社"
    assert labels[str(firm.pk)] == f"青龙（{firm.get_kind_display()} · #{firm.pk}）"
    assert labels[str(draft.pk)] == f"青龙（{draft.get_kind_display()} · {draft.publication_in_words} · #{draft.pk}）"


def test_an_offer_asks_no_more_for_many_rows(owner, client, django_assert_max_num_queries):
    for number in range(20):
        factories.partner(name=f"青龙{number}")
    with django_assert_max_num_queries(12):
        assert len(offered(client, ORGANISATION, "青龙")) == 20
