"""Before a record is saved under a name that is almost that of another, the form shows the others and asks once."""

from django import forms
from django.db import models
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from fengtai.admin.record_forms import RecordForm
from fengtai.importing.taking.rights import may_view
from fengtai.records.naming.name_books import NameBook
from fengtai.records.naming.naming_fields import naming_field
from fengtai.records.naming.near_names import near_names
from fengtai.records.record import Record
from fengtai.values.texts import plain

NOT_THE_SAME = "not_the_same"  # the box; its value is the name that was told
LISTED = 10  # records


class ToldName(forms.CharField):
    """The name of which near ones were shown and said to be others; never a change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class NamedForm(RecordForm):
    """For records that are told by their name; who asks sees the names only of what they may view."""

    told_name = ToldName(required=False)
    asked_by = None  # the user

    def full_clean(self):
        if said := self.is_bound and self.data.get(NOT_THE_SAME, ""):
            self.data = self.data.copy()
            self.data["told_name"] = said
        super().full_clean()

    def _post_clean(self):
        super()._post_clean()
        field = told_by(type(self.instance))
        name = self.cleaned_data.get(field) or ""
        if not name or field in self._errors or not self._is_named_anew(field, name):
            return
        if plain(name) != plain(self.data.get("told_name", "")) and (near := near_records(self.instance, name)):
            self.add_error(field, forms.ValidationError(self._question(name, near), code="near_names"))

    def _is_named_anew(self, field: str, name: str) -> bool:
        return self.instance.pk is None or plain(str(self.initial.get(field) or "")) != plain(name)

    def _question(self, name: str, near: dict[int, str]) -> str:
        box = format_html(
            '<label class="take-theirs"><input type="checkbox" name="{}" value="{}"> {}</label>',
            NOT_THE_SAME,
            name,
            gettext("It is another one: save all the same"),
        )
        return format_html("{} {}", self._told(near), box)

    def _told(self, near: dict[int, str]) -> str:
        model = type(self.instance)
        if self.asked_by is None or not may_view(self.asked_by, model):
            return gettext("A record of the same or almost the same name is on file, which you may not see.")
        address = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        links = [(reverse(address, args=[key]), shown) for key, shown in near.items()]
        names = format_html_join(gettext(", "), '<a href="{}" target="_blank">{}</a>', links)
        return format_html("{} {}", gettext("On file under the same or almost the same name:"), names)


def told_by(model: type[models.Model]) -> str:
    """The text that tells the records of a model apart; empty where several may well have the same."""
    name = naming_field(model)
    return name if issubclass(model, Record) and model.label_paths[0] == name else ""


def near_records(record: models.Model, name: str) -> dict[int, str]:
    """Other records on file by key: first those that are called so, then those that are called almost so."""
    book = NameBook(type(record))
    near = near_names([name], book.all_names).get(name, ())
    found = book.keys(name) | {each.key: each.name for each in near}
    return {key: shown for key, shown in [*found.items()][:LISTED] if key != record.pk}


class AskingOfNames:
    """For admin classes: the form of a record that is told by its name asks before it makes a second one."""

    form = NamedForm

    def get_fields(self, request, obj=None):
        """Only a record that is told by its name is asked for it."""
        names = super().get_fields(request, obj)
        return [name for name in names if name != "told_name" or told_by(self.model)]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        return type(form)(form.__name__, (form,), {"asked_by": request.user})
