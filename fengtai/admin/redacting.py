"""The button beside an old version that blanks one of its values: it asks which and why, and does it when confirmed."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import SIMPLE_HISTORY_REVERSE_ATTR_NAME

from fengtai.records.redactions import Redaction, also_held, filled, redacted_in, said_done
from fengtai.records.text_rules import check_text
from fengtai.review.forgetting import redact_everywhere
from fengtai.review.roles import may_administer

PERMISSION = "fengtai.redact"
LARGEST = 2**63


class RedactionForm(forms.Form):
    field = forms.ChoiceField(label=gettext_lazy("What is blanked"))
    why = forms.CharField(
        label=gettext_lazy("why"), max_length=Redaction._meta.get_field("why").max_length, validators=[check_text]
    )

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [
            (name, self._told(version, name, label)) for name, label in filled(version).items()
        ]

    @staticmethod
    def _told(version, name: str, label: str) -> str:
        """How many versions would be blanked is seen before it is done."""
        return _("%(field)s (in %(count)d versions)") % {"field": label, "count": also_held(version, name) + 1}


class Redacting:
    """For admin classes with a history: the page that redacts, and who may open it."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_redact"
        view = self.admin_site.admin_view(self.redact_view)
        return [path("<int:object_id>/history/<int:version_id>/redact/", view, name=name), *super().get_urls()]

    def has_redact_permission(self, request, record=None) -> bool:
        may_write = self.has_change_permission(request, record) or may_administer(request.user)
        return may_write and request.user.has_perm(PERMISSION)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """An old version that is brought back keeps what stands now where it was redacted."""
        if version := getattr(obj, SIMPLE_HISTORY_REVERSE_ATTR_NAME, None):
            self._keep_redacted(request, version, obj)
        return super().get_form(request, obj, change=change, **kwargs)

    def _keep_redacted(self, request, version, record):
        names, stored = redacted_in(version), self.model._base_manager.filter(pk=record.pk).first()
        if not names or stored is None:
            return
        for name in names:
            column = self.opts.get_field(name)
            setattr(record, column.attname, getattr(stored, column.attname))
        labels = _(", ").join(sorted(str(self.opts.get_field(name).verbose_name) for name in names))
        said = _("Redacted in this version, and so left as it stands now: %(fields)s.")
        self.message_user(request, said % {"fields": labels}, messages.WARNING)

    def render_history_view(self, request, template, context, **kwargs):
        shows_version = template == self.object_history_form_template
        if shows_version and self.has_redact_permission(request, context["original"]):
            context["redact_url"] = f"{request.path}redact/"
        return super().render_history_view(request, template, context, **kwargs)

    def redact_view(self, request, object_id: int, version_id: int):
        record, version = self._version(object_id, version_id)
        if not self.has_redact_permission(request, record):
            raise PermissionDenied
        form = RedactionForm(request.POST or None, initial=request.GET.dict(), version=version)
        if request.method == "POST" and form.is_valid():
            self._redact(request, version, **form.cleaned_data)
            return redirect(self._history_address(object_id))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Blank a value for good")}
        context |= {"form": form, "version": version, "record": record, "history_url": self._history_address(object_id)}
        return render(request, "admin/redact.html", context)

    def _version(self, object_id: int, version_id: int) -> tuple:
        """The record, None if it was deleted since, and its version."""
        if max(object_id, version_id) >= LARGEST:
            raise Http404
        version = self.model.history.filter(pk=version_id, **{self.opts.pk.attname: object_id}).first()
        if version is None:
            raise Http404
        return self.model._base_manager.filter(pk=object_id).first(), version

    def _redact(self, request, version, field: str, why: str):
        done = redact_everywhere(version=version, field=field, by=request.user, why=why)
        self.message_user(request, said_done(version, field, done))

    def _history_address(self, object_id: int) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[object_id])
