"""The current source and the pins: what is pinned is cited as the form is saved, once, and nothing else is."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fengtai.records.models import Citation, Source
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.actions import submit
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.terms import Terms
from partners.models import Honour, Membership, Organisation
from projects.models import Amount, Party, Project, StageEntry
from tests import factories
from tests.admin.admin_pages import address, errors_of, form_data, formset_of
from tests.admin.test_hostile_ids import KEYS

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
CHOOSE = reverse("current_source")


@pytest.fixture
def staff(admin_client):
    return admin_client


@pytest.fixture
def source():
    return factories.source(title="示例来源")


def person(client, *codes):
    """Signs in somebody with some rights."""
    user = User.objects.create_user("示例员工", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    assert user.user_permissions.count() == len(codes)
    client.force_login(user)
    return client


def draft(**given):
    """What was never published is edited directly."""
    return factories.organisation(state="draft", **given)


def bar_of(response):
    return response.context.get("bar")


def proofs(record) -> list[tuple]:
    found = Citation.objects.filter(object_id=record.pk, content_type__model=record._meta.model_name)
    return sorted(found.values_list("source__title", "field", "paragraph", "words"), key=str)


def row_data(response, model, number=0, **said) -> dict:
    prefix = formset_of(response, model).prefix
    return {f"{prefix}-{number}-{name}": value for name, value in said.items()}


def begun(response) -> dict:
    """The form of a new record as it stands; what is empty says nothing."""
    return {name: value for name, value in form_data(response).items() if value != ""}


# The current source


def test_a_source_is_chosen_once_and_stands_on_every_form_until_it_is_cleared(staff, source):
    found = factories.membership()
    pages = [
        address(type(found), "change", found.pk),
        address(Organisation, "add"),
        address(Organisation, "change", found.organisation_id),
        address(Source, "change", source.pk),
    ]
    assert [bar_of(staff.get(page)).source for page in pages] == [None] * 4
    answer = staff.post(CHOOSE, {"q": "示例来源", "next": pages[0]})
    assert (answer.status_code, answer["Location"]) == (302, pages[0])
    for page in pages:
        response = staff.get(page)
        assert bar_of(response).source == source
        assert '<strong class="current-source-title" title="示例来源">示例来源</strong>' in response.content.decode()
    assert staff.post(CHOOSE, {"clear": "1", "next": pages[0]})["Location"] == pages[0]
    assert [bar_of(staff.get(page)).source for page in pages] == [None] * 4


def test_of_several_sources_that_could_be_meant_one_is_pressed(staff):
    first, second = factories.source(title="示例甲报道"), factories.source(title="示例乙报道")
    page = staff.post(CHOOSE, {"q": "报道", "next": "/admin/"})
    assert page.status_code == 200
    assert {*bar_of(page).offered} == {first, second}
    assert bar_of(staff.get(address(Organisation, "add"))).source is None
    assert staff.post(CHOOSE, {"source": second.pk, "q": "报道", "next": "/admin/"})["Location"] == "/admin/"
    assert bar_of(staff.get(address(Organisation, "add"))).source == second


def test_the_exact_title_is_meant_where_others_hold_it(staff, source):
    factories.source(title="示例来源之二")
    assert staff.post(CHOOSE, {"q": "示例来源", "next": "/admin/"}).status_code == 302
    assert staff.session["current_source"] == source.pk


def test_what_is_not_found_is_told_and_leaves_the_choice_as_it_was(staff, source):
    staff.post(CHOOSE, {"source": source.pk})
    page = staff.post(CHOOSE, {"q": "并无此名"})
    assert bar_of(page).told == "没有找到这样的来源。"
    assert staff.session["current_source"] == source.pk


def test_a_script_gets_the_bar_alone(staff, source):
    said = {"q": "示例来源", "next": "/admin/", "form": "organisation_form"}
    answer = staff.post(CHOOSE, said, headers={"X-Requested-With": "fetch"})
    text = answer.content.decode()
    assert text.lstrip().startswith('<section class="current-source is-chosen"')
    assert f'name="pin_source" value="{source.pk}" form="organisation_form"' in text
    assert "<html" not in text


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_is_none_chooses_and_cites_nothing(staff, key):
    page = staff.post(CHOOSE, {"source": key})
    assert (page.status_code, bar_of(page).source) == (200, None)
    assert staff.post(CHOOSE, {"q": key}).status_code in (200, 302)
    data = begun(staff.get(address(Organisation, "add"))) | {"name": "示例单位", "pin_name": "on"}
    refused = staff.post(address(Organisation, "add"), data | {"pin_source": key})
    assert (refused.status_code, Citation.objects.count()) == (200, 0)


def test_a_source_deleted_since_is_chosen_no_more(staff, source):
    staff.post(CHOOSE, {"source": source.pk})
    gone = source.pk
    Source.objects.all().delete()
    page = staff.get(address(Organisation, "add"))
    assert bar_of(page).source is None
    data = begun(page) | {"name": "示例单位", "pin_name": "on", "pin_source": gone}
    assert [*errors_of(staff.post(address(Organisation, "add"), data))] == ["name"]


@pytest.mark.parametrize(
    "said",
    ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org", "x\r\nSet-Cookie: a=b", ""],
)
def test_the_choice_leads_nowhere_else(staff, source, said):
    assert staff.post(CHOOSE, {"source": source.pk, "next": said}).status_code == 200


def test_who_may_not_cite_or_see_sources_has_no_current_source(client, source):
    found = factories.organisation()
    for codes in (("change_organisation", "view_source"), ("change_organisation", "add_citation")):
        person(client, *codes)
        assert [client.get(CHOOSE).status_code, client.post(CHOOSE, {"source": source.pk}).status_code] == [403, 403]
        page = client.get(address(Organisation, "change", found.pk))
        assert bar_of(page) is None
        assert "pin_" not in page.content.decode()
        assert 'class="pin"' not in page.content.decode()
        User.objects.all().delete()


# Pins


def test_a_pin_cites_its_field_and_nothing_else_as_the_form_is_saved(staff, source):
    found = draft(kind="firm", address="示例路1号")
    page = address(Organisation, "change", found.pk)
    data = form_data(staff.get(page)) | {"pin_source": source.pk, "address": "示例路2号"}
    data |= {"pin_address": "on", "pin_address_paragraph": "3", "pin_address_words": "位于示例路2号"}
    data |= {"pin_kind_words": "没有按下的图钉"}
    assert staff.post(page, data).status_code == 302
    assert proofs(found) == [("示例来源", "address", 3, "位于示例路2号")]
    assert Citation.objects.get().history.get().history_user.username == "admin"
    entered = TrailEntry.objects.filter(by__isnull=False).writes().order_by("pk")
    assert [(entry.act, entry.way) for entry in entered] == [("changed", "form"), ("added", "inline")]


def test_a_pin_on_an_unchanged_form_cites_and_changes_nothing(staff, source):
    found = draft()
    page = address(Organisation, "change", found.pk)
    staff.post(page, form_data(staff.get(page)) | {"pin_source": source.pk, "pin_name": "on"})
    assert proofs(found) == [("示例来源", "name", None, "")]
    assert (Organisation.objects.get().version, found.history.count()) == (found.version, 1)
    assert [entry.act for entry in TrailEntry.objects.filter(by__isnull=False).writes()] == ["added"]


def test_the_same_is_cited_once_and_what_says_more_is_cited_too(staff, source):
    found = draft()
    page = address(Organisation, "change", found.pk)
    pin = {"pin_source": source.pk, "pin_name": "on"}
    with_words = pin | {"pin_name_paragraph": "2", "pin_name_words": "示例单位"}
    for said in (with_words, with_words, pin, pin | {"pin_name_paragraph": "5"}):
        assert staff.post(page, form_data(staff.get(page)) | said).status_code == 302
    assert proofs(found) == [("示例来源", "name", 2, "示例单位"), ("示例来源", "name", 5, "")]


@pytest.mark.usefixtures("published")
def test_a_pin_on_a_published_record_waits_with_the_change_and_is_released_with_it(staff, source):
    found = factories.organisation()
    page = address(Organisation, "change", found.pk)
    pin = {"pin_source": source.pk, "pin_address": "on", "pin_address_paragraph": "3", "pin_kind": "on"}
    assert staff.post(page, form_data(staff.get(page)) | {"address": "示例路", **pin}).status_code == 302
    assert proofs(found) == []
    shown = staff.get(page).context["adminform"].form
    assert (shown["address"].value(), "第3段" in str(shown["address"].pin)) == ("示例路", True)
    change = PendingChange.objects.get()
    submit(change, by=change.author)
    release(change, Terms(by=User.objects.create_superuser("示例审核"), accepted=True))
    found.refresh_from_db()
    assert found.address == "示例路"
    assert proofs(found) == [("示例来源", "address", 3, ""), ("示例来源", "kind", None, "")]


def test_a_form_sent_twice_cites_once(staff, source):
    data = begun(staff.get(address(Organisation, "add"))) | {"name": "示例单位"}
    data |= {"pin_source": source.pk, "pin_name": "on", "pin_name_paragraph": "1"}
    for _time in range(2):
        staff.post(address(Organisation, "add"), data)
    assert (Organisation.objects.count(), Citation.objects.count()) == (1, 1)


def test_a_pin_without_a_current_source_is_told_at_the_field_and_nothing_is_lost(staff):
    data = begun(staff.get(address(Organisation, "add"))) | {"name": "示例单位", "address": "示例路"}
    data |= {"pin_address": "on", "pin_address_words": "示例原文", "pin_address_paragraph": "7"}
    refused = staff.post(address(Organisation, "add"), data)
    assert errors_of(refused) == {"address": ["尚无可引的来源：请先在页面上方选定当前来源，再保存。"]}
    shown = refused.content.decode()
    assert 'value="示例路"' in shown
    assert 'name="pin_address_words" id="id_pin_address_words" maxlength="40" value="示例原文"' in shown
    assert 'name="pin_address_paragraph" id="id_pin_address_paragraph" min="0" value="7"' in shown
    assert (Organisation.objects.count(), Citation.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("words", "长" * 41),
        ("words", "a\x00b"),
        ("words", "a\u200bb"),
        ("paragraph", "三"),
        ("paragraph", "99999"),
        ("paragraph", "-1"),
    ],
)
def test_what_a_pin_cannot_hold_is_told_at_the_field(staff, source, part, said):
    data = begun(staff.get(address(Organisation, "add"))) | {"name": "示例单位", "pin_source": source.pk}
    refused = staff.post(address(Organisation, "add"), data | {"pin_name": "on", f"pin_name_{part}": said})
    assert [*errors_of(refused)] == ["name"]
    assert (Organisation.objects.count(), Citation.objects.count()) == (0, 0)


def test_only_what_can_be_proved_in_public_has_a_pin(staff, source):
    page = staff.get(address(Organisation, "add"))
    pins = [name for name in page.context["adminform"].form.fields if name.startswith("pin_")]
    assert "pin_address" in pins
    assert not {"pin_remark", "pin_state", "pin_doubt", "pin_seen_version"} & {*pins}
    data = begun(page) | {"name": "示例单位", "remark": "x", "pin_source": source.pk, "pin_remark": "on"}
    assert staff.post(address(Organisation, "add"), data).status_code == 302
    assert Citation.objects.count() == 0


def test_the_page_cites_what_it_showed_though_another_was_chosen_meanwhile(staff, source):
    other = factories.source(title="示例另一来源")
    staff.post(CHOOSE, {"source": source.pk})
    data = begun(staff.get(address(Organisation, "add"))) | {"name": "示例单位", "pin_source": source.pk}
    staff.post(CHOOSE, {"source": other.pk})
    staff.post(address(Organisation, "add"), data | {"pin_name": "on"})
    assert proofs(Organisation.objects.get()) == [("示例来源", "name", None, "")]


def test_a_forged_form_of_somebody_who_may_not_cite_makes_no_citation(client, source):
    found = factories.membership(organisation=draft())
    page = address(Organisation, "change", found.organisation_id)
    person(client, "change_organisation", "change_membership", "add_membership", "view_source", "view_citation")
    data = form_data(client.get(page)) | {"pin_source": source.pk, "pin_name": "on", "pin_all_new": "1"}
    data |= {"memberships-0-pin": "on", "address": "示例路"}
    assert client.post(page, data).status_code == 302
    assert Organisation.objects.get().address == "示例路"
    assert Citation.objects.count() == 0


def test_a_row_is_cited_by_whoever_may_write_it(client, source):
    found = factories.membership(organisation=draft())
    page = address(Organisation, "change", found.organisation_id)
    person(client, "change_organisation", "add_membership", "view_membership", "view_source", "add_citation")
    data = form_data(client.get(page)) | {"pin_source": source.pk, "memberships-0-pin": "on"}
    assert client.post(page, data).status_code == 302
    assert Citation.objects.count() == 0


def test_an_old_version_has_no_pins(staff, source):
    found = draft()
    page = staff.get(address(Organisation, "simple_history", found.pk, found.history.get().pk))
    assert 'class="pin"' not in page.content.decode()
    assert 'class="current-source' not in page.content.decode()


# Rows


def test_the_pin_of_a_row_cites_its_main_fact(staff, source):
    found = factories.project(state="draft")
    row = factories.stage_entry(project=found)
    page = address(Project, "change", found.pk)
    shown = staff.get(page)
    data = form_data(shown) | {"pin_source": source.pk}
    data |= row_data(shown, StageEntry, pin="on", pin_words="已签约")
    amounts = formset_of(shown, Amount).prefix
    data |= {f"{amounts}-TOTAL_FORMS": 1}
    data |= row_data(shown, Amount, kind="total", figure="3.5亿元", pin="on", pin_paragraph="4")
    assert staff.post(page, data).status_code == 302
    assert proofs(row) == [("示例来源", "stage", None, "已签约")]
    assert proofs(Amount.objects.get()) == [("示例来源", "figure", 4, "")]
    assert Citation.objects.count() == 2


def test_a_pin_in_an_empty_row_makes_nothing(staff, source):
    page = staff.get(address(Organisation, "add"))
    data = begun(page) | {"name": "示例单位", "pin_source": source.pk, **row_data(page, Honour, pin="on")}
    assert staff.post(address(Organisation, "add"), data).status_code == 302
    assert (Organisation.objects.count(), Honour.objects.count(), Citation.objects.count()) == (1, 0, 0)


def test_a_pin_in_a_row_that_is_deleted_makes_nothing(staff, source):
    found = factories.membership(organisation=draft())
    page = address(Organisation, "change", found.organisation_id)
    shown = staff.get(page)
    data = form_data(shown) | {"pin_source": source.pk, **row_data(shown, Membership, pin="on", DELETE="on")}
    assert staff.post(page, data).status_code == 302
    assert (Membership.objects.count(), Citation.objects.count()) == (0, 0)


def test_a_pin_in_a_row_without_a_source_is_told_in_the_row(staff):
    found = factories.membership(organisation=draft())
    page = address(Organisation, "change", found.organisation_id)
    shown = staff.get(page)
    refused = staff.post(page, form_data(shown) | row_data(shown, Membership, pin="on", pin_words="示例原文"))
    assert [*errors_of(refused)] == ["memberships-0-pin"]
    assert 'maxlength="40" value="示例原文"' in refused.content.decode()


def test_a_new_record_begins_with_a_row_of_what_matters_most(staff):
    page = staff.get(address(Organisation, "add"))
    rows = {inline.formset.model: len(inline.formset.forms) for inline in page.context["inline_admin_formsets"]}
    assert {model._meta.model_name for model, count in rows.items() if count == 1} == {"membership", "honour"}
    assert {*rows.values()} == {0, 1}
    assert staff.post(address(Organisation, "add"), begun(page) | {"name": "示例单位"}).status_code == 302
    found = Organisation.objects.get()
    assert (found.memberships.count(), found.honours.count()) == (0, 0)
    shown = staff.get(address(Organisation, "change", found.pk))
    assert {len(inline.formset.forms) for inline in shown.context["inline_admin_formsets"]} == {0}


# All that is new


def test_all_that_is_newly_filled_is_cited_where_the_box_says_so(staff, source):
    shown = staff.get(address(Organisation, "add"))
    data = begun(shown) | {"name": "示例单位", "kind": "firm", "address": "示例路", "remark": "内部"}
    data |= row_data(shown, Membership, level=factories.level().pk) | row_data(shown, Honour, title="示例荣誉")
    data |= {"names-TOTAL_FORMS": 1, "names-0-name": "示例简称", "names-0-kind": "short"}
    data |= {"contacts-TOTAL_FORMS": 1, "contacts-0-name": "示例联系人"}
    data |= {"pin_source": source.pk, "pin_all_new": "1", "pin_kind": "on", "pin_kind_paragraph": "2"}
    assert staff.post(address(Organisation, "add"), data).status_code == 302
    found = Organisation.objects.get()
    named = [("示例来源", field, None, "") for field in ("address", "name", "names")]
    assert proofs(found) == sorted([*named, ("示例来源", "kind", 2, "")], key=str)
    assert proofs(found.memberships.get()) == [("示例来源", "level", None, "")]
    assert proofs(found.honours.get()) == [("示例来源", "honour", None, "")]
    assert found.contacts.count() == 1


def test_the_box_leaves_alone_what_was_not_filled_in_this_save(staff, source):
    found = factories.membership(organisation=draft(kind="firm", address="示例路")).organisation
    page = address(Organisation, "change", found.pk)
    data = form_data(staff.get(page)) | {"pin_source": source.pk, "pin_all_new": "1"}
    assert staff.post(page, data | {"address": "", "region": "示例区"}).status_code == 302
    assert proofs(found) == [("示例来源", "region", None, "")]
    assert Citation.objects.count() == 1


def test_without_the_box_nothing_is_cited_unasked(staff, source):
    data = begun(staff.get(address(Organisation, "add"))) | {"name": "示例单位", "pin_source": source.pk}
    staff.post(address(Organisation, "add"), data)
    assert (Organisation.objects.count(), Citation.objects.count()) == (1, 0)


def test_new_parties_are_proved_as_the_projects_own(staff, source):
    shown = staff.get(address(Project, "add"))
    data = begun(shown) | {"title": "示例项目", "pin_source": source.pk, "pin_all_new": "1"}
    data |= row_data(shown, Party, printed="示例单位", role="signatory")
    assert staff.post(address(Project, "add"), data).status_code == 302
    assert proofs(Project.objects.get()) == [("示例来源", "parties", None, ""), ("示例来源", "title", None, "")]


# What is cited already


def test_what_is_cited_already_stands_beside_the_field(staff, source):
    found = factories.membership(organisation=draft())
    factories.citation(found.organisation, source=source, field="name", paragraph=3, words="示例原文")
    factories.citation(found, source=source, field="level", paragraph=4, words="")
    page = staff.get(address(Organisation, "change", found.organisation_id))
    form = page.context["adminform"].form
    said = " ".join(str(form["name"].pin).split())
    assert "出处 1 条" in said
    assert "示例来源 第3段 <q>示例原文</q>" in said
    assert "出处" not in str(form["address"].pin).replace("引自当前来源", "")
    [row] = formset_of(page, Membership).forms
    assert "示例来源 第4段" in " ".join(str(row["pin"]).split())


def test_who_may_not_see_citations_reads_none(client, source):
    found = draft()
    factories.citation(found, source=source, field="name", words="示例原文")
    person(client, "change_organisation", "view_source", "add_citation")
    page = client.get(address(Organisation, "change", found.pk))
    assert 'class="pin"' in page.content.decode()
    assert "示例原文" not in page.content.decode()


def test_rows_ask_for_their_citations_at_once(staff, source):
    found = draft()
    counts = []
    for number in (1, 3):
        for _row in range(number):
            kept = factories.honour(organisation=found, title=f"示例荣誉{Honour.objects.count()}")
            factories.citation(kept, source=source, field="honour")
        with CaptureQueriesContext(connection) as asked:
            staff.get(address(Organisation, "change", found.pk))
        counts.append(sum("fengtai_citation" in query["sql"] for query in asked))
    assert counts[0] == counts[1]
