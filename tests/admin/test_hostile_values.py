"""Values that are none, in every filter, order and action of the admin's lists and in every field of its forms."""

from itertools import cycle, islice

import pytest
from django.contrib import admin
from django.contrib.auth.models import User

from tests import factories
from tests.admin.admin_pages import MODELS, address, form_data, row
from tests.admin.asking import ask, forgotten

pytestmark = pytest.mark.django_db
HOSTILE = ["abc", "\x00", "9" * 20, "-" + "9" * 20, "0001-01-01", "9999-12-31", "1e400"]
LOOKUPS = ["", "__in", "__gte", "__isnull", "__year"]
PARAMETERS = ["list", "p", "o", "q", "all", "_facets", "_popup", "_to_field", "e", "nothing"]
PARAMETERS += ["columns", "sort", "page", "per_page", "after", "before", "format"]
every_list = pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label_lower)
every_form = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)


@pytest.fixture
def owner():
    return User.objects.create_superuser("示例管理员")


@pytest.fixture
def staff(client, owner):
    client.force_login(owner)
    client.raise_request_exception = False
    return client


def failures(owner, method: str, path: str, sent: list[dict]) -> list:
    """What an address answers with a server's error; nothing is written by any of it."""
    found = []
    for data in sent:
        with forgotten():
            try:
                answer = ask(owner, method, path, data)
            except Exception as error:
                found.append((data, repr(error)))
            else:
                found += [(data, answer.written)] if answer.written else []
    return found


def in_turn(model, asked, values=HOSTILE):
    """Each with one of the values: over all models every question meets every value; all of each took a minute."""
    start = sorted(MODELS, key=str).index(model) if model in MODELS else 0
    return zip(asked, islice(cycle(values), start % len(values), None), strict=False)


@every_list
def test_no_filter_of_a_list_fails(owner, model):
    page = admin.site._registry[model]
    names = {type(field): field.name for field in model._meta.fields}.values()  # one of each kind
    own = page.staff_list.filterset.declared() if hasattr(page, "staff_list") else page.list_filter
    looked = [name + lookup for name, lookup in in_turn(model, sorted(names), LOOKUPS)]
    looked += [name for name in own if isinstance(name, str)]
    asked = [{name: text} for name, text in in_turn(model, [*looked, *PARAMETERS])]
    assert failures(owner, "GET", address(model, "changelist"), asked) == []


@every_list
def test_no_action_of_a_list_fails(owner, model):
    path, wrong = address(model, "changelist"), {"action": "delete_selected", "_selected_action": "1"}
    sent = [wrong | {"_selected_action": text, "index": "0"} for text in HOSTILE[:2]]
    sent += [wrong | {"action": text, "index": text, "select_across": text} for text in HOSTILE[1:3]]
    assert failures(owner, "POST", path, sent) == []
    assert failures(owner, "POST", f"{path}?id__in={'9' * 20}", [wrong]) == []


@every_form
def test_no_field_of_a_form_fails(staff, model):
    """All fields at once: each is told, and the page is drawn again."""
    found = row(model)
    if hasattr(found, "citations"):
        factories.citation(found)
    path = address(model, "change", found.pk)
    form = form_data(staff.get(path))
    kinds = (("once", "_FORMS"), ("once", "_FORMS", "-id"), ("once",), ("once", "_FORMS", "seen", "seen_version"))
    for kept, text in in_turn(model, islice(cycle(kinds), 2)):
        answer = staff.post(path, {name: said if name.endswith(kept) else text for name, said in form.items()})
        assert answer.status_code < 500, (text, kept)


@every_form
def test_no_link_of_a_form_fails(owner, model):
    found = row(model)
    path = address(model, "change", found.pk)
    form = form_data(ask(owner, "GET", path))
    links = [field.name for field in (*model._meta.fields, *model._meta.many_to_many) if field.is_relation]
    sent = [{**form, name: text} for name, text in in_turn(model, [name for name in links if name in form])]
    assert failures(owner, "POST", path, sent) == []


def test_what_no_list_is_asked_is_told_beside_it_and_shows_no_rows(staff):
    factories.organisation()
    for asked in (
        "state__exact=draft",
        "publication=draft",
        "e=1",
        "o=2",
        "p=1",
        "id__in=" + "9" * 20,
        "columns=nothing",
    ):
        answer = staff.get(f"{address(factories.Organisation, 'changelist')}?{asked}")
        assert list(answer.context["question"].errors) == [asked.partition("=")[0]]
        assert [name for name, _told in answer.context["loose_errors"]] == [asked.partition("=")[0]]
        assert (answer.status_code, answer.context["rows"]) == (200, "")
