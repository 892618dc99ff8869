"""From the page of a record to the other one, which is found by typing."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from fengtai.admin.guards.keys import is_key
from fengtai.admin.links import TypedLink
from fengtai.admin.merging.access import may_change, model_named, record_of
from fengtai.records.mergeable import Mergeable, is_merged, unmerged


def _form(record: Mergeable, data) -> forms.Form:
    link = record._meta.get_field("merged_into")
    widget = TypedLink(link, admin.site)
    field = forms.ModelChoiceField(
        unmerged(type(record)._base_manager.all()).exclude(pk=record.pk),
        label=gettext_lazy("The other record"),
        widget=widget,
        error_messages={"invalid_choice": gettext_lazy("There is no such other record: choose one from the list.")},
    )
    widget.choices = field.choices
    made = type("OtherForm", (forms.Form,), {"other": field})
    return made(data if data.get("other") and is_key(data["other"]) else None)


@require_safe
def choosing_page(request, kind: str, key: str):
    model = model_named(request, kind)
    record = record_of(model, key)
    if record is None or is_merged(record):
        messages.error(request, _("The record is not on file any more, or became another."))
        return redirect("merge")
    if not may_change(request, record):
        raise PermissionDenied
    form = _form(record, request.GET)
    if form.is_valid():
        return redirect("merge_pair", kind, record.pk, form.cleaned_data["other"].pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Merge with another record"),
        "opts": model._meta,
        "record": record,
        "form": form,
        "media": form.media,
    }
    return TemplateResponse(request, "admin/merging/choose.html", context)
