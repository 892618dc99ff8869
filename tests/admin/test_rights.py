"""The table of rights: every permission, none and all, at every address of the admin, reading and writing.

What each cell should say follows from the rights alone. A new model, admin class or address is covered as it is
registered; an address of a kind that this table does not know fails with a sentence.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import get_resolver, reverse

from fengtai.admin.redacting import Redacting
from fengtai.records.batches import ImportBatch
from fengtai.records.memories import ImportMemory
from fengtai.records.models import Citation, Redaction, Source
from fengtai.records.redactions import filled
from fengtai.review.actions import submit
from fengtai.review.holding import Held
from partners.models import Membership
from tests import factories
from tests.admin.admin_pages import MODELS
from tests.admin.asking import ask, forgotten
from tests.admin.rights_table import ACTIONS, KINDS, SEEING, Table

pytestmark = pytest.mark.one_database

LOGIN = reverse("admin:login")

# Addresses of no one model: a method of the table says who may.
OTHERS = {
    "index": "anybody",
    "login": "anybody",
    "logout": "anybody",
    "password_change": "anybody",
    "password_change_done": "anybody",
    "sign_out_everywhere": "anybody",  # themselves: tests/operations/test_sessions.py
    "jsi18n": "anybody",
    "reading": "anybody",
    "desk": "anybody",  # sees what concerns them
    "desk_queue": "whoever it concerns",  # tests/admin/test_desk.py
    "corrections_of_staff": "anybody",  # sees those of the records they may change
    "correction_of_staff": "whoever may change the record that it is about",
    "trail": "anybody",  # sees what they did; tests/admin/test_trail.py
    "staff_guide": "anybody",
    "staff_guide_picture": "anybody",
    "app_list": "whoever may do something there",
    "view_on_site": "anybody",  # leads to a public page
    "autocomplete": "whoever may see what is offered",
    "attachment": "whoever may see sources",
    "current_source": "whoever may see sources and add citations",
    "auth_user_password_change": "whoever may change users",
    "auth_user_locked": "administrators",
    "whole_values": "whoever may see the record and whom to call there",
    "fengtai_importbatch_changelist": "whoever may import",
    "fengtai_importbatch_change": "anybody",  # leads to the batch or to the list
    "import_upload": "whoever may import",
    "import_template": "whoever may import",
    "import_batch": "whoever may import",
    "import_progress": "whoever may import",
    "import_start": "whoever may import",
    "import_check": "whoever may import",
    "import_take": "whoever may import",
    "import_submit": "whoever may import",
    "import_recall": "whoever may import",
    "import_forget": "whoever may import",
    "import_undo": "whoever may import",
    "import_original": "whoever may import",
    "import_returned": "whoever may import",
    "review": "anybody",  # sees what they may see of what they submitted
    "review_many": "whoever may release",
    "review_page": "whoever may see what is under review",
    "review_preview": "whoever may see what is under review",
    "review_withdraw": "whoever may change the record",
    "merge": "whoever may change what can be merged",
    "merge_with": "whoever may change the record",
    "merge_pair": "whoever may change both records",
    "merge_done": "whoever may see the records; undone by whoever may change them",
    "merge_take_back": "whoever may change both records",
}

ROW_RIGHTS = ((), ("add",), ("change",), ("delete",), ("view", "delete"))
REDACTED = [model for model, page in MODELS.items() if isinstance(page, Redacting)]


ACTS = [  # pages that a record's buttons lead to, and the model of which they ask the right to add
    (model, act, Membership if act.name == "promote" else model)
    for model, page in MODELS.items()
    for act in getattr(page, "acts", ())
]


def admin_patterns() -> list:
    """Every address below /admin/."""
    [site] = [p for p in get_resolver().url_patterns[0].url_patterns if getattr(p, "app_name", "") == "admin"]
    beside = [
        p for p in get_resolver().url_patterns[0].url_patterns if str(p.pattern).startswith("admin/") and p != site
    ]
    return [*_flat(site.url_patterns), *_flat(beside)]


def _flat(patterns) -> list:
    found = []
    for pattern in patterns:
        inner = getattr(pattern, "url_patterns", None)
        found += _flat(inner) if inner is not None else [pattern]
    return found


def test_every_address_of_the_admin_is_in_the_table():
    of_models = {f"{m._meta.app_label}_{m._meta.model_name}_{kind}" for m in admin.site._registry for kind in KINDS}
    of_models |= {f"{m._meta.app_label}_{m._meta.model_name}_redact" for m in REDACTED}
    of_models |= {f"{m._meta.app_label}_{m._meta.model_name}_{act.name}" for m, act, _written in ACTS}
    of_models |= {f"{m._meta.app_label}_{m._meta.model_name}_bulk" for m in MODELS}  # tests/admin/test_bulk_edit.py
    of_models |= {f"{m._meta.app_label}_{m._meta.model_name}_members" for m in MODELS}  # tests/admin/test_members.py
    names = {p.name or str(p.pattern) for p in admin_patterns()} - of_models
    led_on = {"<path:object_id>/", "(?P<url>.*)$"}  # to the change page; to a 404
    unknown = names - OTHERS.keys() - led_on
    assert not unknown, f"Say in tests/admin/test_rights.py who may open {', '.join(sorted(unknown))}"


class TableOfRights(Table):
    """Rows are made once; what a cell writes is taken back after it."""

    def refused(self, user, model, forms=None) -> list[str]:
        """The addresses of a model that are not closed to somebody."""
        opened = []
        for kind, path in self.addresses(model).items():
            for method in ("GET", "POST"):
                answer = ask(user, method, path, (forms or {}).get(kind, {}) if method == "POST" else None)
                is_closed = answer.status == 403 or answer.where.startswith(LOGIN)
                if not is_closed or answer.written:
                    opened.append(f"{method} {path}: {answer.status} {sorted(answer.written)}")
        return opened

    # The cells

    def test_nobody_without_the_right_comes_in(self):
        people = {
            "a stranger": lambda model: None,
            "staff without a right": lambda model: self.with_rights(),
            "staff with every right but the model's own": self.all_but,
            "somebody with every right who is not staff": lambda model: _not_staff(
                self.with_rights(*self.codes.values())
            ),
        }
        for model in admin.site._registry:
            if model not in self.rows:
                continue
            for who, made in people.items():
                with self.subTest(model=model._meta.label, who=who):
                    self.assertEqual(self.refused(made(model), model), [])

    def test_each_right_opens_what_it_is_a_right_to(self):
        for model in MODELS:
            forms = self.sent(model)
            # Whoever may look at all, or do all, has a role: test_table_of_roles.py asks them.
            for actions in (("add",), ("change",), ("view", "delete")):
                user = self.with_rights(*self.of(model, *actions))
                with self.subTest(model=model._meta.label, rights=actions):
                    self.assertEqual(self.row_of_table(user, model, forms), self.expected(model, {*actions}))

    def test_a_value_is_blanked_by_whoever_may_change_the_record_and_redact(self):
        for model in REDACTED:
            own = self.of(model, "change")
            for rights in ([], own, [self.redacting()], [*self.of(model, "view"), self.redacting()], None):
                user = self.with_rights(*([*own, self.redacting()] if rights is None else rights))
                with self.subTest(model=model._meta.label, rights=rights), forgotten():
                    self.assertEqual(self.asked_to_redact(user, model), (rights is None, False, rights is None))

    def redacting(self) -> Permission:
        return self.codes["fengtai", "redact"]

    def asked_to_redact(self, user, model) -> tuple[bool, bool, bool]:
        """Whether the page opens, whether looking writes, whether the form writes."""
        version = model.history.filter(**{model._meta.pk.name: self.rows[model].pk}).latest()
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_redact"
        where = reverse(name, args=[self.rows[model].pk, version.pk])
        looked = ask(user, "GET", where)
        sent = ask(user, "POST", where, {"field": next(iter(filled(version)), ""), "why": "示例原因"})
        return looked.status == 200, bool(looked.written), Redaction._meta.db_table in sent.written

    def test_a_button_is_pressed_by_whoever_may_see_the_record_and_add_what_it_makes(self):
        factories.level(code="higher", name="示例上级", rank=99)
        membership = next(found for model, found in self.rows.items() if model is Membership)
        self.rows[type(membership.organisation)] = membership.organisation
        sent = {"value": "9.5亿元", "reason": "示例原因", "since": "2025年1月1日"}
        for model, act, written in ACTS:
            path = reverse(
                f"admin:{model._meta.app_label}_{model._meta.model_name}_{act.name}", args=[self.rows[model].pk]
            )
            seen = ((), ("view",), ("change",), ("delete",))
            for seeing, adding in [(seeing, adding) for seeing in seen for adding in ((), ("add",))]:
                user = self.with_rights(*self.of(model, *seeing), *self.of(written, *adding))
                may_press = bool({*seeing} & SEEING) and bool(adding)
                with self.subTest(model=model._meta.label, act=act.name, rights=(*seeing, *adding)), forgotten():
                    looked = ask(user, "GET", path)
                    self.assertEqual((looked.status == 200, looked.written), (may_press, set()))
                    answer = ask(user, "POST", path, sent)
                    self.assertEqual(written._meta.db_table in answer.written, may_press)
                    self.assertEqual(answer.status, 302 if may_press else 403)

    def test_a_row_is_written_on_its_parents_page_with_the_right_to_the_row(self):
        for parent, page in MODELS.items():
            for inline in page.get_inlines(None, None):
                # Citations stand on every page by one class: on most of them one right is asked about.
                sets = ROW_RIGHTS if inline.model is not Citation or parent is Source else (("change",),)
                with self.subTest(parent=parent._meta.label, row=inline.model._meta.label):
                    self.assertEqual(*self.rows_written(parent, inline.model, sets))

    def rows_written(self, parent, model, sets) -> tuple[dict, dict]:
        found, expected = {}, {}
        with forgotten():
            child = self.hung_on(parent, model)
            ways = self.row_forms(parent, model, child)
            for actions in sets:
                user = self.with_rights(*self.of(parent, "change"), *self.of(model, *actions))
                for way, data in ways.items():
                    with forgotten():
                        if way == "add":
                            model.objects.filter(pk=child.pk).delete()
                        answer = ask(user, "POST", self.addresses(parent)["change"], data)
                    found[actions, way] = model._meta.db_table in answer.written
                    may_see = not SEEING.isdisjoint(actions)
                    expected[actions, way] = way in actions and (may_see or way != "delete")
        return found, expected

    def test_names_are_offered_to_those_who_may_see_what_they_name(self):
        for model, field in self.offered():
            source = {"app_label": field.model._meta.app_label, "model_name": field.model._meta.model_name}
            asked = source | {"field_name": field.name, "term": "示例"}
            for actions in ((), *((action,) for action in ACTIONS)):
                rights = [*self.of(field.model, *ACTIONS)] if field.model is not model else []
                user = self.with_rights(*rights, *self.of(model, *actions))
                with self.subTest(offered=model._meta.label, field=str(field), rights=actions):
                    answer = ask(user, "GET", reverse("admin:autocomplete"), asked)
                    self.assertEqual(answer.status == 200, not SEEING.isdisjoint(actions))

    def offered(self) -> list:
        """Every link that a form lets choose by typing: what it leads to, and its field."""
        links = [field for model in MODELS for field in (*model._meta.fields, *model._meta.many_to_many)]
        return [(f.related_model, f) for f in links if f.is_relation and admin.site.is_registered(f.related_model)]

    def test_an_attachment_is_given_to_those_who_may_see_sources(self):
        path = reverse("attachment", args=[self.attached()])
        for actions in ((), *((action,) for action in ACTIONS)):
            with self.subTest(rights=actions):
                answer = ask(self.with_rights(*self.of(Source, *actions)), "GET", path)
                self.assertEqual(answer.status == 200, not SEEING.isdisjoint(actions))
        self.assertEqual(ask(self.all_but(Source), "GET", path).status, 403)

    def test_the_current_source_is_chosen_by_those_who_may_see_sources_and_cite(self):
        path, said = reverse("current_source"), {"source": self.rows[Source].pk}
        citing = self.of(Citation, "add")
        for actions in ((), *((action,) for action in ACTIONS)):
            for others in ((), citing):
                user = self.with_rights(*self.of(Source, *actions), *others)
                expected = 200 if others and not SEEING.isdisjoint(actions) else 403
                with self.subTest(rights=actions, cites=bool(others)):
                    answers = [ask(user, "GET", path), ask(user, "POST", path, said)]
                    self.assertEqual([(one.status, one.written) for one in answers], [(expected, set())] * 2)

    def attached(self) -> str:
        storage = Source._meta.get_field("attachment").storage
        name = storage.save("sources/示例.txt", ContentFile(b"x"))
        self.addCleanup(storage.delete, name)
        return name

    def test_what_every_member_of_staff_may_open_writes_nothing(self):
        nobody = self.with_rights()
        kind = ContentType.objects.get_for_model(Source)
        pages = {
            reverse("admin:index"): 200,
            reverse("admin:jsi18n"): 200,
            reverse("admin:password_change"): 200,
            reverse("admin:password_change_done"): 200,
            reverse("reading", args=["figure"]): 200,
            reverse("admin:view_on_site", args=[kind.pk, self.rows[Source].pk]): 302,
            reverse("admin:app_list", args=["partners"]): 404,
            reverse("admin:fengtai_importbatch_change", args=[1]): 302,
            reverse("review"): 200,
            reverse("admin:auth_user_password_change", args=[self.owner.pk]): 403,
            reverse("admin:auth_user_locked"): 403,
            f"{reverse('admin:index')}nowhere/": 404,
        }
        for path, status in pages.items():
            with self.subTest(path=path):
                answer = ask(nobody, "GET", path)
                self.assertEqual((answer.status, answer.written), (status, set()))

    def test_a_section_is_listed_for_those_who_may_do_something_in_it(self):
        for model, page in MODELS.items():
            path = reverse("admin:app_list", args=[model._meta.app_label])
            is_listed = getattr(page, "listed", True)
            for action in ACTIONS:
                with self.subTest(model=model._meta.label, right=action):
                    answer = ask(self.with_rights(*self.of(model, action)), "GET", path)
                    self.assertEqual(answer.status, 200 if is_listed else 404)

    def test_imports_are_closed_to_those_who_may_not_write_their_list(self):
        organisation = next(model for model in MODELS if model._meta.label == "partners.Organisation")
        batch = ImportBatch.objects.create(list_name="organisations", file_name="示例.xlsx", sha256="0" * 64)
        batch_ways = ("batch", "progress", "start", "check", "take", "submit", "recall", "undo", "original", "returned")
        paths = [reverse(f"admin:import_{way}", args=[batch.uuid]) for way in batch_ways]
        paths += [reverse(f"admin:import_{way}", args=["organisations"]) for way in ("upload", "template")]
        memory = ImportMemory.objects.create(list_name="organisations", fingerprint="0" * 64)
        paths.append(reverse("admin:import_forget", args=[memory.pk]))
        people = {
            "none": self.with_rights,
            "view": lambda: self.with_rights(*self.of(organisation, "view")),
            "delete": lambda: self.with_rights(*self.of(organisation, "delete")),
            "all but its own": lambda: self.all_but(organisation),
        }
        for who, made in people.items():
            user = made()
            for path in paths:
                for method in ("GET", "POST"):
                    with self.subTest(who=who, path=path, method=method):
                        answer = ask(user, method, path)
                        self.assertIn(answer.status, (403, 405))
                        self.assertEqual(answer.written, set())

    def under_review(self) -> tuple:
        """A draft and a pending change of records of one model, both submitted by the owner."""
        model = next(model for model in MODELS if model._meta.label == "partners.Organisation")
        draft = factories.organisation(name="示例待审", state="review")
        published = factories.organisation(name="示例公开", state="published")
        with Held(by=self.owner) as held:
            published.region = "示例区"
            published.save()
        return model, draft, submit(held.changes[0], by=self.owner), published

    def test_what_is_under_review_is_seen_with_the_record(self):
        model, draft, change, _published = self.under_review()
        paths = [
            reverse(page, args=args)
            for page in ("review_page", "review_preview")
            for args in ((model._meta.label_lower, draft.pk), ("change", change.pk))
        ]
        for actions in ((), *((action,) for action in ACTIONS)):
            user = self.with_rights(*self.of(model, *actions))
            for path in paths:
                with self.subTest(rights=actions, path=path):
                    answer = ask(user, "GET", path)
                    self.assertEqual(answer.status, 403 if SEEING.isdisjoint(actions) else 200)
        self.assertEqual({ask(self.all_but(model), "GET", path).status for path in paths}, {403})
        self.assertEqual({ask(None, "GET", path).where.startswith(LOGIN) for path in paths}, {True})

    def test_each_act_of_review_needs_its_right(self):
        model, draft, change, published = self.under_review()
        release, change_it = self.codes["fengtai", "release"], self.of(model, "change")
        rights = {"none": [], "release": [release, *self.of(model, "view")], "change": change_it, "blind": [release]}
        asked = {"seen": 0, "text": "示例", "accepted": "1", "at": "2099-01-01T00:00"}
        for target, args in ((draft, (model._meta.label_lower, draft.pk)), (change, ("change", change.pk))):
            path = reverse("review_page", args=args)
            for name in ("release", "schedule", "return", "emergency", "submit", "drop", "x", ""):
                for who, given in rights.items():
                    allowed = who == "release" and name in ("release", "schedule", "return")
                    allowed |= who == "change" and name == "submit" and target is draft  # a change is its author's
                    with self.subTest(target=args, act=name, who=who), forgotten():
                        answer = ask(self.with_rights(*given), "POST", path, asked | {"act": name})
                        self.assertEqual(answer.status, 302 if allowed else 403)
        many = {"act": "return", "target": f"change:{change.pk}:1", "text": "示例", "confirmed": "1"}
        for who, given in rights.items():
            with self.subTest(who=who), forgotten():
                answer = ask(self.with_rights(*given), "POST", reverse("review_many"), many)
                self.assertEqual(answer.status, 302 if release in given else 403)
                self.assertEqual("fengtai_pendingchange" in answer.written, who == "release")
        withdrawal = reverse("review_withdraw", args=[model._meta.label_lower, published.pk])
        for who, given in rights.items():
            for method, status in (("GET", 200), ("POST", 302)):
                with self.subTest(who=who, method=method), forgotten():
                    answer = ask(self.with_rights(*given), method, withdrawal, {"why": "示例"})
                    self.assertEqual(answer.status, status if who == "change" else 403)


def _not_staff(user: User) -> User:
    user.is_staff = False
    return user
