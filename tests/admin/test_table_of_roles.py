"""The table role × address × method, asked about a record of the clerk's industry and about one of another.

What each cell should say follows from what is declared: the rights of the roles (`review/roles.py`) and by which links
a record belongs (`Record.belongs_by`). A new model, role or act is covered as it is declared; a new address needs its
line in `ASKED`. Roles of the same rights share the work; `WHOLE=1` asks each of them everything.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, reverse

from fengtai.lists.site import site_lists
from fengtai.records.batches import ImportBatch
from fengtai.records.memories import ImportMemory
from fengtai.records.models import Citation, Source
from fengtai.review.bin import put_in
from fengtai.review.corrections.sending import send
from fengtai.review.merges import PairDecision
from fengtai.review.merging.decisions import decide
from fengtai.review.merging.merging import merge
from fengtai.review.pending import PendingChange
from fengtai.review.roles import ADMINISTRATOR, REVIEWER, ROLES, WHO_MAY_CALL, WORK_GROUP
from partners.models import Membership, Organisation
from tests import factories
from tests.admin.admin_pages import MODELS
from tests.admin.asking import ask, forgotten
from tests.admin.rights_table import ACTIONS, Table
from tests.admin.test_rights import ACTS, OTHERS, REDACTED
from tests.operations.whole import is_whole
from tests.review.kept_rows import is_kept, rows_in
from tests.review.people import clerk, person

pytestmark = pytest.mark.one_database

WHOLE = is_whole()
OWN, OTHER = "own", "other"
LOGIN = reverse("admin:login")
OFFERED = "?app_label=partners&model_name=membership&field_name=organisation&term=x"


class Rules:
    """What one person may do with one row, as it is declared."""

    def __init__(self, user, role: str, row, which: str):
        self.user, self.role, self.row, self.which = user, role, row, which

    def has(self, action: str, model=None) -> bool:
        options = (model or type(self.row))._meta
        return self.user.has_perm(f"{options.app_label}.{action}_{options.model_name}")

    @property
    def is_theirs(self) -> bool:
        return self.role != WORK_GROUP or (self.which == OWN and is_kept(self.row))

    @property
    def may_be_theirs(self) -> bool:
        return self.role != WORK_GROUP or is_kept(self.row) or self.is_anybodys

    @property
    def is_anybodys(self) -> bool:
        return getattr(type(self.row), "added_by_all", False)

    # Answers of `ASKED`

    def anybody(self) -> bool:
        return True

    def nobody(self) -> bool:
        return False

    def sees(self) -> bool:
        return self.has("view") or self.has("change")

    def changes(self) -> bool:
        return self.has("change") and self.is_theirs

    def adds(self, model) -> bool:
        return self.sees() and self.has("add", model) and self.is_theirs

    def imports(self) -> bool:
        return self.has("add") and self.has("change") and self.may_be_theirs

    def sees_imports(self) -> bool:
        return self.sees() and all(self.has("view", inline.model) for inline in MODELS[type(self.row)].inlines)

    def has_imports(self) -> bool:
        models = [page.table.model() for page in site_lists()]
        return self.sees_imports() or any(self.has("add", one) and self.has("change", one) for one in models)

    def releases(self) -> bool:
        return self.role == REVIEWER

    def cites(self) -> bool:
        return self.has("view", Source) and self.has("add", Citation)

    def administers(self) -> bool:
        return self.role == ADMINISTRATOR

    def redacts(self) -> bool:
        return (self.changes() or self.administers()) and self.user.has_perm("fengtai.redact")

    def withdraws(self) -> bool:
        """Administrators at once, in an emergency."""
        return self.changes() or self.administers()

    def calls(self) -> bool:
        return self.sees() and self.role in WHO_MAY_CALL

    def merges_some(self) -> bool:
        return self.has("change")

    def merges(self) -> bool:
        """A record of each industry: both are no clerk's."""
        return self.has("change") and self.role != WORK_GROUP


@dataclass(frozen=True)
class Asked:
    """Who may come in, by the name of a rule: for reading, and for writing if others may write."""

    reads: str
    writes: str = ""  # "-": not asked, for it ends the session
    args: str = ""  # of the address, by the names of `Table.named`
    sent: dict = field(default_factory=dict)
    at: str = ""  # what is added to the address


ASKED = {
    "index": Asked("anybody", "nobody"),
    "desk": Asked("anybody", "nobody"),
    "desk_queue": Asked("anybody", "nobody", args="queue"),
    "corrections_of_staff": Asked("anybody", "nobody"),
    "correction_of_staff": Asked("changes", args="report", sent={"act": "look"}),
    "trail": Asked("anybody", "nobody"),
    "login": Asked("anybody"),
    "logout": Asked("nobody", "-"),
    "password_change": Asked("anybody"),
    "password_change_done": Asked("anybody", "nobody"),
    "sign_out_everywhere": Asked("nobody", "-"),
    "jsi18n": Asked("anybody", "nobody"),
    "staff_guide": Asked("anybody", "nobody"),
    "staff_guide_picture": Asked("anybody", "nobody", args="picture"),
    "reading": Asked("anybody", "nobody", args="figure"),
    "app_list": Asked("anybody", args="app"),
    "view_on_site": Asked("anybody", args="kind_key key"),
    "autocomplete": Asked("sees", "nobody", at=OFFERED),
    "attachment": Asked("anybody", "nobody", args="file"),  # every role sees sources
    "current_source": Asked("cites", sent={"source": ""}),
    "auth_user_password_change": Asked("administers", args="user"),
    "auth_user_locked": Asked("administers"),
    "whole_values": Asked("nobody", "calls", args="label key"),
    "merge": Asked("merges_some", "nobody"),
    "merge_with": Asked("changes", "nobody", args="label key"),
    "merge_pair": Asked("merges", args="label key twin"),
    "merge_done": Asked("sees", "merges", args="merge"),
    "merge_take_back": Asked("nobody", "merges", args="decision"),
    "fengtai_importbatch_changelist": Asked("has_imports"),
    "fengtai_importbatch_change": Asked("anybody", args="one"),
    "import_upload": Asked("imports", args="list"),
    "import_template": Asked("imports", "nobody", args="list"),
    "import_batch": Asked("sees_imports", "nobody", args="batch"),
    "import_progress": Asked("sees_imports", "nobody", args="batch"),
    "import_start": Asked("nobody", "imports", args="batch"),
    "import_check": Asked("nobody", "imports", args="batch"),
    "import_take": Asked("nobody", "imports", args="batch"),
    "import_submit": Asked("nobody", "imports", args="batch"),
    "import_recall": Asked("nobody", "imports", args="batch"),
    "import_forget": Asked("nobody", "imports", args="memory"),
    "import_undo": Asked("sees_imports", args="batch"),
    "import_original": Asked("nobody", "sees_imports", args="batch"),  # of somebody else it is asked for
    "import_returned": Asked("nobody", "sees_imports", args="batch"),
    "review": Asked("anybody", "nobody"),
    "review_many": Asked("nobody", "releases", sent={"act": "return"}),
    "review_page": Asked("sees", "changes", args="label key", sent={"act": "submit", "seen": "0"}),
    "review_preview": Asked("sees", "nobody", args="label key"),
    "review_withdraw": Asked("withdraws", args="label key", sent={"why": "示例"}),
}


def test_every_address_has_its_line():
    """An address that nobody asked about is no cell of the table."""
    unknown = OTHERS.keys() - ASKED.keys()
    assert not unknown, f"Say in ASKED (tests/admin/test_table_of_roles.py) who may open {', '.join(sorted(unknown))}"


class TableOfRoles(Table):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        industries = {which: factories.industry(name=f"示例{which}") for which in (OWN, OTHER)}
        cls.of_which = {which: rows_in(industry) for which, industry in industries.items()}
        cls.people = {role: person(f"示例{role}", role) for role in ROLES if role != WORK_GROUP}
        cls.people[WORK_GROUP] = clerk(industries[OWN])
        cls.kind = ContentType.objects.get_for_model(Organisation)
        storage = Source._meta.get_field("attachment").storage
        cls.file = storage.save("sources/示例表.txt", ContentFile(b"x"))
        cls.addClassCleanup(storage.delete, cls.file)

    def rules(self, role: str, row, which: str) -> Rules:
        return Rules(User.objects.get(pk=self.people[role].pk), role, row, which)

    def cells(self, number: int, row) -> Iterator[tuple[str, str]]:
        """Who is asked about which of two rows of a model.

        Roles of the same rights take turns; whose it is matters to a clerk alone.
        """
        alike = defaultdict(list)
        for role in ROLES:
            rights = tuple(self.rules(role, row, OWN).has(action) for action in ACTIONS)
            alike[role if WHOLE else (rights, role == WORK_GROUP)].append(role)
        for roles in alike.values():
            both = WHOLE or (WORK_GROUP in roles and is_kept(row))
            for which in (OWN, OTHER) if both else ((OWN, OTHER)[number % 2],):
                yield roles[number % len(roles)], which

    # The pages of a record

    def test_no_cell_of_a_records_pages_differs(self):
        for number, model in enumerate(MODELS):
            forms = {}
            for which, rows in self.of_which.items():
                self.rows = rows
                forms[which] = self.sent(model)
            for role, which in self.cells(number, rows[model]):
                self.rows = self.of_which[which]
                rules = self.rules(role, self.rows[model], which)
                with self.subTest(model=model._meta.label, role=role, row=which):
                    found = self.row_of_table(rules.user, model, forms[which])
                    self.assertEqual(found, self.declared(model, rules))

    def declared(self, model, rules: Rules) -> dict:
        """By method and kind of address: comes in, writes."""
        found = self.expected(model, {action for action in ACTIONS if rules.has(action)})
        if not rules.is_theirs:
            found["POST", "changelist"] = (found["POST", "changelist"][0], False)
            for cell in (("POST", "change"), ("POST", "simple_history"), ("GET", "delete"), ("POST", "delete")):
                found[cell] = (False, False)
            found["GET", "add"] = (rules.may_be_theirs, False)
            found["POST", "add"] = (rules.may_be_theirs, rules.is_anybodys)
        return found

    def test_rows_are_written_with_the_record_on_whose_page_they_stand(self):
        """Of a record that nobody but the office keeps the form itself is closed."""
        for parent in (model for model, one in self.of_which[OWN].items() if model in MODELS and is_kept(one)):
            for inline in MODELS[parent].get_inlines(None, None):
                for which in (OWN, OTHER) if WHOLE or parent is Organisation else (OWN,):
                    self.rows = self.of_which[which]
                    child = self.hung_on(parent, inline.model)
                    data = self.row_forms(parent, inline.model, child)["change"]
                    rules = self.rules(WORK_GROUP, self.rows[parent], which)
                    with self.subTest(parent=parent._meta.label, row=inline.model._meta.label, of=which), forgotten():
                        answer = ask(rules.user, "POST", self.addresses(parent)["change"], data)
                        expected = rules.is_theirs and is_kept(child)
                        self.assertEqual(inline.model._meta.db_table in answer.written, expected)

    # What is at no one record's page

    def test_no_cell_of_the_other_addresses_differs(self):
        batch = ImportBatch.objects.create(list_name="organisations", file_name="示例.xlsx", sha256="0" * 64)
        batch.file.save("示例.xlsx", ContentFile(b"x"))
        self.addCleanup(batch.file.delete, save=False)
        self.memory = ImportMemory.objects.create(list_name="organisations", fingerprint="0" * 64)
        twins = [rows[Organisation] for rows in self.of_which.values()]
        self.decision = decide(*twins, PairDecision.Verdict.DIFFERENT, by=self.owner, why="示例")
        self.merge = merge(*(factories.organisation(state="draft") for _one in range(2)), by=self.owner, why="示例")
        for number, (name, asked) in enumerate(ASKED.items()):
            for turn, role in enumerate(ROLES):
                for which in (OWN, OTHER) if WHOLE or role == WORK_GROUP else ((OWN, OTHER)[(number + turn) % 2],):
                    row = self.of_which[which][Organisation]
                    rules, where = self.rules(role, row, which), self.where(name, asked, row, batch)
                    for method, rule in (("GET", asked.reads), ("POST", asked.writes or asked.reads)):
                        if rule == "-":
                            continue
                        with self.subTest(address=name, role=role, row=which, method=method), forgotten():
                            answer = ask(rules.user, method, where, asked.sent if method == "POST" else None)
                            self.assertEqual(_opens(answer), getattr(rules, rule)(), answer)

    def where(self, name: str, asked: Asked, row, batch: ImportBatch) -> str:
        named = {
            "figure": "figure",
            "picture": "contacts",
            "app": row._meta.app_label,
            "label": row._meta.label_lower,
            "kind_key": str(self.kind.pk),
            "key": str(row.pk),
            "file": self.file,
            "user": str(self.person.pk),
            "queue": "unverified",
            "twin": str(next(rows[Organisation].pk for rows in self.of_which.values() if rows[Organisation] != row)),
            "merge": str(self.merge.pk),
            "decision": str(self.decision.pk),
            "memory": str(self.memory.pk),
            "report": str(send(uuid.uuid4(), row, wrong="示例", how="示例").pk) if "report" in asked.args else "",
            "one": 1,
            "list": "organisations",
            "batch": batch.uuid,
        }
        args = [named[one] for one in asked.args.split()]
        try:
            return reverse(f"admin:{name}", args=args) + asked.at
        except NoReverseMatch:
            return reverse(name, args=args) + asked.at

    def test_no_cell_of_the_buttons_of_a_record_differs(self):
        factories.level(code="higher", name="示例上级", rank=99)
        for which, rows in self.of_which.items():
            factories.membership(organisation=rows[Organisation])
            self.rows = rows
            for model, act, written in ACTS:
                name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{act.name}"
                sent = {"value": "9.5亿元", "reason": "示例原因", "since": "2025年1月1日"}
                for role in ROLES:
                    rules = self.rules(role, rows[model], which)
                    with self.subTest(act=act.name, model=model._meta.label, role=role, row=which), forgotten():
                        where = reverse(name, args=[rows[model].pk])
                        answers = [ask(rules.user, "GET", where), ask(rules.user, "POST", where, sent)]
                        said = [written._meta.db_table in answer.written for answer in answers]
                        allowed = rules.adds(written)
                        self.assertEqual([[*map(_opens, answers)], said], [[allowed] * 2, [False, allowed]])

    def test_no_cell_of_redaction_differs(self):
        for model in REDACTED if WHOLE else (Organisation,):
            for role, which in product(ROLES, (OWN, OTHER)):
                rules = self.rules(role, self.of_which[which][model], which)
                version = rules.row.history.latest()
                name = f"admin:{model._meta.app_label}_{model._meta.model_name}_redact"
                with self.subTest(model=model._meta.label, role=role, row=which), forgotten():
                    answer = ask(rules.user, "GET", reverse(name, args=[rules.row.pk, version.pk]))
                    self.assertEqual(_opens(answer), rules.redacts())

    def test_no_cell_of_the_bin_differs(self):
        for which, rows in self.of_which.items():
            entry = put_in(rows[Membership], by=self.owner)
            rules = [self.rules(role, rows[Membership], which) for role in ROLES]
            key, _gone = rows[Membership].pk, rows[Membership].delete()
            where = reverse("admin:fengtai_binentry_change", args=[entry.pk])
            for one in rules:
                with self.subTest(role=one.role, row=which), forgotten():
                    self.assertEqual(_opens(ask(one.user, "GET", where)), one.sees())
                    answer = ask(one.user, "POST", where)
                    may = one.has("add") and one.is_theirs
                    came = Membership.objects.filter(pk=key).exists() or PendingChange.objects.exists()
                    self.assertEqual((_opens(answer), came), (may, may))


def _opens(answer: SimpleNamespace) -> bool:
    return answer.status not in (403, 405) and not answer.where.startswith(LOGIN)
