"""The admin's pages as a browser sees them: what it would send back, and the smallest row of every model."""

import re

from django.contrib import admin
from django.urls import reverse

from fengtai.records.batches import ImportBatch
from fengtai.records.bin import BinEntry
from partners.models import Honour
from tests import factories

SUBJECTS = ("fengtai", "partners", "projects", "indicators")
OTHERS = {ImportBatch, BinEntry}  # nothing of them is edited: test_import_pages.py and test_bin.py test their pages
MODELS = {
    model: page
    for model, page in admin.site._registry.items()
    if model._meta.app_label in SUBJECTS and model not in OTHERS
}


def row(model):
    """The smallest row of a model; an honour of a roster's, since one that belongs to nothing shows always."""
    if model is Honour:
        return factories.honour(roster=factories.roster())
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()
    if hasattr(factories, name):
        return getattr(factories, name)()
    return factories.made_row(model)


def address(model, page, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def form_data(response) -> dict:
    """What a browser would send back unchanged."""
    form = response.context["adminform"].form
    data = {"once": str(response.context.get("once") or "")}
    data |= _inputs(form)
    inlines = response.context.get("inline_admin_formsets", ())
    for formset in (inline.formset for inline in inlines):
        for bound in [formset.management_form, *formset.forms]:
            data |= _inputs(bound)
    return {name: value for name, value in data.items() if value is not None}


def _inputs(form) -> dict:
    data = {}
    for bound in form:
        if hasattr(bound.field.widget, "decompress"):
            parts = bound.field.widget.get_context(bound.html_name, bound.value(), {})["widget"]["subwidgets"]
            data |= {part["name"]: _of_part(part) for part in parts}
        else:
            data[bound.html_name] = _posted(bound)
        if bound.field.show_hidden_initial:
            data[bound.html_initial_name] = "" if bound.initial is None else str(bound.initial)
    return data


def _of_part(part: dict):
    """A box that is not ticked is not sent."""
    if part.get("type") == "checkbox":
        return "on" if part["attrs"].get("checked") else None
    return "" if part["value"] is None else part["value"]


def _posted(bound):
    value = bound.value()
    if isinstance(value, list | tuple):
        return [getattr(item, "pk", item) for item in value]
    return "" if value is None else str(value) if not isinstance(value, bool) else ("on" if value else None)


def formset_of(response, model):
    return next(i.formset for i in response.context["inline_admin_formsets"] if i.formset.model is model)


def errors_of(response) -> dict:
    """Every error of a page that was refused, by the name of its input."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return {form.add_prefix(name): list(said) for form in forms for name, said in form.errors.items()}
