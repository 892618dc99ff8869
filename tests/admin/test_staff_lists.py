"""What every list of staff promises: all rows, every column and question, and files of exactly what it shows."""

import io
import json
from datetime import datetime
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from fengtai.admin.listing.staff_lists import address_of_list
from fengtai.lists.site import page_of
from fengtai.records.models import Part, Record, Source
from fengtai.records.record import in_words
from fengtai.records.trail.acting import Act
from fengtai.records.trail.entries import TrailEntry
from partners.models import Membership, Organisation
from tests import factories
from tests.admin.admin_pages import MODELS, address, row
from tests.admin.asking import ask
from tests.lists.limits import count_to

pytestmark = pytest.mark.django_db
every_list = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
LIST = "/admin/partners/organisation/"
SECRET = "示例秘密"


@pytest.fixture
def owner(client):
    found = User.objects.create_superuser("示例管理员")
    client.force_login(found)
    return found


def hidden_row(model):
    found = row(model)
    for name, value in {"state": "draft", "held_back": True}.items():
        if any(field.name == name for field in model._meta.concrete_fields):
            setattr(found, name, value)
    found.save()
    return found


def keys(model, **asked: str) -> list[int]:
    question = MODELS[model].staff_list.ask(QueryDict(urlencode(asked)))
    assert question.errors == {}, asked
    return question.window.keys


def rows_of(client, path: str, **asked: str) -> list[dict]:
    """The rows of a file, from its address."""
    return json.loads(b"".join(client.get(path, {"format": "json", **asked})))["rows"]


def values_of(question) -> dict[str, str]:
    """A value for every question of a list."""
    fields = question.offered.form.fields
    chosen = {name: [code for code, _label in getattr(field, "choices", ()) if code] for name, field in fields.items()}
    typed = {"q": "示例", "source": None}
    made = {}
    for name, field in fields.items():
        if codes := chosen[name]:
            made[name] = str(getattr(codes[-1], "value", codes[-1]))
        elif type(field).__name__ not in ("RecordField", "ChoiceField"):
            made[name] = typed.get(name) or ("2024-01-01" if "Day" in type(field).__name__ else "2024")
    return made | ({"as_of": "2024-01-01"} if "as_of" in made else {})


def facets(question) -> dict:
    return question.offered.facets(question.table.seen_rows(), question.answer, question.known)


@every_list
def test_every_list_shows_sorts_filters_and_counts_what_is_hidden_too(owner, model):
    found = hidden_row(model)
    page = MODELS[model].staff_list
    every = {*model.objects.values_list("pk", flat=True)}
    assert {found.pk} <= every == {*ask(owner, "GET", address(model, "changelist")).context["window"].keys}
    for name in page.table.sortable():
        up, down = keys(model, sort=name), keys(model, sort=f"-{name}")
        assert sorted(up) == sorted(down) == sorted(every), name
    asked = values_of(page.ask(QueryDict()))
    for name, value in asked.items():
        assert {*keys(model, **{name: value})} <= every, name
    state = {"state": "draft"} if issubclass(model, Record) else {"held_back": "yes"} if issubclass(model, Part) else {}
    if state:
        [(name, value)] = state.items()
        hidden = {*model.objects.filter(**{name: "draft" if name == "state" else True}).values_list("pk", flat=True)}
        assert {*keys(model, **state)} == hidden
        assert facets(page.ask(QueryDict()))[name][value].count == len(hidden)


@every_list
def test_every_file_holds_the_rows_and_columns_of_the_page(owner, client, model):
    hidden_row(model)
    path, table = address(model, "changelist"), MODELS[model].staff_list.table
    for columns in ("", "all"):
        shown = table.names(detail=bool(columns))
        made = rows_of(client, path, **({"columns": columns} if columns else {}))
        assert [list(found) for found in made] == [["id", "record_url", *shown]] * model.objects.count()
    labels = [heading for name in shown for heading in table.base_columns[name].headings(table.label(name))]
    book = load_workbook(io.BytesIO(b"".join(client.get(path, {"format": "xlsx", "columns": "all"}))))
    rows = list(book.worksheets[0].values)
    assert (rows[0], len(rows)) == ((*labels, "平台网址", "平台编号"), 1 + model.objects.count())
    assert book["说明"]["A2"].value == "内部资料"
    assert TrailEntry.objects.filter(act=Act.EXPORTED, by=owner).count() == 3
    lines = b"".join(client.get(path, {"format": "jsonl"})).decode().splitlines()
    assert {json.loads(line)["id"] for line in lines} == {*model.objects.values_list("pk", flat=True)}


def test_a_file_says_in_its_name_that_it_is_internal(owner, client):
    hidden_row(Organisation)
    name = client.get(LIST, {"format": "csv"}).headers["Content-Disposition"]
    assert "%E5%86%85%E9%83%A8" in name  # 内部


def test_a_state_is_told_in_words_with_the_time_of_an_embargo(owner, client):
    found_at = datetime.fromisoformat("2999-12-01T01:00:00+00:00")
    factories.organisation(name="示例待发布", state="published", publish_at=found_at)
    [found] = rows_of(client, LIST, columns="state")
    assert found["state"] == {"state": "embargoed", "publish_at": "2999-12-01T01:00:00+00:00"}
    assert in_words("published", found_at, timezone.now()) in client.get(LIST).content.decode()


def test_remarks_stand_in_the_lists_of_staff_and_full_texts_and_contacts_never(owner, client):
    factories.organisation(name="示例甲", remark=SECRET).contacts.create(name="示例联系人", phone="13800001234")
    factories.source(full_text=f"{SECRET}全文")
    assert SECRET in client.get(f"{LIST}?columns=remark").content.decode()
    told = client.get(f"{LIST}?columns=all").content.decode()
    told += client.get(f"{address(Source, 'changelist')}?columns=all").content.decode()
    assert [word for word in ("13800001234", "示例联系人", f"{SECRET}全文") if word in told] == []


def test_columns_are_chosen_without_a_script_and_stand_in_the_address(owner, client):
    answer = client.get(f"{LIST}?columns=kind&columns=remark&state=draft")
    assert answer.headers["Location"] == f"{LIST}?columns=kind%2Cremark&state=draft"
    shown = client.get(answer.headers["Location"]).context["question"]
    assert (shown.columns, shown.active) == (("name", "kind", "remark"), {"state": "draft"})


def test_what_is_linked_and_hidden_is_shown_found_and_counted_for_staff_alone(owner, client):
    level = factories.level(code="leader", name="示例链长")
    found = factories.organisation(name="示例甲", state="draft")
    factories.membership(organisation=found, level=level, held_back=True)
    factories.organisation_name(organisation=found, name="青龙", kind="short", held_back=True)
    assert keys(Organisation, level="leader", q="青龙") == [found.pk]
    assert address_of_list(Organisation, level="leader") == f"{LIST}?level=leader"
    assert "示例链长" in client.get(LIST).content.decode()
    assert facets(client.get(LIST).context["question"])["level"]["leader"].count == 1


def test_an_act_upon_all_that_answer_leaves_the_others_alone(owner, client, monkeypatch):
    count_to(monkeypatch, 2)
    found = [factories.organisation(name=f"示例{number}", kind="firm", state="draft") for number in range(30)]
    other = factories.organisation(name="示例他", kind="body", state="draft")
    told = client.post(f"{LIST}?kind=firm", {"action": "submit_for_review", "select_across": "1"}, follow=True)
    assert [str(message) for message in told.context["messages"]] == ["提交审核：30 条记录。"]
    assert {*Organisation.objects.filter(state="review")} == {*found}
    other.refresh_from_db()
    assert other.state == "draft"


def test_an_act_whose_address_cannot_be_read_does_nothing(owner, client):
    found = factories.organisation(state="draft")
    client.post(f"{LIST}?kind__exact=firm", {"action": "submit_for_review", "select_across": "1"})
    found.refresh_from_db()
    assert found.state == "draft"


def test_whoever_may_not_see_a_model_is_refused_its_list(client):
    client.force_login(User.objects.create(username="示例员工", is_staff=True))
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}?format=csv").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_what_staff_saw_is_never_taken_for_what_the_public_sees(client):
    """Outside of a transaction, where answers are remembered."""
    level = factories.level(code="leader", name="示例链长")
    shown = factories.organisation(name="示例公开", state="published")
    factories.membership(organisation=shown, level=level)
    draft = factories.organisation(name=f"示例{SECRET}", state="draft")
    factories.membership(organisation=draft, level=level)
    client.force_login(User.objects.create_superuser("示例管理员"))
    pages = ("", "?q=示例", "?level=leader", "?kind=not-stated", "?sort=-name", "?format=json")
    for asked in pages:
        for name in ("partners_organisation", "partners_membership"):
            client.get(reverse(f"admin:{name}_changelist") + asked.replace("sort=-name", "per_page=50"))
    client.logout()
    for asked in pages:
        text = b"".join(client.get(f"/organisations/{asked}")).decode()
        assert (SECRET in text, "公开" in text) == (False, True), asked
    page = page_of("organisations").ask(QueryDict("q=示例"))
    assert (page.count, page.window.keys, facets(page)["level"]["leader"].count) == (1, [shown.pk], 1)
    assert page_of("memberships").ask(QueryDict()).count == Membership.objects.public().count() == 1
    assert connection.in_atomic_block is False
