"""Every kind of write, each as it is done for real: made ready here, done by a process that may be killed meanwhile."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from fengtai.importing.taking.steps import commit, preview, undo
from fengtai.records.bin import BinEntry
from fengtai.records.models import Record
from fengtai.review.actions import submit
from fengtai.review.bin import restore
from fengtai.review.forgetting import redact_everywhere
from fengtai.review.merging.merging import merge
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.roles import ADMINISTRATOR, READER
from fengtai.review.terms import Terms
from partners.models import Organisation
from tests import factories
from tests.admin.admin_pages import address, form_data
from tests.admin.test_bulk_edit import Hands
from tests.importing.import_steps import received, saved
from tests.pages.corrections.reports import sent
from tests.review import people
from tests.review.people import edited, signed_in

Act = Callable[[], object]
ROWS = 40  # of an import


def admin_form(name: str) -> Act:
    row, client = _firm(name), signed_in(people.person(name))
    where = address(Organisation, "change", row.pk)
    said = form_data(client.get(where)) | {"region": "示例区", "introduction": "示例简介"}
    return lambda: _done(client.post(where, said), 302)


def deleted(name: str) -> Act:
    row, client = _firm(name), signed_in(people.person(name))
    where = address(Organisation, "delete", row.pk)
    return lambda: _done(client.post(where, {"post": "yes", "why": "示例理由"}), 302)


def restored(name: str) -> Act:
    deleted(name)()
    entry = BinEntry.objects.order_by("-pk").first()
    return lambda: restore(entry)


def import_taken(name: str) -> Act:
    batch = _batch(name)
    return lambda: commit(batch)


def import_undone(name: str) -> Act:
    batch = _batch(name)
    commit(batch)
    return lambda: undo(batch)


def released(name: str) -> Act:
    change, reviewer = _change(name)
    return lambda: release(change, Terms(by=reviewer, accepted=True))


def merged(name: str) -> Act:
    by, one, other = people.person(name), _firm(name), _firm(f"{name}有限公司")
    factories.membership(organisation=other, level=factories.level())
    return lambda: merge(one, other, by=by, why="示例同一")


def many_at_once(name: str) -> Act:
    rows = [_firm(f"{name}{number}") for number in range(5)]
    hands = Hands(people.person(name), Organisation, rows)
    hands.preview("region", region="示例新区")
    return lambda: _done(hands.send("confirm"), 200)


def redacted(name: str) -> Act:
    row, by = factories.organisation(name=name, introduction=f"示例简介{name}", state="draft"), people.person(name)
    row.introduction = "示例新简介"
    row.save()
    version = row.history.last()
    return lambda: redact_everywhere(version=version, field="introduction", by=by, why="示例理由")


def correction_sent(name: str) -> Act:
    row = factories.organisation(name=name)
    client = people.Client()
    return lambda: _done(sent(client, row)[0], 302)


def account_made(name: str) -> Act:
    client = signed_in(people.person(name, ADMINISTRATOR))
    said = {"first_name": name, "username": f"{name}.w", "roles": [READER]}
    return lambda: _done(client.post(reverse("admin:auth_user_add"), said), 200)


KINDS = {
    "a form of the admin": admin_form,
    "a record put into the bin": deleted,
    "a record brought back": restored,
    "an import taken": import_taken,
    "an import taken back": import_undone,
    "a change released": released,
    "two records merged": merged,
    "many rows at once": many_at_once,
    "a value redacted": redacted,
    "a correction sent": correction_sent,
    "an account made": account_made,
}


def _firm(name: str) -> Organisation:
    row = factories.organisation(name=name, state=Record.State.DRAFT)
    factories.organisation_name(organisation=row, name=f"{name}又名")
    factories.citation(row)
    return row


def _batch(name: str):
    lines = [[f"{name}{number}号单位", f"{name}{number}"] for number in range(ROWS)]
    path = Path(settings.DATA_DIR) / "import.xlsx"
    batch = received("organisations", saved(path, ("名录", [["单位名称", "简称"], *lines])))
    for _time in range(5):  # a machine that is very busy may give up a reader
        if batch.state == "previewed":
            break
        preview(batch)
    assert batch.state == "previewed", batch.notes
    return batch


def _change(name: str) -> tuple[PendingChange, object]:
    firm, editor, reviewer = factories.organisation(name=name), people.editor(f"{name}编"), people.reviewer(f"{name}审")
    factories.citation(firm, field="region")
    edited(editor, firm, region="示例区")
    change = PendingChange.objects.order_by("-pk").first()
    submit(change, by=editor)
    assert change.record.created_at <= timezone.now()
    return change, reviewer


def _done(answer, status: int) -> None:
    assert answer.status_code == status, answer.status_code
