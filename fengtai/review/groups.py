"""Two groups to begin with: those who enter, and those who release what others entered."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils.translation import gettext, override

from fengtai.records.labelled import Followed
from fengtai.review.terms import PERMISSION
from fengtai.values.translatable import N_

EDITORS, REVIEWERS = N_("Editors"), N_("Reviewers")
RIGHTS = {EDITORS: ("view", "add", "change", "delete"), REVIEWERS: ("view",)}


def group_named(name: str) -> Group | None:
    return Group.objects.filter(name=_named(name)).first()


def make_groups(using: str = "default") -> None:
    """Gives the groups the rights that they lack; told twice, it finds nothing to do. What else they have stays."""
    for app in settings.SUBJECTS:
        create_permissions(apps.get_app_config(app), verbosity=0, using=using)
    for name, actions in RIGHTS.items():
        group, _made = Group.objects.using(using).get_or_create(name=_named(name))
        wanted = {permission.pk for permission in _permissions(name, actions, using)}
        group.permissions.add(*wanted - {*group.permissions.values_list("pk", flat=True)})


def _named(name: str) -> str:
    """As the office reads it, whatever language somebody has chosen."""
    with override(settings.LANGUAGE_CODE):
        return gettext(name)


def _permissions(name: str, actions: tuple[str, ...], using: str):
    """Of every model of which people write rows."""
    wanted = Q()
    for model in (model for model in apps.get_models() if issubclass(model, Followed)):
        codes = [f"{action}_{model._meta.model_name}" for action in actions]
        wanted |= Q(content_type__app_label=model._meta.app_label, codename__in=codes)
    if name == REVIEWERS:
        label, _dot, code = PERMISSION.partition(".")
        wanted |= Q(content_type__app_label=label, codename=code)
    return Permission.objects.using(using).filter(wanted)
