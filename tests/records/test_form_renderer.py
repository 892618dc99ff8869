"""The inputs that are written without a template say to the letter what Django's templates say."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.contrib.auth.models import User
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from fengtai.records.form_renderer import FormRenderer
from tests import factories
from tests.admin.admin_pages import MODELS, address, row

pytestmark = pytest.mark.one_database

TEXTS = ["", None, "示例", "<b>\"'&", mark_safe("&amp;<i>"), 0, 1234567, True, Decimal("3.50"), "a\nb", " 空 "]
ATTRS = [
    {},
    {"id": "id_x", "required": True, "disabled": False, "title": "<\"'&", "rows": 3, "data-x": None, "data-y": ""},
    {"title": mark_safe("&amp;"), "aria-label": gettext_lazy("Source"), "max<": 1.5},
]
CHOICES = [
    ("", "—"),
    ("a<", "甲 <&>"),
    (mark_safe("&b;"), mark_safe("<i>")),
    (1, 2024),
    (2, Decimal("1.5")),
    (3, gettext_lazy("Source")),
    ("组<", [("x", "一"), ("y", date(2024, 4, 23))]),
]
INPUTS = [
    *(forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.HiddenInput, forms.DateInput),
    *(forms.DateTimeInput, forms.TimeInput, forms.CheckboxInput, forms.Textarea, forms.PasswordInput),
]
SELECTS = [forms.Select, forms.SelectMultiple, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.NullBooleanSelect]


@pytest.mark.parametrize("widget", INPUTS)
def test_an_input_is_written_as_the_template_says_it(widget):
    for value in TEXTS:
        for attrs in ATTRS:
            assert_alike(widget(), value, attrs)


@pytest.mark.parametrize("widget", SELECTS)
def test_a_choice_is_written_as_the_template_says_it(widget):
    yes_or_no = widget is forms.NullBooleanSelect
    for value in ("", "a<", "1", "true", None) if yes_or_no else ("", "a<", "1", ["x", "1"], None):
        for attrs in ATTRS:
            assert_alike(widget() if yes_or_no else widget(choices=CHOICES), value, attrs)


def assert_alike(widget, value, attrs):
    ours, theirs = (widget.render("n<&", value, attrs, renderer) for renderer in (FormRenderer(), DjangoTemplates()))
    assert ours == theirs


def test_an_option_with_a_look_of_its_own_keeps_it():
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    assert_alike(Own(choices=CHOICES), "1", {"id": "id_x"})


@pytest.mark.parametrize("tag", ["label", "legend"])
def test_a_label_is_written_as_the_template_says_it(tag):
    for text in ("甲 <&>", mark_safe("<i>"), gettext_lazy("Source")):
        for attrs in (None, {"class": "x<", "for": None}):
            for named in (forms.TextInput(), forms.TextInput({"id": ""})):
                labels = [_form(renderer, text, named)["x"].label_tag(attrs=attrs, tag=tag) for renderer in RENDERERS]
                assert labels[0] == labels[1]


RENDERERS = (FormRenderer(), DjangoTemplates())


def _form(renderer, text, widget):
    fields = {"x": forms.CharField(label=text, widget=widget)}
    return type("Form", (forms.Form,), fields)(renderer=renderer, auto_id="" if widget.attrs else "id_%s")


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_every_form_of_the_admin_is_the_page_it_was(model, client, monkeypatch):
    client.force_login(User.objects.create_superuser("示例管理员"))
    found = row(model)
    if hasattr(found, "citations"):
        factories.citation(found)
    path = address(model, "change", found.pk)
    ours = inputs(client.get(path).context)
    monkeypatch.setattr("fengtai.records.form_renderer.WRITTEN", {})
    assert ours == inputs(client.get(path).context)
    assert isinstance(get_default_renderer(), FormRenderer)


def inputs(context) -> list[str]:
    forms_of_rows = [form for inline in context["inline_admin_formsets"] for form in inline.formset.forms]
    forms_shown = [context["adminform"].form, *forms_of_rows]
    return [str(bound) + str(bound.label_tag()) for form in forms_shown for bound in form]
