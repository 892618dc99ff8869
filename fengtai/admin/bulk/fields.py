"""Which fields may say the same of many rows, and in which ways links are changed."""

from functools import partial

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from fengtai.records.fields import FigureField

ADD, REMOVE, REPLACE = "add", "remove", "replace"
MODES = {ADD: _("add these"), REMOVE: _("take these away"), REPLACE: _("these alone")}
OWN_TO_A_ROW = (FigureField, models.FileField, models.SlugField, models.PositiveSmallIntegerField)
PUBLICATION = ("state", "publish_at")


def fields_for_many(page, request) -> dict[str, models.Field]:
    """Those of the change form that are no row's own: no names, codes, figures, orders, nor what it belongs to."""
    shown = {*page.get_fields(request)} - {*page.get_readonly_fields(request)}
    fields = [*page.opts.concrete_fields, *page.opts.many_to_many]
    return {field.name: field for field in fields if field.name in shown and _is_for_many(page.model, field)}


def _is_for_many(model, field: models.Field) -> bool:
    alone = [rule.fields for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    is_own = field.unique or (field.name,) in alone or isinstance(field, OWN_TO_A_ROW)
    names = {*model.label_paths, *model.owner, *model.personal, *PUBLICATION}
    return field.editable and not is_own and field.name not in names


def form_for(page, request, name: str) -> type[forms.ModelForm]:
    """The model's own form, with one field as the change form shows it."""
    shown = partial(page.formfield_for_dbfield, request=request)
    return forms.modelform_factory(page.model, form=page.form, fields=(name,), formfield_callback=shown)
