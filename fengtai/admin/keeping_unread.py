"""Figures and periods that nothing reads: a form offers beside the error to keep them as printed."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fengtai.records.fields import Unreadable
from fengtai.records.forms import PrintedFormField


def keep_unread(form: forms.ModelForm) -> None:
    """After the fields are read: takes what the person ticked, or what stood there before; offers it of the rest."""
    for name, field in form.fields.items():
        problems = form._errors[name].as_data() if name in form._errors else ()
        if isinstance(field, PrintedFormField) and any(isinstance(problem, Unreadable) for problem in problems):
            text = str(form[name].data or "").strip()
            if _is_taken(form, name, text):
                _keep(form, name, field, text)
            else:
                form._errors[name] = form.error_class([_offered(form, name, text, problems)], renderer=form.renderer)


def _is_taken(form: forms.ModelForm, name: str, text: str) -> bool:
    before = form.get_initial_for_field(form.fields[name], name)
    stood_there = getattr(before, "is_unread", False) and str(before) == text
    return stood_there or form.data.get(_box(form, name), "") == text


def _keep(form: forms.ModelForm, name: str, field: PrintedFormField, text: str) -> None:
    del form._errors[name]
    try:
        form.cleaned_data[name] = field.printed.keep(text)
    except forms.ValidationError as error:
        form.add_error(name, error)


def _offered(form: forms.ModelForm, name: str, text: str, problems) -> str:
    """The box holds the text, so that another one typed meanwhile is not kept by it."""
    reasons = " ".join(message for problem in problems for message in problem.messages)
    box = format_html('<input type="checkbox" name="{}" value="{}">', _box(form, name), text)
    told = _("Keep it as printed, unread: it stays out of sums and filters")
    return format_html('{} <label class="keep-unread">{} <span>{}</span></label>', reasons, box, told)


def _box(form: forms.ModelForm, name: str) -> str:
    return form.add_prefix(f"{name}-as-printed")
