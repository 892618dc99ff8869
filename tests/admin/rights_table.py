"""What the tables of rights have in common: a row of every model, its addresses, what is sent there, what came of it.

Rows are made once; what a cell writes is taken back after it.
"""

from django.contrib.auth.models import Group, Permission, User
from django.db import models
from django.test import TestCase
from django.urls import reverse

from fengtai.admin.near_names import told_by
from fengtai.records.forms import PrintedFormField
from fengtai.records.models import Kept, Record
from tests import factories
from tests.admin.admin_pages import MODELS, form_data, row
from tests.admin.asking import ask, forgotten

OTHER_TEXTS = {"": "示例改动", "figure": "9.5亿元", "growth": "9.5%", "period": "2022年"}
ACTIONS = ("view", "add", "change", "delete")
# Who may do what at the addresses of one record. A right to change includes that to see.
SEEING = {"view", "change"}
KINDS = {
    "changelist": (SEEING, None),
    "add": ({"add"}, {"add"}),
    "change": (SEEING, {"change"}),
    "delete": ({"delete"}, {"delete"}),
    "history": (SEEING, None),
    "simple_history": (SEEING, {"change"}),
}


class Table(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.owner = User.objects.create_superuser("示例管理员")
        cls.person = User.objects.create(username="示例员工", is_staff=True)
        cls.rows = {model: row(model) for model in MODELS}
        cls.rows |= {Group: Group.objects.create(name="示例组"), User: cls.person}
        cls.codes = {}
        for permission in Permission.objects.select_related("content_type"):
            key = (permission.content_type.app_label, permission.codename)
            cls.codes[key] = permission

    # Who asks

    def with_rights(self, *permissions) -> User:
        self.person.user_permissions.set(permissions)
        return User.objects.get(pk=self.person.pk)

    def of(self, model, *actions) -> list[Permission]:
        return [self.codes[model._meta.app_label, f"{action}_{model._meta.model_name}"] for action in actions]

    def all_but(self, model) -> User:
        """Whoever may do everything, but nothing with one model: no other right opens its addresses."""
        own = {permission.pk for permission in self.of(model, *ACTIONS)}
        return self.with_rights(*(one for one in self.codes.values() if one.pk not in own))

    # What is asked

    def addresses(self, model) -> dict[str, str]:
        name, key = f"admin:{model._meta.app_label}_{model._meta.model_name}", self.rows[model].pk
        found = {kind: reverse(f"{name}_{kind}") for kind in ("changelist", "add")}
        found |= {kind: reverse(f"{name}_{kind}", args=[key]) for kind in ("change", "delete", "history")}
        if model in MODELS:
            version = model.history.filter(**{model._meta.pk.name: key}).latest().pk
            found["simple_history"] = reverse(f"{name}_simple_history", args=[key, version])
        return found

    def sent(self, model) -> dict[str, dict]:
        """A form for each address that takes one: all of it valid, and something in it new."""
        with forgotten():
            change = form_data(ask(self.owner, "GET", self.addresses(model)["change"]))
            add = form_data(ask(self.owner, "GET", self.addresses(model)["add"]))
        news = {"doubt": "示例存疑"} if issubclass(model, Kept) else {_free_text(model): "示例改动"}
        own = {name: value for name, value in change.items() if "-" not in name and name != "once"}
        named = {"told_name": own.get(told_by(model), "")}  # others of this name were shown, and are others
        return {
            "add": add | own | named,
            "change": change | news,
            "simple_history": own | news,
            "delete": {"post": "yes"},
            "changelist": {"action": "delete_selected", "_selected_action": self.rows[model].pk, "post": "yes"},
        }

    def row_of_table(self, user, model, forms) -> dict:
        found = {}
        for kind, path in self.addresses(model).items():
            for method in ("GET", "POST"):
                with forgotten():
                    if method == "POST":
                        self.make_way(model, kind)
                    answer = ask(user, method, path, forms.get(kind, {}) if method == "POST" else None)
                    found[method, kind] = (answer.status != 403, model._meta.db_table in answer.written)
        return found

    def make_way(self, model, kind: str):
        """A row to be deleted was never public and has none that points to it; one to be added is not on file yet."""
        if kind in ("delete", "changelist") and issubclass(model, Record):
            model._base_manager.filter(pk=self.rows[model].pk).update(state=Record.State.DRAFT)
            model.history.filter(**{model._meta.pk.name: self.rows[model].pk}).update(state=Record.State.DRAFT)
        for relation in model._meta.related_objects if kind in ("delete", "changelist", "add") else ():
            if not relation.many_to_many:
                relation.related_model._base_manager.filter(**{relation.field.name: self.rows[model]}).delete()
        if kind == "add":
            model._base_manager.filter(pk=self.rows[model].pk).delete()

    def expected(self, model, rights: set[str]) -> dict:
        """By method and kind of address: comes in, writes."""
        found = {}
        for kind, (seeing, writing) in KINDS.items():
            found["GET", kind] = (not rights.isdisjoint(seeing), False)
            may_write = writing is not None and not rights.isdisjoint(writing)
            found["POST", kind] = (may_write, may_write) if writing else found["GET", kind]
        comes_in, deletes = found["GET", "changelist"][0], "delete" in rights
        found["POST", "changelist"] = (comes_in, comes_in and deletes)
        return found

    def hung_on(self, parent, model):
        """A row of a model that hangs on the parent's row."""
        if model._meta.label == "fengtai.Citation":
            return factories.citation(self.rows[parent])
        child = row(model)
        link = next(f for f in model._meta.fields if f.is_relation and f.related_model is parent)
        setattr(child, link.name, self.rows[parent])
        child.save()
        return child

    def row_forms(self, parent, model, child) -> dict[str, dict]:
        """The parent's form with a row added, changed, deleted."""
        page = ask(self.owner, "GET", self.addresses(parent)["change"])
        [formset] = [i.formset for i in page.context["inline_admin_formsets"] if i.formset.model is model]
        data = form_data(page)
        form = next(form for form in formset.forms if form.instance.pk == child.pk)
        others = {name: value for name, value in data.items() if not name.startswith(f"{formset.prefix}-")}
        said = {name: data.get(form.add_prefix(name), "") for name in form.fields if name not in ("id", "seen_version")}
        added = {f"{formset.prefix}-0-{name}": value for name, value in said.items()}
        counts = {f"{formset.prefix}-TOTAL_FORMS": 1, f"{formset.prefix}-INITIAL_FORMS": 0}
        text = next(
            n for n, f in form.fields.items() if type(f).__name__ in ("CharField", "PrintedFormField") and n in said
        )
        return {
            "add": others | added | counts,
            "change": data | {form.add_prefix(text): OTHER_TEXTS[_reading(form.fields[text])]},
            "delete": data | {form.add_prefix("DELETE"): "on"},
        }


def _free_text(model) -> str:
    """A text of a model that may say anything."""
    texts = [f for f in model._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)]
    return next(f.name for f in texts if f.editable and not f.unique and not f.choices)


def _reading(field) -> str:
    return field.printed.reading_kind if isinstance(field, PrintedFormField) else ""
