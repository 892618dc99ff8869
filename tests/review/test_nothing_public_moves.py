"""The public site says the same before and after every way of writing what is published, until a release."""

import re
from difflib import unified_diff

import pytest
from django.contrib.auth import get_user_model
from django.db.models import CharField, TextField
from django.test import Client

from fengtai.records.models import Citation, Kept, Record
from fengtai.review.pending import PendingChange
from fengtai.review.roots import root_of
from tests import factories
from tests.admin.admin_pages import MODELS, address, form_data
from tests.pages.crawling import crawl
from tests.pages.marked_rows import MARK, forget_hubs, hub, plain, values

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
TIMES = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?\S*|nonce-\S+|csrfmiddlewaretoken\S*")
KEPT = [model for model in MODELS if issubclass(model, Kept)]
RECORDS = [model for model in KEPT if issubclass(model, Record)]


UNFIT = {"credit_code": None, "attachment": ""}  # what no example fits


@pytest.fixture
def staff(client):
    forget_hubs()
    client.force_login(get_user_model().objects.create_superuser("示例员工", password="x"))
    return client


@pytest.fixture
def anybody():
    return Client()


def said(anybody) -> dict[str, str]:
    """What the whole site says, by address, but for times of answering; in one language, both read the same rows."""
    return {where: TIMES.sub("", text) for where, text in crawl(anybody, "/", left_out=("/en/",), unasked=("sort",))}


def published(model):
    names = {field.name for field in model._meta.fields}
    row = plain(model, **{name: empty for name, empty in UNFIT.items() if name in names})
    row.doubt = "示例存疑"  # an old version that differs
    row.save()
    for cited in (row, root_of(row)):
        Citation.objects.create(
            record=cited, source=hub(Citation._meta.get_field("source").related_model), words="示例"
        )
    return row


def typed(model, data: dict) -> dict:
    """The form's data with a mark in every text."""
    texts = {name: value for name, value in values(model, marked=True).items() if isinstance(value, str)}
    news = {name: text for name, text in texts.items() if data.get(name) is not None and _is_free(model, name)}
    return data | news | {"told_name": news.get("name") or news.get("title", "")}


def _is_free(model, name: str) -> bool:
    field = model._meta.get_field(name)
    return type(field) in (CharField, TextField) and not field.choices


def change(staff, row):
    where = address(type(row), "change", row.pk)
    return staff.post(where, typed(type(row), form_data(staff.get(where))))


def bring_back(staff, row):
    old = row.history.last()
    where = address(type(row), "simple_history", row.pk, old.pk)
    return staff.post(where, form_data(staff.get(where)))


def remove(staff, row):
    return staff.post(address(type(row), "delete", row.pk), {"post": "yes"})


def act(name: str):
    def press(staff, row):
        data = {"action": name, "_selected_action": row.pk, "why": "示例", "post": "yes"}
        return staff.post(address(type(row), "changelist"), data)

    return press


def copy(staff, row):
    """Another row like it, hung on the same published record."""
    where = address(type(row), "add")
    said = form_data(staff.get(address(type(row), "change", row.pk)))
    own = {name: value for name, value in said.items() if name not in ("seen_version", "seen", "once")}
    return staff.post(where, typed(type(row), form_data(staff.get(where)) | own))


def _moved(before: str, after: str) -> list[str]:
    return list(unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[:12]


WAYS = {"change": change, "bring back": bring_back, "copy": copy, "withdraw": act("withdraw")}
WAYS |= {"submit": act("submit_for_review"), "release": act("release")}
WAYS |= {"delete": remove, "delete many": act("delete_selected")}  # last: whoever did it sees the row no more


def test_the_site_says_the_same_until_a_release(staff, anybody):
    rows = {model: published(model) for model in KEPT}
    before = said(anybody)
    answers = {(model, name): way(staff, rows[model]).status_code for model in KEPT for name, way in WAYS.items()}
    assert {key: status for key, status in answers.items() if status not in (200, 302, 403)} == {}
    after = said(anybody)
    assert {
        where: _moved(before.get(where, ""), text) for where, text in after.items() if text != before.get(where)
    } == {}
    assert before.keys() == after.keys()
    assert [row for row in rows.values() if not type(row)._base_manager.filter(pk=row.pk).exists()] == []
    waiting = list(PendingChange.objects.open())
    assert {root_of(row) for row in rows.values()} <= {pending.record for pending in waiting}
    marked = {type(pending.record) for pending in waiting if MARK.search(str(pending.edits))}
    assert {*RECORDS} - marked == set()


def test_a_level_or_a_scope_that_nothing_public_has_is_no_choice(anybody):
    level, scope = factories.level(name="zqmark1级别", code="zqmark1"), factories.scope(name="zqmark2范围")
    factories.membership(organisation=factories.organisation(state="draft"), level=level)
    factories.observation(scope=scope, state="draft")
    for path in ("/partners/", "/organisations/", "/memberships/", "/observations/", "/api/openapi.json"):
        assert MARK.findall(anybody.get(path).content.decode()) == [], path
