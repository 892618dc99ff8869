"""Which records somebody may merge, found by what an address says."""

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _

from fengtai.admin.guards.keys import is_key
from fengtai.importing.taking.rights import CHANGE, may
from fengtai.records.mergeable import Mergeable
from fengtai.records.models import Citation
from fengtai.review.merging.plans import Plan


def mergeable_models() -> list[type[Mergeable]]:
    return [model for model in admin.site._registry if issubclass(model, Mergeable)]


def may_merge_some(user) -> list[type[Mergeable]]:
    """The models of which somebody may change records: theirs are the pages here."""
    return [model for model in mergeable_models() if user.is_active and user.is_staff and may(user, model, CHANGE)]


def model_named(request, kind: str) -> type[Mergeable]:
    """404 for what cannot be merged, 403 for those who may change none of it."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if model not in mergeable_models():
        raise Http404
    if not admin.site._registry[model].has_change_permission(request):
        raise PermissionDenied
    return model


def record_of(model: type[Mergeable], key: str) -> Mergeable | None:
    return model._base_manager.select_related("merged_into").filter(pk=int(key)).first() if is_key(key) else None


def may_change(request, record: models.Model) -> bool:
    """By their scope too, as the record's own page has it; what was merged away nobody changes."""
    return admin.site._registry[type(record)].has_change_permission(request, record)


def lacking(user, plan: Plan) -> list[str]:
    """In a sentence the kinds of rows that would move and that somebody may not change."""
    moved = {field.model for field in plan.theirs} | ({Citation} if plan.citations else set())
    kinds = [str(model._meta.verbose_name_plural) for model in moved if not may(user, model, CHANGE)]
    return [_("You have no right to change: %(kinds)s.") % {"kinds": _(", ").join(sorted(kinds))}] if kinds else []
