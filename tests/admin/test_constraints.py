"""Every constraint of every model, broken from its form and its inlines: a sentence at a field, nothing written."""

import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.test import Client
from django.utils.translation import override

from fengtai.admin.near_names import told_by
from fengtai.records.constraints import told_at
from fengtai.records.models import Followed
from indicators.models import Observation
from tests import factories
from tests.admin.admin_pages import MODELS, address, errors_of, form_data, formset_of, row

pytestmark = pytest.mark.django_db

IMPOSSIBLE = "the field itself never holds such a value"
# What breaks a rule that is not about two rows being alike; "another" is typed where a new row is added.
BREAKS = {
    "honour_names_who_received_it": {"organisation": "", "printed": ""},
    "membership_ends_after_it_starts": {"since": "2024年", "until": "2023年"},
    "observation_does_not_replace_itself": {"supersedes": "itself", "reason": "示例"},
    "observation_revision_gives_its_reason": {"supersedes": "another", "reason": ""},
    "observation_states_something": {"value": "", "growth": "", "comparison": ""},
    "organisation_credit_code_absent_is_null": IMPOSSIBLE,
    "redaction_says_why": {"why": ""},
    "pair_in_order": IMPOSSIBLE,
    "party_names_somebody": {"organisation": "", "printed": ""},
}
CONSTRAINTS = {
    constraint.name: (model, constraint)
    for model in apps.get_models()
    if model._meta.app_label in ("fengtai", "partners", "projects", "indicators")
    for constraint in model._meta.constraints
}
every_constraint = pytest.mark.parametrize("name", CONSTRAINTS)
INLINES = [(model, inline) for model, page in MODELS.items() for inline in page.inlines]


def is_unique(constraint) -> bool:
    return isinstance(constraint, models.UniqueConstraint)


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("示例员工", password="x"))
    return client


def complete_row(model, constraint):
    """A row that holds all that the constraint speaks of."""
    found = row(model)
    for name in told_at(constraint, model):
        field = model._meta.get_field(name)
        if is_unique(constraint) and getattr(found, field.attname) in (None, ""):
            setattr(found, name, row(field.related_model) if field.is_relation else "91110000600037341L")
    found.save()
    return found


def breaking(model, constraint, found) -> dict | None:
    """What to type for the constraint to be broken; None where no typing breaks it."""
    if is_unique(constraint):
        return {}  # the row's own values a second time
    typed = BREAKS[constraint.name]
    if typed == IMPOSSIBLE:
        return None
    return {name: found.pk if value in ("itself", "another") else value for name, value in typed.items()}


@every_constraint
def test_a_constraint_has_a_case_and_a_sentence_in_chinese(name):
    _model, constraint = CONSTRAINTS[name]
    assert is_unique(constraint) or name in BREAKS, f"{name}: say in BREAKS what breaks it"
    with override("zh-hans"):
        said = str(constraint.get_violation_error_message())
    assert re.search("[\u4e00-\u9fff]", said), f"{name}: `tells` it in a sentence, translated"
    assert "约束" not in said, f"{name}: `tells` it in a sentence of its own"


@every_constraint
def test_a_constraint_broken_in_the_form_is_told_at_a_field(staff, name):
    model, constraint = CONSTRAINTS[name]
    if model not in MODELS:
        pytest.skip("its rows are edited on their parent's page")
    found = complete_row(model, constraint)
    typed = breaking(model, constraint, found)
    if typed is None:
        return
    itself = "itself" in BREAKS.get(name, {}).values() if not is_unique(constraint) else False
    data = form_data(staff.get(address(model, "change", found.pk)))
    data = {key: value for key, value in data.items() if not re.search(r"-\d+-|INITIAL_FORMS|TOTAL_FORMS", key)}
    data |= {f"{prefix}-{part}_FORMS": 0 for prefix in prefixes(staff, model) for part in ("TOTAL", "INITIAL")}
    data |= unlike(model, found, constraint)
    data["told_name"] = data.get(told_by(model), "")  # that others have this name is no news
    where = address(model, "change", found.pk) if itself else address(model, "add")
    before = model.objects.count()
    refused = staff.post(where, data | typed)
    assert refused.status_code == 200
    assert errors_of(refused) == {told_at(constraint, model)[-1]: [str(constraint.get_violation_error_message())]}
    assert model.objects.count() == before


def prefixes(staff, model) -> list[str]:
    page = staff.get(address(model, "add"))
    return [inline.formset.prefix for inline in page.context["inline_admin_formsets"]]


def unlike(model, found, constraint) -> dict:
    """Other values for what must be unique by itself, so that only one rule is broken."""
    others = [field for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    kept = told_at(constraint, model)
    return {f.name: f"other-{f.value_from_object(found)}" for f in others if f.name not in kept and not f.is_relation}


def inlines_of(model) -> list:
    return [parent for parent, inline in INLINES if inline.model is model]


@pytest.mark.parametrize(
    ("name", "parent"), [(name, parent) for name, (model, _c) in CONSTRAINTS.items() for parent in inlines_of(model)]
)
def test_a_constraint_broken_in_a_row_of_its_parent_is_told_at_a_field(staff, name, parent):
    model, constraint = CONSTRAINTS[name]
    link = next(f.name for f in model._meta.fields if f.is_relation and f.related_model is parent)
    if not is_unique(constraint) and link in told_at(constraint, model):
        return  # the parent itself keeps the rule
    for twins in (False, True):
        found = complete_row(model, constraint)
        typed = breaking(model, constraint, found)
        if getattr(found, f"{link}_id") is None:
            setattr(found, link, row(parent))
            found.save()
        page = staff.get(address(parent, "change", getattr(found, f"{link}_id")))
        refused = staff.post(page.wsgi_request.path, with_rows(page, model, found, typed, twins))
        assert refused.status_code == 200
        errors = errors_of(refused)
        told = [key for key, said in errors.items() if said == [str(constraint.get_violation_error_message())]]
        assert len(told) == len(errors) > 0
        assert [key for key in told if key.endswith("__all__") or key not in inputs(refused)] == []
        model.objects.all().delete()


def with_rows(page, model, found, typed: dict, twins: bool) -> dict:
    """The page's own data with one more row, or with two new rows in place of those on file."""
    formset, data = formset_of(page, model), form_data(page)
    old = next(form for form in formset.forms if form.instance.pk == found.pk)
    said = {name: data.get(old.add_prefix(name), "") for name in old.fields if name not in ("id", "seen_version")}
    if twins:
        model.objects.filter(pk=found.pk).delete()
        data = {key: value for key, value in data.items() if not key.startswith(f"{formset.prefix}-")}
        data |= {f"{formset.prefix}-INITIAL_FORMS": 0}
    numbers = (0, 1) if twins else (formset.total_form_count(),)
    for number in numbers:
        data |= {f"{formset.prefix}-{number}-{name}": value for name, value in (said | typed).items()}
    return data | {f"{formset.prefix}-TOTAL_FORMS": numbers[-1] + 1}


def inputs(response) -> set[str]:
    """Names of the inputs that a person sees."""
    inputs = re.findall(r"<(?:input|select|textarea)[^>]*>", response.text)
    return {re.search(r'name="([^"]*)"', tag)[1] for tag in inputs if 'name="' in tag and 'type="hidden"' not in tag}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_what_must_be_unique_by_itself_is_told_at_its_field(staff, model):
    names = [f.name for f in model._meta.concrete_fields if f.unique and not f.primary_key and not f.is_relation]
    found = row(model)
    page = staff.get(address(model, "change", found.pk))
    data = form_data(page)
    refused = (
        staff.post(
            address(model, "add"),
            {key: value for key, value in data.items() if "-" not in key}
            | {f"{prefix}-{part}_FORMS": 0 for prefix in prefixes(staff, model) for part in ("TOTAL", "INITIAL")},
        )
        if names
        else None
    )
    for name in names:
        assert re.search("[\u4e00-\u9fff]", errors_of(refused)[name][0])


UNIQUE_FIELDS = [
    field
    for model in apps.get_models()
    if issubclass(model, Followed)
    for field in model._meta.concrete_fields
    if field.unique and not field.primary_key
]


@pytest.mark.parametrize("field", UNIQUE_FIELDS, ids=str)
def test_no_unique_field_tells_it_in_the_framework_s_own_words(field):
    def told(language):
        with override(language):
            said = field.model().unique_error_message(field.model, (field.name,)).messages
            generic = models.Model.unique_error_message(field.model(), field.model, (field.name,)).messages
        assert said != generic
        return said[0]

    assert re.search("[\u4e00-\u9fff]", told("zh-hans"))
    assert not re.search("[\u4e00-\u9fff]", told("en"))


def test_an_observation_replaced_twice_is_told_in_a_sentence(staff):
    first = factories.observation()
    revision = {"indicator": first.indicator, "supersedes": first, "reason": "示例"}
    data = form_data(staff.get(address(Observation, "change", factories.observation(**revision).pk)))
    data = {key: value for key, value in data.items() if not re.search(r"-\d+-", key)}
    refused = staff.post(address(Observation, "add"), data | {"once": ""})
    assert errors_of(refused) == {"supersedes": ["该条指标数据已被另一条取代。"]}


def test_a_nul_and_a_page_sent_incomplete_are_told_in_plain_words(staff):
    found = factories.organisation()
    page = address(type(found), "change", found.pk)
    data = form_data(staff.get(page))
    hidden = "其中含有看不见的字符（U+0000）：请去掉它，重新录入。"
    assert hidden in errors_of(staff.post(page, data | {"region": "示\x00例"}))["region"]
    whole = {key: value for key, value in data.items() if "_FORMS" not in key}
    text = staff.post(page, whole).text
    assert "页面没有完整发送，什么都没有保存。请重新加载页面，再填写一次。" in text
    assert "ManagementForm" not in text


@pytest.mark.parametrize(("start", "heading"), [("", "表单未被接收"), ("/en", "The form was not taken")])
def test_a_form_without_its_sign_is_refused_on_a_page_of_our_own(staff, start, heading):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = staff.cookies
    refused = strict.post(f"{start}/admin/partners/organisation/add/", {"name": "示例机密"})
    assert refused.status_code == 403
    assert f"<h1>{heading}</h1>" in refused.text
    assert "DEBUG" not in refused.text
    assert "示例机密" not in refused.text
    assert refused["Cache-Control"] == "no-store"


def test_a_membership_that_ends_before_it_starts_is_refused_where_its_columns_follow(staff):
    """The rule is about columns that no form shows."""
    found = factories.membership(since="2024年")
    data = form_data(staff.get(address(type(found), "change", found.pk)))
    refused = staff.post(address(type(found), "change", found.pk), {**data, "until": "2023年"})
    assert list(errors_of(refused)) == ["until"]
