"""What is deleted goes into the bin with all that hung on it and comes back as it was; what was public is withdrawn."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings as site_settings
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db.models import CASCADE, SET_NULL
from django.urls import reverse
from django.utils import timezone

from fengtai.records.bin import BinEntry
from fengtai.records.models import Citation, Record, Source
from fengtai.records.redactions import redact
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.pending import PendingChange
from indicators.models import Observation
from partners.models import Contact, Membership, Organisation, OrganisationName, Roster
from projects.models import Project, ProjectEntry
from tests import factories
from tests.admin.admin_pages import address, form_data, formset_of

pytestmark = pytest.mark.django_db
LIST = "admin:fengtai_binentry_changelist"


@pytest.fixture
def owner(client):
    user = User.objects.create_superuser("示例管理员")
    client.force_login(user)
    return user


def an_organisation():
    found = factories.organisation(name="示例甲", state="draft", credit_code="91110000600037341L", introduction="简介")
    found.industries.set([factories.industry(), factories.industry()])
    factories.organisation_name(organisation=found)
    roster = factories.roster()
    level = factories.membership(organisation=found, roster=roster, since="2023年3月", printed="示例甲公司")
    honour = factories.honour(organisation=found, roster=roster, position=3)
    factories.contact(organisation=found, kept_by=User.objects.first())
    for proved in (found, level, honour):
        factories.citation(proved, field="", words="示例原文")
    return found


def a_project():
    found = factories.project(state="draft", place=factories.place())
    factories.party(project=found, organisation=factories.organisation())
    for part in (factories.amount(project=found), factories.stage_entry(project=found, happened="2024年4月")):
        factories.citation(part)
    ProjectEntry.objects.create(project=found, roster=factories.roster(), position=1)
    found.industries.set([factories.industry()])
    factories.citation(found)
    return found


def an_observation():
    found = factories.observation(state="draft", value="约2187.5亿元", growth="6.5%")
    factories.citation(found)
    return found


def a_source():
    return factories.source(
        state="draft", published="2024年4月", attachment="sources/2024/示例.pdf", full_text="全文\n二"
    )


RECORDS = [an_organisation, a_project, an_observation, a_source]


def dump() -> list:
    """All that the site's tables hold, without what tells what happened to it."""
    told = StringIO()
    kept_apart = [model._meta.label for model in _models() if _tells_what_happened(model)]
    call_command("dumpdata", *site_settings.SUBJECTS, exclude=kept_apart, stdout=told)
    links = [model for model in _models(links=True) if model._meta.auto_created and not _tells_what_happened(model)]
    exact = [
        (model._meta.label, sorted(model._base_manager.values_list(), key=lambda row: row[0]))
        for model in (*_models(), *links)
        if not _tells_what_happened(model)
    ]  # a dump leaves out microseconds and the keys of bare links
    return [sorted(json.loads(told.getvalue()), key=str), exact]


def _models(links=False) -> list:
    apps_of = [apps.get_app_config(name) for name in site_settings.SUBJECTS]
    return [model for app in apps_of for model in app.get_models(include_auto_created=links)]


def _tells_what_happened(model) -> bool:
    names = {field.name for field in model._meta.concrete_fields}
    return model in (BinEntry, TrailEntry) or not names.isdisjoint({"history_id", "m2m_history_id"})


def delete(client, record, why="") -> None:
    answer = client.post(address(type(record), "delete", record.pk), {"post": "yes", "why": why})
    assert answer.status_code == 302


def delete_marked(client, *records):
    marked = {"action": "delete_selected", "_selected_action": [record.pk for record in records], "post": "yes"}
    return client.post(address(type(records[0]), "changelist"), {**marked, "why": "重复"}, follow=True)


def restore(client, entry):
    return client.post(reverse("admin:fengtai_binentry_change", args=[entry.pk]))


@pytest.mark.parametrize("made", RECORDS, ids=lambda made: made.__name__)
def test_a_deleted_record_is_restored_as_it_was(client, owner, made):
    record = made()
    before = dump()
    delete(client, record, why="录入重复")
    assert dump() != before
    assert not type(record).objects.filter(pk=record.pk).exists()
    entry = BinEntry.objects.get()
    assert (entry.label, entry.by, entry.why) == (str(record), owner, "录入重复")
    assert record.history.first().history_change_reason == "录入重复"
    answer = restore(client, entry)
    assert (answer.status_code, answer.headers["Location"]) == (302, address(type(record), "change", record.pk))
    assert dump() == before
    assert BinEntry.objects.count() == 0
    last, deleted = record.history.all()[:2]
    assert (last.history_type, last.history_user, last.version) == ("+", owner, record.version)
    assert deleted.history_type == "-"


def test_the_restored_links_stand_in_the_history(client, owner):
    record = an_organisation()
    linked = {*record.industries.values_list("pk", flat=True)}
    delete(client, record)
    restore(client, BinEntry.objects.get())
    assert {link.industry_id for link in record.history.latest().industries.all()} == linked


def test_records_deleted_together_are_restored_each_by_itself(client, owner):
    first, second = an_organisation(), factories.organisation(name="示例乙", state="draft")
    before = dump()
    delete_marked(client, first, second)
    assert Organisation.objects.filter(state="draft").count() == 0
    assert {*BinEntry.objects.values_list("label", "why")} == {("示例甲", "重复"), ("示例乙", "重复")}
    for entry in BinEntry.objects.all():
        assert restore(client, entry).status_code == 302
    assert dump() == before


@pytest.mark.parametrize("model", [OrganisationName, Membership, Contact, Citation])
def test_a_row_deleted_on_its_parents_page_is_restored(client, owner, model):
    record = an_organisation()
    before = dump()
    path = address(Organisation, "change", record.pk)
    page = client.get(path)
    form = formset_of(page, model).forms[0]
    typed = {form.add_prefix("DELETE"): "on", form.add_prefix("held_back"): "on", form.add_prefix("name"): "改了"}
    assert client.post(path, form_data(page) | typed).status_code == 302
    assert not model.objects.filter(pk=form.instance.pk).exists()
    entry = BinEntry.objects.get()
    assert (entry.content_type.model_class(), entry.object_id) == (model, form.instance.pk)
    assert restore(client, entry).status_code == 302
    assert dump() == before


def test_what_shows_always_is_deleted_by_a_release_alone(client, owner):
    found = factories.scope()
    delete(client, found)
    assert not BinEntry.objects.exists() and PendingChange.objects.get().record == found


def refused(client, entry) -> list[str]:
    """Nothing is written; what stands in the way, as the page says it."""
    before = dump()
    looked = client.get(reverse("admin:fengtai_binentry_change", args=[entry.pk]))
    answer = restore(client, entry)
    assert (answer.status_code, dump() == before, BinEntry.objects.filter(pk=entry.pk).exists()) == (400, True, True)
    assert looked.context["against"] == answer.context["against"]
    assert all(sentence in looked.content.decode().replace("&quot;", '"') for sentence in looked.context["against"])
    return answer.context["against"]


def test_a_code_that_is_taken_meanwhile_stands_in_the_way(client, owner):
    record = an_organisation()
    delete(client, record)
    other = factories.organisation(name="示例乙", credit_code=record.credit_code)
    entry = BinEntry.objects.get()
    [told] = refused(client, entry)
    assert ("示例甲" in told, str(Organisation._meta.get_field("credit_code").verbose_name) in told) == (True, True)
    Organisation.objects.filter(pk=other.pk).update(credit_code=None)
    assert restore(client, entry).status_code == 302


def test_a_name_that_is_given_again_meanwhile_stands_in_the_way(client, owner):
    name = factories.organisation_name(organisation=factories.organisation(state="draft"))
    page = client.get(address(Organisation, "change", name.organisation_id))
    gone = {formset_of(page, OrganisationName).forms[0].add_prefix("DELETE"): "on"}
    client.post(address(Organisation, "change", name.organisation_id), form_data(page) | gone)
    factories.organisation_name(organisation=name.organisation, name=name.name)
    [told] = refused(client, BinEntry.objects.get())
    assert told.endswith("这个单位已有这个名称。") or "名称" in told


def test_a_roster_that_is_gone_stands_in_the_way_and_is_told_to_lie_in_the_bin(client, owner):
    roster = factories.roster(state="draft")
    record = factories.organisation(state="draft")
    factories.membership(organisation=record, roster=roster)
    delete(client, record)
    delete(client, roster)
    of_roster, of_record = BinEntry.objects.all()
    [told] = refused(client, of_record)
    assert (str(Roster._meta.verbose_name) in told, str(roster.pk) in told, "回收站" in told) == (True, True, True)
    assert restore(client, of_roster).status_code == 302
    assert restore(client, of_record).status_code == 302
    assert Membership.objects.get().roster_id == roster.pk


def test_a_citation_of_what_is_gone_stands_in_the_way(client, owner):
    record = factories.organisation(state="draft")
    factories.citation(record)
    page = client.get(address(Organisation, "change", record.pk))
    gone = {formset_of(page, Citation).forms[0].add_prefix("DELETE"): "on"}
    client.post(address(Organisation, "change", record.pk), form_data(page) | gone)
    delete(client, record)
    of_record, of_citation = BinEntry.objects.all()
    assert len(refused(client, of_citation)) == 1
    assert [restore(client, entry).status_code for entry in (of_record, of_citation)] == [302, 302]


def test_a_colleague_who_left_stands_in_no_way(client, owner):
    leaving = User.objects.create_user("示例同事")
    record = factories.organisation(state="draft")
    factories.contact(organisation=record, kept_by=leaving)
    delete(client, record)
    leaving.delete()
    assert restore(client, BinEntry.objects.get()).status_code == 302
    assert Contact.objects.get().kept_by is None


def test_an_entry_is_restored_once(client, owner):
    delete(client, factories.organisation(state="draft"))
    entry = BinEntry.objects.get()
    assert [restore(client, entry).status_code for _time in range(2)] == [302, 404]


def test_what_a_later_release_cannot_read_is_told(client, owner):
    delete(client, factories.organisation(state="draft"))
    entry = BinEntry.objects.get()
    entry.rows[0]["fields"]["no_such_column"] = "x"
    entry.save()
    assert len(refused(client, entry)) == 1


# Rights


def colleague(client, *codes):
    person = User.objects.create_user("示例同事", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(person)


def test_the_bin_shows_only_what_somebody_may_see(client, owner):
    delete(client, an_organisation())
    delete(client, a_source())
    of_source, of_organisation = BinEntry.objects.all()
    colleague(client, "view_source")
    assert [entry.pk for entry in client.get(reverse(LIST)).context["cl"].result_list] == [of_source.pk]
    paths = [reverse("admin:fengtai_binentry_change", args=[entry.pk]) for entry in (of_source, of_organisation)]
    assert [client.get(path).status_code for path in paths] == [200, 404]
    assert [client.post(path).status_code for path in paths] == [403, 404]
    assert client.get(reverse(LIST), {"q": "示例甲"}).context["cl"].result_count == 0


@pytest.mark.parametrize("codes", [(), ("delete_organisation",), ("add_organisation",), ("delete_binentry",)])
def test_who_may_see_no_record_does_not_come_in(client, owner, codes):
    delete(client, an_organisation())
    colleague(client, *codes)
    key = BinEntry.objects.get().pk
    paths = [reverse(LIST), *(reverse(f"admin:fengtai_binentry_{page}", args=[key]) for page in ("change", "delete"))]
    for path in paths:
        assert [client.get(path).status_code in (302, 403, 404), client.post(path).status_code in (302, 403, 404)] == [
            True,
            True,
        ]
    assert (BinEntry.objects.count(), Organisation.objects.filter(name="示例甲").count()) == (1, 0)


def test_restoring_needs_the_right_to_add_all_that_was_deleted(client, owner):
    delete(client, an_organisation())
    entry = BinEntry.objects.get()
    kinds = ["organisation", "organisationname", "membership", "honour", "contact", "citation"]
    for lacking in kinds:
        User.objects.filter(username="示例同事").delete()
        colleague(client, "view_organisation", *(f"add_{kind}" for kind in kinds if kind != lacking))
        path = reverse("admin:fengtai_binentry_change", args=[entry.pk])
        assert len(client.get(path).context["lacking"]) == 1
        assert (client.post(path).status_code, Organisation.objects.filter(name="示例甲").count()) == (403, 0), lacking
    User.objects.filter(username="示例同事").delete()
    colleague(client, "view_organisation", *(f"add_{kind}" for kind in kinds))
    assert restore(client, entry).status_code == 302


def test_what_it_belonged_to_is_named_to_those_who_may_see_that(client, owner):
    contact = factories.contact(organisation=factories.organisation(name="示例丁", state="draft"))
    page = client.get(address(Organisation, "change", contact.organisation_id))
    gone = {formset_of(page, Contact).forms[0].add_prefix("DELETE"): "on"}
    client.post(address(Organisation, "change", contact.organisation_id), form_data(page) | gone)
    path = reverse("admin:fengtai_binentry_change", args=[BinEntry.objects.get().pk])
    assert "示例丁" in client.get(path).text
    colleague(client, "view_contact")
    assert ["示例丁" in client.get(each).text for each in (path, reverse(LIST))] == [False, False]


def test_an_entry_is_thrown_away_with_a_right_of_its_own(client, owner):
    delete(client, an_organisation())
    path = reverse("admin:fengtai_binentry_delete", args=[BinEntry.objects.get().pk])
    colleague(client, "view_organisation", "delete_organisation")
    assert client.post(path, {"post": "yes"}).status_code == 403
    User.objects.get(username="示例同事").user_permissions.add(Permission.objects.get(codename="delete_binentry"))
    assert client.get(path).status_code == 200
    assert client.post(path, {"post": "yes"}).headers["Location"] == reverse(LIST)
    assert BinEntry.objects.count() == 0


def test_what_is_redacted_is_blanked_in_the_bin_too(client, owner):
    record = factories.organisation(name="示例丙", state="draft", introduction="示例秘密")
    delete(client, record)
    version = record.history.filter(history_type="+").get()
    redact(version=version, field="introduction", by=owner, why="示例原因")
    assert "示例秘密" not in json.dumps(BinEntry.objects.get().rows, ensure_ascii=False)
    redact(version=version, field="name", by=owner, why="示例原因")
    entry = BinEntry.objects.get()
    assert "示例丙" not in json.dumps([entry.label, entry.rows], ensure_ascii=False)


# What was public


def was_draft_again():
    found = factories.organisation(name="示例戊", state="published")
    found.state = "draft"
    found.save()
    return found


PUBLIC = {
    "published": lambda: factories.organisation(name="示例戊", state="published"),
    "withdrawn": lambda: factories.organisation(name="示例戊", state="withdrawn"),
    "to be published": lambda: factories.organisation(
        name="示例戊", state="published", publish_at=timezone.now() + timezone.timedelta(days=9)
    ),
    "public before": was_draft_again,
}


@pytest.mark.parametrize("state", PUBLIC)
def test_what_once_was_public_is_not_deleted(client, owner, state):
    record, draft = PUBLIC[state](), factories.organisation(name="示例草稿", state="draft")
    path = address(Organisation, "delete", record.pk)
    looked = client.get(path)
    assert (looked.status_code, "撤回" in looked.text) == (200, True)
    assert client.post(path, {"post": "yes"}).status_code == 403
    listed = delete_marked(client, record, draft)
    assert ["示例戊" in str(told) for told in listed.context["messages"]].count(True) == 1
    assert [*Organisation.objects.values_list("name", flat=True)] == ["示例戊"]
    delete_marked(client, record)
    assert Organisation.objects.filter(pk=record.pk).exists()


def test_the_page_that_refuses_leads_to_the_withdrawal(client, owner):
    record = factories.organisation(state="published")
    page = client.get(address(Organisation, "delete", record.pk))
    where = page.context["withdraw_url"]
    assert f'href="{where}"' in page.text and client.get(where).status_code == 200
    Organisation.objects.update(state="withdrawn")
    assert client.get(address(Organisation, "delete", record.pk)).context["withdraw_url"] == ""


def test_an_embargo_that_was_called_off_in_time_was_never_public(client, owner):
    record = factories.observation(state="published", publish_at=timezone.now() + timezone.timedelta(days=9))
    record.state = "draft"
    record.save()
    delete(client, record)
    assert not Observation.objects.filter(pk=record.pk).exists()


def test_no_record_goes_with_another_and_no_link_is_emptied():
    """Else the bin would have to ask of each whether it was public, and to fill the links again."""
    for model in _models():
        for field in model._meta.concrete_fields:
            within = field.is_relation and field.related_model in _models()
            on_delete = field.remote_field.on_delete if within else None
            is_kept = hasattr(model, "history") or issubclass(model, Record)
            assert not (is_kept and on_delete is SET_NULL), f"{model}.{field.name}"
            both = within and issubclass(model, Record) and issubclass(field.related_model, Record)
            assert not (both and on_delete is CASCADE), f"{model}.{field.name}"


def test_keys_that_are_none_lead_nowhere(client, owner):
    base = reverse(LIST)
    for key in ("abc", "0", "-1", "9" * 19, "9" * 500, "1.5", "１２"):
        for path in (f"{base}{key}/", f"{base}{key}/delete/"):
            assert client.get(path).status_code in (302, 404), path
            assert client.post(path, {"post": "yes"}).status_code in (302, 404), path
    assert client.get(base, {"kind": "x", "o": "9"}).status_code in (200, 302)


def test_a_project_and_its_source_come_back_in_either_order(client, owner):
    """A source that is cited is not deleted before what it proves."""
    project = a_project()
    source = Source.objects.get()
    Source.objects.update(state="draft")
    Source.history.update(state="draft")
    before = dump()
    delete(client, project)
    delete(client, source)
    of_source, of_project = BinEntry.objects.all()
    assert len(refused(client, of_project)) > 0
    assert [restore(client, entry).status_code for entry in (of_source, of_project)] == [302, 302]
    assert (Project.objects.count(), dump() == before) == (1, True)
