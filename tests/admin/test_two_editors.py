"""Several people at one record, one person at one form twice: nothing is lost, nothing is written without a reason."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fengtai.admin.record_forms import LEFT_OUT
from fengtai.admin.two_editors import TAKEN
from fengtai.records.models import Citation, Kept, Record, Source
from fengtai.review.pending import PendingChange
from indicators.models import Scope
from partners.models import Conference, Contact, Level, Membership, Organisation, OrganisationName
from projects.models import Amount, Party, Place, Project
from tests import factories
from tests.admin.admin_pages import MODELS, address, errors_of, form_data, formset_of, row

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
RECORDS = [model for model in MODELS if issubclass(model, Kept)]
every_record = pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label_lower)


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("示例员工", password="x"))
    return client


def opened(staff, record) -> dict:
    return form_data(staff.get(address(type(record), "change", record.pk)))


def saved(staff, record, data):
    return staff.post(address(type(record), "change", record.pk), data)


def by_another(record, **values):
    other = type(record).objects.get(pk=record.pk)
    for name, value in values.items():
        setattr(other, name, value)
    other.save()


def stored(record):
    return type(record).objects.get(pk=record.pk)


# What only one of two changed


def test_what_only_one_of_two_changed_is_kept(staff):
    found = factories.policy()
    form = opened(staff, found)
    by_another(found, doubt="别人的修改")
    assert saved(staff, found, {**form, "checked_on": "2024-05-01"}).status_code == 302
    assert (stored(found).doubt, str(stored(found).checked_on)) == ("别人的修改", "2024-05-01")


@every_record
def test_what_both_changed_is_asked_with_both_values_and_nothing_typed_is_lost(staff, model):
    found = row(model)
    form = opened(staff, found)
    by_another(found, doubt="别人的修改", checked_on="2024-05-01")
    refused = saved(staff, found, {**form, "doubt": "我的修改"})
    assert refused.status_code == 200
    assert stored(found).doubt == "别人的修改"
    shown = refused.context["adminform"].form
    assert shown.errors.as_data()["__all__"][0].code == "stale"
    [question] = shown.errors["doubt"]
    assert "别人的修改" in question
    assert "我的修改" in question
    assert shown["doubt"].value() == "我的修改"
    assert saved(staff, found, form_data(refused)).status_code == 302
    assert (stored(found).doubt, str(stored(found).checked_on)) == ("我的修改", "2024-05-01")


def test_the_other_value_is_taken_by_a_box(staff):
    found = factories.organisation(name="示例甲")
    form = opened(staff, found)
    by_another(found, name="示例乙")
    refused = saved(staff, found, {**form, "name": "示例丙", "address": "示例路1号"})
    assert f'name="{TAKEN}" value="name"' in refused.text
    assert saved(staff, found, {**form_data(refused), TAKEN: "name"}).status_code == 302
    assert (stored(found).name, stored(found).address) == ("示例乙", "示例路1号")


def test_a_third_who_saves_between_question_and_answer_is_asked_about_too(staff):
    found = factories.organisation(name="示例甲")
    form = opened(staff, found)
    by_another(found, name="示例乙")
    refused = saved(staff, found, {**form, "name": "示例丙"})
    by_another(found, name="示例丁")
    again = saved(staff, found, form_data(refused))
    assert "示例丁" in again.context["adminform"].form.errors["name"][0]
    assert stored(found).name == "示例丁"


def test_both_changed_to_the_same_is_no_question(staff):
    found = factories.organisation(name="示例甲")
    form = opened(staff, found)
    by_another(found, name="示例乙")
    assert saved(staff, found, {**form, "name": "示例乙"}).status_code == 302


@pytest.mark.parametrize("version", ["", "0", "99999999", "示例", "-1"])
def test_a_form_that_does_not_say_what_was_read_changes_nothing_unasked(staff, version):
    found = factories.organisation(name="示例甲", address="示例路1号")
    form = opened(staff, found)
    refused = saved(staff, found, {**form, "seen_version": version, "name": "示例乙"})
    assert [name for name in errors_of(refused) if name != "__all__"] == ["name"]
    assert stored(found).name == "示例甲"


def test_links_choices_times_and_boxes_meet_as_texts_do(staff):
    first, second = factories.industry(name="示例产业甲"), factories.industry(name="示例产业乙")
    found = factories.organisation()
    form = opened(staff, found)
    by_another(found, kind="firm", publish_at="2030-01-02T03:04:05+08:00", standing_since="2024年")
    stored(found).industries.add(first)
    refused = saved(staff, found, {**form, "industries": [second.pk], "kind": "body"})
    errors = errors_of(refused)
    assert {*errors} == {"__all__", "industries", "kind"}
    assert "示例产业甲" in errors["industries"][0]
    assert "示例产业乙" in errors["industries"][0]
    assert "企业" in errors["kind"][0]
    sent = form_data(refused) | {"publish_at_0": "2030-01-02", "publish_at_1": "03:04:05"}
    assert saved(staff, found, sent).status_code == 302
    found = stored(found)
    assert (found.kind, list(found.industries.all()), str(found.standing_since)) == ("body", [second], "2024年")
    assert found.publish_at is not None

    honour = factories.honour()
    form = opened(staff, honour)
    by_another(honour, revoked=True)
    assert saved(staff, honour, {**form, "doubt": "示例"}).status_code == 302
    assert stored(honour).revoked is True


def test_a_moment_that_another_set_stays_where_the_form_was_opened_without(staff):
    found = factories.organisation()
    form = opened(staff, found)
    by_another(found, publish_at="2030-01-02T03:04:05+08:00")
    assert saved(staff, found, {**form, "doubt": "示例"}).status_code == 302
    assert stored(found).publish_at.isoformat() == "2030-01-01T19:04:05+00:00"


def test_a_row_of_a_page_meets_as_a_record_does(staff):
    found = factories.membership(since="2023年")
    parent = found.organisation
    page = staff.get(address(Organisation, "change", parent.pk))
    form, row_ = form_data(page), formset_of(page, Membership).forms[0]
    by_another(found, since="2024年", position=3)
    refused = saved(staff, parent, {**form, row_.add_prefix("since"): "2022年"})
    errors = errors_of(refused)
    assert {*errors} == {row_.add_prefix("since"), row_.add_prefix("__all__")}
    assert "2024年" in errors[row_.add_prefix("since")][0]
    assert f'name="{row_.add_prefix(TAKEN)}"' in refused.text
    assert saved(staff, parent, form_data(refused)).status_code == 302
    assert (str(stored(found).since), stored(found).position) == ("2022年", 3)


def test_a_row_that_another_changed_is_left_alone_by_who_did_not_touch_it(staff):
    found = factories.membership(since="2023年")
    form = opened(staff, found.organisation)
    by_another(found, since="2024年")
    assert saved(staff, found.organisation, {**form, "address": "示例路1号"}).status_code == 302
    assert (str(stored(found).since), stored(found).version) == ("2024年", 2)


def test_an_old_version_is_not_written_over_a_newer_one_unasked(staff):
    found = factories.organisation(name="示例甲")
    by_another(found, name="示例乙")
    page = address(Organisation, "simple_history", found.pk, found.history.last().pk)
    form = form_data(staff.get(page))
    by_another(found, name="示例丙")
    refused = staff.post(page, form)
    assert refused.status_code == 200
    assert stored(found).name == "示例丙"
    assert staff.post(page, form_data(refused)).status_code == 302
    assert stored(found).name == "示例甲"


@every_record
def test_links_that_only_one_of_two_changed_are_kept_unasked(staff, model):
    """Over the registry: what a record links to is known of every version of it."""
    links = [f for f in model._meta.many_to_many if f.remote_field.through._meta.auto_created]
    assert [*model.history.model._history_m2m_fields] == links
    found = row(model)
    for link in links:
        other = (
            get_user_model().objects.first()
            if link.related_model is get_user_model()
            else (link.related_model.objects.first() or row(link.related_model))
        )
        form = opened(staff, found)
        theirs = stored(found)
        theirs.save()
        getattr(theirs, link.name).set([other])  # in the order of a form: the version, then its links
        assert saved(staff, found, {**form, "doubt": "我的修改"}).status_code == 302
        assert (stored(found).doubt, [*getattr(found, link.name).all()]) == ("我的修改", [other])


# Rows without a version


def other_row(model):
    """A row that carries no version, and the record on whose page it stands."""
    if model is Citation:
        found = factories.organisation()
        return found, factories.citation(found)
    found = row(model)
    return getattr(found, "organisation", None) or getattr(found, "project", None) or found, found


TEXTS = {  # two fields that two people change
    Contact: ("name", "phone"),
    Citation: ("words", "speaker"),
    OrganisationName: ("name", "kind"),
    Party: ("printed", "role"),
}
OTHERS = {"kind": "full", "role": "owner"}
every_other = pytest.mark.parametrize("model", TEXTS, ids=lambda model: model._meta.label_lower)


def names_in(page, found) -> list[str]:
    """The names of the two fields in a page's form."""
    if "inline_admin_formsets" in page.context and page.context["original"] != found:
        return [formset_of(page, type(found)).forms[0].add_prefix(name) for name in TEXTS[type(found)]]
    return [*TEXTS[type(found)]]


def mine(name: str) -> str:
    return OTHERS.get(name, "我的修改")


@every_other
def test_what_only_one_of_two_changed_in_a_row_without_a_version_is_kept(staff, model):
    parent, found = other_row(model)
    page = staff.get(address(type(parent), "change", parent.pk))
    first, second = TEXTS[model]
    by_another(found, **{first: "别人的修改"})
    assert saved(staff, parent, form_data(page) | {names_in(page, found)[1]: mine(second)}).status_code == 302
    assert [getattr(stored(found), name) for name in (first, second)] == ["别人的修改", mine(second)]


@every_other
def test_what_both_changed_in_a_row_without_a_version_is_asked(staff, model):
    parent, found = other_row(model)
    page = staff.get(address(type(parent), "change", parent.pk))
    first, name = TEXTS[model][0], names_in(page, found)[0]
    by_another(found, **{first: "别人的修改"})
    refused = saved(staff, parent, form_data(page) | {name: "我的修改"})
    assert (refused.status_code, getattr(stored(found), first)) == (200, "别人的修改")
    assert "别人的修改" in errors_of(refused)[name][0]
    assert saved(staff, parent, form_data(refused)).status_code == 302
    assert getattr(stored(found), first) == "我的修改"


@every_other
def test_the_other_value_of_a_row_without_a_version_is_taken_by_a_box(staff, model):
    parent, found = other_row(model)
    page = staff.get(address(type(parent), "change", parent.pk))
    first, name = TEXTS[model][0], names_in(page, found)[0]
    by_another(found, **{first: "别人的修改"})
    refused = saved(staff, parent, form_data(page) | {name: "我的修改"})
    box = name.removesuffix(first) + TAKEN
    assert saved(staff, parent, form_data(refused) | {box: first}).status_code == 302
    assert getattr(stored(found), first) == "别人的修改"


@every_other
def test_who_did_not_touch_a_row_without_a_version_leaves_it_alone(staff, model):
    parent, found = other_row(model)
    form, first = opened(staff, parent), TEXTS[model][0]
    by_another(found, **{first: "别人的修改"})
    news = {"doubt": "示例"} if isinstance(parent, Record) else {"name_en": "Mine"}
    assert saved(staff, parent, {**form, **news}).status_code == 302
    assert getattr(stored(found), first) == "别人的修改"
    if parent != found and hasattr(found, "history"):
        assert found.history.count() == 2


@pytest.mark.parametrize("seen", ["", "[]", "1", "{", "\x00", '{"nothing": 1}', '{"name": {}}', "9" * 5000])
def test_a_row_that_does_not_say_what_was_read_is_asked(staff, seen):
    found = factories.contact(name="示例甲")
    page = staff.get(address(Organisation, "change", found.organisation_id))
    form = formset_of(page, Contact).forms[0]
    sent = form_data(page) | {form.add_prefix("name"): "示例乙", form.add_prefix("seen"): seen}
    assert saved(staff, found.organisation, sent).status_code == 200
    assert stored(found).name == "示例甲"


def test_an_old_version_of_a_row_without_a_version_is_brought_back(staff):
    found = factories.scope()  # it shows always: what is brought back waits for its release
    by_another(found, name="示例新名")
    page = address(Scope, "simple_history", found.pk, found.history.last().pk)
    assert staff.post(page, form_data(staff.get(page))).status_code == 302
    [change] = PendingChange.objects.of(found)
    assert (stored(found).name, change.edits[0]["new"]) == ("示例新名", {"name": "示例区"})


# Rows that somebody else deleted


@pytest.mark.parametrize("model", [Contact, Citation, OrganisationName, Party, Membership, Amount])
def test_a_row_that_somebody_else_deleted_is_told_at_the_row_and_does_not_stop_the_rest(staff, model):
    parent, found = other_row(model)
    page = staff.get(address(type(parent), "change", parent.pk))
    name = formset_of(page, model).forms[0].add_prefix("__all__")
    found.delete()
    refused = saved(staff, parent, form_data(page) | {"doubt": "我的修改"})
    assert {*errors_of(refused)} == {name}
    left_out = name.replace("__all__", LEFT_OUT)
    assert f'name="{left_out}" value="1"' in refused.text
    assert saved(staff, parent, form_data(refused) | {left_out: "1"}).status_code == 302
    assert (stored(parent).doubt, model.objects.count()) == ("我的修改", 0)


def test_the_other_rows_of_the_page_stay_where_they_are_when_one_is_gone(staff):
    gone = factories.contact(name="示例1")
    kept = factories.contact(name="示例2", organisation=gone.organisation)
    page = staff.get(address(Organisation, "change", kept.organisation_id))
    gone.delete()
    changed = formset_of(page, Contact).forms[1].add_prefix("phone")
    refused = saved(staff, kept.organisation, form_data(page) | {changed: "010"})
    shown = next(i for i in refused.context["inline_admin_formsets"] if i.formset.model is Contact)
    assert [row.original for row in shown if "__prefix__" not in row.form.prefix] == [None, kept]
    left_out = formset_of(refused, Contact).forms[0].add_prefix(LEFT_OUT)
    assert saved(staff, kept.organisation, form_data(refused) | {left_out: "1"}).status_code == 302
    assert stored(kept).phone == "010"


def test_a_row_that_two_people_delete_is_gone(staff):
    found = factories.contact()
    page = staff.get(address(Organisation, "change", found.organisation_id))
    sent = form_data(page) | {formset_of(page, Contact).forms[0].add_prefix("DELETE"): "on"}
    found.delete()
    assert saved(staff, found.organisation, sent).status_code == 302


# Nothing new


def test_an_unchanged_row_of_a_changed_page_gets_no_version(staff):
    project = factories.project(kind="industry")
    rows = [factories.amount(project=project), factories.stage_entry(project=project), factories.party(project=project)]
    factories.citation(project)
    assert saved(staff, project, {**opened(staff, project), "summary": "示例"}).status_code == 302
    assert stored(project).version == 2
    assert [type(one).history.count() for one in rows] == [1, 1, 1]
    assert [stored(one).version for one in rows[:2]] == [1, 1]
    assert project.citations.get().history.count() == 1


def test_an_unchanged_page_with_a_changed_row_gets_no_version(staff):
    found = factories.membership(since="2023年")
    page = staff.get(address(Organisation, "change", found.organisation_id))
    name = formset_of(page, Membership).forms[0].add_prefix("since")
    assert saved(staff, found.organisation, {**form_data(page), name: "2024年"}).status_code == 302
    assert (stored(found).version, stored(found.organisation).version) == (2, 1)


def test_an_old_version_brought_back_changes_nothing_of_what_the_public_sees(staff):
    moment = timezone.now().replace(microsecond=0) + timedelta(days=1)
    for state, publish_at in ((Record.State.WITHDRAWN, None), (Record.State.REVIEW, moment)):
        found = factories.organisation(name="示例旧名")
        found.name, found.state, found.publish_at = "示例新名", state, publish_at
        found.save()
        page = address(Organisation, "simple_history", found.pk, found.history.last().pk)
        form = staff.get(page)
        answer = staff.post(page, form_data(form) | {"state": "published", "publish_at_0": "", "publish_at_1": ""})
        assert answer.status_code == 302, errors_of(answer)
        found.refresh_from_db()
        assert (found.name, found.state, found.publish_at) == ("示例旧名", state, publish_at)
        told = [str(message) for message in staff.get(answer.url).context["messages"]]
        assert f"已恢复到旧版本。发布状态保持不变：{found.get_state_display()}。" in told


def test_a_deleted_record_brought_back_is_a_draft(staff):
    found = factories.organisation()
    key = found.pk
    found.delete()
    page = address(Organisation, "simple_history", key, Organisation.history.earliest().pk)
    assert staff.post(page, form_data(staff.get(page)) | {"state": "published"}).status_code == 302
    assert list(Organisation.objects.values_list("pk", "state")) == [(key, "draft")]


def test_an_old_version_equal_to_the_record_writes_nothing(staff):
    found = factories.organisation()
    page = address(Organisation, "simple_history", found.pk, found.history.get().pk)
    assert staff.post(page, form_data(staff.get(page))).status_code == 302
    assert stored(found).version == 1


@pytest.mark.parametrize("model", [model for model in RECORDS if issubclass(model, Record)])
@pytest.mark.parametrize("moment", [datetime(2030, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, 1, 2, 3, 456, tzinfo=UTC)])
def test_an_unchanged_record_under_embargo_gets_no_version(staff, model, moment):
    found = row(model)
    found.publish_at = moment
    found.save()
    assert saved(staff, found, opened(staff, found)).status_code == 302
    assert (stored(found).version, stored(found).publish_at) == (2, moment)


def test_links_alone_are_news(staff):
    industry, found = factories.industry(), factories.organisation()
    assert saved(staff, found, {**opened(staff, found), "industries": [industry.pk]}).status_code == 302
    assert stored(found).version == 2


def test_no_list_is_edited_in_place():
    """Rows of a list carry no version that was read: two people's changes would not meet."""
    assert [page for page in MODELS.values() if page.list_editable] == []


# One form sent twice


@pytest.mark.parametrize("model", [Organisation, Membership, Project, Scope, Level])
def test_a_form_sent_twice_makes_one_record(staff, model):
    found = row(model)
    data = form_data(staff.get(address(model, "add"))) | {
        name: value for name, value in opened(staff, found).items() if "-" not in name and name != "once"
    }
    model.objects.all().delete()
    first = staff.post(address(model, "add"), data)
    assert first.status_code == 302, errors_of(first)
    made = model.objects.get()
    second = staff.post(address(model, "add"), data)
    assert second["Location"] == address(model, "change", made.pk)
    assert model.objects.count() == 1


def test_a_form_that_was_refused_is_sent_again(staff):
    form = form_data(staff.get(address(Conference, "add")))
    refused = staff.post(address(Conference, "add"), {**form, "name": "", "held": "若干"})
    assert {*errors_of(refused)} == {"name", "held"}
    assert form_data(refused)["once"] == form["once"]
    for _time in range(2):
        assert (
            staff.post(address(Conference, "add"), {**form_data(refused), "name": "示例", "held": ""}).status_code
            == 302
        )
    assert Conference.objects.count() == 1


def test_a_form_sent_again_after_what_it_made_was_deleted_is_shown_again(staff):
    form = form_data(staff.get(address(Conference, "add"))) | {"name": "示例"}
    staff.post(address(Conference, "add"), form)
    Conference.objects.all().delete()
    shown = staff.post(address(Conference, "add"), form)
    assert (shown.status_code, Conference.objects.count()) == (200, 0)
    assert shown.context["adminform"].form.errors.as_data()["__all__"][0].code == "told_first"
    assert staff.post(address(Conference, "add"), form_data(shown)).status_code == 302
    assert Conference.objects.get().name == "示例"


def test_a_form_gone_back_to_and_filled_anew_loses_nothing(staff):
    form = form_data(staff.get(address(Conference, "add"))) | {"name": "示例甲"}
    staff.post(address(Conference, "add"), form)
    shown = staff.post(address(Conference, "add"), form | {"name": "示例乙"})
    assert (shown.status_code, Conference.objects.count()) == (200, 1)
    told = shown.context["adminform"].form
    assert ("示例甲" in told.errors["__all__"][0], told["name"].value()) == (True, "示例乙")
    assert form_data(shown)["once"] != form["once"]
    assert staff.post(address(Conference, "add"), form_data(shown)).status_code == 302
    assert {*Conference.objects.values_list("name", flat=True)} == {"示例甲", "示例乙"}


def test_a_form_filled_anew_with_another_file_is_another_form(staff, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    form = form_data(staff.get(address(Source, "add"))) | {"title": "示例", "kind": "news"}
    answers = [
        staff.post(address(Source, "add"), {**form, "attachment": SimpleUploadedFile("示例.txt", text)}).status_code
        for text in (b"1", b"1", b"2")
    ]
    assert (answers, Source.objects.count()) == ([302, 302, 200], 1)


def test_a_token_of_another_model_is_no_hindrance(staff):
    once = form_data(staff.get(address(Conference, "add")))["once"]
    staff.post(
        address(Conference, "add"), form_data(staff.get(address(Conference, "add"))) | {"name": "示例", "once": once}
    )
    shown = staff.post(
        address(Scope, "add"), form_data(staff.get(address(Scope, "add"))) | {"name": "示例区", "once": once}
    )
    assert (shown.status_code, Scope.objects.count()) == (200, 0)
    assert staff.post(address(Scope, "add"), form_data(shown)).status_code == 302
    assert Scope.objects.count() == 1


def with_added_row(page, model, **values) -> dict:
    """A page's form with a row added, as its script adds it."""
    formset = formset_of(page, model)
    count = formset.total_form_count()
    names = formset.empty_form.fields
    added = {f"{formset.prefix}-{count}-{name}": values.get(name, "") for name in names}
    return form_data(page) | added | {f"{formset.prefix}-TOTAL_FORMS": count + 1}


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Contact, lambda: {"name": "示例联系人"}),
        (Membership, lambda: {"level": factories.level().pk, "state": "draft"}),
    ],
)
def test_a_row_added_by_a_form_sent_twice_is_added_once(staff, model, values):
    found = factories.organisation()
    sent = with_added_row(staff.get(address(Organisation, "change", found.pk)), model, **values())
    first, second = saved(staff, found, sent), saved(staff, found, sent)
    assert (first.status_code, second.status_code, model.objects.count()) == (302, 302, 1)
    shown = saved(staff, found, {**sent, "address": "示例路1号"})
    assert (shown.status_code, model.objects.count(), stored(found).address) == (200, 1, "")
    assert saved(staff, found, form_data(shown)).status_code == 302
    assert (model.objects.count(), stored(found).address) == (2, "示例路1号")


def test_two_forms_make_two_records(staff):
    for _time in range(2):
        sent = {**form_data(staff.get(address(Conference, "add"))), "name": "示例", "told_name": "示例"}
        staff.post(address(Conference, "add"), sent)
    assert Conference.objects.count() == 2


@pytest.mark.parametrize("once", ["", "示例", "\x00", "1" * 5000])
def test_a_form_without_a_true_token_is_saved_all_the_same(staff, once):
    form = form_data(staff.get(address(Conference, "add"))) | {"name": "示例", "once": once}
    assert staff.post(address(Conference, "add"), form).status_code == 302


# Records that are gone


def test_an_old_version_of_a_deleted_record_is_shown_and_can_be_brought_back(staff):
    found = factories.place(name="示例大厦")
    key = found.pk
    found.delete()
    page = address(Place, "simple_history", key, Place.history.earliest().pk)
    shown = staff.get(page)
    assert (shown.status_code, "示例大厦" in shown.text) == (200, True)
    assert staff.get(address(Place, "history", key)).status_code == 200
    assert staff.post(page, form_data(shown)).status_code == 302
    assert Place.objects.get(pk=key).name == "示例大厦"


def test_what_is_typed_into_a_record_that_was_deleted_meanwhile_is_shown_again_and_made_anew(staff):
    found = factories.organisation(name="示例甲")
    form, where = opened(staff, found) | {"address": "示例路1号"}, address(Organisation, "change", found.pk)
    found.delete()
    shown = staff.post(where, form)
    assert (shown.status_code, shown.context["adminform"].form["address"].value()) == (200, "示例路1号")
    assert f'action="{address(Organisation, "add")}"' in shown.text
    assert shown.context["adminform"].form.errors.as_data()["__all__"][0].code == "told_first"
    assert staff.post(address(Organisation, "add"), form_data(shown)).status_code == 302
    assert [*Organisation.objects.values_list("name", "address", "state")] == [("示例甲", "示例路1号", "draft")]


def test_a_form_sent_to_a_key_that_never_was_is_not_shown_again(staff):
    form = opened(staff, factories.organisation())
    answer = staff.post(address(Organisation, "change", 987654321), form)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_an_old_version_whose_parent_is_gone_is_refused_at_its_field(staff):
    found = factories.amount()
    Project.objects.all().delete()
    page = address(type(found), "simple_history", found.pk, type(found).history.earliest().pk)
    shown = staff.get(page)
    assert shown.status_code == 200
    assert "project" in staff.post(page, form_data(shown)).context["adminform"].form.errors
    assert staff.get(address(type(found), "history", found.pk)).status_code == 200
