"""Two people at one form: what only one of them changed is kept, what both changed is asked with both values."""

from django import forms
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fengtai.values.masking import masked

TAKEN = "take_theirs"  # names of the fields whose other value is taken, as the boxes beside them send it


class Merge:
    """What was `read` (of what is `redacted` nobody knows it), what is stored now (`theirs`), what the form posts."""

    def __init__(self, form: forms.ModelForm, read: dict, theirs: models.Model, redacted=frozenset()):
        self.form, self.theirs = form, theirs
        self.names = [field.name for field in _fields(theirs) if field.name in form.fields]
        self.stored = {name: value_of(theirs, name) for name in self.names}
        self.read, self.redacted = read, redacted
        self.kept: list[str] = []  # what only the other person changed
        self.asked: list[str] = []  # what both changed

    def settle(self) -> None:
        """Writes into the form's data what was changed by the other person alone."""
        taken = {*self.form.data.getlist(self.form.add_prefix(TAKEN))}
        for name in self.names:
            if not self._differs(name, self.stored[name]):
                continue
            if name in taken or name in self.redacted or self._was_read(name):
                put(self.form, name, self.stored[name])
                self.kept.append(name)
            elif name not in self.read or _plain(self.read[name]) != _plain(self.stored[name]):
                self.asked.append(name)

    def _was_read(self, name: str) -> bool:
        """Whether the form posts what it showed."""
        return name in self.read and not self._differs(name, self.read[name])

    def _differs(self, name: str, value) -> bool:
        """Whether the form posts something else than a value."""
        bound = self.form[name]
        return bound.field.has_changed(_as_shown(bound.field, value), bound.data)

    def question(self, name: str, who: str) -> str:
        """Both values, and a box that takes the other one."""
        bound = self.form[name]
        typed = self.form.cleaned_data.get(name, bound.data)
        box = format_html(
            '<input type="checkbox" name="{}" value="{}">', self.form.add_prefix(TAKEN), name
        )  # the field itself keeps what was typed
        told = _("%(who)s saved “%(theirs)s” here meanwhile, you typed “%(typed)s”. Save again to keep yours.") % {
            "who": who,
            "theirs": _told(self.theirs, name, _object_or_value(self.theirs, name)),
            "typed": _told(self.theirs, name, typed),
        }
        return format_html('{} <label class="take-theirs">{} {}</label>', told, box, _("Take theirs"))


def put(form: forms.ModelForm, name: str, value) -> None:
    """Makes a bound form's data say a value, as if it had been typed."""
    bound = form[name]
    widget = getattr(bound.field.widget, "widget", bound.field.widget)  # the admin wraps a link's widget
    value = _as_shown(bound.field, value)
    if isinstance(widget, forms.MultiWidget):
        for suffix, part, said in zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True):
            form.data[bound.html_name + suffix] = part.format_value(said) or ""
    elif isinstance(widget, forms.CheckboxInput):
        form.data.setlist(bound.html_name, ["on"] if value else [])
    elif isinstance(widget, forms.FileInput):
        form.data.pop(f"{bound.html_name}-clear", None)
    elif isinstance(widget, forms.widgets.ChoiceWidget):
        prepared = bound.field.prepare_value(value)
        several = prepared if isinstance(prepared, list | tuple) else [prepared]
        form.data.setlist(bound.html_name, ["" if one is None else str(one) for one in several])
    else:
        form.data[bound.html_name] = widget.format_value(value) or ""


def _fields(row) -> list:
    return [field for field in (*row._meta.concrete_fields, *row._meta.many_to_many) if not field.primary_key]


def value_of(row, name: str):
    return row._meta.get_field(name).value_from_object(row)


def values_read(base, names: list[str]) -> dict:
    """What a version in the history said; of links in a table of their own only where the history keeps them."""
    columns = {field.name for field in base._meta.concrete_fields}
    found = {name: value_of(base, name) for name in names if name in columns}
    for field in base.instance_type._meta.many_to_many:
        if field.name in names and field in base._history_m2m_fields:
            key = f"{field.m2m_reverse_field_name()}_id"
            found[field.name] = [getattr(link, key) for link in getattr(base, field.name).all()]
    return found


def _plain(value):
    """Something to compare: keys of links, else the text."""
    if isinstance(value, list | tuple):
        return sorted(getattr(one, "pk", one) for one in value)
    return "" if value is None else str(value)


def _as_shown(field: forms.Field, value):
    """As a form shows it: no input shows microseconds."""
    return value if field.widget.supports_microseconds or not hasattr(value, "microsecond") else _to_second(value)


def _to_second(moment):
    return moment.replace(microsecond=0)


def _object_or_value(row, name: str):
    field = row._meta.get_field(name)
    return list(getattr(row, name).all()) if field.many_to_many else getattr(row, name)


def _told(row, name: str, value) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in row.personal:
        return masked(value) or "—"
    if isinstance(value, list | tuple | models.QuerySet):
        return _(", ").join(str(one) for one in value) or "—"
    label = dict(getattr(row._meta.get_field(name), "flatchoices", ())).get(value, value)
    return str(label if label is not None else "") or "—"
