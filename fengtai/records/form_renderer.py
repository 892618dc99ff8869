"""Writes the plain inputs of a form without a template: a page of the admin has a hundred, each drawn from several.

What is written is to the letter what Django's own templates say.
"""

from collections.abc import Callable

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData

WIDGETS = "django/forms/widgets/"
OPTION = f"{WIDGETS}select_option.html"
INPUTS = ("checkbox", "date", "datetime", "email", "hidden", "input", "number", "text", "time", "url")


class FormRenderer(DjangoTemplates):
    def render(self, template_name, context, request=None):
        write = WRITTEN.get(template_name)
        written = write(context) if write else None
        return super().render(template_name, context, request) if written is None else written


def _input(context: dict) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{_said(widget["value"])}"'
    named = conditional_escape(widget["name"])
    return f'<input type="{conditional_escape(widget["type"])}" name="{named}"{value}{_attrs(widget["attrs"])}>'


def _textarea(context: dict) -> str:
    widget = context["widget"]
    text = _shown(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{conditional_escape(widget["name"])}"{_attrs(widget["attrs"])}>\n{text}</textarea>'


def _select(context: dict) -> str | None:
    """None where an option has a look of its own."""
    widget = context["widget"]
    if any(option["template_name"] != OPTION for _name, options, _index in widget["optgroups"] for option in options):
        return None
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{conditional_escape(widget["name"])}"{_attrs(widget["attrs"])}>{groups}\n</select>'


def _group(name, options: list[dict]) -> str:
    written = "".join(f"\n  {_option(option)}\n" for option in options)
    return f'\n  <optgroup label="{_shown(name)}">{written}\n  </optgroup>' if name else written


def _option(option: dict) -> str:
    return f'<option value="{_said(option["value"])}"{_attrs(option["attrs"])}>{_shown(option["label"])}</option>'


def _label(context: dict) -> str:
    label, tag = _shown(context["label"]), conditional_escape(context["tag"])
    return f"<{tag}{_attrs(context['attrs'])}>{label}</{tag}>" if context["use_tag"] else label.strip()


def _errors(context: dict) -> str | None:
    """Most fields have none."""
    return None if context["errors"] else ""


def _attrs(attrs: dict | None) -> str:
    return "".join(
        f" {conditional_escape(name)}" + ("" if value is True else f'="{_said(value)}"')
        for name, value in (attrs or {}).items()
        if value is not False
    )


def _said(value) -> str:
    """As `stringformat` says it."""
    return value if isinstance(value, SafeData) else conditional_escape(str(value))


def _shown(value) -> str:
    """As a template shows it."""
    return conditional_escape(value if isinstance(value, str) else localize(value))


WRITTEN: dict[str, Callable[[dict], str | None]] = {
    **{f"{WIDGETS}{name}.html": _input for name in INPUTS},
    f"{WIDGETS}textarea.html": _textarea,
    f"{WIDGETS}select.html": _select,
    "django/forms/label.html": _label,
    "django/forms/errors/list/default.html": _errors,
    "django/forms/errors/list/ul.html": _errors,
}
