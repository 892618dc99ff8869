"""The page that shows personal values whole, once, to those who ask: the asking is entered in the trail."""

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengtai.admin.guards.keys import is_key
from fengtai.importing.taking.rights import may_view
from fengtai.records.trail.entering import Act, Way, enter


@require_POST
def whole_values(request, kind: str, key: str):
    """Of all rows with personal values that stand on the page of one record; with `row`, of that one."""
    record = _record(request, kind, key)
    shown = [_rows(request, model, record) for model in _models(record)]
    if not shown or not all(may_view(request.user, model) for model in _models(record)):
        raise PermissionDenied
    enter(Act.REVEALED, by=request.user, record=record, way=Way.CONTACTS)
    opts = record._meta
    context = {
        **admin.site.each_context(request),
        "title": _("Shown in full"),
        "record": record,
        "opts": opts,
        "tables": shown,
        "back": reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk]),
    }
    response = TemplateResponse(request, "admin/asking.html", context)
    add_never_cache_headers(response)
    return response


def _record(request, kind: str, key: str):
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if not admin.site.is_registered(model) or not is_key(key):
        raise Http404
    record = get_object_or_404(model._base_manager, pk=key)
    if not admin.site.get_model_admin(model).has_view_or_change_permission(request, record):
        raise PermissionDenied
    return record


def _models(record) -> list[type]:
    inlines = admin.site.get_model_admin(type(record)).inlines
    return [inline.model for inline in inlines if getattr(inline.model, "personal", ())]


def _rows(request, model, record) -> dict:
    """A table: what its columns are called, and the label and values of each row."""
    fields = [model._meta.get_field(name) for name in model.personal]
    link = model._meta.get_field(model.owner[0])
    rows = model._base_manager.filter(**{link.attname: record.pk}).order_by(*model._meta.ordering)
    if is_key(request.POST.get("row", "")):
        rows = rows.filter(pk=request.POST["row"])
    return {
        "title": model._meta.verbose_name_plural,
        "name": model._meta.verbose_name,
        "headings": [field.verbose_name for field in fields],
        "rows": [(str(row), [getattr(row, field.name) for field in fields]) for row in rows],
    }


asking_urls = [path("admin/whole/<str:kind>/<str:key>/", admin.site.admin_view(whole_values), name="whole_values")]
