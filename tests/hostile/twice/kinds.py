"""What is pressed twice: for each kind of form the presses of so many different ones, and the rows that they make."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from types import SimpleNamespace
from uuid import uuid4

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.urls import reverse

from fengtai.importing.taking import steps
from fengtai.lists.site import page_of
from fengtai.records.batches import ImportBatch
from fengtai.records.bin import BinEntry
from fengtai.records.models import Record
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.bin import put_in
from fengtai.review.corrections.models import Correction
from fengtai.review.corrections.sending import send
from fengtai.review.merges import Merge, PairDecision
from fengtai.review.pending import PendingChange
from fengtai.review.roles import READER
from fengtai.review.roots import root_of
from indicators.models import Observation
from partners.models import Membership, Organisation
from projects.models import Party, Project
from tests import factories
from tests.admin.admin_pages import MODELS, address, row
from tests.hostile.forms import Form, forms_of
from tests.hostile.twice.pressing import Browser, Press, press_of
from tests.review.people import review_of

chance = Random(13)


@dataclass(frozen=True)
class Kind:
    """`presses` fills in so many forms; `made` counts what they make, one a form. Where two in a row would be in each
    other's way (`apart`), the pairs follow each other."""

    name: str
    presses: Callable[[Browser, int], list[Press]]
    made: Callable[[], int]
    apart: Callable[[], None] | None = None


def count(model, **having) -> Callable[[], int]:
    return lambda: model._base_manager.filter(**having).count()


def _name() -> str:
    return f"示例{chance.randrange(10**9)}"


def _published(**given) -> Organisation:
    return factories.organisation(name=_name(), **given)


def _draft() -> Organisation:
    return factories.organisation(name=_name(), state=Record.State.DRAFT)


# Records


def _adding(model: type[Model]) -> Kind:
    """With what the smallest row says; that row is deleted, and so is each that a form made, before the next."""

    def presses(browser: Browser, number: int) -> list[Press]:
        found = row(model)
        root = root_of(found)
        if root is not found:  # what is added to a record that readers see waits as a change of it
            type(root)._base_manager.filter(pk=root.pk).update(state=Record.State.DRAFT)
        path = address(model, "change", found.pk)
        said = next(one for one in forms_of(browser.open(path), path) if "once" in one.names)
        fields = {name: [] for name in said.names}
        for name, value in said.fields:
            fields[name].append(value)
        _delete(found)
        typed = {
            name: value
            for name, value in fields.items()
            if "-" not in name and not name.startswith(("once", "seen", "_"))
        }
        typed.pop("csrfmiddlewaretoken", None)
        typed |= {name: _name() for name, value in typed.items() if value == [str(found)]}
        return [browser.filled(address(model, "add"), typed, having="once") for _form in range(number)]

    def clear():
        for one in model._base_manager.order_by("-pk")[:1]:
            _delete(one)

    return Kind(f"add {model._meta.label_lower}", presses, count(model), clear)


def _delete(found: Model) -> None:
    with suppress(ProtectedError):  # others name it: then a second one alike may be made
        type(found)._base_manager.filter(pk=found.pk).delete()


def _organisations(browser: Browser, number: int) -> list[Press]:
    return [browser.filled(address(Organisation, "add"), {"name": _name()}, having="once") for _form in range(number)]


def _parties(browser: Browser, number: int) -> list[Press]:
    """A row added on its record's page."""
    made = []
    for _form in range(number):
        path = address(Project, "change", factories.project(title=_name(), state="draft").pk)
        form = next(one for one in forms_of(browser.open(path), path) if "once" in one.names)
        prefix = next(
            name for name in form.names if name.endswith("-TOTAL_FORMS") and name.startswith("parties-")
        ).rpartition("-")[0]
        total = int(dict(form.fields)[f"{prefix}-TOTAL_FORMS"])
        added = {
            name.replace("__prefix__", str(total)): said
            for name, said in form.fields
            if name.startswith(f"{prefix}-__prefix__")
        }
        added |= {
            f"{prefix}-TOTAL_FORMS": str(total + 1),
            f"{prefix}-{total}-printed": _name(),
            f"{prefix}-{total}-role": Party.Role.values[0],
        }
        made.append(browser.filled(path, added, having="once"))
    return made


def _accounts(browser: Browser, number: int) -> list[Press]:
    path = reverse("admin:auth_user_add")
    said = [
        {"first_name": _name(), "username": f"zq{chance.randrange(10**9)}", "roles": READER} for _form in range(number)
    ]
    return [browser.filled(path, one, having="username") for one in said]


def _promotions(browser: Browser, number: int) -> list[Press]:
    """To the next of many levels: after the first press a further one would be possible."""
    first = factories.level(code="zq0", name=_name())
    for rank in range(1, 5):
        factories.level(code=f"zq{rank}", name=_name(), rank=900 + rank)
    paths = []
    for _form in range(number):
        found = _draft()
        factories.membership(organisation=found, level=first)
        paths.append(address(Organisation, "promote", found.pk))
    return [browser.filled(path, {"since": "2024年4月23日"}, having="since") for path in paths]


def _revisions(browser: Browser, number: int) -> list[Press]:
    paths = [
        address(Observation, "revise", factories.observation(period=f"{2000 + one}年").pk) for one in range(number)
    ]
    return [browser.filled(path, {"value": "99亿元", "reason": "示例"}, having="value") for path in paths]


def _verdicts(browser: Browser, number: int) -> list[Press]:
    paths = [reverse("merge_pair", args=["partners.organisation", _draft().pk, _draft().pk]) for _form in range(number)]
    act = PairDecision.Verdict.values[0]
    return [browser.filled(path, {"act": act, "why": "示例"}, having=act) for path in paths]


# Imports


def _uploads(browser: Browser, number: int) -> list[Press]:
    path, files = reverse("admin:import_upload", args=["organisations"]), _csv
    return [browser.filled(path, {}, having="file", files={"file": ("示例.csv", files())}) for _form in range(number)]


def _csv() -> bytes:
    return f"单位名称,地区\n{_name()}有限公司,北京\n".encode()


def _batch() -> ImportBatch:
    batch = steps.receive(page_of("organisations"), ContentFile(_csv(), "示例.csv"))
    steps.preview(batch)
    batch.refresh_from_db()
    return batch


def _takes(browser: Browser, number: int) -> list[Press]:
    paths = [reverse("admin:import_batch", args=[_batch().uuid]) for _form in range(number)]
    return [browser.filled(path, {}, having="seen") for path in paths]


def _undoings(browser: Browser, number: int) -> list[Press]:
    made = []
    for _form in range(number):
        batch = _batch()
        steps.commit(batch)
        made.append(browser.filled(reverse("admin:import_undo", args=[batch.uuid]), {}, having="csrfmiddlewaretoken"))
    return made


# Review


def _reviewed(act: str, target: Callable[[], Model], **more) -> Callable[[Browser, int], list[Press]]:
    def presses(browser: Browser, number: int) -> list[Press]:
        paths = [review_of(target()) for _form in range(number)]
        return [browser.filled(path, {"act": act, **more}, having=act) for path in paths]

    return presses


def _in_review() -> Organisation:
    made = factories.organisation(name=_name(), state=Record.State.REVIEW)
    factories.citation(made, words=made.name)
    return made


def _withdrawals(browser: Browser, number: int) -> list[Press]:
    paths = [review_of(_published(), "review_withdraw") for _form in range(number)]
    return [browser.filled(path, {"why": "示例", "reason": "示例"}, having="csrfmiddlewaretoken") for path in paths]


# Merging, the bin, many rows


def _pairs(browser: Browser, number: int, act: str) -> list[Press]:
    made = []
    for _form in range(number):
        keys = [_draft().pk, _draft().pk]
        path = reverse("merge_pair", args=["partners.organisation", *keys])
        asked = browser.filled(path, {"act": "preview", "why": "示例"}, having="preview")
        found = forms_of(browser.send(asked).text, path)
        form = next(one for one in found if any("merge" in button for button in one.buttons))
        made.append(press_of(form, {"act": act, "why": "示例"}))
    return made


def _bin_entries(number: int) -> list[BinEntry]:
    owner = User.objects.get(username="zqowner")
    for _form in range(number):
        found = _draft()
        with transaction.atomic():
            put_in(found, by=owner)
        _delete(found)
    return [*BinEntry.objects.order_by("-pk")[:number]]


def _restorings(browser: Browser, number: int) -> list[Press]:
    paths = [reverse("admin:fengtai_binentry_change", args=[one.pk]) for one in _bin_entries(number)]
    return [browser.filled(path, {}, having="csrfmiddlewaretoken") for path in paths]


def _throwing_away(browser: Browser, number: int) -> list[Press]:
    paths = [reverse("admin:fengtai_binentry_delete", args=[one.pk]) for one in _bin_entries(number)]
    return [browser.filled(path, {"post": "yes", "why": "示例"}, having="csrfmiddlewaretoken") for path in paths]


def _deletions(browser: Browser, number: int) -> list[Press]:
    paths = [address(Organisation, "delete", _draft().pk) for _form in range(number)]
    return [browser.filled(path, {"post": "yes", "why": "示例"}, having="post") for path in paths]


def _bulk(browser: Browser, number: int) -> list[Press]:
    path, made = reverse("admin:partners_organisation_bulk"), []
    for _form in range(number):
        said = {"keys": str(_draft().pk), "field": "region", "region": "北京市", "why": "示例"}
        preview = browser.send(press_of(Form(path), {**said, "step": "preview"}))
        form = next(one for one in forms_of(preview.text, path) if "seen" in one.names)
        made.append(press_of(form, {"step": "confirm"}))
    return made


def _answers(browser: Browser, number: int) -> list[Press]:
    paths = []
    for _form in range(number):
        report = send(uuid4(), None, wrong="示例", how="示例", address="/", label="示例")
        paths.append(reverse("correction_of_staff", args=[report.pk]))
    said = {"state": "not-taken", "said": "示例"}
    return [browser.filled(path, said, having="seen") for path in paths]


def kinds() -> list[Kind]:
    """Of the models those whose rows are added by a form of their own."""
    owner = SimpleNamespace(user=User.objects.get(username="zqowner"))
    addable = [model for model, page in MODELS.items() if page.has_add_permission(owner) and model is not Organisation]
    return [
        Kind("add partners.organisation", _organisations, count(Organisation)),
        Kind("add a part on its record's page", _parties, count(Party)),
        Kind("promote an organisation", _promotions, count(Membership)),
        Kind("revise a figure", _revisions, count(Observation)),
        Kind("decide about a pair", _verdicts, count(PairDecision)),
        Kind("new account", _accounts, count(User)),
        Kind("upload a workbook", _uploads, count(ImportBatch)),
        Kind("take an import", _takes, count(ImportBatch, state="committed")),
        Kind("undo an import", _undoings, count(ImportBatch, state="undone")),
        Kind("submit a draft", _reviewed("submit", _draft), count(Organisation, state="review")),
        Kind(
            "release a draft", _reviewed("release", _in_review, accepted="on"), count(Organisation, state="published")
        ),
        Kind("return a draft", _reviewed("return", _in_review, text="示例"), count(Organisation, state="draft")),
        Kind("withdraw a record", _withdrawals, count(PendingChange)),
        Kind("merge two records", lambda browser, number: _pairs(browser, number, "merge"), count(Merge)),
        Kind("restore from the bin", _restorings, count(Organisation)),
        Kind("throw away from the bin", _throwing_away, lambda: -BinEntry.objects.count()),
        Kind("delete a draft", _deletions, count(BinEntry)),
        Kind("change one field of many", _bulk, lambda: TrailEntry.objects.filter(way="bulk").count()),
        Kind("answer a correction", _answers, count(Correction, state="not-taken")),
        *map(_adding, addable),
    ]
